import { expect } from "chai";
import fc from "fast-check";
import { type ReceiverId, receiverId } from "../../src/domain/ids.js";
import { membersOf, nextMove, type Rollout, type RolloutStep, rolloutSchema, toAsk } from "../../src/domain/rollout.js";
import { checkProperty } from "../support/check-property.js";

const MINUTE = 60_000;
const ids = (count: number) => Array.from({ length: count }, (_, index) => receiverId(`loa-${index}`));

const aRollout = (more: Partial<Record<keyof Rollout, unknown>> = {}): Rollout =>
  rolloutSchema.parse({
    ...{ id: "0-2-0-k4d9", version: "0.2.0", sha256: "a".repeat(64), by: "Chị Hoa", startedAt: 0, state: "running" },
    signed: { manifest: "", key: "", signature: "" },
    stages: [{ percent: 10 }, { percent: 100 }],
    ...{ soakMinutes: 60, stage: 0, stageSince: 0, standings: {} },
    ...more,
  });
/** All of them at the same step, since the start. */
const standing = (receivers: readonly ReceiverId[], step: RolloutStep, at = 0) =>
  Object.fromEntries(receivers.map((id) => [id, { step, at }]));

describe("a rollout", () => {
  const all = ids(20);
  const there = { now: 60 * MINUTE, receivers: all, isThere: () => true };
  const first = membersOf(aRollout(), all);

  it("takes the share that a stage names, at least one, and named ones whatever the share", () => {
    expect(first).to.have.length(2);
    expect(membersOf(aRollout({ stages: [{ percent: 1 }] }), ids(3))).to.have.length(1);
    const named = aRollout({ stages: [{ receivers: ["loa-3", "loa-3", "di-roi"] }, { percent: 10 }] });
    expect(membersOf(named, all)).to.deep.equal(["loa-3"]);
    expect(membersOf({ ...named, stage: 1 }, all)).to.include("loa-3");
  });

  it("draws the same ones each time, others in the next rollout, and only adds with each stage", () => {
    checkProperty(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
        (count, shares) => {
          const stages = shares.map((percent) => ({ percent }));
          let before: readonly ReceiverId[] = [];
          for (const stage of stages.keys()) {
            const now = membersOf(aRollout({ stages, stage }), ids(count).toReversed());
            expect(now).to.include.members([...before]);
            expect(now.length).to.equal(Math.ceil((count * Math.max(...shares.slice(0, stage + 1))) / 100));
            before = now;
          }
        },
      ),
    );
    expect(membersOf(aRollout({ id: "0-2-0-other" }), all)).to.not.deep.equal(first);
  });

  it("asks who is there and in its stage, and nobody twice who has settled it", () => {
    expect(toAsk(aRollout(), there)).to.deep.equal(first);
    expect(toAsk(aRollout(), { ...there, isThere: () => false })).to.deep.equal([]);
    for (const step of ["updated", "rolled-back", "refused"] as const)
      expect(toAsk(aRollout({ standings: standing(first, step) }), there)).to.deep.equal([]);
    for (const step of ["ordered", "fetching", "waiting", "trying", "failed"] as const)
      expect(toAsk(aRollout({ standings: standing(first, step) }), there)).to.deep.equal(first);
  });

  it("goes on when all of a stage have been well for the time that was set, and not before", () => {
    const rollout = aRollout({ standings: standing(first, "updated") });
    expect(nextMove(rollout, there)).to.deep.equal({ kind: "next-stage" });
    expect(nextMove(rollout, { ...there, now: 60 * MINUTE - 1 })).to.deep.equal({ kind: "stay", blocking: first });
  });

  for (const step of ["ordered", "fetching", "waiting", "trying", "failed"] as const)
    it(`waits for one that is ${step}, also when it has gone away`, () => {
      const [one = receiverId("x"), other = receiverId("y")] = first;
      const rollout = aRollout({ standings: { ...standing([other], "updated"), ...standing([one], step) } });
      expect(nextMove(rollout, there)).to.deep.equal({ kind: "stay", blocking: [one] });
      expect(nextMove(rollout, { ...there, isThere: (id) => id !== one })).to.deep.equal({
        kind: "stay",
        blocking: [one],
      });
    });

  it("waits for one that was updated and has been silent since", () => {
    const rollout = aRollout({ standings: standing(first, "updated") });
    expect(nextMove(rollout, { ...there, isThere: (id) => id !== first[0] })).to.deep.equal({
      kind: "stay",
      blocking: [first[0]],
    });
  });

  it("does not wait for who was away all the time, nor for who cannot take it", () => {
    const [one = receiverId("x"), other = receiverId("y")] = first;
    const away = aRollout({ standings: standing([other], "updated") });
    expect(nextMove(away, { ...there, isThere: (id) => id !== one })).to.deep.equal({ kind: "next-stage" });
    const refused = aRollout({ standings: { ...standing([other], "updated"), ...standing([one], "refused") } });
    expect(nextMove(refused, there)).to.deep.equal({ kind: "next-stage" });
  });

  it("goes no further from a stage in which nobody could show that it works", () => {
    expect(nextMove(aRollout({ standings: standing(first, "refused") }), there).kind).to.equal("stay");
    expect(nextMove(aRollout(), { ...there, isThere: () => false }).kind).to.equal("stay");
  });

  it("stops at the first that had to go back, whatever the others say", () => {
    const [one = receiverId("x"), other = receiverId("y")] = first;
    const failed = { [one]: { step: "rolled-back", at: 0, why: "crashed" } };
    const rollout = aRollout({ standings: { ...standing([other], "updated"), ...failed } });
    expect(nextMove(rollout, there)).to.deep.equal({ kind: "stop", culprit: one, why: "crashed" });
  });

  it("is done when everybody has settled it, and waits in its last stage for those that are away", () => {
    const last = aRollout({ stage: 1, standings: standing(all, "updated") });
    expect(nextMove(last, there)).to.deep.equal({ kind: "done" });
    const { [all[0] as string]: _away, ...rest } = last.standings;
    const move = nextMove({ ...last, standings: rest }, { ...there, isThere: (id) => id !== all[0] });
    expect(move).to.deep.equal({ kind: "stay", blocking: [all[0]] });
  });
});
