import { isFinal } from "../../src/domain/ticket.js";
import { resultStateOf } from "../../src/protocol/journal-results.js";
import type { JournalLine } from "../../src/protocol/messages.js";
import type { Happening } from "./history.js";

/** What a loudspeaker's own journal tells, for the checker of histories. */
export function historyOfJournal(
  receiver: string,
  lines: readonly JournalLine[],
  isConfirmed: (cue: string) => boolean = () => false,
): Happening[] {
  return lines.flatMap((line): Happening[] => {
    const { event, cue, at: when, dueAt = when, class: of = "ordinary", announcements = [], why } = line;
    const shared = { receiver, cue, at: when / 1000 };
    if (event === "unordered") return [{ kind: "unordered", receiver, at: when / 1000 }];
    if (event === "started" || event === "resumed") {
      const lateMs = event === "started" ? (when - dueAt) / 1000 : 0;
      return [{ kind: event, ...shared, class: of, announcements, confirmed: isConfirmed(cue), lateMs }];
    }
    const state = cue === "" ? undefined : resultStateOf(event, why);
    const last: Happening[] = state && isFinal(state) ? [{ kind: "told", ...shared, state }] : [];
    const hasEnded = event === "finished" || event === "cut" || event === "interrupted";
    return hasEnded ? [{ kind: "ended", ...shared }, ...last] : last;
  });
}
