/**
 * Which announcements would be read differently. Nothing is changed here: a person decides about each of them.
 *
 * @module
 */
import { setImmediate as breathe } from "node:timers/promises";
import type { Announcement } from "../domain/announcement.js";
import type { AnnouncementId } from "../domain/ids.js";
import type { LexiconEntry } from "../domain/lexicon.js";

/** One announcement whose reading is another than it was. */
export interface Affected {
  readonly id: AnnouncementId;
  readonly title: string;
  /** Whether somebody approved it as it is; it stays approved until it is spoken anew. */
  readonly approved: boolean;
  /** The first words that differ, as they were and as they would be. */
  readonly before: string;
  readonly after: string;
}

/** The announcements found, and where to go on looking when that was not all. */
export interface Impact {
  readonly announcements: readonly Affected[];
  readonly next?: AnnouncementId;
}

/** Looks no further after so many, and after so many UTF-16 units of text: about three seconds of work. */
const MOST_FOUND = 200;
const MOST_TEXT = 2_000_000;
/** How much of a reading is shown around the first difference. */
const SHOWN = 60;

/** How each announcement was read, and how it would be; `undefined` when that cannot be said of it. */
export interface Comparison {
  readonly announcements: readonly Announcement[];
  readonly before: (announcement: Announcement) => string | undefined;
  readonly after: (text: string) => string;
  /** Where to begin: behind this one. */
  readonly from?: AnnouncementId | undefined;
}

/** Lets the server breathe between two announcements, so that a long list delays nothing on air. */
export async function impactOf({ announcements, before, after, from }: Comparison): Promise<Impact> {
  const start = from === undefined ? 0 : announcements.findIndex(({ id }) => id === from) + 1;
  const found: Affected[] = [];
  let looked = 0;
  let last: AnnouncementId | undefined;
  for (const announcement of announcements.slice(start)) {
    const { id, title, text, approval, recalledAt } = announcement;
    if (last !== undefined && (found.length >= MOST_FOUND || looked > MOST_TEXT))
      return { announcements: found, next: last };
    last = id;
    if (text === undefined || recalledAt !== undefined) continue;
    const was = before(announcement);
    if (was === undefined) continue;
    looked += text.length;
    const is = after(text);
    if (was !== is) found.push({ id, title, approved: approval !== undefined, ...difference(was, is) });
    await breathe();
  }
  return { announcements: found };
}

/** Whether a text can hold one of these forms: quick, and never wrong when it says no. */
export function mentions(entries: readonly LexiconEntry[]): (text: string) => boolean {
  const forms = entries.map(({ written }) => /[\p{L}\p{M}]+|[^\p{L}\p{M}\s]+/u.exec(plain(written))?.[0] ?? "");
  return (text) => {
    const lower = plain(text);
    return forms.some((form) => lower.includes(form));
  };
}
/** As the clean-up leaves it, so far as finding a word goes: composed, without invisible signs, in lower case. */
const plain = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, "")
    .normalize("NFC")
    .toLowerCase();

function difference(was: string, is: string): Pick<Affected, "before" | "after"> {
  let at = 0;
  while (at < was.length && was[at] === is[at]) at++;
  const start = Math.max(0, was.lastIndexOf(" ", Math.max(0, at - 1)) + 1);
  return { before: was.slice(start, start + SHOWN), after: is.slice(start, start + SHOWN) };
}
