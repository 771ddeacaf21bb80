import { expect } from "chai";
import type { Place } from "../../../src/domain/place.js";
import { createSigningRules } from "../../../src/server/trust/signing-rules.js";
import { daysInMemory } from "../../support/days-in-memory.js";

/** 10:00 and 22:30 in Vietnam, µs. */
const NOON = Date.UTC(2026, 10, 23, 3) * 1000;
const NIGHT = Date.UTC(2026, 10, 23, 15, 30) * 1000;

const cue = (at: number, of: string) => ({
  kind: "cue",
  cue: { id: "sang@20261123t030000z", class: of, at, durationMs: 1000, notAfter: at + 60e6, resume: "drop", items: [] },
});

describe("the rules of the signer", () => {
  // Without a policy the default quiet hours hold.
  const place: Place = { zone: "Asia/Ho_Chi_Minh", areas: [], sensitive: false, policies: [] };
  const judge = (now: number, text: string) => {
    try {
      createSigningRules({ days: daysInMemory(), clocks: () => [now], places: [place] })("order", text);
      return "signed";
    } catch (thrown) {
      return (thrown as { reason: string }).reason;
    }
  };
  const order = (now: number, more: object = {}) =>
    JSON.stringify({
      ...{ v: 1, id: "order0001", audience: { kind: "all" }, epoch: 1, sequence: 1, issuedAt: now },
      ...{ notBefore: now, notAfter: now + 60e6, class: "ordinary", body: { kind: "mute", muted: true }, by: {} },
      ...more,
    });

  const cases: [what: string, now: number, text: string, expected: string][] = [
    ["signs an ordinary order", NOON, order(NOON), "signed"],
    ["refuses what is no order", NOON, '{"v":1}', "signer-malformed"],
    ["refuses an order of another time", NOON, order(NOON - 3_600e6), "signer-clock"],
    [
      "signs a stop of hours ago once more, for whoever was away",
      NOON,
      order(NOON - 5 * 3_600e6, {
        ...{ body: { kind: "stop", scope: { kind: "all" } }, class: "emergency", notAfter: NOON + 19 * 3_600e6 },
      }),
      "signed",
    ],
    [
      "refuses a stop of the future",
      NOON,
      order(NOON + 3_600e6, { body: { kind: "stop", scope: { kind: "all" } }, notAfter: NOON + 4 * 3_600e6 }),
      "signer-clock",
    ],
    ["refuses an order that lives for days", NOON, order(NOON, { notAfter: NOON + 48 * 3_600e6 }), "signer-clock"],
    ["signs a sound by day", NOON, order(NOON, { body: cue(NOON, "ordinary") }), "signed"],
    ["refuses a sound in the quiet hours", NIGHT, order(NIGHT, { body: cue(NIGHT, "ordinary") }), "signer-quiet"],
    [
      "refuses an emergency in the quiet hours that nobody confirmed",
      NIGHT,
      order(NIGHT, { class: "emergency", body: cue(NIGHT, "emergency") }),
      "signer-quiet",
    ],
    [
      "signs one that a person confirmed",
      NIGHT,
      order(NIGHT, { class: "emergency", body: cue(NIGHT, "emergency"), confirmedBy: "Trưởng ca" }),
      "signed",
    ],
    ["signs a stop at night", NIGHT, order(NIGHT, { body: { kind: "stop", scope: { kind: "all" } } }), "signed"],
  ];
  for (const [what, now, text, expected] of cases) it(what, () => expect(judge(now, text)).to.equal(expected));

  it("refuse a flood of orders to many, and never a stop", () => {
    const rules = createSigningRules({ days: daysInMemory(), clocks: () => [NOON], places: [] });
    const text = order(NOON);
    for (let count = 0; count < 1_200; count++) rules("order", text);
    expect(() => rules("order", text)).to.throw();
    const one = order(NOON, { audience: { kind: "receivers", receivers: ["loa-1"] } });
    expect(() => rules("order", one)).not.to.throw();
    const stop = order(NOON, { body: { kind: "stop", scope: { kind: "all" } } });
    for (let count = 0; count < 2_000; count++) rules("order", stop);
  });
});
