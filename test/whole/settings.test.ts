import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { SettingsView } from "../../src/server/api/settings-routes.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("settings that are changed in the panel", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    const webhook = { url: "https://phuong.example/loa", secret: "env:HOOK_SECRET" };
    const notices = {
      smtp: { host: "thu.example", security: "none", from: "loa@dai.example" },
      recipients: [{ name: "Phần mềm phường", webhook, kinds: ["alarm"] }],
    };
    house = await openHouse({
      config: { backup: { daily: true, keep: 9 }, notices },
      env: { LOA_BITRATE: "24", HOOK_SECRET: "mười sáu chữ cái hoặc hơn" },
    });
  });
  after(() => house.close());

  const read = () => house.call<SettingsView>("GET", "/settings");
  const one = async (key: string) => (await read()).settings.find((setting) => setting.key === key);
  const change = (body: object, match = "*") =>
    house.call<SettingsView>("PATCH", "/settings", body, { "if-match": match });
  const refusalOf = (task: Promise<unknown>) => task.then(() => "", String);

  it("say what holds, where it comes from, and what would hold without it", async () => {
    expect(await one("backup.keep")).to.include({ value: 9, standard: 14, from: "file" });
    expect(await one("public.enabled")).to.include({ value: false, standard: false, from: "default" });
  });

  it("hold from the next start on, with who decided it; the file of people stays as it is", async () => {
    const before = await readFile(join(house.folder, "config", "station.json"), "utf8");
    const { needsRestart } = await change({ "backup.keep": 30, "station.name": "Đài Mới" });
    expect(needsRestart).to.equal(true);
    expect(await one("backup.keep")).to.deep.include({ value: 9, later: 30, from: "panel" });
    expect((await one("backup.keep"))?.changed?.by).to.be.a("string");
    expect(await readFile(join(house.folder, "config", "station.json"), "utf8")).to.equal(before);
    const { lines } = await house.call<{ lines: { before?: object; after?: object }[] }>(
      "GET",
      "/log?kind=settings.changed",
    );
    expect(lines[0]).to.deep.include({
      before: { "backup.keep": 9, "station.name": "Đài thử" },
      after: { "backup.keep": 30, "station.name": "Đài Mới" },
    });

    await house.restartServer();

    expect(await one("backup.keep"))
      .to.include({ value: 30, from: "panel" })
      .and.not.have.property("later");
    expect((await house.call<{ name: string }>("GET", "/station")).name).to.equal("Đài Mới");
    await change({ "backup.keep": null });
    expect(await one("backup.keep")).to.include({ value: 30, later: 9, from: "file" });
  });

  it("refuse what a start would refuse, what is not for the panel, and what was read before another's change", async () => {
    expect(await refusalOf(change({ "backup.keep": 0 }))).to.match(/400.*backup/s);
    expect(await refusalOf(change({ "report.symbol": "" }))).to.match(/400/);
    expect(await refusalOf(change({ "listen.host": "0.0.0.0" }))).to.match(/400.*listen/s);
    expect(await refusalOf(change({ "backup.keep": 3 }, '"older"'))).to.match(/409/);
    expect((await one("backup.keep"))?.later).to.equal(9);
  });

  it("say who is told what, without the secrets of webhooks, from the next start on", async () => {
    const put = (recipients: readonly object[]) =>
      house.call<SettingsView>("PUT", "/settings/recipients", { recipients }, { "if-match": "*" });
    const hook = { name: "Phần mềm phường", kinds: ["alarm", "digest"] };
    const duty = { name: "Trực kỹ thuật", email: "truc@dai.example", kinds: ["alarm"], areas: ["phuong"] };
    const { recipients, needsRestart } = await put([hook, duty]);
    expect(needsRestart).to.equal(true);
    expect(recipients).to.deep.equal([
      { ...hook, way: "webhook", isReachable: true },
      { ...duty, way: "email", isReachable: false },
    ]);
    expect(await refusalOf(house.call("POST", "/notice-tests", { recipient: duty.name }))).to.match(/404/);

    await house.restartServer();
    expect((await read()).recipients.map(({ isReachable }) => isReachable)).to.deep.equal([true, true]);
    expect(JSON.parse(await readFile(join(house.folder, "config", "panel.json"), "utf8")).settings).to.deep.include({
      "notices.recipients": [
        { ...hook, webhook: { url: "https://phuong.example/loa", secret: "env:HOOK_SECRET" } },
        duty,
      ],
    });
    const { lines } = await house.call<{ lines: object[] }>("GET", "/log?kind=settings.changed&limit=500");
    expect(JSON.stringify(lines.at(-1)))
      .to.contain("Trực kỹ thuật")
      .and.not.contain("truc@dai.example");
  });

  it("refuse recipients that nobody could reach, and keep those that there were", async () => {
    const put = (one: object) =>
      refusalOf(house.call("PUT", "/settings/recipients", { recipients: [one] }, { "if-match": "*" }));
    const { recipients } = await read();
    expect(await put({ name: "Ai đó", kinds: ["alarm"] })).to.match(/400.*station\.json/s);
    expect(await put({ name: "Trực", email: "không phải thư", kinds: ["alarm"] })).to.match(/400/);
    expect(await put({ name: "Trực", email: "a@dai.example", kinds: ["alarm"], areas: ["o-dau"] })).to.match(
      /400.*o-dau/s,
    );
    expect((await read()).recipients).to.deep.equal(recipients);
  });

  it("never let a place where people live be without quiet hours, and tell what a policy would change (R1)", async () => {
    const policy = (body: object) =>
      house.call<SettingsView>("PUT", "/settings/policies/phuong", body, { "if-match": "*" });
    const lived = { id: "khu-dan-cu", name: "Khu dân cư", kind: "ward" };
    await house.call("PUT", "/settings/areas/khu-dan-cu", { name: lived.name, kind: lived.kind }, { "if-match": "*" });
    const noQuiet = house.call("PUT", "/settings/policies/khu-dan-cu", { quiet: [] }, { "if-match": "*" });
    expect(await refusalOf(noQuiet)).to.match(/400.*giờ yên tĩnh/s);
    const review = await house.call<{ total: number }>("POST", "/settings/policy-reviews", {
      area: "phuong",
      quiet: [{ from: "20:00", to: "06:00" }],
    });
    expect(review.total).to.equal(0);
    const { policies } = await policy({ quiet: [{ from: "20:00", to: "06:00" }], sessionsPerDay: 3 });
    expect(policies.find(({ area }) => area === "phuong")).to.deep.include({ sessionsPerDay: 3 });
    const { lines } = await house.call<{ lines: { area?: string }[] }>("GET", "/log?kind=policy.changed");
    expect(lines.map(({ area }) => area)).to.deep.equal(["phuong"]);

    await house.restartServer();
    const areas = await house.call<{ id: string }[]>("GET", "/areas");
    expect(areas.map(({ id }) => id)).to.include("khu-dan-cu");
  });

  it("do not start a station anew where nobody would, and say how", async () => {
    expect(await refusalOf(house.call("POST", "/settings/restart"))).to.match(/503.*systemctl/s);
    expect(await refusalOf(house.call("POST", "/notice-tests", { recipient: "không ai" }))).to.match(/404/);
  });
});
