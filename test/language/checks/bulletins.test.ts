import { readFileSync } from "node:fs";
import { expect } from "chai";
import { localDate } from "../../../src/domain/local-time.js";
import { type CheckContext, check, type Finding } from "../../../src/language/checks/index.js";

interface Bulletin {
  readonly id: string;
  readonly title: string;
  readonly topic: string;
  readonly class: "ordinary" | "priority" | "emergency";
  readonly source?: string;
  readonly text: string;
  readonly expected: readonly { readonly check: string; readonly found?: string }[];
}

// Read from the working directory, which npm sets to the checkout: the material is not compiled.
const bulletinsOf = (name: string): readonly Bulletin[] =>
  JSON.parse(readFileSync(`test/golden/bulletins/${name}.json`, "utf8")).bulletins;

const judge = ({ text, topic, source, class: kind }: Bulletin): Finding[] => {
  const context: CheckContext = {
    today: localDate("2026-11-23"),
    class: kind,
    topic,
    source,
    publicNumbers: ["0263 3000 111", "(0263) 3000.222", "+84 263 3000 333"],
  };
  return check(text, context);
};

/** Faults that were planted and not found, as `p01: privacy.name «…»`. */
const missed = (bulletin: Bulletin): string[] => {
  const findings = judge(bulletin);
  return bulletin.expected
    .filter(
      (fault) =>
        !findings.some(
          ({ check, found }) => check === fault.check && (fault.found === undefined || found.includes(fault.found)),
        ),
    )
    .map((fault) => `${bulletin.id}: ${fault.check} ${fault.found ?? ""}`);
};

const alarms = (bulletin: Bulletin): string[] =>
  judge(bulletin)
    .filter(({ severity }) => severity !== "note")
    .map(({ check, found }) => `${bulletin.id}: ${check} «${found}»`);

const planted = ["privacy", "balance", "source"].map((name) => ({ name, bulletins: bulletinsOf(`planted-${name}`) }));
const clean = bulletinsOf("clean");
const awkward = { planted: bulletinsOf("awkward-planted"), clean: bulletinsOf("awkward-clean") };
const faults = planted.flatMap(({ bulletins }) => bulletins.flatMap(({ expected }) => expected));

describe("checks over sample bulletins", () => {
  it("have 60 bulletins with planted faults and 60 clean ones to go by", () => {
    expect(planted.flatMap(({ bulletins }) => bulletins)).to.have.lengthOf(60);
    expect(clean).to.have.lengthOf(60);
  });

  for (const { name, bulletins } of planted) {
    const misses = bulletins.flatMap(missed);
    const count = bulletins.flatMap(({ expected }) => expected).length;
    it(`find all ${name} faults: ${count - misses.length} of ${count} in ${bulletins.length} bulletins`, () => {
      expect(misses).to.deep.equal([]);
    });
  }

  it("find the faults in bulletins of unusual wording", () => {
    expect(awkward.planted).to.have.lengthOf.at.least(130);
    expect(awkward.planted.flatMap(missed)).to.deep.equal([]);
  });

  it("leave bulletins alone that only look like faults: hotlines, officials, fines, plates in rules, care", () => {
    expect(awkward.clean).to.have.lengthOf.at.least(120);
    expect(awkward.clean.flatMap(alarms)).to.deep.equal([]);
  });

  it("stop at every clean bulletin that is typed without accents", () => {
    const bare = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gu, "d").replace(/Đ/gu, "D");
    const passed = clean.filter(
      (bulletin) =>
        !judge({ ...bulletin, text: bare(bulletin.text) }).some(
          ({ check, decision }) => check === "accents.missing" && decision,
        ),
    );
    expect(passed.map(({ id }) => id)).to.deep.equal([]);
  });

  const wrong = clean.flatMap(alarms);
  it(`raise at most 5 false alarms in the 60 clean bulletins: ${wrong.length} (${faults.length} planted faults)`, () => {
    expect(wrong.length, wrong.join("\n")).to.be.at.most(5);
  });
});
