import { expect } from "chai";
import * as fc from "fast-check";
import { micros } from "../../src/base/units.js";
import { announcementId, areaId, type OccurrenceId, occurrenceId, receiverId } from "../../src/domain/ids.js";
import { judgeStart } from "../../src/receiver/guard.js";
import { emptyMemory, type Fact, factsOf, MAX_STOPS, type Memory, remember } from "../../src/receiver/memory.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { checkProperty } from "../support/check-property.js";
import { aClaim } from "./a-claim.js";

const knowing = (facts: readonly Fact[]): Memory => {
  const memory = emptyMemory();
  for (const fact of facts) remember(memory, fact);
  return memory;
};
/** 10:00 in Vietnam. */
const NOON = Date.UTC(2026, 10, 23, 3) * 1000;
const identity = { receiver: receiverId("loa-1"), areas: [areaId("to-3"), areaId("phuong")] };
const scene = {
  identity,
  place: { zone: "Asia/Ho_Chi_Minh", areas: identity.areas, sensitive: false, policies: [] },
  now: micros(NOON),
  trusted: true,
};
const verdictOn = (key: OccurrenceId | "sang", memory: Memory, at = NOON - 1e6) =>
  judgeStart(aClaim("sang", sampleAt(micros(at)), { key, notAfter: sampleAt(micros(NOON + 60e6)) }), scene, memory);
const STOPPED = { kind: "refuse", why: "stopped" };

describe("the memory of a receiver", () => {
  const time = fc.integer({ min: 0, max: 1000 });
  const name = fc.constantFrom("a", "b", "c");
  const occurrence = name.map((one) => occurrenceId(one, Date.UTC(2026, 10, 23)));
  const fact: fc.Arbitrary<Fact> = fc.oneof(
    fc.record({ kind: fc.constant("order" as const), id: name, epoch: fc.nat(3), sequence: fc.nat(9) }),
    fc.record({ kind: fc.constant("cancel" as const), cues: fc.array(occurrence, { maxLength: 3 }), issuedAt: time }),
    fc.record({
      kind: fc.constant("stop" as const),
      scope: fc.oneof(
        fc.constant({ kind: "all" as const }),
        fc.record({ kind: fc.constant("areas" as const), areas: fc.array(name.map(areaId), { maxLength: 3 }) }),
        fc.record({ kind: fc.constant("occurrence" as const), occurrence }),
        fc.record({ kind: fc.constant("announcement" as const), announcement: name.map(announcementId) }),
      ),
      issuedAt: time,
    }),
    fc.record({ kind: fc.constant("started" as const), key: name, at: time }),
    fc.record({ kind: fc.constant("done" as const), key: name }),
    fc.record({ kind: fc.constant("mute" as const), muted: fc.boolean() }),
    fc.record({ kind: fc.constant("local-mute" as const), muted: fc.boolean() }),
    fc.record({ kind: fc.constant("forgot" as const), at: time }),
    fc.constant<Fact>({ kind: "forgot" }),
    fc.constant<Fact>({ kind: "reminded" }),
    fc.record({ kind: fc.constant("time" as const), at: time }),
  );

  it("is the same after it was written anew, whatever was forgotten and told again", () => {
    checkProperty(
      fc.property(fc.array(fact, { maxLength: 30 }), (facts) => {
        const memory = knowing(facts);
        const again = knowing(factsOf(memory));
        expect(again).to.deep.equal(memory);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps what it forgot apart from whether it was told again", () => {
    const forgetful = knowing([{ kind: "forgot" }]);
    expect(knowing(factsOf(forgetful))).to.include({ isForgetful: true, forgotAt: Number.POSITIVE_INFINITY });
    const reminded = knowing([{ kind: "forgot" }, { kind: "reminded" }]);
    expect(knowing(factsOf(reminded))).to.include({ isForgetful: false, forgotAt: Number.POSITIVE_INFINITY });
    const known = knowing([{ kind: "forgot" }, { kind: "forgot", at: 5 }, { kind: "reminded" }]);
    expect(knowing(factsOf(known))).to.include({ isForgetful: false, forgotAt: 5 });
  });

  it("keeps every stop of a day with more stops than anybody gives, and the last of each scope once", () => {
    const facts: Fact[] = [
      { kind: "stop", scope: { kind: "occurrence", occurrence: occurrenceId("sang", NOON / 1000) }, issuedAt: 1 },
    ];
    for (let n = 0; n < 3000; n++)
      facts.push({ kind: "stop", scope: { kind: "areas", areas: [areaId("phuong"), areaId("xa")] }, issuedAt: n });
    for (let n = 0; n < 3000; n++) facts.push({ kind: "stop", scope: { kind: "all" }, issuedAt: NOON - 9e6 + n });
    for (let n = 0; n < 1000; n++) {
      const occurrence = occurrenceId(`tin-${n}`, NOON / 1000);
      facts.push({ kind: "stop", scope: { kind: "occurrence", occurrence }, issuedAt: 1 });
    }
    const memory = knowing(factsOf(knowing(facts)));
    expect(memory.stops.size).to.equal(1 + 2 + 1 + 1000);
    expect(verdictOn(occurrenceId("sang", NOON / 1000), memory)).to.deep.equal(STOPPED);
    expect(verdictOn(occurrenceId("tin-999", NOON / 1000), memory)).to.deep.equal(STOPPED);
    expect(verdictOn("sang", memory, NOON - 9e6)).to.deep.equal(STOPPED);
    expect(verdictOn("sang", memory), "due after the last of them").to.deep.equal({ kind: "play" });
  });

  it("does not let an earlier stop that comes late shorten a later one", () => {
    const memory = knowing([
      { kind: "stop", scope: { kind: "all" }, issuedAt: NOON },
      { kind: "stop", scope: { kind: "all" }, issuedAt: NOON - 60e6 },
    ]);
    expect(verdictOn("sang", memory)).to.deep.equal(STOPPED);
  });

  it("does not grow beyond its bound, and lets the least recent go", () => {
    const facts: Fact[] = Array.from({ length: MAX_STOPS + 10 }, (_, n) => ({
      kind: "stop",
      scope: { kind: "areas", areas: [areaId(`to-${n}`)] },
      issuedAt: n,
    }));
    const memory = knowing(facts);
    expect(memory.stops.size).to.equal(MAX_STOPS);
    expect([...memory.stops.values()].at(-1)?.issuedAt).to.equal(MAX_STOPS + 9);
  });
});
