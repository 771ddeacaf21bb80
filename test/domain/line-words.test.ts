import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { aloneSchema } from "../../src/domain/announcement.js";
import { troubleSchema } from "../../src/domain/condition.js";
import { lineReason } from "../../src/domain/line-reasons.js";
import { LINE_KINDS, type LineKind, lineWords } from "../../src/domain/line-words.js";
import { liveEndSchema } from "../../src/domain/live.js";
import { factorSchema } from "../../src/domain/person.js";
import { reasonWords } from "../../src/domain/reason-words.js";
import { PLAN_REASONS } from "../../src/domain/rundown.js";
import { journalEventSchema } from "../../src/protocol/messages.js";
import { STATION_TROUBLES } from "../../src/server/station-troubles.js";

const VIETNAMESE = /[à-ỹđ]/i;

describe("a line of the log in words", () => {
  it("is there for every kind, in Vietnamese and English, each another", () => {
    for (const kind of LINE_KINDS) {
      expect(lineWords(kind).vi, kind).to.match(VIETNAMESE);
      expect(lineWords(kind).en, kind).to.match(/^[a-z][a-z',: -]{2,}$/i);
    }
    for (const language of ["vi", "en"] as const)
      expect(new Set(LINE_KINDS.map((kind) => lineWords(kind)[language])).size).to.equal(LINE_KINDS.length);
    expect(LINE_KINDS).to.include.members(journalEventSchema.options);
  });

  it("is the kind itself for one of another version, and nothing of an object's own", () => {
    expect(lineWords("solar.storm")).to.deep.equal({ vi: "solar.storm", en: "solar.storm" });
    expect(lineWords("constructor").vi).to.equal("constructor");
    expect(lineReason("login", "toString")).to.equal(undefined);
  });
});

describe("the reason of a line in words", () => {
  const CODES: readonly [kind: LineKind, codes: readonly string[]][] = [
    ["live.ended", liveEndSchema.options],
    ["login", factorSchema.options],
    ["login.proven", factorSchema.options],
    ["login.refused", ["totp", "passkey", "recovery", "password"]],
    ["announcement.approved", aloneSchema.options],
    ["station.trouble", STATION_TROUBLES],
    ["alarm.opened", troubleSchema.options],
    ["report.reminder", ["draft", "due", "late"]],
    ["occurrence.dropped", PLAN_REASONS],
    ["result", ["excluded", "no-report", "not-connected", "never-connected", "stopped", "recalled"]],
    ["receiver.not-silenced", ["revoked", "removed", "replaced"]],
    ["receiver.quarantined", ["two-devices"]],
    ["privacy.forgotten", ["too-old"]],
    ["log.words-erased", ["too-old"]],
    ["log.lines-lost", ["disk"]],
    ["log.mended", ["disk-damage"]],
  ];
  for (const [kind, codes] of CODES)
    it(`is there for every code of ${kind}, each another`, () => {
      const words = codes.map((code) => lineReason(kind, code));
      for (const [at, one] of words.entries()) {
        expect(one?.vi, codes[at]).to.match(VIETNAMESE);
        expect(one?.en, codes[at]).to.match(/^[a-z][a-z',;:. -]{5,}$/i);
      }
      expect(new Set(words.map((one) => one?.vi)).size).to.equal(codes.length);
    });

  it("is there for every code that the server's own text names as one", () => {
    const files = readdirSync("src/server", { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const found = files.flatMap((name) =>
      [...readFileSync(join("src/server", name), "utf8").matchAll(/\bwhy: "([a-z-]+)"/g)].map(([, code]) => code ?? ""),
    );
    expect(found.length).to.be.at.least(10);
    const isTold = (code: string) =>
      LINE_KINDS.some((kind) => lineReason(kind, code)) ||
      (["order", "sound", "update", "door", "link"] as const).some((about) => reasonWords(about, code));
    expect(found.filter((code) => !isTold(code))).to.deep.equal([]);
  });

  it("is nothing for what a person wrote: those are words already", () => {
    expect(lineReason("announcement.recalled", "sai giờ họp")).to.equal(undefined);
  });
});
