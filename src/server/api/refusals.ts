/**
 * From a schema's findings to a sentence for the person who wrote the request.
 *
 * @module
 */
import * as z from "zod";
import { Fault, type Words } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import { TEXT_AND_TEMPLATE } from "./requests.js";
import type { Schema } from "./route.js";

const vietnamese = z.locales.vi().localeError;
const english = z.locales.en().localeError;

/** Longest word of a stranger that is repeated to them. */
const MAX_ECHO = 60;
/** Longest message, letters. */
const MAX_MESSAGE = 300;

/**
 * Reads `value` by `schema`.
 * @param where `/query`, `/path`: where in the request the value lies; left out for a body
 * @throws Fault "invalid" naming the first wrong field by JSON pointer
 */
export function read<S extends Schema>(schema: S, value: unknown, where = ""): z.output<S> {
  const result = z.safeParse(schema, value, { reportInput: true, error: english });
  if (result.success) return result.data;
  const again = z.safeParse(schema, value, { reportInput: true, error: vietnamese });
  throw faultOf(deepest(result.error.issues), deepest(again.error?.issues ?? []), where);
}

function faultOf(issue: Issue, inVietnamese: Issue, where: string): Fault {
  const isUnknown = issue?.code === "unrecognized_keys";
  const parts = [...(issue?.path ?? []), ...(isUnknown ? issue.keys.slice(0, 1) : [])];
  const path = `${where}${parts.map(pointer).join("")}` || "/";
  const words = (issue && wordsOf(issue)) ?? {
    vi: inVietnamese?.message.slice(0, MAX_MESSAGE) ?? "không đúng",
    en: issue?.message.slice(0, MAX_MESSAGE) ?? "not right",
  };
  return new Fault(
    "invalid",
    { vi: `${path}: ${words.vi}. Không có gì được lưu.`, en: `${path}: ${words.en}. Nothing was kept.` },
    { path, reason: isUnknown ? "unknown-field" : "wrong-field" },
  );
}
type Issue = z.core.$ZodIssue | undefined;

/** In a union the branch that got furthest says most. */
function deepest(issues: readonly z.core.$ZodIssue[]): Issue {
  const issue = issues.find((one) => one.code === "unrecognized_keys") ?? issues[0];
  if (issue?.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const inner = deepest([...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? []);
  return inner && { ...inner, path: [...issue.path, ...inner.path] };
}
const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));

const pointer = (part: PropertyKey) =>
  `/${String(part).slice(0, MAX_ECHO).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Our own sentence for what people get wrong most; `undefined` where the schema's message is good enough. */
function wordsOf(issue: z.core.$ZodIssue): Words | undefined {
  if (issue.code === "unrecognized_keys")
    return { vi: "không có trường nào tên như vậy", en: "there is no such field" };
  if (issue.code === "invalid_type" && issue.input === undefined) return { vi: "còn thiếu", en: "is missing" };
  if (issue.code === "custom") return REFINEMENTS[issue.message];
  if (issue.code === "invalid_value") return oneOf(issue.values.map(String), issue.input);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options))
    return oneOf(issue.options.map(String), undefined);
  if (issue.code === "invalid_format" && issue.format === "regex")
    return { vi: `không đúng dạng ${issue.pattern}`, en: `does not look like ${issue.pattern}` };
  return undefined;
}

/** By the message that the schema gives: what a check beyond the form refused. */
const REFINEMENTS: Readonly<Record<string, Words>> = {
  [TEXT_AND_TEMPLATE]: {
    vi: "chỉ được có một trong hai: text hoặc template",
    en: "only one of text and template may be given",
  },
  "letters only": {
    vi: "chỉ gồm chữ, dấu phẩy, dấu chấm và gạch nối: cách đọc không có chữ số và ký hiệu",
    en: "must be letters, commas, full stops and hyphens only: a reading has no digits and signs",
  },
  "no control characters": { vi: "không được có ký tự điều khiển", en: "must have no control characters" },
  "no bar": { vi: "không được có dấu |", en: "must not contain |" },
};

function oneOf(values: readonly string[], input: unknown): Words {
  const meant = typeof input === "string" ? nearest(input, values) : undefined;
  return {
    vi: `phải là một trong: ${values.join(", ")}${meant ? ` (ý là ${meant}?)` : ""}`,
    en: `must be one of: ${values.join(", ")}${meant ? ` (did you mean ${meant}?)` : ""}`,
  };
}
