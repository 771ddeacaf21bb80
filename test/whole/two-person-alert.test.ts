import { expect } from "chai";
import type { AlertView } from "../../src/server/api/alert-views.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import { browserAt } from "../support/browser.js";
import { fastClock } from "../support/fast-clock.js";
import { textOfMail } from "../support/read-mail.js";
import { startSmtpDouble } from "../support/smtp-double.js";
import { PASSWORD } from "../support/some-accounts.js";
import { tone } from "../support/tones.js";
import { rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

type Browser = ReturnType<typeof browserAt>;
const REASON = "Nước lên nhanh, không gọi được ai";
/** Two minutes pass in two seconds. */
const FAST = 60;

describe("an alert that two people have to give", function () {
  this.timeout(120_000);
  const clock = fastClock(1);
  let house: WholeHouse;
  let smtp: Awaited<ReturnType<typeof startSmtpDouble>>;
  let officer: Browser;
  let leader: Browser;

  before(async () => {
    smtp = await startSmtpDouble();
    const notices = {
      smtp: { host: "127.0.0.1", port: smtp.port, security: "none", from: "dai@dai.example" },
      recipients: [{ name: "Lãnh đạo", email: "lanh-dao@dai.example", kinds: ["emergency"] }],
      allowHosts: ["127.0.0.1"],
    };
    house = await openHouse({ clock, config: { notices } });
    await house.addRelay("loa-1");
    await house.call("POST", "/receivers", { id: "loa-2", name: "Loa 2", area: "phuong-2", kind: "fixed" });
    await house.startRelay("loa-2", (await house.call<{ code: string }>("POST", "/receivers/loa-2/pairing")).code);
    for (const [id, hz] of [
      ["lu", 440],
      ["lu-sua", 660],
      ["lu-yen", 880],
    ] as const)
      await house.record(id, tone(3, hz), "emergency");
    const parts = { alert: "lu", correction: "lu-sua", allClear: "lu-yen" };
    const targets = { areas: ["phuong", "phuong-2"] };
    await house.call("PUT", "/emergency-packs/lu-quet", { id: "lu-quet", title: "Lũ quét", ...parts, targets });
    [officer, leader] = [browserAt(house), browserAt(house)];
    const { secret } = house.server.accounts.newSetUpLink();
    await officer.ask("POST", "/api/v1/set-up", { link: secret, name: "Chị Hoa", password: PASSWORD });
    const account = { id: "anh-minh", name: "Anh Minh", roles: [{ role: "ward-leader", area: "da-lat" }] };
    const invited = await officer.ask("POST", "/api/v1/accounts", account);
    const link = new URL(invited.json.path, house.server.url).searchParams.get("link");
    const entered = await leader.ask("POST", "/api/v1/invitations/acceptance", { link, password: PASSWORD });
    expect(entered.status, entered.text).to.equal(201);
  });
  after(async () => {
    const closed = async () => (await linesOf("occurrence.closed")).lines.length;
    await eventually("both alerts with what ended them to be written off", 40_000, async () => (await closed()) === 4);
    await house.close();
    smtp.close();
  });

  const alerts = async (): Promise<AlertView[]> => (await officer.ask("GET", "/api/v1/alerts")).json;
  const ask = async () => {
    await officer.ask("POST", "/api/v1/session/proof", { password: PASSWORD });
    const asked = await officer.ask("POST", "/api/v1/alerts", { pack: "lu-quet" });
    expect(asked.json, asked.text).to.include({ stage: "awaiting" });
    return asked.json as AlertView;
  };
  const standBy = async (who: Browser, { id }: AlertView) => {
    await who.ask("POST", "/api/v1/session/proof", { password: PASSWORD });
    return who.ask("POST", `/api/v1/alerts/${id}/confirmation`);
  };
  const linesOf = async (kind: string) => (await officer.ask("GET", `/api/v1/log?kind=${kind}`)).json as LogPageView;
  const mails = () => smtp.mails.map(textOfMail);

  it("sounds nowhere until another account stands by it in another browser, and then at once", async () => {
    const asked = await ask();
    const again = browserAt(house);
    await again.ask("POST", "/api/v1/session", { name: "chi-hoa", password: PASSWORD });
    for (const own of [officer, again]) {
      const refused = await standBy(own, asked);
      expect(refused.status, refused.text).to.equal(403);
      expect(refused.json.reason).to.equal("second-person");
    }
    expect((await alerts())[0])
      .to.include({ stage: "awaiting" })
      .and.not.have.property("confirmedBy");
    expect((await linesOf("order.issued")).lines.filter(({ class: of }) => of === "emergency")).to.deep.equal([]);

    const given = await standBy(leader, asked);

    expect(given.status, given.text).to.equal(202);
    expect(given.json).to.include({ stage: "given" });
    expect(given.json.confirmedBy.by).to.equal("Anh Minh");
    await eventually("it to be heard", 10_000, async () => rms((await house.heard("loa-1")).samples) > 0.01);
    const [first, second] = [(await linesOf("alert.asked")).lines[0], (await linesOf("alert.confirmed")).lines[0]];
    expect([first?.who?.account, second?.who?.account]).to.deep.equal(["chi-hoa", "anh-minh"]);
    expect(first?.who?.session).to.not.equal(second?.who?.session);
    const ended = await leader.ask("POST", `/api/v1/alerts/${asked.id}/end`, { how: "all-clear" });
    expect(ended.json, ended.text).to.include({ stage: "ended" });
  });

  it("is void after two minutes: nobody can stand by it any more, and nothing was ordered", async () => {
    const orders = async () => (await linesOf("order.issued")).lines.length;
    const before = await orders();
    const asked = await ask();

    clock.runAt(FAST);
    await eventually("it to lapse", 20_000, async () => (await alerts())[0]?.stage === "lapsed");
    clock.runAt(1);

    const late = await standBy(leader, asked);
    expect(late.status, late.text).to.equal(409);
    expect((await linesOf("alert.lapsed")).lines.map(({ what }) => what.vi)).to.deep.equal([
      "cảnh báo khẩn hết hiệu lực vì không ai xác nhận",
    ]);
    expect(await orders()).to.equal(before);
  });

  it("is given by one who breaks the glass with a reason, and every leader is told who it was and why", async () => {
    const asked = await ask();
    const { id } = asked;
    const without = await officer.ask("POST", `/api/v1/alerts/${id}/broken-glass`, { reason: "" });
    expect(without.status).to.equal(400);

    const broken = await officer.ask("POST", `/api/v1/alerts/${id}/broken-glass`, { reason: REASON });

    expect(broken.json, broken.text).to.include({ stage: "given" });
    expect(broken.json.brokenGlass).to.include({ by: "Chị Hoa", reason: REASON });
    const [line] = (await linesOf("alert.glass-broken")).lines;
    expect(line).to.include({ by: "Chị Hoa", why: REASON });
    clock.runAt(FAST);
    await eventually("the notice", 20_000, () => mails().some((mail) => mail.includes("PHÁ KÍNH")));
    clock.runAt(1);
    const told = mails().join("\n");
    expect(told)
      .to.include("PHÁ KÍNH: «Lũ quét» do một người phát")
      .and.include(`Chị Hoa phát một mình. Lý do: ${REASON}`);
    expect(told).to.include("«Lũ quét» hết hiệu lực, không phát").and.include("bằng tin báo yên");
    await officer.ask("POST", `/api/v1/alerts/${id}/end`, { how: "correction" });
  });
});

describe("the digest of a morning in which something was missed", function () {
  this.timeout(120_000);

  it("comes as a mail that names what, where, why not and what to do", async () => {
    const clock = fastClock(1);
    const smtp = await startSmtpDouble();
    const inMinutes = (minutes: number) =>
      new Date(clock.date() + 7 * 3_600_000 + minutes * 60_000).toISOString().slice(11, 16);
    const house = await openHouse({
      clock,
      config: {
        report: { digestAt: inMinutes(13) },
        notices: {
          smtp: { host: "127.0.0.1", port: smtp.port, security: "none", from: "dai@dai.example" },
          recipients: [{ name: "Cán bộ", email: "can-bo@dai.example", kinds: ["digest"] }],
          allowHosts: ["127.0.0.1"],
        },
      },
    });
    try {
      // Places for tests are in no report.
      const ward = { name: "Đà Lạt", kind: "province" };
      const quiet = { quiet: [{ from: "03:00", to: "03:01" }], quietSensitive: [] };
      await house.call("PUT", "/settings/policies/da-lat", quiet, { "if-match": "*" });
      await house.call("PUT", "/settings/areas/da-lat", ward, { "if-match": "*" });
      await house.restartServer();
      await house.addRelay("loa-1");
      await house.record("tin-sang", tone(3, 440));
      const due = await house.scheduleOnce("tin-sang", 90_000);
      await house.holdsEverything("loa-1");
      // Its power is gone when it is to sound, and back when it is too late.
      await house.stopRelay("loa-1");
      clock.runAt(FAST);
      await eventually("it to be too late", 20_000, () => clock.date() > due + 5 * 60_000);
      clock.runAt(1);
      await house.startRelay("loa-1");
      await eventually("its word", 10_000, async () => {
        const { lines } = await house.call<LogPageView>("GET", "/log?kind=missed");
        return lines.length > 0;
      });
      clock.runAt(FAST);
      await eventually("the digest", 60_000, () => smtp.mails.length > 0);
      clock.runAt(1);

      const text = textOfMail(smtp.mails[0] ?? "");
      expect(text).to.include("1 trường hợp không phát hoặc phát dở dang, ở 1 loa.");
      expect(text).to.match(
        /- \d\d:\d\d.* «tin-sang», Phường thử: không phát: đã quá giờ được bắt đầu\. .+ xem máy chủ/,
      );
      expect(text).to.match(/- \d\d:\d\d.* "tin-sang", Phường thử: missed: too late to begin\. .+ see whether/);
      expect(text).to.include("1 case of something missed or cut short, at 1 loudspeaker.");
    } finally {
      clock.runAt(1);
      await house.close();
      smtp.close();
    }
  });
});
