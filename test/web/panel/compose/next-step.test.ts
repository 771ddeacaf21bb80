import { expect } from "chai";
import { nextStep, type Standing } from "../../../../src/web/panel/compose/next-step.js";

const ready: Standing = {
  ...{
    hasText: true,
    isSaved: true,
    hasTwoWriters: false,
    state: "ready",
    stage: "checked",
    isHeard: true,
    unknown: 0,
    openFindings: 0,
  },
  ...{ receivers: 3, when: "later", isTimeSet: true, isPlanned: false, isOnAir: false },
  ...{ mayCompose: true, mayApprove: false, mayAir: true },
};

describe("the main button of the screen for writing", () => {
  const cases: [what: string, standing: Partial<Standing>, step: string, block?: string][] = [
    ["nothing written", { hasText: false, state: undefined, stage: undefined }, "make", "no-text"],
    ["a text that is not saved", { isSaved: false }, "make"],
    ["a text of somebody who may not write", { isSaved: false, mayCompose: false }, "make", "may-not-compose"],
    ["a text that somebody else has changed, too", { hasTwoWriters: true, isSaved: false }, "make", "two-writers"],
    ["a sound in the making", { state: "making" }, "making"],
    ["a sound that failed, which may be tried again", { state: "failed" }, "make", "sound-failed"],
    ["a sound that nobody here has heard", { isHeard: false }, "listen"],
    ["a word without a reading", { unknown: 1 }, "submit", "unknown-words"],
    ["a word without a reading, not heard", { unknown: 1, isHeard: false }, "listen"],
    ["a finding to be decided about", { openFindings: 1 }, "submit", "open-findings"],
    ["no place", { receivers: 0 }, "submit", "no-place"],
    ["a time that is past", { isTimeSet: false }, "submit", "no-time"],
    ["everything there", {}, "submit"],
    ["something returned and mended", { stage: "returned" }, "submit"],
    ["something at the approver", { stage: "submitted" }, "waiting", "at-approver"],
    ["something at whoever may approve it", { stage: "submitted", mayApprove: true }, "approve"],
    ["something approved for a time", { stage: "approved" }, "schedule"],
    ["something approved for now", { stage: "approved", when: "now" }, "play"],
    ["something planned", { stage: "planned", isPlanned: true }, "done"],
    ["something that was ordered just now", { stage: "approved", when: "now", isOnAir: true }, "play", "on-air"],
    ["something on air that is to sound later, too", { stage: "approved", isOnAir: true }, "schedule"],
    ["something planned that is to sound now, too", { stage: "planned", isPlanned: true, when: "now" }, "play"],
    ["something approved for whoever may not air", { stage: "approved", mayAir: false }, "schedule", "may-not-air"],
    ["something aired, once more", { stage: "aired", when: "now" }, "play"],
    ["something recalled", { stage: "recalled", state: "recalled" }, "over", "over"],
  ];
  for (const [what, standing, step, block] of cases)
    it(`for ${what}: ${step}${block ? `, but ${block}` : ""}`, () => {
      expect(nextStep({ ...ready, ...standing })).to.deep.equal({ step, ...(block ? { block } : {}) });
    });
});
