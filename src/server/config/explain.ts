/**
 * What a schema's refusal means, in words for the person who wrote the file: what is allowed, what was probably meant.
 *
 * @module
 */
import type { z } from "zod";
import type { Words } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import { expectation, meantBy, refinementWords } from "../../domain/expectation.js";
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
  if (issue.code === "custom") return refinementWords(issue.message) ?? { vi: issue.message, en: issue.message };
  const { vi, en } = expectation(issue);
  const shown = shorten(found);
  const meant = meantBy(issue, found);
  return {
    vi: `phải là ${vi}, không phải ${shown}${meant === undefined ? "" : `; có phải «${meant}»?`}`,
    en: `must be ${en}, not ${shown}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  };
}

function shorten(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
