import { expect } from "chai";
import type { AlarmView, ComplaintWithSoundsView, RepairView } from "../../src/server/api/care-views.js";
import type { LogPageView, ResultPageView } from "../../src/server/api/log-views.js";
import type { OrderedView, ReceiverView, TicketView } from "../../src/server/api/views.js";
import { fastClock } from "../support/fast-clock.js";
import { addDevice, type PlainDevice } from "../support/plain-device.js";
import { tone } from "../support/tones.js";
import { AT_THE_MACHINE, whoDid } from "../support/who-did.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the whole house, looking after its loudspeakers", function () {
  this.timeout(90_000);
  const clock = fastClock(10);
  let house: WholeHouse;
  const devices: PlainDevice[] = [];
  beforeEach(async () => {
    house = await openHouse({ clock });
    await house.record("tin", tone(2, 700));
  });
  afterEach(async () => {
    for (const device of devices.splice(0)) device.leave();
    await house.close();
  });

  const add = async (id: string, place: object = {}) => {
    const device = await addDevice(house, id, place);
    devices.push(device);
    await device.connect();
    return device;
  };
  const play = (of = "ordinary") =>
    house.call<OrderedView & { occurrence: string }>("POST", "/play", {
      class: of,
      content: { kind: "announcement", announcement: "tin" },
      targets: { areas: ["phuong"] },
    });
  const view = async (id: string) =>
    (await house.call<ReceiverView[]>("GET", "/receivers")).find((one) => one.id === id);
  const alarms = () => house.call<AlarmView[]>("GET", "/alarms");
  const results = async (occurrence: string) => {
    const page = await house.call<ResultPageView>("GET", `/results?occurrence=${encodeURIComponent(occurrence)}`);
    return new Map<string, (typeof page.results)[number]>(page.results.map((one) => [one.receiver, one]));
  };
  const linesOf = async (occurrence: string) =>
    (await house.call<LogPageView>("GET", `/log?occurrence=${encodeURIComponent(occurrence)}`)).lines;

  it("tells who is silent while ordered, writes what it does not know, and believes a journal that comes late", async () => {
    await add("loa-cam");
    const good = await add("loa-tot");
    const away = await add("loa-xa");
    const { occurrence } = await play();
    good.report({ event: "started", cue: occurrence, at: clock.date() });
    away.leave();
    good.report({ event: "finished", cue: occurrence, at: clock.date() });

    const [alarm] = await eventually("the alarm", 10_000, async () => {
      const found = (await alarms()).filter(({ trouble }) => trouble === "silent-while-ordered");
      return found.length > 0 && found;
    });
    expect(alarm?.receiver).to.equal("loa-cam");
    expect((await view("loa-cam"))?.condition.state).to.equal("fault");
    expect((await view("loa-tot"))?.condition.state).to.equal("ok");
    const seen = await house.call<AlarmView>("POST", `/alarms/${alarm?.id}/acknowledgement`);
    expect(seen.acknowledgedBy).to.be.a("string");
    expect(await whoDid(house, "alarm.acknowledged")).to.deep.equal([AT_THE_MACHINE]);

    await eventually("all results", 40_000, async () => (await results(occurrence)).size === 3);
    const assumed = await results(occurrence);
    expect(assumed.get("loa-tot")).to.include({ state: "played", said: true });
    expect(assumed.get("loa-cam")).to.include({ state: "missed", said: false, why: "no-report" });
    expect(assumed.get("loa-xa")).to.include({ state: "unknown", said: false, why: "not-connected" });
    expect(assumed.get("loa-xa")?.words.vi).to.match(/^không rõ từ \d\d:\d\d/);

    await house.restartServer();
    await away.connect();
    away.report(
      { event: "started", cue: occurrence, at: clock.date() },
      { event: "finished", cue: occurrence, at: clock.date() },
    );
    await eventually("the true result", 10_000, async () => (await results(occurrence)).get("loa-xa")?.said);
    expect((await results(occurrence)).get("loa-xa")).to.include({ state: "played" });
    const kinds = (await linesOf(occurrence)).map(({ kind, receiver = "" }) => `${kind} ${receiver}`);
    expect(kinds.filter((kind) => kind.startsWith("result"))).to.have.members(["result loa-cam", "result loa-xa"]);
    expect(kinds.filter((kind) => kind.startsWith("occurrence.closed"))).to.have.length(1);
    expect((await house.call<{ ok: boolean }>("GET", "/log/verification")).ok).to.equal(true);
  });

  it("raises an alarm within thirty seconds of a lost link, and for sound that nobody ordered", async () => {
    const device = await add("loa-1");
    await eventually("the server to be up for a while", 10_000, async () => (await view("loa-1"))?.connected);
    device.report({ event: "unordered", cue: "", at: clock.date() });
    const alarmOf = (trouble: string) =>
      eventually(`the alarm ${trouble}`, 20_000, async () => (await alarms()).find((one) => one.trouble === trouble));
    await alarmOf("sound-without-order");
    const leftAt = clock.date();
    device.leave();
    const lost = await alarmOf("link-lost");
    expect(Date.parse(lost.since) - leftAt).to.be.below(30_000);
    const metrics = await (await fetch(`${house.server.url}/metrics`)).text();
    expect(metrics).to.contain('loa_alarms{trouble="link-lost"} 1');
    expect(metrics).to.contain('loa_receivers_state{state="fault"} 1');
  });

  it("takes one out of service with a repair, and back", async () => {
    const device = await add("loa-1");
    await add("loa-2");
    const repair = await house.call<RepairView>("POST", "/repairs", {
      ...{ receiver: "loa-1", text: "Loa rú liên tục", excludes: true },
    });
    await eventually("the stop", 5_000, () => device.orders().some(({ kind }) => kind === "stop"));
    expect(await view("loa-1")).to.deep.include({ disabled: true, condition: { state: "disabled", troubles: [] } });
    expect((await view("loa-1"))?.repair).to.include({ number: repair.number, text: "Loa rú liên tục" });
    expect((await play()).receivers).to.deep.equal(["loa-2"]);
    const test = await house.call("POST", "/receivers/loa-1/test").catch((refusal: Error) => refusal.message);
    expect(test).to.match(/403.*excluded/);
    await house.call("POST", `/repairs/${repair.number}/closing`, { done: "Thay loa" });
    expect((await view("loa-1"))?.condition.state).to.equal("ok");
    expect((await play()).receivers).to.deep.equal(["loa-1", "loa-2"]);
    await house.call("POST", "/receivers/loa-1/test", { lengthMs: 500 });
    await house.call("POST", "/receivers/loa-1/restart");
    await eventually("both orders", 5_000, () => device.orders().some(({ kind }) => kind === "restart"));
    expect(device.orders().find(({ kind }) => kind === "test")).to.deep.equal({ kind: "test", lengthMs: 500 });
  });

  it("lets neighbours take turns with what is ordinary, and not with an emergency", async () => {
    await add("loa-1", { overlap: { group: "cho", mode: "turns" } });
    await add("loa-2", { overlap: { group: "cho", mode: "step" } });
    await add("loa-3");
    const { occurrence } = await play();
    const tickets = async (id: string) =>
      (await house.call<TicketView[]>("GET", "/tickets")).filter((ticket) => ticket.occurrence === id);
    const [first, second] = await tickets(occurrence);
    expect(first?.results.map(({ receiver }) => receiver)).to.deep.equal(["loa-1", "loa-3"]);
    expect(second?.results.map(({ receiver }) => receiver)).to.deep.equal(["loa-2"]);
    expect(Date.parse(second?.start ?? "") - Date.parse(first?.end ?? "")).to.equal(5000);
    await house.call("POST", "/stop", {});
    const urgent = await play("emergency");
    expect(await tickets(urgent.occurrence)).to.have.length(1);
  });

  it("shows beside a complaint what that loudspeaker played around the time", async () => {
    const device = await add("loa-1", { pole: "C-07" });
    const { occurrence } = await play();
    device.report(
      { event: "started", cue: occurrence, at: clock.date() },
      { event: "finished", cue: occurrence, at: clock.date() },
    );
    await eventually("the journal", 5_000, async () => (await results(occurrence)).size === 1);
    const at = new Date(clock.date() - 1000).toISOString();
    const wish = { pole: "c 07", place: "Ngõ 3", at, what: "=Ồn quá", contact: "cô Sáu, 0263 3822 145" };
    const { number } = await house.call<{ number: number }>("POST", "/complaints", wish);
    const complaint = await house.call<ComplaintWithSoundsView>("GET", `/complaints/${number}`);
    expect(complaint).to.include({ receiver: "loa-1", contact: "cô Sáu, 0263 3822 145" });
    expect(complaint.played.map(({ kind }) => kind)).to.deep.equal(["started", "finished"]);
    await house.call(
      "PATCH",
      `/complaints/${number}`,
      { action: "Vặn nhỏ", answer: "Đã vặn nhỏ" },
      { "if-match": "*" },
    );
    await house.call("POST", `/complaints/${number}/closing`);
    expect(await house.call("DELETE", `/complaints/${number}/contact`)).to.not.have.property("contact");
    const table = await fetch(`${house.server.url}/api/v1/complaints/table`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    expect(await table.text())
      .to.contain("'=Ồn quá")
      .and.not.contain("0263");
  });
});
