/**
 * From a schema's findings to a sentence for the person who wrote the request.
 *
 * @module
 */
import * as z from "zod";
import { Fault, type Words } from "../../base/errors.js";
import { expectation, meantBy, refinementWords } from "../../domain/expectation.js";
import type { Schema } from "./route.js";

/** Longest word of a stranger that is repeated to them. */
const MAX_ECHO = 60;

/**
 * Reads `value` by `schema`.
 * @param where `/query`, `/path`: where in the request the value lies; left out for a body
 * @throws Fault "invalid" naming the first wrong field by JSON pointer
 */
export function read<S extends Schema>(schema: S, value: unknown, where = ""): z.output<S> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  const { pointer, words, reason } = refusalOf(result.error);
  const path = `${where}${pointer}` || "/";
  const { vi, en } = words;
  throw new Fault(
    "invalid",
    { vi: `${path}: ${vi}. Không có gì được lưu.`, en: `${path}: ${en}. Nothing was kept.` },
    { path, reason },
  );
}

/** The first thing that is wrong. */
export interface Refusal {
  /** JSON pointer of the field; empty for the value as a whole. */
  readonly pointer: string;
  /** What would have been right, without a full stop. */
  readonly words: Words;
  readonly reason: "unknown-field" | "wrong-field";
}

/** What a schema says about a value that it does not take; it must have been read with `reportInput`. */
export function refusalOf({ issues }: z.core.$ZodError): Refusal {
  const issue = deepest(issues);
  const isUnknown = issue?.code === "unrecognized_keys";
  const steps = [...(issue?.path ?? []), ...(isUnknown ? issue.keys.slice(0, 1) : [])];
  return {
    pointer: steps.map(stepOf).join(""),
    words: (issue && wordsOf(issue)) ?? NOT_RIGHT,
    reason: isUnknown ? "unknown-field" : "wrong-field",
  };
}
const NOT_RIGHT: Words = { vi: "không đúng", en: "not right" };
type Issue = z.core.$ZodIssue | undefined;

/** In a union the branch that got furthest says most. */
function deepest(issues: readonly z.core.$ZodIssue[]): Issue {
  const issue = issues.find((one) => one.code === "unrecognized_keys") ?? issues[0];
  if (issue?.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const inner = deepest([...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? []);
  return inner && { ...inner, path: [...issue.path, ...inner.path] };
}
const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));

const stepOf = (part: PropertyKey) => `/${String(part).slice(0, MAX_ECHO).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** What would have been right; `undefined` for a check that has no words of its own. */
function wordsOf(issue: z.core.$ZodIssue): Words | undefined {
  if (issue.code === "unrecognized_keys")
    return { vi: "không có trường nào tên như vậy", en: "there is no such field" };
  if (issue.code === "invalid_type" && issue.input === undefined) return { vi: "còn thiếu", en: "is missing" };
  if (issue.code === "custom") return refinementWords(issue.message);
  const { vi, en } = expectation(issue);
  const meant = meantBy(issue, issue.input);
  return {
    vi: `phải là ${vi}${meant === undefined ? "" : ` (ý là ${meant}?)`}`,
    en: `must be ${en}${meant === undefined ? "" : ` (did you mean ${meant}?)`}`,
  };
}
