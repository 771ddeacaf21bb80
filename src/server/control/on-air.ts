/**
 * What is on air and what is about to be, by the receivers' own account (R10).
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import { reasonsByCode } from "../../domain/reason-words.js";
import type { Ticket } from "../../domain/ticket.js";
import { LEAD_MS } from "./play-now.js";
import type { Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** Results that somebody should know of while the others sound. */
const FAILED: ReadonlySet<string> = new Set(["missed", "cut", "muted", "recalled", "refused"]);
/** Reasons by which a person has ended a sounding: nobody needs to be told of it any more. */
const ENDED: ReadonlySet<string> = new Set(["stopped", "recalled", "excluded"]);

export interface OnAirParts {
  readonly now: () => Epoch;
  readonly tickets: Pick<Tickets, "open">;
  readonly registry: Pick<Registry, "get">;
}

export function createOnAir({ now, tickets, registry }: OnAirParts) {
  const claims = (id: ReceiverId, occurrence: OccurrenceId, state?: "sounding"): boolean =>
    registry
      .get(id)
      ?.state?.now.some((claim) => claim.cue === occurrence && (state === undefined || claim.state === state)) ?? false;

  return {
    /** What is frozen and not yet written off, with what is known of it at each receiver. */
    tickets() {
      return [...tickets.open()]
        .sort((a, b) => a.start - b.start)
        .map(({ occurrence, schedule, title, class: of, start, end, receivers, results }) => ({
          ...{ occurrence, title, class: of },
          ...(schedule === undefined ? {} : { schedule }),
          ...{ start: iso(start), end: iso(end) },
          results: receivers.map((receiver) => {
            const { state, why } = results[receiver] ?? { state: "due" as const };
            return { receiver, state, ...(why === undefined ? {} : { why }) };
          }),
        }));
    },

    /** What sounds or is held back, as the receivers said last; and who of those ordered has not confirmed. */
    onAir() {
      return tickets.open().flatMap((ticket) => {
        const { occurrence, title, class: of, start, end, receivers, results, content = [] } = ticket;
        if (now() < start - LEAD_MS) return [];
        const held = receivers.filter((id) => claims(id, occurrence));
        if (held.length === 0 && (now() > end || isEnded(ticket))) return [];
        const failed = receivers.flatMap((receiver) => {
          const result = results[receiver];
          return result && FAILED.has(result.state) ? [{ receiver, why: result.why ?? result.state }] : [];
        });
        return [
          {
            ...{ cue: occurrence as string, title, class: of, start: iso(start), end: iso(end) },
            ...{ ordered: receivers, confirmed: held, failed },
            announcements: [
              ...new Map(content.map(({ announcement: id, title: name }) => [id, { id, title: name }])).values(),
            ],
            reasons: reasonsByCode("sound", [...new Set(failed.map(({ why }) => why))]),
            sounding: held.filter((id) => claims(id, occurrence, "sounding")),
          },
        ];
      });
    },
  };
}

/** Whether it is over before its time: played, or ended by a person, wherever it was to sound. */
const isEnded = ({ receivers, results }: Ticket): boolean =>
  receivers.every((receiver) => {
    const { state, why } = results[receiver] ?? {};
    return state === "played" || (why !== undefined && ENDED.has(why));
  });

const iso = (time: number) => new Date(time).toISOString();
