import { expect } from "chai";
import * as fc from "fast-check";
import { type Class, rankOf } from "../../src/domain/class.js";
import type { Claim } from "../../src/receiver/claims.js";
import { FADE } from "../../src/receiver/held-claim.js";
import { createPlayHead, type HeadWorld } from "../../src/receiver/play-head.js";
import { checkProperty } from "../support/check-property.js";
import { aClaim, BLOCK, type Placed } from "./a-claim.js";

const END = 288_000;
const sample = (max: number) => fc.integer({ min: 0, max });

const claims = fc.array(
  fc.record({
    start: sample(200_000),
    length: fc.integer({ min: 480, max: 96_000 }),
    class: fc.constantFrom<Class>("ordinary", "priority", "emergency"),
    order: sample(3),
    resume: fc.constantFrom("continue", "restart", "drop"),
    tolerance: sample(96_000),
    confirmed: fc.boolean(),
    offeredAt: sample(200_000),
  }),
  { minLength: 1, maxLength: 8 },
);
const scene = fc.record({
  claims,
  quiet: fc.tuple(sample(END), sample(96_000)),
  stopAt: fc.option(sample(END), { nil: undefined }),
  /** Blocks during which the process is stalled, and how far time goes on meanwhile. */
  stalls: fc.array(fc.tuple(sample(250), sample(48_000)), { maxLength: 2 }),
});

type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays a scene block by block and returns all that sounded. */
function run(it: Scene) {
  const [from, length] = it.quiet;
  const isQuiet = (at: number) => at >= from && at < from + length;
  const world: HeadWorld = {
    holds: () => true,
    buffered: () => true,
    refuses: (claim, at) =>
      isQuiet(at) && !(claim.class === "emergency" && claim.confirmed) ? "quiet-hours" : undefined,
  };
  const head = createPlayHead();
  const heard: Placed[] = [];
  const started: string[] = [];
  /** Claims that a weaker one has kept waiting for more than a block. */
  const overtaken: string[] = [];
  let doubtful: string[] = [];
  let stoppedAt: number | undefined;
  let block = 0;
  for (let at = 0; at < END; block++) {
    for (const [index, { offeredAt, tolerance, ...rest }] of it.claims.entries()) {
      if (offeredAt < at - BLOCK || offeredAt >= at) continue;
      const claim: Claim = aClaim(`c${index}`, rest.start, { ...rest, notAfter: rest.start + tolerance });
      if (head.offer(claim)) head.permit(claim.key);
    }
    if (it.stopAt !== undefined && at >= it.stopAt && stoppedAt === undefined) {
      stoppedAt = at;
      head.stop(() => true, "stopped");
    }
    const { segments, events } = head.render({ from: at, count: BLOCK }, world);
    for (const segment of segments) heard.push({ ...segment, at: at + segment.offset });
    for (const { event, claim } of events) if (event === "started") started.push(claim.key);
    const end = at + BLOCK;
    const sounding = head.sounding();
    const weaker = (claim: Claim) => rankOf(claim.class) > (sounding ? rankOf(sounding.claim.class) : -1);
    const kept = head
      .claims()
      .filter(({ claim, permitted, phase }) => permitted && phase !== "sounding" && claim.start <= at - FADE)
      .filter(({ claim }) => weaker(claim) && !world.refuses(claim, end + 2 * BLOCK + FADE))
      .map(({ claim }) => claim.key);
    overtaken.push(...kept.filter((key) => doubtful.includes(key)));
    doubtful = kept;
    at = end + (it.stalls.find(([when]) => when === block)?.[1] ?? 0);
  }
  return { heard, started, overtaken, stoppedAt, isQuiet };
}

describe("the play-head, whatever comes", () => {
  it("never sounds two claims at once", () => {
    checkProperty(
      fc.property(scene, (it) => {
        const { heard } = run(it);
        let end = 0;
        for (const { at, count } of heard) {
          expect(at).to.be.at.least(end);
          end = at + count;
        }
      }),
    );
  });

  it("changes from one claim to another only through silence, and never jumps in loudness", () => {
    checkProperty(
      fc.property(scene, (it) => {
        const { heard } = run(it);
        for (const [index, segment] of heard.entries()) {
          expect(segment.gainFrom).to.be.within(0, 1);
          expect(Math.abs(segment.gainTo - segment.gainFrom) / segment.count).to.be.at.most(1 / 480 + 1e-9);
          const before = heard[index - 1];
          if (before?.claim.key !== segment.claim.key) expect(segment.gainFrom).to.equal(0);
          else if (before.at + before.count === segment.at) expect(segment.gainFrom).to.be.closeTo(before.gainTo, 1e-9);
        }
      }),
    );
  });

  it("never sounds in a quiet hour but a confirmed emergency", () => {
    checkProperty(
      fc.property(scene, (it) => {
        const { heard, isQuiet } = run(it);
        for (const { claim, at, count } of heard) {
          if (claim.class === "emergency" && claim.confirmed) continue;
          expect(isQuiet(at) || isQuiet(at + count - 1), `${claim.key} at ${at}`).to.equal(false);
        }
      }),
    );
  });

  it("starts nothing twice", () => {
    checkProperty(
      fc.property(scene, (it) => {
        const { started } = run(it);
        expect(new Set(started).size).to.equal(started.length);
      }),
    );
  });

  it("lets a higher class win within a block", () => {
    checkProperty(
      fc.property(scene, (it) => {
        expect(run(it).overtaken).to.deep.equal([]);
      }),
    );
  });

  it("is silent within 40 ms of a stop until something else is ordered", () => {
    checkProperty(
      fc.property(scene, (it) => {
        const { heard, stoppedAt } = run({ ...it, stalls: [] });
        if (stoppedAt === undefined) return;
        const late = it.claims.flatMap(({ offeredAt }, index) => (offeredAt >= stoppedAt - BLOCK ? [`c${index}`] : []));
        for (const { claim, at, count } of heard)
          if (!late.includes(claim.key)) expect(at + count).to.be.at.most(stoppedAt + 1_920);
      }),
    );
  });
});
