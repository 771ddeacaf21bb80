/**
 * A reading as a table for people: what was written, how it is said, by which rule, what nobody knows, and what is not read.
 *
 * @module
 */
import type { LexiconEntry, Normalised, Token, TokenKind, Warning } from "../language/index.js";
import { SHIPPED, warningWords } from "../language/index.js";

/** What stands in the table for each kind of token. */
const RULES: Readonly<Record<TokenKind, string>> = {
  space: "khoảng trắng",
  punctuation: "dấu câu: giữ dấu ngắt nghỉ, bỏ dấu khác",
  word: "từ tiếng Việt, đọc như viết",
  abbreviation: "từ điển cách đọc",
  number: "số đếm",
  document: "số và ký hiệu văn bản",
  date: "ngày tháng",
  period: "tháng, quý, năm, giai đoạn",
  time: "giờ giấc",
  phone: "số điện thoại, đọc từng nhóm",
  identity: "số tài khoản, số định danh, đọc từng chữ số",
  plate: "biển số xe",
  money: "số tiền",
  measure: "số kèm đơn vị",
  coordinate: "tọa độ",
  roman: "số La Mã sau mục, quý, khóa…",
  ordinal: "số thứ tự",
  range: "khoảng từ … đến …",
  fraction: "phân số",
  score: "tỷ số",
  code: "mã gồm chữ và số",
  web: "địa chỉ trang mạng hoặc thư điện tử",
  symbol: "ký hiệu",
  unknown: "chưa biết: cần người cho cách đọc",
};

const HEADER = ["viết", "đọc", "loại", "biết", "theo"] as const;
/** Widest cells, letters; what is longer is cut with an ellipsis. The last column is as wide as it needs. */
const WIDEST = [28, 60, 12, 5, 200] as const;

/**
 * The table, without words that are read as they stand; what is unknown is marked `KHÔNG`. Below it stands what was left out
 * of an office paper, and what else its writer should know.
 *
 * @param source what was read
 * @param own the station's readings, to tell them from the shipped ones
 */
export function explainReading(
  { tokens, unknown, seconds, measured, warnings }: Normalised,
  { source, own }: { readonly source: string; readonly own: readonly LexiconEntry[] },
): string {
  const ruleFor = rulesOf(own);
  const rows = tokens.flatMap((token) => {
    const rule = ruleFor(token);
    if (rule === undefined) return [];
    const { source, spoken, kind, known } = token;
    return [[oneLine(source), oneLine(spoken), kind, known ? "có" : "KHÔNG", rule]];
  });
  const plain = tokens.filter((token) => token.kind === "word" && ruleFor(token) === undefined).length;
  const words = `${plain} từ đọc như viết; ${rows.length} chỗ đọc theo quy tắc; ${unknown.length} chữ chưa biết đọc; khoảng ${Math.round(seconds)} giây${measured ? "" : " (giọng đọc chưa đo)"}`;
  const table = rows.length > 0 ? `${columns([HEADER, ...rows])}\n\n` : "";
  return `${table}${warnings.map((warning) => `Lưu ý: ${warnedOf(warning, source)}\n`).join("")}${words}\n`;
}

/** What was left out is shown whole: here somebody wants to know it exactly. */
const warnedOf = (warning: Warning, source: string): string =>
  warning.kind.endsWith("-cut")
    ? warningWords({ ...warning, text: source.slice(warning.start, warning.end) }).vi
    : warning.words.vi;

/** {@link ruleOf}, which looks through many readings, once for each word. */
function rulesOf(own: readonly LexiconEntry[]): (token: Token) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (token) => {
    const key = `${token.kind} ${token.known} ${token.source}\n${token.spoken}`;
    if (!known.has(key)) known.set(key, ruleOf(token, own));
    return known.get(key);
  };
}

/** `undefined` for what is read as it stands. */
function ruleOf({ source, spoken, kind, known }: Token, own: readonly LexiconEntry[]): string | undefined {
  if (!known) return RULES.unknown;
  if (kind === "space" || kind === "punctuation") return undefined;
  const says = ({ written, anyCase, ...entry }: LexiconEntry) =>
    (written === source || (anyCase === true && written.toLowerCase() === source.toLowerCase())) &&
    [entry.spoken, ...Object.values(entry.regions ?? {})].includes(spoken);
  const taught = own.find(says);
  if (taught) return `cách đọc của đài${taught.note ? `: ${taught.note}` : ""}`;
  const shipped = SHIPPED.find(says);
  if (shipped) return `có sẵn: ${shipped.note ?? ""}`;
  return kind === "word" ? undefined : RULES[kind];
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

function columns(rows: readonly (readonly string[])[]): string {
  const cut = rows.map((cells) => cells.map((cell, column) => shortened(cell, WIDEST[column] ?? 0)));
  const widths = WIDEST.map((_, column) => Math.max(...cut.map((cells) => cells[column]?.length ?? 0)));
  return cut
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
