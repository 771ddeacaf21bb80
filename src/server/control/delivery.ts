/**
 * How an occurrence reaches each of its receivers: most hold it already and play it by themselves; some hold the sound but
 * not the newest programme and are told; the rest are fed over the wire.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Epoch } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { isAwaited, type Ticket, type TicketId } from "../../domain/ticket.js";
import type { Audience } from "../../protocol/orders.js";
import { cueOf } from "./cues.js";
import type { OrderDesk } from "./order-desk.js";
import type { Feeding } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { Registry } from "./registry.js";

/** Feeding begins this long before the first sample: what may be ahead on the wire at most is ten seconds. */
const FEED_AHEAD_MS = 8_000;
/** A receiver that has not yet said what it holds is fed all the same when it is this late. */
const BLIND_MS = 1_500;

export interface DeliveryParts {
  readonly registry: Registry;
  readonly book: ProgrammeBook;
  readonly desk: OrderDesk;
  readonly feeding: Feeding;
  readonly now: () => Epoch;
  readonly audienceOf: (receivers: readonly ReceiverId[]) => Audience;
  /** Brings what is spoken now to these receivers. */
  readonly joinLive: (ticket: Ticket, receivers: readonly ReceiverId[]) => void;
  /** Relays another station to these receivers; `false` when the ticket is not relayed. */
  readonly relayRadio: (ticket: Ticket, receivers: readonly ReceiverId[]) => boolean;
  readonly log: Log;
}

export type Deliver = (ticket: Ticket, receivers?: readonly ReceiverId[]) => void;

export function createDelivery({
  registry,
  book,
  desk,
  feeding,
  now,
  audienceOf,
  joinLive,
  relayRadio,
  log,
}: DeliveryParts): Deliver {
  /** Who has been told of a ticket by an order, so that each is told once. */
  const told = new Map<TicketId, Set<ReceiverId>>();

  const tell = (ticket: Ticket, receivers: readonly ReceiverId[]) => {
    const known = told.get(ticket.id) ?? new Set<ReceiverId>();
    told.set(ticket.id, known);
    const fresh = receivers.filter((receiver) => !known.has(receiver));
    if (fresh.length === 0) return;
    for (const receiver of fresh) known.add(receiver);
    const cue = cueOf(ticket);
    desk
      .issue({
        body: { kind: "cue", cue },
        audience: audienceOf(fresh),
        receivers: fresh,
        class: ticket.class,
        lifetimeMs: Math.max(0, ticket.notAfter - now()) + 1000,
        by: cue.by,
        confirmedBy: ticket.confirmedBy,
      })
      .catch((thrown: unknown) => {
        log.error("delivery.not-told", { occurrence: ticket.occurrence, thrown });
        // The next beat tries again.
        for (const receiver of fresh) known.delete(receiver);
      });
  };

  return (ticket, among = ticket.receivers) => {
    if (ticket.isLive) return joinLive(ticket, among);
    if (relayRadio(ticket, among)) return;
    const left = ticket.start - now();
    if (now() >= ticket.end) {
      told.delete(ticket.id);
      return;
    }
    if (left > FEED_AHEAD_MS) return;
    const clips = ticket.items.map((item) => item.sha256);
    const lacking: ReceiverId[] = [];
    const untold: ReceiverId[] = [];
    for (const receiver of among) {
      const live = registry.get(receiver);
      // Without trusted time it would refuse the order; it says so itself as soon as it has it.
      if (!live?.connected || live.state?.clock !== "trusted" || !isAwaited(ticket, receiver)) continue;
      const sounds = ticket.results[receiver]?.state === "sounding";
      // Later than its tolerance it is not begun any more (R4); what has begun goes on.
      if (now() > ticket.notAfter && !sounds) continue;
      if (live.have === undefined ? left < BLIND_MS : !registry.holdsAll(receiver, clips)) lacking.push(receiver);
      else if (live.have !== undefined && live.programmeHeld < book.revisionOf(receiver)) untold.push(receiver);
    }
    if (lacking.length > 0) feeding.feed(cueOf(ticket), lacking);
    if (untold.length > 0) tell(ticket, untold);
  };
}
