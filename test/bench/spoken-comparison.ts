/**
 * How much of official Vietnamese the embedded voice reads right by itself, and how much after our own reading.
 *
 * For every case of `test/golden/spoken` eSpeak NG says three texts: the raw one, the one that it should say, and the one
 * that {@link normalise} makes. Right is what comes out with the phonemes of what it should say. eSpeak is given every
 * chance: pauses and stress are not compared, the tones are not among the phonemes that it reports, and either regional
 * word (`nghìn` or `ngàn`, `lẻ` or `linh`, `tư` or `bốn`) is taken.
 *
 * `npm run bench -- spoken`
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { normalise, USUAL_WORDS } from "../../src/language/index.js";
import type { Row } from "./table.js";

const FOLDER = "test/golden/spoken";
/** The fastest that eSpeak speaks: only its phonemes are of interest. */
const RATE = 450;

/** One case as its file has it. Where nobody can know the reading there is nothing to compare. */
const caseSchema = z.object({
  text: z.string(),
  spoken: z.string(),
  known: z.boolean().default(true),
  settings: z
    .object({
      thousand: z.enum(["nghìn", "ngàn"]).default("nghìn"),
      and: z.enum(["lẻ", "linh"]).default("lẻ"),
      four: z.enum(["tư", "bốn"]).default("tư"),
    })
    .optional(),
});

/** Right answers of a kind of text. */
export interface Share {
  readonly kind: string;
  readonly cases: number;
  readonly raw: number;
  readonly ours: number;
}

/** By file of cases, in the order of their names. */
export async function compareSpoken(): Promise<readonly Share[]> {
  const phonemesOf = await createPhonemes();
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const cases = casesIn(readFileSync(join(FOLDER, name), "utf8"));
      const share = { kind: name.replace(/\.json$/u, ""), cases: cases.length, raw: 0, ours: 0 };
      for (const { text, spoken, settings } of cases) {
        const right = variants(spoken).map(phonemesOf);
        if (right.includes(phonemesOf(text))) share.raw += 1;
        if (right.includes(phonemesOf(normalise(text, { numbers: settings ?? USUAL_WORDS }).spoken))) share.ours += 1;
      }
      return share;
    });
}

const casesIn = (json: string) =>
  z
    .array(caseSchema)
    .parse(JSON.parse(json))
    .filter(({ known }) => known);

/** The table that the documentation holds. */
export function spokenTable(shares: readonly Share[]): string {
  const total = shares.reduce(
    (sum, { cases, raw, ours }) => ({
      ...{ kind: "all", cases: sum.cases + cases },
      ...{ raw: sum.raw + raw, ours: sum.ours + ours },
    }),
    { kind: "all", cases: 0, raw: 0, ours: 0 },
  );
  const percent = (part: number, { cases }: Share) => `${Math.round((100 * part) / Math.max(1, cases))} %`;
  const lines = [...shares, total].map(
    (share) => `| ${share.kind} | ${share.cases} | ${percent(share.raw, share)} | ${percent(share.ours, share)} |`,
  );
  return ["| kind | cases | eSpeak alone | after our reading |", "| --- | ---: | ---: | ---: |", ...lines].join("\n");
}

/** As rows of the benchmark; the table for the documentation goes to the standard output beside them. */
export async function measureSpoken(): Promise<readonly Row[]> {
  const shares = await compareSpoken();
  process.stdout.write(`${spokenTable(shares)}\n\n`);
  return shares.map(({ kind, cases, raw, ours }) => ({
    what: `${kind}, ${cases} texts`,
    figure: `${ours} right`,
    against: `${raw} right by eSpeak alone`,
    goal: "≥ eSpeak alone",
    reached: ours >= raw,
  }));
}

async function createPhonemes(): Promise<(text: string) => string> {
  const { default: createEspeak } = await import("@echogarden/espeak-ng-emscripten");
  const espeak = await createEspeak();
  const worker = await new espeak.eSpeakNGWorker();
  if (worker.set_voice("vi") !== 0) throw new Error("eSpeak NG lacks its Vietnamese voice");
  worker.set_rate(RATE);
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const ids: string[] = [];
    worker.synthesize(text.replace(/[<>&[\]]/gu, " "), (_samples, events) => {
      for (const { type, id } of events) if (type === "phoneme") ids.push(String(id ?? ""));
      return false;
    });
    const phonemes = plain(ids.join(""));
    known.set(text, phonemes);
    return phonemes;
  };
}

/** Without stress and changes of language; in numbers eSpeak writes one glide in another way than in words. */
const plain = (phonemes: string): string => phonemes.replace(/\([a-z-]+\)|[ˈˌ\s_:|]/gu, "").replaceAll("ɪ", "j");

/** What is as right elsewhere in the country. */
function variants(spoken: string): readonly string[] {
  const pairs = [
    ["nghìn", "ngàn"],
    ["lẻ", "linh"],
    ["mươi tư", "mươi bốn"],
  ] as const;
  return pairs.reduce<readonly string[]>(
    (texts, [one, other]) => [
      ...new Set(texts.flatMap((text) => [text, text.replaceAll(one, other), text.replaceAll(other, one)])),
    ],
    [spoken],
  );
}
