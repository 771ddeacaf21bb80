import { expect } from "chai";
import { announcementId, sha256 } from "../../src/domain/ids.js";
import { type Claim, liveClaim } from "../../src/receiver/claims.js";
import { createPlayHead, type HeadWorld, MAX_CLAIMS } from "../../src/receiver/play-head.js";
import { aClaim, brief, loudWorld, play, span } from "./a-claim.js";

describe("the play-head", () => {
  function start(...claims: Claim[]) {
    const head = createPlayHead();
    for (const claim of claims) {
      head.offer(claim);
      head.permit(claim.key);
    }
    return head;
  }
  const emergency = (key: string, at: number, more: Partial<Claim> = {}) =>
    aClaim(key, at, { class: "emergency", confirmed: true, ...more });

  it("begins on the very sample and ends after the length", () => {
    const { heard, events } = play(start(aClaim("a", 1_003)), { end: 96_000 });

    expect(span(heard, "a")).to.deep.equal([1_003, 49_003]);
    expect(brief(events)).to.deep.equal(["1003 started a", "49003 finished a"]);
    expect(heard[0]?.source).to.deep.include({ kind: "clip", from: 0 });
  });

  for (const [of, samples] of [
    ["ordinary", 14_400],
    ["priority", 14_400],
    ["emergency", 2_400],
  ] as const)
    it(`is soft after ten milliseconds and whole after ${samples / 48} when it is ${of}`, () => {
      const { heard } = play(start(aClaim("a", 0, { class: of, confirmed: true })), { end: 28_800 });
      const envelope = (at: number) =>
        at <= 480 ? (at / 480) * 0.25 : Math.min(1, 0.25 + ((at - 480) / (samples - 480)) * 0.75);

      for (const { at, count, gainFrom, gainTo } of heard) {
        expect(gainFrom).to.be.closeTo(envelope(at), 1e-6);
        expect(gainTo).to.be.closeTo(envelope(at + count), 1e-6);
      }
      expect(heard.at(-1)).to.include({ gainFrom: 1, gainTo: 1 });
    });

  it("is cut where a receiver ends anything of its class, with a fade, and says why", () => {
    const head = start(aClaim("a", 0, { length: 48_000, capped: true }));
    const { heard, events } = play(head, { end: 96_000 });

    expect(brief(events).at(-1)).to.equal("48000 cut a max-duration");
    expect(span(heard, "a")?.[1]).to.equal(48_000);
  });

  it("sounds nothing that the guard has not allowed, and joins in step when that comes late", () => {
    const head = createPlayHead();
    head.offer(aClaim("a", 0));

    const { heard, events } = play(head, { end: 30_720, before: (at) => at === 9_600 && head.permit("a") });

    expect(span(heard, "a")?.[0]).to.equal(9_600);
    expect(heard[0]?.source).to.deep.include({ from: 9_600 });
    expect(brief(events)).to.deep.equal(["9600 started a"]);
  });

  it("starts a cue of which all is past, but not its last instant, from the beginning", () => {
    const head = start(aClaim("a", 0, { length: 9_600, notAfter: 960_000 }));

    const { heard } = play(head, { from: 48_000, end: 96_000 });

    expect(span(heard, "a")).to.deep.equal([48_000, 57_600]);
    expect(heard[0]?.source).to.deep.include({ from: 0 });
  });

  it("misses what is later than its last instant", () => {
    const { heard, events } = play(start(aClaim("a", 0, { notAfter: 100 })), { from: 960, end: 9_600 });

    expect(heard).to.deep.equal([]);
    expect(brief(events)).to.deep.equal(["960 missed a no-audio"]);
  });

  it("says of what nobody allowed to begin whether its sound was there", () => {
    for (const [holds, why] of [
      [true, "late"],
      [false, "no-audio"],
    ] as const) {
      const head = createPlayHead();
      head.offer(aClaim("a", 0, { notAfter: 100 }));
      const { events } = play(head, { from: 960, end: 9_600, world: { ...loudWorld, holds: () => holds } });
      expect(brief(events)).to.deep.equal([`960 missed a ${why}`]);
    }
  });

  it("goes on where the timeline is with what an earlier run began, and never from the start", () => {
    const before = aClaim("a", 0, { begunBefore: true });
    const { heard, events } = play(start(before), { from: 24_000, end: 96_000 });

    expect(heard[0]?.source).to.deep.include({ from: 24_000 });
    expect(brief(events)).to.deep.equal(["24000 resumed a", "48000 finished a"]);
    expect(brief(play(start(before), { from: 50_880, end: 60_000 }).events)).to.deep.equal(["50880 cut a restart"]);
  });

  it("is silent just when a higher class begins, and goes on afterwards where it was", () => {
    const head = start(aClaim("a", 0), emergency("e", 20_000, { length: 9_600 }));

    const { heard, events } = play(head, { end: 96_000 });

    const before = heard.filter(({ claim, at }) => claim.key === "a" && at < 20_000).at(-1);
    expect(before && before.at + before.count).to.equal(20_000);
    expect(before?.gainTo).to.equal(0);
    expect(heard.find(({ claim }) => claim.key === "e")?.at).to.equal(20_000);
    const resumed = heard.find(({ claim, at }) => claim.key === "a" && at >= 29_600);
    expect(resumed?.at).to.equal(29_600);
    expect(resumed?.source).to.deep.include({ from: 19_040 });
    expect(brief(events)).to.deep.equal([
      "0 started a",
      "20000 interrupted a preempted",
      "20000 started e",
      "29600 finished e",
      "29600 resumed a",
      "58560 finished a",
    ]);
  });

  it("restarts or drops what was interrupted, as it asks for", () => {
    const again = play(start(aClaim("a", 0, { resume: "restart" }), emergency("e", 20_000, { length: 9_600 })), {
      end: 96_000,
    });
    const dropped = play(start(aClaim("a", 0, { resume: "drop" }), emergency("e", 20_000)), { end: 96_000 });

    expect(again.heard.find(({ claim, at }) => claim.key === "a" && at >= 29_600)?.source).to.deep.include({ from: 0 });
    expect(brief(dropped.events)).to.include("20000 cut a preempted").and.not.include("68000 resumed a");
  });

  it("nests three deep and comes back in order", () => {
    const head = start(
      aClaim("o", 0),
      aClaim("p", 10_000, { class: "priority", length: 24_000 }),
      emergency("e", 20_000, { length: 9_600 }),
    );

    const order = play(head, { end: 120_000 }).events.map(({ event, claim }) => `${claim.key} ${event}`);

    expect(order).to.deep.equal([
      "o started",
      "o interrupted",
      "p started",
      "p interrupted",
      "e started",
      "e finished",
      "p resumed",
      "p finished",
      "o resumed",
      "o finished",
    ]);
  });

  it("lets equals wait, then begins them whole in the ward's order", () => {
    const head = start(aClaim("a", 0), aClaim("c", 9_600, { order: 2 }), aClaim("b", 19_200, { order: 1 }));

    const { heard } = play(head, { end: 192_000 });

    expect(span(heard, "b")).to.deep.equal([48_000, 96_000]);
    expect(span(heard, "c")).to.deep.equal([96_000, 144_000]);
  });

  it("gives up waiting at the last instant", () => {
    const head = start(aClaim("a", 0), aClaim("b", 960, { notAfter: 20_000 }));

    expect(brief(play(head, { end: 30_000 }).events)).to.include("20160 missed b waited-too-long");
  });

  it("does not go back to what is out of date", () => {
    const head = start(aClaim("a", 0, { notAfter: 480 }), emergency("e", 9_600, { length: 96_000 }));

    expect(brief(play(head, { end: 144_000 }).events)).to.include("48960 cut a expired");
  });

  it("falls silent within 40 ms of a stop, and forgets what was held back", () => {
    const head = start(aClaim("a", 0), emergency("e", 9_600), aClaim("later", 480_000));

    const { heard, events } = play(head, {
      end: 48_000,
      before: (at) => at === 19_200 && head.stop((claim) => claim.start < 480_000, "stopped"),
    });

    expect(heard.at(-1)?.gainTo).to.equal(0);
    expect(Math.max(...heard.map(({ at, count }) => at + count))).to.be.at.most(19_200 + 1_920);
    expect(brief(events)).to.include("19200 cut a stopped").and.include("20160 cut e stopped");
    expect(head.claims().map(({ claim }) => claim.key)).to.deep.equal(["later"]);
  });

  it("silences only the recalled item, and ends a claim that has nothing else to say", () => {
    const item = (name: string, from: number) => ({
      sha256: sha256("b".repeat(64)),
      announcement: announcementId(name),
      ...{ from, to: from + 24_000, gainDb: 0 },
    });
    const two = { kind: "clips", items: [item("one", 0), item("two", 24_000)] } as const;
    const head = start(aClaim("a", 0, { content: two }));
    const first = play(head, { end: 48_000, before: (at) => at === 9_600 && head.recall(announcementId("one")) });

    expect(first.heard.filter(({ at }) => at >= 10_560 && at < 24_000)).to.deep.equal([]);
    expect(first.heard.some(({ at }) => at === 24_000)).to.equal(true);

    const both = start(aClaim("a", 0, { content: two }));
    both.recall(announcementId("one"));
    const ended = play(both, { end: 48_000, before: (at) => at === 28_800 && both.recall(announcementId("two")) });
    expect(span(ended.heard, "a")).to.deep.equal([24_000, 29_760]);
    expect(brief(ended.events)).to.include("29760 cut a recalled");
  });

  it("says nothing of a recalled item that a claim brings only after the recall", () => {
    const item = (name: string, from: number) => ({
      sha256: sha256("b".repeat(64)),
      announcement: announcementId(name),
      ...{ from, to: from + 24_000, gainDb: 0 },
    });
    const content = { kind: "clips", items: [item("one", 0), item("two", 24_000)] } as const;
    const head = createPlayHead();
    head.offer(aClaim("a", 0, { content }), new Set(["one"]));
    head.permit("a");

    const { heard } = play(head, { end: 60_000 });
    expect(heard.filter(({ at }) => at < 24_000)).to.deep.equal([]);
    expect(heard.some(({ at }) => at === 24_000)).to.equal(true);
  });

  it("is silent when a quiet hour begins, and refuses what would begin in it", () => {
    const world: HeadWorld = { ...loudWorld, refuses: (_, sample) => (sample >= 24_000 ? "quiet-hours" : undefined) };
    const { heard, events } = play(start(aClaim("a", 0), aClaim("b", 30_000)), { end: 48_000, world });

    expect(Math.max(...heard.map(({ at, count }) => at + count))).to.be.at.most(24_000);
    expect(heard.at(-1)?.gainTo).to.equal(0);
    expect(events.map(({ event, why }) => `${event} ${why}`)).to.deep.equal([
      "started undefined",
      "cut quiet-hours",
      "refused quiet-hours",
    ]);
  });

  it("waits for sound that has not come, and joins when it has", () => {
    let ready = false;
    const world: HeadWorld = { ...loudWorld, holds: () => ready };
    const { heard } = play(start(aClaim("a", 0)), {
      end: 48_000,
      world,
      before: (at) => {
        ready = at >= 9_600;
      },
    });

    expect(heard[0]).to.include({ at: 9_600 });
  });

  it("takes a stream where there is no clip, at the place where the chunks belong", () => {
    const head = start(aClaim("a", 4_800));
    head.feed("a", 9);

    const { heard } = play(head, { end: 48_000, world: { ...loudWorld, holds: () => false } });

    expect(heard[0]?.source).to.deep.equal({ kind: "stream", stream: 9, from: 4_800 });
  });

  it("cuts a live stream at its greatest length, and ends a closed one by itself", () => {
    const live = () =>
      liveClaim({ key: "live-3", class: "priority", confirmed: false, by: {}, issuedAt: 0, start: 960, maxMs: 1000 });
    const forgotten = start(live());
    forgotten.feed("live-3", 3);
    const closed = start(live());
    closed.feed("live-3", 3);
    closed.closeAt("live-3", 24_000);

    expect(brief(play(forgotten, { end: 96_000 }).events)).to.deep.equal([
      "960 started live-3",
      "48960 cut live-3 max-duration",
    ]);
    expect(brief(play(closed, { end: 96_000 }).events).at(-1)).to.equal("24000 finished live-3");
  });

  it("moves on with the timeline after a gap, and does not repeat much when it steps back", () => {
    const head = start(aClaim("a", 0, { length: 480_000 }));
    play(head, { end: 48_000 });
    const ahead = play(head, { from: 96_000, end: 96_960 });
    const back = play(head, { from: 4_800, end: 5_760 });

    expect(ahead.heard[0]?.source).to.deep.include({ from: 96_000 });
    expect(back.heard[0]?.source).to.deep.include({ from: 96_960 });
  });

  it("holds no more claims than a state report can name", () => {
    const head = createPlayHead();
    const taken = Array.from({ length: MAX_CLAIMS + 5 }, (_, index) => head.offer(aClaim(`c${index}`, 960)));

    expect(taken.filter(Boolean)).to.have.length(MAX_CLAIMS);
  });
});
