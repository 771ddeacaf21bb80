/**
 * A Piper voice of a few hundred bytes: it sings 440 Hz, longer for more phonemes. Real enough for sherpa-onnx.
 *
 * The model is ONNX, that is protobuf, written by hand: `length = phonemes × 512; sound = sin(2π·440/22050 · [0..length))`.
 *
 * @module
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const RATE = 22_050;
/** Samples for each phoneme. */
export const SAMPLES_PER_PHONEME = 512;

type Field = readonly [number: number, value: number | string | Uint8Array];

/** One protobuf message. Whole numbers are varints, all else has its length before it. */
function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [varint(number * 8), varint(value)];
      const bytes = Buffer.from(value as string);
      return [varint(number * 8 + 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

const FLOAT = 1;
const INT64 = 7;

const node = (type: string, inputs: readonly string[], output: string, ...attributes: Buffer[]) =>
  message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, type],
    ...attributes.map((attribute): Field => [5, attribute]),
  );
const integerAttribute = (name: string, value: number) => message([1, name], [3, value], [20, 2]);

/** A constant; `shape` is empty for a single number. */
function constant(name: string, type: number, values: readonly number[], shape: readonly number[] = []): Buffer {
  const raw = Buffer.alloc(values.length * (type === FLOAT ? 4 : 8));
  values.forEach((value, at) => {
    if (type === FLOAT) raw.writeFloatLE(value, at * 4);
    else raw.writeBigInt64LE(BigInt(value), at * 8);
  });
  return message(...shape.map((size): Field => [1, size]), [2, type], [8, name], [9, raw]);
}

const place = (name: string, type: number, sizes: readonly (string | number)[]) => {
  const shape = message(
    ...sizes.map((size): Field => [1, typeof size === "number" ? message([1, size]) : message([2, size])]),
  );
  return message([1, name], [2, message([1, message([1, type], [2, shape])])]);
};

function model(metadata: Readonly<Record<string, string>>): Buffer {
  const nodes = [
    node("Shape", ["input"], "shape"),
    node("Gather", ["shape", "second"], "phonemes"),
    node("Mul", ["phonemes", "each"], "length"),
    node("Cast", ["length"], "end", integerAttribute("to", FLOAT)),
    node("Range", ["zero", "end", "one"], "time"),
    node("Mul", ["time", "step"], "angle"),
    node("Sin", ["angle"], "tone"),
    node("Mul", ["tone", "volume"], "sound"),
    node("Reshape", ["sound", "line"], "output"),
  ];
  const constants = [
    constant("second", INT64, [1]),
    constant("each", INT64, [SAMPLES_PER_PHONEME]),
    constant("zero", FLOAT, [0]),
    constant("one", FLOAT, [1]),
    constant("step", FLOAT, [(2 * Math.PI * 440) / RATE]),
    constant("volume", FLOAT, [0.5]),
    constant("line", INT64, [1, 1, -1], [3]),
  ];
  const graph = message(
    ...nodes.map((each): Field => [1, each]),
    [2, "tone"],
    ...constants.map((each): Field => [5, each]),
    [11, place("input", INT64, ["N", "T"])],
    [11, place("input_lengths", INT64, ["N"])],
    [11, place("scales", FLOAT, [3])],
    [12, place("output", FLOAT, ["N", 1, "S"])],
  );
  const properties = Object.entries(metadata).map(([key, value]): Field => [14, message([1, key], [2, value])]);
  return message([1, 8], [7, graph], [8, message([1, ""], [2, 13])], ...properties);
}

const METADATA = {
  model_type: "vits",
  comment: "piper",
  language: "Vietnamese",
  voice: "vi",
  has_espeak: "1",
  n_speakers: "1",
  sample_rate: String(RATE),
};

/** Every sign that eSpeak's Vietnamese phonemes are written with; `_`, `^` and `$` are Piper's own. */
const SYMBOLS = [
  "_",
  "^",
  "$",
  " ",
  ...new Set("abcdefghijklmnopqrstuvwxyzæðøŋœɐɑɒɓɔɕɖɗəɚɛɜɟɡɣɤɨɪɯɲɹɾʂʃʈʊʋʌʐʔʝʰˈˌːθχˀ̪0123456789.,;:!?-"),
];

/**
 * Writes a voice folder.
 *
 * @param metadata what the model says of itself; sherpa-onnx ends its process when something is missing
 */
export async function writeTinyPiper(
  folder: string,
  metadata: Readonly<Record<string, string>> = METADATA,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "tone.onnx"), model(metadata));
  await writeFile(join(folder, "tokens.txt"), SYMBOLS.map((symbol, id) => `${symbol} ${id}\n`).join(""));
  await unpackEspeakData(join(folder, "espeak-ng-data"));
}

/** What a Vietnamese voice needs of eSpeak's data; they lie one after another in the package's data file. */
const NEEDED =
  /\/espeak-ng-data\/((?:phontab|phonindex|phondata|intonations|vi_dict|en_dict|lang\/(?:aav|gmw)\/[\w-]+))$/;

async function unpackEspeakData(folder: string): Promise<void> {
  const program = createRequire(import.meta.url).resolve("@echogarden/espeak-ng-emscripten");
  const index = await readFile(program, "utf8");
  const data = await readFile(join(dirname(program), "espeak-ng.data"));
  for (const [, path = "", start, end] of index.matchAll(/"?filename"?:"([^"]+)","?start"?:(\d+),"?end"?:(\d+)/g)) {
    const name = NEEDED.exec(path)?.[1];
    if (name === undefined) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), data.subarray(Number(start), Number(end)));
  }
}
