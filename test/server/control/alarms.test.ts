import { expect } from "chai";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { aCue, aHash, aTicket } from "../../support/builders.js";
import { failureOf } from "../../support/failure-of.js";
import { by, loa1, loa2, startCare as start } from "./a-care.js";

describe("the alarms of loudspeakers", () => {
  it("raises an alarm within thirty seconds of a lost link, and one only while it flaps", () => {
    const { registry, care, verbs, pass, greet, kinds, told } = start();
    greet(loa1);
    greet(loa2);
    pass(60);
    for (let flap = 0; flap < 4; flap++) {
      registry.gone(loa1);
      care.watch.touch(loa1);
      pass(29);
      expect(verbs.alarms().map(({ id }) => id)).to.deep.equal(["loa-1.link-lost"]);
      greet(loa1);
      pass(30);
    }
    expect(verbs.alarms()[0]).to.include({ times: 4, isThere: false });
    expect(kinds()).to.deep.equal(["alarm.opened link-lost"]);
    pass(150);
    expect(verbs.alarms()).to.deep.equal([]);
    expect(kinds()).to.deep.equal(["alarm.opened link-lost", "alarm.cleared link-lost"]);
    expect(told.at(-1)).to.equal("cleared loa-1.link-lost");
  });

  it("counts a link that fell silent from when it was last heard of", () => {
    const { registry, care, verbs, pass, greet } = start();
    greet(loa1);
    greet(loa2);
    pass(60);
    registry.alive(loa1);
    pass(29);
    registry.gone(loa1);
    care.watch.touch(loa1);
    pass(1);
    expect(verbs.alarms()).to.have.length(1);
  });

  it("keeps open alarms and who took notice over a restart", async () => {
    const before = start();
    before.pass(60);
    await before.verbs.acknowledgeAlarm("loa-1.link-lost", by);
    const after = start({ open: [...before.alarms.values()] });
    after.pass(40);
    expect(after.verbs.alarms().map(({ id, acknowledgedBy }) => [id, acknowledgedBy])).to.have.deep.members([
      ["loa-1.link-lost", "Chị Hoa"],
      ["loa-2.link-lost", undefined],
    ]);
    expect(after.kinds()).to.deep.equal([]);
    expect(before.kinds()).to.include("alarm.acknowledged link-lost");
  });

  it("says that somebody took notice only once that is written, also to whoever asks again", async () => {
    const { verbs, pass, asRun, alarms } = start();
    pass(60);
    const write = asRun.log.events;
    asRun.log.events = () => {
      throw new Error("disk full");
    };
    const tries = [0, 1].map(() => failureOf(verbs.acknowledgeAlarm("loa-1.link-lost", by)));
    expect((await Promise.all(tries)).map(String)).to.deep.equal(["Error: disk full", "Error: disk full"]);
    expect(alarms.get("loa-1.link-lost")?.acknowledgedBy).to.equal(undefined);

    asRun.log.events = write;
    await verbs.acknowledgeAlarm("loa-1.link-lost", by);
    expect(asRun.events.filter(({ kind }) => kind === "alarm.acknowledged")).to.have.length(1);
    expect(alarms.get("loa-1.link-lost")?.acknowledgedBy).to.equal("Chị Hoa");
  });

  it("finds a failed output, an untrusted clock and a full disk within thirty seconds", () => {
    const { pass, greet, condition } = start();
    greet(loa1, { sink: "failed", clock: "untrusted", health: { diskFreeBytes: 1000 } });
    pass(29);
    expect(condition(loa1).troubles).to.deep.equal(["sink-failed", "clock-untrusted", "disk-nearly-full"]);
  });

  it("finds clips that are due within the hour and missing, once they have had time to come", () => {
    const { clock, registry, care, cues, pass, greet, condition } = start();
    const cue = aCue({ at: (clock.date() + 1_800_000) * 1000 });
    cues.set(loa1, [cue]);
    greet(loa1);
    registry.clips(loa1, [], []);
    care.watch.touch(loa1);
    pass(58);
    expect(condition(loa1).troubles).to.deep.equal([]);
    pass(30);
    expect(condition(loa1).troubles).to.deep.equal(["clips-missing"]);
    registry.clips(
      loa1,
      cue.items.map(({ sha256 }) => sha256),
      [],
    );
    care.watch.touch(loa1);
    pass(1);
    expect(condition(loa1).troubles).to.deep.equal([]);
    registry.clips(loa1, [aHash("b")], []);
  });

  it("tells of one that is silent while ordered until it sounds again, and not of one that says why", async () => {
    const { clock, care, tickets, pass, greet, condition } = start();
    greet(loa1);
    greet(loa2);
    const ticket = aTicket({ start: clock.date() + 5000, end: clock.date() + 65_000, receivers: [loa1, loa2] });
    await tickets.freeze(ticket);
    tickets.heard(loa2, [{ seq: 1, event: "started", cue: ticket.occurrence, at: 1 }]);
    pass(24);
    expect(condition(loa1).troubles).to.deep.equal([]);
    pass(3);
    expect([condition(loa1).troubles, condition(loa2).troubles]).to.deep.equal([["silent-while-ordered"], []]);
    pass(300);
    expect(condition(loa1).state).to.equal("fault");
    care.watch.heard(loa1, [{ event: "started", cue: ticket.occurrence }]);
    expect(condition(loa1).state).to.equal("ok");
  });

  it("knows after a restart who was silent while ordered, until it sounds", async () => {
    const before = start();
    before.greet(loa1);
    const { clock } = before;
    const ticket = aTicket({ start: clock.date() + 5000, end: clock.date() + 65_000, receivers: [loa1] });
    await before.tickets.freeze(ticket);
    before.pass(30);
    expect(before.condition(loa1).troubles).to.deep.equal(["silent-while-ordered"]);
    await new Promise((resolve) => setImmediate(resolve));
    before.pass(1);
    await new Promise((resolve) => setImmediate(resolve));

    const after = start({ open: [...before.alarms.values()] });
    after.greet(loa1);
    after.greet(loa2);
    // Longer than a trouble must be gone for its alarm to end.
    after.pass(300);
    expect(after.condition(loa1)).to.deep.equal({ state: "fault", troubles: ["silent-while-ordered"] });
    expect(after.condition(loa2).state).to.equal("ok");
    expect(after.verbs.alarms().map(({ id }) => id)).to.deep.equal(["loa-1.silent-while-ordered"]);
    after.care.watch.heard(loa1, [{ event: "started", cue: "sang" }]);
    after.pass(300);
    expect(after.condition(loa1).state).to.equal("ok");
    expect(after.verbs.alarms()).to.deep.equal([]);
    after.greet(loa1);
    after.pass(2);
    expect(after.condition(loa1).state, "greeted again").to.equal("ok");
  });

  it("tells of one whose meter hears nothing of what it sounds, until a later sounding is heard", () => {
    const { care, verbs, pass, greet, condition } = start();
    greet(loa1);
    greet(loa2);
    const hear = (...lines: Parameters<typeof care.watch.heard>[1]) => {
      care.watch.heard(loa1, lines);
      pass(2);
      return condition(loa1).troubles;
    };
    const unheard = (cue: string) => ({ event: "failed", cue, why: "not-heard" }) as const;
    const finished = (cue: string, heardMs = 60_000) => ({ event: "finished", cue, heardMs }) as const;

    expect(hear({ event: "started", cue: "sang" }, unheard("sang"))).to.deep.equal(["silent-while-ordered"]);
    expect(verbs.alarms().map(({ id }) => id)).to.deep.equal(["loa-1.silent-while-ordered"]);
    expect(hear(finished("sang")), "its own end").to.have.length(1);
    expect(hear({ event: "started", cue: "trua" }), "a beginning alone").to.have.length(1);
    expect(hear(unheard("trua"), unheard("chen-ngang"), finished("trua")), "silent again").to.have.length(1);
    expect(hear({ event: "started", cue: "ngan" }, finished("ngan", 19_000)), "too short for a meter").to.have.length(
      1,
    );
    expect(condition(loa1).state).to.equal("fault");
    expect(hear({ event: "started", cue: "chieu" }, finished("chieu")), "heard").to.deep.equal([]);
    expect(condition(loa2).state).to.equal("ok");
  });

  it("tells of sound without order, and ends the alarm only when a person has taken notice", async () => {
    const { care, verbs, pass, greet } = start();
    greet(loa1);
    greet(loa2);
    care.watch.heard(loa1, [{ event: "unordered", cue: "" }]);
    pass(2);
    expect(verbs.alarms().map(({ trouble }) => trouble)).to.deep.equal(["sound-without-order"]);
    pass(1200);
    expect(verbs.alarms()).to.have.length(1);
    await verbs.acknowledgeAlarm("loa-1.sound-without-order", by);
    pass(30);
    expect(verbs.alarms()).to.deep.equal([]);
  });

  it("tells of a key that two devices showed, instead of the links that were cut for it", () => {
    const { receivers, pass, condition } = start();
    void receivers.put({ ...(receivers.get(loa1) as ReceiverRecord), quarantine: { since: 1 } });
    pass(60);
    expect(condition(loa1)).to.deep.equal({ state: "fault", troubles: ["key-twice"] });
  });
});
