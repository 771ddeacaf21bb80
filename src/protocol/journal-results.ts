/**
 * What a line of a receiver's journal means for the occurrence that it is about (R7).
 *
 * @module
 */
import type { AnnouncementId } from "../domain/ids.js";
import type { ResultState } from "../domain/ticket.js";
import type { JournalLine } from "./messages.js";

/** A journal line with what the server knows besides. */
export type HeardLine = JournalLine & {
  /** The person behind what happened. */
  readonly by?: string | undefined;
  /** Announcements of the cue that had not come yet when it was cut. */
  readonly unreached?: readonly AnnouncementId[] | undefined;
};

/**
 * What a line of a receiver's journal says of an occurrence.
 *
 * @param event the kind of line, as the protocol names it
 * @returns nothing for a line that decides nothing: `due`, or that something which had sounded already was not played again
 */
export function resultStateOf(event: string, why: string | undefined): ResultState | undefined {
  switch (event) {
    case "started":
    case "resumed":
      return "sounding";
    case "interrupted":
      return "interrupted";
    case "finished":
      return "played";
    case "muted":
      return "muted";
    case "cut":
      return why === "recalled" ? "recalled" : "cut";
    case "missed":
    case "failed":
      return why === "recalled" ? "recalled" : "missed";
    case "refused":
      return why === "played" ? undefined : why === "recalled" ? "recalled" : "refused";
    default:
      return undefined;
  }
}
