/**
 * Titles and names that people give to things: one line of visible letters, wherever they are shown, printed or written into a
 * log.
 *
 * @module
 */
import * as z from "zod/mini";

/** Line breaks, tabs and other control characters, and the two separators that break lines, too. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** What is not seen: marks that turn the direction of writing, joiners, letters that are none. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

/** So many times the length may come in before it is cleaned: nobody pastes more than that into a title. */
const RAW = 10;

/** The text as one line: breaks become a space, what is not seen goes, letters are composed (NFC). */
export const asOneLine = (text: string): string =>
  text.normalize("NFC").replace(UNSEEN, "").replace(BREAKS, " ").trim();

/**
 * A line of 1 to `most` letters. What came with line breaks, as by copying, is cleaned and not refused.
 *
 * @param most letters, after cleaning
 */
export const lineSchema = (most: number) =>
  z.string().check(z.maxLength(RAW * most), z.overwrite(asOneLine), z.minLength(1), z.maxLength(most));

/** Of an announcement, a schedule, a playlist, a pack, a campaign: 1 to 200 letters. */
export const titleSchema = lineSchema(200);
