/**
 * `loa normalize`: how a text is read out.
 *
 * @module
 */
import { type Normalised, type NormaliseOptions, normalise } from "../../language/index.js";
import { type Command, misuse } from "../command.js";
import { explainReading } from "../explain-reading.js";
import { keptReadings } from "../kept-readings.js";
import { inputPieces, type TextPart, textParts } from "../text-parts.js";

export const normalize: Command = {
  usage: ["normalize [TỆP|-] [--json|--explain] [--station ĐÀI]"],
  flags: [
    [
      "--json",
      {
        vi: "kèm từng từ, từ lạ, thời lượng và cảnh báo; tệp dài hơn một triệu chữ thì mỗi phần một dòng JSON",
        en: "with tokens, unknown words, length and warnings; a file of more than a million letters gives one JSON line a part",
      },
    ],
    [
      "--explain",
      {
        vi: "bảng: viết gì, đọc gì, theo quy tắc nào, chữ nào chưa biết đọc",
        en: "a table: what is written, how it is said, by which rule, and what is unknown",
      },
    ],
    [
      "--station",
      {
        vi: "thư mục đài có cách đọc riêng; mặc định là thư mục hiện tại nếu là đài",
        en: "a station with readings of its own; the working directory if it is one",
      },
    ],
  ],
  options: { json: { type: "boolean" }, explain: { type: "boolean" }, station: { type: "string" } },
  async run(given, io) {
    const [file, extra] = given.positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    if (given.values.json === true && given.values.explain === true) throw misuse(ONE_OF_BOTH);
    const options = await keptReadings(given, io);
    const print = given.values.json === true ? jsonOf : given.values.explain === true ? explanationOf : spokenOf;
    for await (const part of textParts(inputPieces(file, io))) {
      const printed = print(normalise(part.text, options), part, options);
      if (printed !== "") io.out(printed);
    }
    return 0;
  },
};

type Print = (read: Normalised, part: TextPart, options: NormaliseOptions) => string;

const spokenOf: Print = ({ spoken }, { whole }) => (spoken === "" && !whole ? "" : `${spoken}\n`);
const explanationOf: Print = (read, { text }, { lexicon = [] }) => explainReading(read, { source: text, own: lexicon });

/** The whole text as one object on several lines; a part of a longer one as an object on a line of its own. */
const jsonOf: Print = ({ measured, ...reading }, { start, whole }) => {
  // The fields are a contract: one more is there only to warn.
  const read = measured ? reading : { ...reading, measured };
  if (whole) return `${JSON.stringify(read, null, 2)}\n`;
  const moved = <T extends { readonly start: number; readonly end: number }>(piece: T): T => ({
    ...piece,
    start: piece.start + start,
    end: piece.end + start,
  });
  return `${JSON.stringify({ ...read, tokens: read.tokens.map(moved), warnings: read.warnings.map(moved) })}\n`;
};

const ONE_OF_BOTH = {
  vi: "Chỉ chọn một: --json hoặc --explain.",
  en: "Choose one: --json or --explain.",
};
