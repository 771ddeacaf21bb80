import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { flagsOf } from "../../src/cli/commands/relay-launcher.js";
import { initStation } from "../../src/cli/init.js";
import { readManifest } from "../../src/protocol/update.js";
import { openUpdateKeys } from "../../src/relay/update/update-keys.js";
import { VERSION } from "../../src/server/version.js";
import { startApi, TOKEN } from "../server/api/start-api.js";
import { run } from "./run.js";

describe("loa update", () => {
  let folder: string;
  const loa = (...argv: string[]) => run(["update", ...argv], { cwd: folder });
  const checkout = process.cwd();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "loa-update-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("makes a key for its owner alone, and touches none that is there", async () => {
    expect((await loa("key", "khoa.pem")).code).to.equal(0);
    const before = readFileSync(join(folder, "khoa.pem"), "utf8");
    expect(statSync(join(folder, "khoa.pem")).mode & 0o777).to.equal(0o600);

    expect((await loa("key", "khoa.pem")).error).to.contain("Khóa cũ không bị đụng đến");
    expect(readFileSync(join(folder, "khoa.pem"), "utf8")).to.equal(before);
  });

  it("packs this program and signs it so that a loudspeaker believes it", async () => {
    await loa("key", "khoa.pem");
    const packed = await loa("pack", "goi", "--from", checkout);
    expect([packed.code, packed.error]).to.deep.equal([0, ""]);
    expect((await loa("sign", "goi", "--key", "khoa.pem")).code).to.equal(0);

    const signed = JSON.parse(readFileSync(join(folder, "goi.signed.json"), "utf8"));
    expect(readManifest(signed.manifest)).to.include({ version: VERSION, bytes: statSync(join(folder, "goi")).size });
    expect(openUpdateKeys(folder).check(signed)).to.equal("fits");
  });

  it("says what comes first when a step was left out", async () => {
    expect((await loa("sign", "goi", "--key", "khoa.pem")).error).to.contain("loa update pack goi");
    expect((await loa("publish", "goi")).error).to.contain("loa update sign goi");
    expect((await loa("pack", "goi", "--from", folder)).error).to.contain("npm run build");
    expect((await loa("sign", "goi")).code).to.equal(2);
    expect((await loa("puplish")).error).to.contain("publish");
  });

  it("publishes in the stages that are named, tells how it goes, and stops it", async () => {
    const station = join(folder, "dai");
    await initStation(station);
    writeFileSync(join(station, "config", "token"), `${TOKEN}\n`);
    const api = await startApi();
    const there = ["--station", station, "--server", api.url];
    await loa("key", "khoa.pem");
    await loa("pack", "goi", "--from", checkout);
    await loa("sign", "goi", "--key", "khoa.pem");
    const published = await loa(
      "publish",
      "goi",
      "--receiver",
      "loa-1",
      "--stages",
      "50,100",
      "--soak",
      "60",
      ...there,
    );

    expect([published.code, published.error]).to.deep.equal([0, ""]);
    expect(published.out)
      .to.contain("đang chạy")
      .and.to.contain("đang chờ/waiting for: loa-1")
      .and.to.contain("disk-full");
    expect(api.calls.map(([name]) => name)).to.deep.equal(["keepPackage", "startRollout"]);
    expect(api.calls[1]?.[1]).to.deep.include({
      stages: [{ receivers: ["loa-1"] }, { percent: 50 }, { percent: 100 }],
      soakMinutes: 60,
    });
    expect((await loa("status", ...there)).out).to.contain("0-2-0-k4d9");
    expect((await loa("stop", ...there)).out).to.contain("đã dừng");
    expect((await loa("publish", "goi", "--stages", "0", ...there)).code).to.equal(2);
    writeFileSync(join(folder, "goi"), "khác");
    expect((await loa("publish", "goi", ...there)).code).to.equal(2);
    await api.close();
  });

  it("hands every flag on to the program that is launched, one that was given twice included", () => {
    const values = { server: ["https://a", "https://b"], pair: "", state: "s", other: undefined };
    expect(flagsOf({ values })).to.deep.equal([
      "--server",
      "https://a",
      "--server",
      "https://b",
      "--pair",
      "",
      "--state",
      "s",
    ]);
  });
});
