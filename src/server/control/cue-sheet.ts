/**
 * The cues of every receiver.
 *
 * @module
 */
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Breathe } from "./breath.js";
import { type CueEntry, createCueEntries } from "./cue-entries.js";
import { type BytesOf, cueOf, cueOfLine, itemsOf, type PeopleBehind } from "./cues.js";

export interface CueSheetParts {
  readonly digest: (text: string) => string;
  readonly bytesOf: BytesOf;
  readonly peopleBehind: PeopleBehind;
  readonly breathe: Breathe;
}

/** Gathers everything that airs, with frozen tickets in place of what an edit would have changed under them. */
export type CueSheet = (
  rundown: Rundown,
  tickets: readonly Ticket[],
) => Promise<ReadonlyMap<ReceiverId, readonly CueEntry[]>>;

export function createCueSheet({ digest, bytesOf, peopleBehind, breathe }: CueSheetParts): CueSheet {
  const entries = createCueEntries(digest);

  return async (rundown, tickets) => {
    entries.turn();
    const sheet = new Map<ReceiverId, CueEntry[]>();
    for (const ticket of tickets) {
      const items = entries.items(ticket.items, () => ticket.items);
      add(sheet, ticket.receivers, entries.cue(cueOf(ticket), items));
    }
    const frozen = frozenAt(tickets);
    for (const line of rundown.lines) {
      if (line.fate === "dropped") continue;
      const taken = frozen.get(line.occurrence);
      const free = taken ? line.receivers.filter((receiver) => !taken.has(receiver)) : line.receivers;
      const items = entries.items(line.items, () => itemsOf(line.items, bytesOf));
      if (free.length > 0) add(sheet, free, entries.cue(cueOfLine(line, items.items, peopleBehind(line.items)), items));
      await breathe();
    }
    for (const list of sheet.values()) {
      list.sort((a, b) => a.cue.at - b.cue.at || (a.cue.id < b.cue.id ? -1 : 1));
      await breathe();
    }
    return sheet;
  };
}

function add(sheet: Map<ReceiverId, CueEntry[]>, receivers: readonly ReceiverId[], entry: CueEntry): void {
  for (const receiver of receivers) {
    const list = sheet.get(receiver);
    if (list) list.push(entry);
    else sheet.set(receiver, [entry]);
  }
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
