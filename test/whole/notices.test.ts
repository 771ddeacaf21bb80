import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import { ConfigProblem, loadStation } from "../../src/server/config.js";
import { run } from "../cli/run.js";
import { startDouble } from "../support/http-double.js";
import { addDevice } from "../support/plain-device.js";
import { startSmtpDouble } from "../support/smtp-double.js";
import { AT_THE_MACHINE } from "../support/who-did.js";
import { eventually, openHouse } from "../support/whole-house.js";

const SECRET = "một bí mật dài đủ dùng";

describe("notices of a station", () => {
  let smtp: Awaited<ReturnType<typeof startSmtpDouble>>;
  let hook: Awaited<ReturnType<typeof startDouble>>;
  let folder: string;
  beforeEach(async () => {
    smtp = await startSmtpDouble();
    hook = await startDouble((response) => void response.writeHead(204).end());
    folder = await mkdtemp(join(tmpdir(), "loa-tin-"));
    await writeFile(join(folder, "hook"), `${SECRET}\n`, { mode: 0o600 });
  });
  afterEach(async () => {
    smtp.close();
    await hook.close();
    await rm(folder, { recursive: true });
  });
  const settings = (more: object = {}) => ({
    smtp: { host: "127.0.0.1", port: smtp.port, security: "none", from: "dai@example.vn" },
    allowHosts: ["127.0.0.1"],
    recipients: [
      { name: "Trực", email: "truc@example.vn", kinds: ["alarm", "approval"] },
      { name: "Máy", webhook: { url: hook.url, secret: `file:${join(folder, "hook")}` }, kinds: ["approval"] },
    ],
    ...more,
  });

  it("reach people and programs when an announcement waits and a loudspeaker is in trouble", async () => {
    const house = await openHouse({ config: { notices: settings() } });
    try {
      const device = await addDevice(house, "loa-1");
      await device.connect();
      await house.call("POST", "/announcements", {
        ...{ id: "cup-nuoc", title: "Cúp nước", class: "ordinary", topic: "nuoc", text: "Ngày mai cúp nước." },
      });
      const { version } = await eventually("its sound", 20_000, async () => {
        const it = await house.call<{ state: string; version?: string }>("GET", "/announcements/cup-nuoc");
        return it.state === "ready" && it.version !== undefined && it;
      });
      await house.call("POST", "/announcements/cup-nuoc/submission", { version });
      const [asked] = await eventually("the webhook", 40_000, () => hook.asked.length > 0 && hook.asked);
      expect(JSON.parse(asked?.body ?? "").notices[0]).to.deep.include({ kind: "approval" });
      await eventually("the mail", 10_000, () => smtp.mails.length > 0);
      device.leave();

      // From the panel it is asked for one, and whoever asked stands in the log.
      await house.call("POST", "/notice-tests", { recipient: "Máy" });
      expect(JSON.parse(hook.asked.at(-1)?.body ?? "").notices[0]).to.deep.include({ kind: "test" });
      const { lines } = await house.call<LogPageView>("GET", "/log?kind=notice.tested");
      expect(lines.map(({ who }) => who)).to.deep.equal([AT_THE_MACHINE]);
    } finally {
      await house.close();
    }
  }).timeout(90_000);

  it("are tried by loa notice test, which says who took it and who did not", async () => {
    const station = join(folder, "dai");
    await initStation(station);
    const write = (notices: object) =>
      writeFile(join(station, "config/station.json"), JSON.stringify({ station: { name: "Đài thử" }, notices }));
    await write(settings());
    const all = await run(["notice", "test", "--station", station]);
    expect(all).to.include({ code: 0, out: "✓ Trực: đã nhận / taken\n✓ Máy: đã nhận / taken\n" });
    expect(smtp.mails[0]).to.include("A test: the station can send you notices.");

    await write(settings({ allowHosts: [] }));
    const one = await run(["notice", "test", "Máy", "--station", station]);
    expect(one).to.include({ code: 1, out: "✗ Máy: private-address\n" });
    expect(one.out + one.error).to.not.include(SECRET);
    expect(await run(["notice", "test", "Ai", "--station", station])).to.include({ code: 1 });
    expect(await run(["notice", "--station", station])).to.include({ code: 2 });
  });

  it("have their settings checked before anything is opened", async () => {
    const station = join(folder, "dai");
    await initStation(station);
    const problems = async (notices: object, env: Record<string, string> = {}) => {
      await writeFile(
        join(station, "config/station.json"),
        JSON.stringify({ station: { name: "Đài thử" }, notices }, null, 1),
      );
      try {
        loadStation(station, { env });
        return [];
      } catch (thrown) {
        if (!(thrown instanceof ConfigProblem)) throw thrown;
        return thrown.findings.map(({ path, words }) => `${path} ${words.en}`);
      }
    };
    const [mail, program] = settings().recipients;
    expect(await problems(settings())).to.deep.equal([]);
    expect(await problems({ recipients: [mail] })).to.match(/recipients\/0\/email sending mail needs/);
    expect(await problems(settings({ recipients: [mail, mail] }))).to.match(/recipients\/1\/name.*used above/);
    expect(await problems(settings({ recipients: [{ ...mail, areas: ["phuongg"] }] }))).to.match(
      /did you mean "phuong"/,
    );
    expect(await problems(settings({ recipients: [{ ...mail, kinds: ["alarms"] }] }))).to.match(/did you mean "alarm"/);
    expect(await problems(settings({ recipients: [{ ...mail, ...program }] }))).to.match(/email or webhook/);
    expect(await problems(settings({ perhour: 3 }))).to.match(/no such field; did you mean "perHour"/);
    const withLogin = { smtp: { ...settings().smtp, user: "dai", password: "env:THU_MAT_KHAU" } };
    expect(await problems(settings(withLogin))).to.match(/THU_MAT_KHAU is not set/);
    expect(await problems(settings(withLogin), { THU_MAT_KHAU: "x" })).to.deep.equal([]);
    await writeFile(join(folder, "mo"), SECRET, { mode: 0o644 });
    const open = { ...program, webhook: { url: hook.url, secret: `file:${join(folder, "mo")}` } };
    expect(await problems(settings({ recipients: [open] }))).to.match(/other users of this machine can read/);
    expect(
      await problems(settings({ recipients: [{ ...program, webhook: { url: hook.url, secret: SECRET } }] })),
    ).to.have.length(1);
  });
});
