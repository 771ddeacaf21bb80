/**
 * How announcements of older stations become those of today.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Announcement } from "../../domain/announcement.js";
import { versionOf } from "../../domain/version.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Of an announcement of format 1, what format 2 says otherwise. */
const formerSchema = z.looseObject({
  class: z.string(),
  spokenText: z.string().optional(),
  clip: z.looseObject({ sha256: z.string() }).optional(),
  composedBy: z.string().optional(),
  approval: z.looseObject({ version: z.string() }).optional(),
});
const itemSchema = z.looseObject({ value: formerSchema });

/**
 * Before version 2 one name stood for the authors, and an approval named spoken text, sound and class only. What was approved
 * stays approved as it is now; an approval of something else was void before and is dropped.
 */
export function withAuthors(item: unknown): unknown {
  const read = itemSchema.safeParse(item);
  if (!read.success) return item;
  const { composedBy, approval, ...value } = read.data.value;
  const former = value.clip && sha256(`${value.spokenText ?? ""}\n${value.clip.sha256}\n${value.class}`);
  const held = approval !== undefined && approval.version === former;
  // What it is now is checked when it is read; here only its name is needed.
  const version = versionOf(value as unknown as Announcement, sha256);
  return {
    ...read.data,
    value: {
      ...value,
      ...(composedBy === undefined ? {} : { authors: [{ name: composedBy }] }),
      ...(held ? { approval: { ...approval, version } } : {}),
    },
  };
}

const foundSchema = z.looseObject({
  value: z.looseObject({
    findings: z.array(z.looseObject({ check: z.string(), words: z.looseObject({ vi: z.string(), en: z.string() }) })),
  }),
});

/**
 * Before version 3 the words about what was heard within a day named its title, which may be another ward's and is not for
 * everybody who sees this announcement.
 */
export function withoutHeardTitles(item: unknown): unknown {
  const read = foundSchema.safeParse(item);
  if (!read.success) return item;
  const findings = read.data.value.findings.map((finding) => {
    if (finding.check !== "repeated") return finding;
    const { vi, en } = finding.words;
    return { ...finding, words: { vi: vi.replace(/ \(«.*»\)\.$/s, "."), en: en.replace(/ \(".*"\)\.$/s, ".") } };
  });
  return { ...read.data, value: { ...read.data.value, findings } };
}
