import { expect } from "chai";
import { type About, reasonOrCode, reasonWords } from "../../src/domain/reason-words.js";
import { ORDER_REFUSALS, PLAY_REASONS, PROGRAMME_REFUSALS } from "../../src/receiver/reasons.js";
import { UPDATE_REFUSALS } from "../../src/relay/update/judge-update.js";
import { FAILINGS } from "../../src/relay/update/slots.js";
import { CLOSE_CODE } from "../../src/server/fanout/closing.js";

/** What a device that is not let in is told, as PROTOCOL.md lists it. */
const AT_THE_DOOR = [
  ...["unconfirmed", "revoked", "removed", "replaced", "moved", "not-paired", "unknown-receiver", "wrong-proof"],
  ...["version", "two-devices", "quarantined"],
];

/** Why a program's package could not be fetched or kept. */
const NOT_TAKEN = ["network", "not-found", "hash", "package", "disk-full", "disk"];

describe("a reason in words", () => {
  const all: [about: About, codes: readonly string[]][] = [
    ["order", [...ORDER_REFUSALS, ...PROGRAMME_REFUSALS, ...UPDATE_REFUSALS, "disk", "quiet-hours", "muted"]],
    [
      "sound",
      [...PLAY_REASONS, "not-heard", "output", "meter", "memory-damaged", "journal-damaged", "programme-damaged"],
    ],
    ["update", [...FAILINGS, ...UPDATE_REFUSALS, ...NOT_TAKEN]],
    ["door", AT_THE_DOOR],
    ["link", Object.keys(CLOSE_CODE)],
  ];
  for (const [about, codes] of all)
    for (const code of new Set(codes))
      it(`is there for ${code} of a ${about}, in Vietnamese and English`, () => {
        const words = reasonWords(about, code);
        expect(words?.vi).to.match(/[à-ỹđ]/i);
        expect(words?.en).to.match(/^[a-z][a-z',:. -]{5,}$/i);
        expect(words?.en).not.to.equal(code);
      });

  it("tells the reasons of one subject apart", () => {
    for (const [about, codes] of all) {
      const said = [...new Set(codes)].map((code) => reasonWords(about, code)?.vi);
      expect(new Set(said).size, about).to.equal(said.length);
    }
  });

  it("is the code itself for one of another version, and nothing of an object's own", () => {
    expect(reasonOrCode("order", "solar-storm")).to.deep.equal({ vi: "solar-storm", en: "solar-storm" });
    for (const code of ["constructor", "__proto__", "toString"]) expect(reasonWords("sound", code)).to.equal(undefined);
  });
});
