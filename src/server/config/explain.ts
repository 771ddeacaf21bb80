/**
 * What a schema's refusal means, in words for the person who wrote the file: what is allowed, what was probably meant.
 *
 * @module
 */
import type { z } from "zod";
import type { Words } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import type { Path } from "./json.js";
import { fieldsAt, valueAt } from "./schema-walk.js";

/** A refusal at the field that it is about. */
export interface Explained {
  readonly path: Path;
  readonly words: Words;
}

/** @param value what the schema refused */
export function explain(schema: z.core.$ZodType, value: unknown, issues: readonly z.core.$ZodIssue[]): Explained[] {
  return issues.flatMap((issue): Explained[] => {
    if (issue.code === "unrecognized_keys") {
      const known = fieldsAt(schema, value, issue.path);
      return issue.keys.map((key) => ({ path: [...issue.path, key], words: unknownField(key, known) }));
    }
    const found = valueAt(value, issue.path);
    return [{ path: issue.path, words: found === undefined ? missing(issue) : wordsFor(issue, found) }];
  });
}

function unknownField(key: string, known: readonly string[]): Words {
  const meant = nearest(key, known);
  const list = known.join(", ");
  if (meant === undefined)
    return { vi: `không có mục này; các mục được phép: ${list}`, en: `no such field; allowed: ${list}` };
  return {
    vi: `không có mục này; có phải «${meant}»? Các mục được phép: ${list}`,
    en: `no such field; did you mean "${meant}"? Allowed: ${list}`,
  };
}

function missing(issue: z.core.$ZodIssue): Words {
  const { vi, en } = expectation(issue);
  return { vi: `thiếu mục này; phải là ${vi}`, en: `is missing; must be ${en}` };
}

function wordsFor(issue: z.core.$ZodIssue, found: unknown): Words {
  if (issue.code === "custom") return REFINEMENTS[issue.message] ?? { vi: issue.message, en: issue.message };
  const { vi, en } = expectation(issue);
  const shown = shorten(found);
  const allowed = choicesOf(issue);
  const meant = typeof found === "string" && allowed !== undefined ? nearest(found, allowed) : undefined;
  return {
    vi: `phải là ${vi}, không phải ${shown}${meant === undefined ? "" : `; có phải «${meant}»?`}`,
    en: `must be ${en}, not ${shown}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  };
}

/** By the message that the schema gives: what a check beyond the form refused. */
const REFINEMENTS: Readonly<Record<string, Words>> = {
  "no such day": { vi: "không có ngày này trong lịch", en: "there is no such day" },
  "text or recording": {
    vi: "phải có đúng một trong hai mục text và recording",
    en: "must have exactly one of text and recording",
  },
  "letters only": {
    vi: "chỉ gồm chữ, dấu phẩy, dấu chấm và gạch nối: cách đọc không có chữ số và ký hiệu",
    en: "must be letters, commas, full stops and hyphens only: a reading has no digits and signs",
  },
  "no control characters": { vi: "không được có ký tự điều khiển", en: "must have no control characters" },
  "no bar": { vi: "không được có dấu |", en: "must not contain |" },
};

function choicesOf(issue: z.core.$ZodIssue): readonly string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return undefined;
}

/** What would have been right, to follow «phải là» and "must be". */
function expectation(issue: z.core.$ZodIssue): Words {
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
      return { vi: `hợp lệ (${issue.message})`, en: `valid (${issue.message})` };
  }
}

const TYPES: Readonly<Record<string, Words>> = {
  string: { vi: 'chữ trong dấu ngoặc kép "', en: 'text in double quotes "' },
  number: { vi: "một số", en: "a number" },
  int: { vi: "một số nguyên", en: "a whole number" },
  boolean: { vi: "true hoặc false", en: "true or false" },
  array: { vi: "một danh sách [ ]", en: "a list [ ]" },
  object: { vi: "một nhóm mục { }", en: "a group of fields { }" },
  record: { vi: "một nhóm mục { }", en: "a group of fields { }" },
};

function bound(origin: string, limit: number, sign: Words, after: string): Words {
  const unit = UNITS[origin] ?? { vi: "", en: "" };
  const tail = after === "" ? "" : ` ${after}`;
  if (origin === "number" || origin === "int")
    return { vi: `số ${sign.vi} ${limit}${tail}`, en: `a number of ${sign.en} ${limit}` };
  return { vi: `dài ${sign.vi} ${limit} ${unit.vi}${tail}`, en: `${sign.en} ${limit} ${unit.en} long` };
}

const UNITS: Readonly<Record<string, Words>> = {
  string: { vi: "chữ", en: "letters" },
  array: { vi: "mục", en: "items" },
};

/** Values that each show one format; the first one that a pattern takes explains it. */
const SAMPLES: readonly Words[] = [
  { vi: "một giờ như 05:30", en: "a time such as 05:30" },
  { vi: "một mã chỉ gồm a-z, 0-9 và dấu - như to-dan-pho-1", en: "an id of a-z, 0-9 and - such as to-dan-pho-1" },
  { vi: "một ngày như 2026-11-23", en: "a day such as 2026-11-23" },
  {
    vi: "tên một tệp trong audio/library như chuong.wav",
    en: "the name of a file in audio/library such as chuong.wav",
  },
  { vi: "một địa chỉ như https://example.vn/tts", en: "an address such as https://example.vn/tts" },
];

function formatOf(format: string, pattern: string | undefined): Words {
  const written = /^\/(.*)\/([a-z]*)$/s.exec(pattern ?? "");
  const sample = SAMPLES.find(({ en }) => {
    const example = en.slice(en.lastIndexOf(" ") + 1);
    return format === "url" ? example.startsWith("https") : written !== null && matches(written, example);
  });
  return sample ?? { vi: "đúng dạng quy định", en: "of the prescribed form" };
}

const matches = ([, source = "", flags = ""]: RegExpExecArray, example: string) =>
  new RegExp(source, flags).test(example);

function shorten(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
