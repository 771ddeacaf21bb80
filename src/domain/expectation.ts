/**
 * What a schema would have taken, in words for the person who wrote the value: what is allowed, with an example. Shared by
 * whoever reads what people write, be it a file or a request.
 *
 * @module
 */
import type * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { nearest } from "../base/nearest.js";

type Issue = z.core.$ZodIssue;

/** What a check beyond the form refused, by the message that the schema gives; `undefined` for a message that none gives. */
export const refinementWords = (message: string): Words | undefined => REFINEMENTS[message];

const REFINEMENTS: Readonly<Record<string, Words>> = {
  "no such day": { vi: "không có ngày này trong lịch", en: "there is no such day" },
  "text or recording": {
    vi: "phải có đúng một trong hai mục text và recording",
    en: "must have exactly one of text and recording",
  },
  "text and template": {
    vi: "chỉ được có một trong hai: text hoặc template",
    en: "only one of text and template may be given",
  },
  "one proof": {
    vi: "phải có đúng một cách xác nhận: password, code, recovery hoặc passkey",
    en: "must have exactly one proof: password, code, recovery or passkey",
  },
  "letters only": {
    vi: "chỉ gồm chữ, dấu phẩy, dấu chấm và gạch nối: cách đọc không có chữ số và ký hiệu",
    en: "must be letters, commas, full stops and hyphens only: a reading has no digits and signs",
  },
  "no control characters": { vi: "không được có ký tự điều khiển", en: "must have no control characters" },
  "a gate of the design": {
    vi: "việc này luôn phải có người quyết định trước khi duyệt: chỉ ghi được gate, hoặc bỏ mục này",
    en: "somebody must always decide about this before the approval: only gate may be said here, or nothing",
  },
  "ends before it begins": { vi: "phải từ ngày đầu trở đi", en: "must not be before the first day" },
  "no bar": { vi: "không được có dấu |", en: "must not contain |" },
};

/** What was probably meant, when a choice was misspelt. */
export function meantBy(issue: Issue, found: unknown): string | undefined {
  const allowed = choicesOf(issue);
  return typeof found === "string" && allowed !== undefined ? nearest(found, allowed) : undefined;
}

function choicesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return undefined;
}

/** What would have been right, to follow «phải là» and "must be". */
export function expectation(issue: Issue): Words {
  const choices = choicesOf(issue);
  if (choices !== undefined) {
    const list = choices.join(", ");
    return choices.length === 1 ? { vi: list, en: list } : { vi: `một trong: ${list}`, en: `one of: ${list}` };
  }
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? { vi: issue.expected, en: issue.expected };
    case "too_small":
      return bound(issue.origin, Number(issue.minimum), { vi: "từ", en: "at least" }, "trở lên");
    case "too_big":
      return bound(issue.origin, Number(issue.maximum), { vi: "không quá", en: "at most" }, "");
    case "invalid_format":
      return formatOf(issue.format, "pattern" in issue ? issue.pattern : undefined);
    default:
      return { vi: "một giá trị hợp lệ", en: "a valid value" };
  }
}

const TYPES: Readonly<Record<string, Words>> = {
  string: { vi: 'chữ trong dấu ngoặc kép, như "abc"', en: 'text in double quotes, such as "abc"' },
  number: { vi: "một số", en: "a number" },
  int: { vi: "một số nguyên", en: "a whole number" },
  boolean: { vi: "true hoặc false", en: "true or false" },
  array: { vi: "một danh sách [ ]", en: "a list [ ]" },
  object: { vi: "một nhóm mục { }", en: "a group of fields { }" },
  record: { vi: "một nhóm mục { }", en: "a group of fields { }" },
};

function bound(origin: string, limit: number, sign: Words, after: string): Words {
  const { vi, en } = SIZES[origin] ?? { vi: "số N", en: "a number of N" };
  const tail = after === "" ? "" : ` ${after}`;
  return { vi: `${vi.replace("N", `${sign.vi} ${limit}`)}${tail}`, en: en.replace("N", `${sign.en} ${limit}`) };
}

/** What has a size, with `N` for the bound and its limit. */
const SIZES: Readonly<Record<string, Words>> = {
  string: { vi: "đoạn chữ dài N ký tự", en: "text of N characters" },
  array: { vi: "danh sách có N mục", en: "a list of N items" },
  record: { vi: "nhóm có N mục", en: "a group of N fields" },
};

interface Sample {
  readonly example: string;
  readonly words: Words;
}

/** One good value for each form of text; the first one that a pattern takes explains it. */
const SAMPLES: readonly Sample[] = [
  { example: "05:30", words: { vi: "một giờ như", en: "a time such as" } },
  {
    example: "to-dan-pho-1",
    words: { vi: "một mã chỉ gồm a-z, 0-9 và dấu - như", en: "an id of a-z, 0-9 and - such as" },
  },
  { example: "2026-11-23", words: { vi: "một ngày (năm-tháng-ngày) như", en: "a day (year-month-day) such as" } },
  {
    example: "chuong.wav",
    words: { vi: "tên một tệp trong audio/library như", en: "the name of a file in audio/library such as" },
  },
  {
    example: "tenDuong",
    words: {
      vi: "một tên bắt đầu bằng chữ thường, chỉ gồm a-z, A-Z và 0-9, như",
      en: "a name of a-z, A-Z and 0-9 that begins with a small letter, such as",
    },
  },
  {
    example: "phat-sang@20261123t053000z",
    words: { vi: "mã một lượt phát (mã lịch@giờ UTC) như", en: "the id of an occurrence (schedule@UTC time) such as" },
  },
  {
    example: "00ff3c9a5be27d14",
    words: { vi: "một mã gồm đúng 16 ký tự 0-9 và a-f như", en: "an id of exactly 16 of 0-9 and a-f such as" },
  },
  {
    example: "00ff3c9a5be27d14".repeat(4),
    words: { vi: "mã SHA-256 gồm đúng 64 ký tự 0-9 và a-f như", en: "a SHA-256 of exactly 64 of 0-9 and a-f such as" },
  },
];
const ADDRESS: Words = {
  vi: "một địa chỉ như https://example.vn/tts",
  en: "an address such as https://example.vn/tts",
};

/** @param pattern as zod reports it: between slashes, flags behind */
function formatOf(format: string, pattern: string | undefined): Words {
  if (format === "url") return ADDRESS;
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(pattern ?? "") ?? [];
  const form = source === undefined ? undefined : new RegExp(source, flags);
  const sample = SAMPLES.find(({ example }) => form?.test(example));
  if (sample === undefined) return { vi: "đúng dạng quy định", en: "of the prescribed form" };
  const { example, words } = sample;
  return { vi: `${words.vi} ${example}`, en: `${words.en} ${example}` };
}
