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
  throw faultOf(deepest(result.error.issues), where);
}

function faultOf(issue: Issue, where: string): Fault {
  const isUnknown = issue?.code === "unrecognized_keys";
  const parts = [...(issue?.path ?? []), ...(isUnknown ? issue.keys.slice(0, 1) : [])];
  const path = `${where}${parts.map(pointer).join("")}` || "/";
  const words = (issue && wordsOf(issue)) ?? NOT_RIGHT;
  return new Fault(
    "invalid",
    { vi: `${path}: ${words.vi}. Không có gì được lưu.`, en: `${path}: ${words.en}. Nothing was kept.` },
    { path, reason: isUnknown ? "unknown-field" : "wrong-field" },
  );
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

const pointer = (part: PropertyKey) =>
  `/${String(part).slice(0, MAX_ECHO).replaceAll("~", "~0").replaceAll("/", "~1")}`;

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
