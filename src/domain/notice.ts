/**
 * What the station tells people who do not look at the panel: what may be told, and how several notices become one message.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { type AreaId, areaIdSchema } from "./ids.js";

/**
 * `emergency` an alert waits for a second person, was given, or was given by one person alone; `alarm` a trouble of a loudspeaker; `approval` an announcement waits for an approval; `report` the monthly report is due;
 * `backup` and `certificate` a trouble of the station itself; `digest` what happened since yesterday.
 */
export const noticeKindSchema = z.enum(["emergency", "alarm", "approval", "report", "backup", "certificate", "digest"]);
export type NoticeKind = z.infer<typeof noticeKindSchema>;
export const NOTICE_KINDS = noticeKindSchema.options;

const words = z.strictObject({
  vi: z.string().check(z.maxLength(4000)),
  en: z.string().check(z.maxLength(4000)),
});

/** One thing to tell; times are civil milliseconds. */
export const noticeSchema = z.strictObject({
  kind: z.union([noticeKindSchema, z.literal("test")]),
  at: z.number(),
  /** One line. */
  title: words,
  /** More lines, if there are any. */
  text: z.optional(words),
  /** Where it is about. */
  area: z.optional(areaIdSchema),
});
export type Notice = z.infer<typeof noticeSchema>;

/** Who is told what. */
export interface NoticeWish {
  readonly kinds: readonly NoticeKind[];
  /** Only what is about one of these or below; what is about no place is told to everybody. */
  readonly areas?: readonly AreaId[] | undefined;
}

/** @param isBelow whether an area is one of some others, or lies below one */
export function isWanted(
  { kind, area }: Notice,
  { kinds, areas }: NoticeWish,
  isBelow: (area: AreaId, others: readonly AreaId[]) => boolean,
): boolean {
  if (kind === "test") return true;
  return kinds.includes(kind) && (area === undefined || areas === undefined || isBelow(area, areas));
}

/** What is sent: one message for all that waits for a recipient. */
export interface Message {
  readonly subject: string;
  readonly text: string;
}

/** More notices than this are counted, not listed. */
const LISTED = 50;
/** Longest subject, letters: mail programs cut more off. */
const SUBJECT = 150;

/** @param notices at least one, the oldest first @param timeOf how an instant is written for people */
export function messageOf(station: string, notices: readonly Notice[], timeOf: (at: number) => string): Message {
  const [first] = notices;
  const title = oneLine(first?.title.vi ?? "");
  const subject = notices.length === 1 ? title : `${title} (và ${notices.length - 1} tin khác)`;
  const shown = notices.slice(0, LISTED);
  const rest = notices.length - shown.length;
  const inLanguage = (language: keyof Words, more: string) =>
    [
      ...shown.map(({ at, title, text }) =>
        [`${timeOf(at)}  ${title[language]}`, ...(text === undefined ? [] : [text[language]])].join("\n"),
      ),
      ...(rest > 0 ? [more] : []),
    ].join("\n\n");
  return {
    subject: `[${oneLine(station)}] ${subject}`.slice(0, SUBJECT),
    text: `${inLanguage("vi", `… và ${rest} tin nữa.`)}\n\n—\n${inLanguage("en", `… and ${rest} more.`)}\n`,
  };
}

/** Nothing that a header of a mail could be ended with. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
