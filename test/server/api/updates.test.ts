import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DEVICE_TOKEN } from "./fake-control.js";
import { startApi } from "./start-api.js";

describe("the doors about programs for loudspeakers", () => {
  let folder: string;
  let api: Awaited<ReturnType<typeof startApi>>;
  const path = `/updates/${"a".repeat(64)}`;
  const fetchPart = (range: string | undefined, token = DEVICE_TOKEN) =>
    fetch(new URL(path, api.url), {
      headers: { authorization: `Bearer ${token}`, ...(range === undefined ? {} : { range }) },
    });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "loa-doors-"));
    writeFileSync(join(folder, "goi"), "0123456789");
    api = await startApi();
    api.control.packageFile = () => join(folder, "goi");
  });
  afterEach(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  it("give a package to a paired loudspeaker, whole or in ranges, and to nobody else", async () => {
    const whole = await fetchPart(undefined);
    const part = await fetchPart("bytes=3-5");
    expect([whole.status, await whole.text()]).to.deep.equal([200, "0123456789"]);
    expect([part.status, await part.text(), part.headers.get("content-range")]).to.deep.equal([
      206,
      "345",
      "bytes 3-5/10",
    ]);
    expect((await fetchPart(undefined, "x".repeat(43))).status).to.equal(401);
  });

  it("say which range is wrong, and that there is no such package", async () => {
    expect((await fetchPart("bytes=10-")).status).to.equal(416);
    api.control.packageFile = () => undefined;
    expect((await fetchPart("bytes=0-1")).status).to.equal(404);
    api.control.packageFile = () => join(folder, "gone");
    expect((await fetchPart(undefined)).status).to.equal(404);
  });

  it("hand a package on as it came", async () => {
    let kept = "";
    api.control.keepPackage = async (_sha256, file) => {
      kept = readFileSync(file, "utf8");
    };
    const answer = await api.ask("PUT", `/api/v1/packages/${"a".repeat(64)}`, { body: "gói" });
    expect([answer.status, kept]).to.deep.equal([204, "gói"]);
  });

  it("refuse a rollout to whom it is not clear", async () => {
    const whole = { manifest: "{}", key: "k".repeat(43), signature: "s" };
    for (const wrong of [
      { ...whole, key: "k" },
      { ...whole, stages: [] },
      { ...whole, stages: [{ percent: 0 }] },
      { ...whole, soakMinutes: 0 },
      { ...whole, downgradeTo: "neu" },
      { ...whole, extra: 1 },
    ])
      expect((await api.ask("POST", "/api/v1/rollouts", { body: wrong })).status, JSON.stringify(wrong)).to.equal(400);
  });
});
