import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ConfigProblem, loadStation } from "../../../src/server/config.js";

/** What is wrong, a line of `station.json`, and parts that the Vietnamese message must hold. */
const BAD: [name: string, line: string, ...parts: string[]][] = [
  [
    "a part of a paper that does not exist",
    '"language": { "parts": { "heding": "keep" } }',
    "/language/parts/heding",
    "có phải «heading»?",
    "recipients, signature",
  ],
  [
    "a gate that is lowered",
    '"checks": { "severities": { "balance.recovered": "warning" } }',
    "station.json:3:31: /checks/severities/balance.recovered",
    "chỉ ghi được gate",
  ],
  [
    "a check that does not exist",
    '"checks": { "severities": { "stigmata": "off" } }',
    "/checks/severities/stigmata",
    "có phải «stigma»?",
  ],
  [
    "a severity that does not exist",
    '"checks": { "severities": { "stigma": "gates" } }',
    "note, warning, gate, off",
    "có phải «gate»?",
  ],
  ["a mood that does not exist", '"checks": { "moods": { "x": "sad" } }', "good, plain, grave"],
];

describe("what a station says about reading and checking", () => {
  const folder = mkdtempSync(join(tmpdir(), "loa-wording-"));
  after(() => rmSync(folder, { recursive: true }));
  before(async () => {
    await mkdir(join(folder, "config"));
    await writeFile(join(folder, "config", "areas.json"), '[{ "id": "p", "name": "P", "kind": "ward" }]');
  });
  const load = async (line: string) => {
    const text = `{\n  "station": { "name": "Đài" },\n  ${line}\n}`;
    await writeFile(join(folder, "config", "station.json"), text);
    return loadStation(folder, { env: {} }).settings;
  };

  it("cuts what surrounds an office paper but its signature, and weighs findings as usual, unless it says otherwise", async () => {
    const { language, checks } = await load('"log": {}');
    expect(language.parts).to.deep.equal({ heading: "cut", recipients: "cut", signature: "keep" });
    expect(checks.severities).to.equal(undefined);
  });

  for (const [name, line, ...parts] of BAD)
    it(`is refused: ${name}`, async () => {
      const problem = await load(line).catch((thrown: unknown) => thrown);
      expect(problem).to.be.instanceOf(ConfigProblem);
      for (const part of parts) expect((problem as ConfigProblem).words.vi).to.include(part);
    });
});
