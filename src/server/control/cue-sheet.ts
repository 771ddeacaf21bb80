/**
 * The cues of every receiver. Receivers share most of their cues, and one plan shares most of them with the next, so each
 * is written out and hashed once.
 *
 * @module
 */
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Cue } from "../../protocol/orders.js";
import type { Breathe } from "./breath.js";
import { type BytesOf, cueOf, cueOfLine } from "./cues.js";

/** A cue as it stands in documents. */
export interface CueEntry {
  readonly cue: Cue;
  /** Its JSON. */
  readonly text: string;
  /** Hash of its text. */
  readonly digest: string;
}

export interface CueSheetParts {
  readonly digest: (text: string) => string;
  readonly bytesOf: BytesOf;
  readonly breathe: Breathe;
}

/** Gathers everything that airs, with frozen tickets in place of what an edit would have changed under them. */
export type CueSheet = (
  rundown: Rundown,
  tickets: readonly Ticket[],
) => Promise<ReadonlyMap<ReceiverId, readonly CueEntry[]>>;

export function createCueSheet({ digest, bytesOf, breathe }: CueSheetParts): CueSheet {
  /** The entries of the last sheet, by text. */
  let known: ReadonlyMap<string, CueEntry> = new Map();

  return async (rundown, tickets) => {
    const present = new Map<string, CueEntry>();
    const entryOf = (cue: Cue): CueEntry => {
      const text = JSON.stringify(cue);
      const entry = present.get(text) ?? known.get(text) ?? { cue, text, digest: digest(text) };
      present.set(text, entry);
      return entry;
    };
    const sheet = new Map<ReceiverId, CueEntry[]>();
    const add = (receivers: Iterable<ReceiverId>, entry: CueEntry) => {
      for (const receiver of receivers) {
        const list = sheet.get(receiver);
        if (list) list.push(entry);
        else sheet.set(receiver, [entry]);
      }
    };

    for (const ticket of tickets) add(ticket.receivers, entryOf(cueOf(ticket)));
    const frozen = frozenAt(tickets);
    for (const line of rundown.lines) {
      if (line.fate === "dropped") continue;
      const taken = frozen.get(line.occurrence);
      const free = taken ? line.receivers.filter((receiver) => !taken.has(receiver)) : line.receivers;
      if (free.length > 0) add(free, entryOf(cueOfLine(line, bytesOf)));
      await breathe();
    }
    for (const list of sheet.values()) {
      list.sort((a, b) => a.cue.at - b.cue.at || (a.cue.id < b.cue.id ? -1 : 1));
      await breathe();
    }
    known = present;
    return sheet;
  };
}

/** What is frozen for a receiver is not planned anew for it, not even at another instant. */
function frozenAt(tickets: readonly Ticket[]): ReadonlyMap<OccurrenceId, ReadonlySet<ReceiverId>> {
  const frozen = new Map<OccurrenceId, Set<ReceiverId>>();
  for (const ticket of tickets) {
    const receivers = frozen.get(ticket.occurrence) ?? new Set();
    for (const receiver of ticket.receivers) receivers.add(receiver);
    frozen.set(ticket.occurrence, receivers);
  }
  return frozen;
}
