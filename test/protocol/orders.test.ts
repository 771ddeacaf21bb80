import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as fc from "fast-check";
import { cueSchema, orderSchema } from "../../src/protocol/orders.js";
import { programmeSchema } from "../../src/protocol/programme.js";
import { checkProperty } from "../support/check-property.js";

const documents: Record<string, string> = JSON.parse(readFileSync("test/golden/documents.json", "utf8"));
const stop = () => JSON.parse(documents["order-stop"] ?? "");
const open = () => JSON.parse(documents["order-open"] ?? "");
const programme = () => JSON.parse(documents["programme-document"] ?? "");
const accepts = (order: unknown) => orderSchema.safeParse(order).success;

describe("an order", () => {
  it("of every kind is read", () => {
    const bodies = [
      stop().body,
      open().body,
      { kind: "cue", cue: open().body.cue },
      { kind: "cancel", cues: [open().body.cue.id] },
      { kind: "close", stream: 7 },
      { kind: "volume", percent: 60 },
      { kind: "mute", muted: true },
    ];
    for (const body of bodies) expect(orderSchema.parse({ ...stop(), body }).body, body.kind).to.deep.equal(body);
  });

  it("says who it is for in one of three ways", () => {
    for (const audience of [
      { kind: "all" },
      { kind: "areas", areas: ["lam-dong"] },
      { kind: "receivers", receivers: [] },
    ])
      expect(orderSchema.parse({ ...stop(), audience }).audience).to.deep.equal(audience);
    expect(accepts({ ...stop(), audience: { kind: "everybody" } })).to.equal(false);
    expect(accepts({ ...stop(), audience: { kind: "areas", areas: ["../x"] } })).to.equal(false);
    expect(accepts({ ...stop(), audience: undefined })).to.equal(false);
  });

  it("loses what a later version may add, and keeps what is known", () => {
    expect(orderSchema.parse({ ...stop(), later: 1, body: { ...stop().body, tone: 3 } })).to.deep.equal(stop());
  });

  const wrong: [why: string, change: object][] = [
    ["another version", { v: 2 }],
    ["an id that is a path", { id: "../../0000" }],
    ["a negative sequence", { sequence: -1 }],
    ["an instant before the epoch", { notAfter: -1 }],
    ["an instant that is no integer", { issuedAt: 1.5 }],
    ["an instant past 2^53", { notAfter: 2 ** 53 }],
    ["an unknown class", { class: "urgent" }],
    ["an unknown body", { body: { kind: "reboot" } }],
    ["more than full volume", { body: { kind: "volume", percent: 101 } }],
    ["a stream that no chunk can name", { body: { kind: "close", stream: 2 ** 32 } }],
    ["a stream of more than a day", { body: { ...open().body, maxMs: 86_400_001 } }],
    ["a stop without a scope", { body: { kind: "stop" } }],
  ];
  for (const [why, change] of wrong)
    it(`with ${why} is refused`, () => {
      expect(accepts({ ...stop(), ...change })).to.equal(false);
    });

  it("is read or refused, whatever stands in it, and never throws otherwise", () => {
    const fields = Object.keys(stop());
    checkProperty(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
        expect(accepts({ ...stop(), [field]: value })).to.be.a("boolean");
      }),
    );
  });
});

describe("a cue", () => {
  it("needs neither title, order, gain nor bytes", () => {
    const { title: _title, order: _order, items, ...rest } = open().body.cue;
    const [{ sha256, offsetMs, durationMs }] = items;

    const cue = cueSchema.parse({ ...rest, items: [{ sha256, offsetMs, durationMs }] });
    expect(cue).to.include({ title: "", order: 100 });
    expect(cue.items[0]).to.deep.equal({ sha256, offsetMs, durationMs, bytes: 0, gainDb: 0 });
  });

  it("is named by schedule and instant, so that the same sounding always has the same name", () => {
    for (const id of ["sang-5k", "sang-5k@2026-11-23", "@20261123t101000z", "sang-5k@20261123t101000z/.."])
      expect(cueSchema.safeParse({ ...open().body.cue, id }).success, id).to.equal(false);
  });

  it("makes nothing louder than 12 dB", () => {
    const loud = (gainDb: number) => {
      const { items, ...rest } = open().body.cue;
      return cueSchema.safeParse({ ...rest, items: [{ ...items[0], gainDb }] }).success;
    };
    expect([loud(12), loud(12.1), loud(-60), loud(-61)]).to.deep.equal([true, false, true, false]);
  });
});

describe("a programme", () => {
  it("has a revision from 1 on and a volume of at most 100", () => {
    const accepted = (change: object) => programmeSchema.safeParse({ ...programme(), ...change }).success;
    expect([accepted({}), accepted({ revision: 0 }), accepted({ volume: 101 }), accepted({ v: 2 })]).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });

  it("carries policies as people write them, and refuses what people could not have meant", () => {
    const [policy] = programme().policies;
    const withPolicy = (change: object) => ({ ...programme(), policies: [{ ...policy, ...change }] });

    expect(programmeSchema.parse(withPolicy({ later: true })).policies).to.deep.equal([policy]);
    expect(programmeSchema.safeParse(withPolicy({ quiet: [{ from: "25:00", to: "05:30" }] })).success).to.equal(false);
  });

  it("is read from a disk on which it was written before cues said who is behind them", () => {
    const old = { ...programme(), cues: programme().cues.map(({ by: _by, ...cue }: Record<string, unknown>) => cue) };
    expect(programmeSchema.parse(old).cues.map(({ by }) => by)).to.deep.equal([{}]);
  });

  it("names people in a bounded way", () => {
    const [cue] = programme().cues;
    const named = (composed: string) => cueSchema.safeParse({ ...cue, by: { composed } }).success;
    expect([named("x".repeat(1000)), named("x".repeat(1001))]).to.deep.equal([true, false]);
  });
});
