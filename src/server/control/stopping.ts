/**
 * What a person ends: what sounds, what is about to, and what receivers that are away must learn when they come back (R3).
 *
 * @module
 */
import { type Epoch, toMicros } from "../../base/units.js";
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Receiver } from "../../domain/receiver.js";
import { isFinal, type Ticket } from "../../domain/ticket.js";
import type { Audience, Order, StopScope } from "../../protocol/orders.js";
import { stoppedAs } from "./cues.js";
import type { Knowledge } from "./knowledge.js";
import { type OrderDesk, STOP_LIFETIME_MS } from "./order-desk.js";
import type { Feeding, KeptStop, Records } from "./ports.js";
import { ordered, type Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** With more stops than this in a day, those that a later one of the same scope repeats are not kept. */
const MANY = 500;

export interface StopParts {
  readonly now: () => Epoch;
  readonly knowledge: Pick<Knowledge, "receivers" | "isBelow">;
  readonly tickets: Pick<Tickets, "open" | "settle">;
  readonly desk: OrderDesk;
  readonly feeding: Pick<Feeding, "stop">;
  readonly registry: Pick<Registry, "isConnected">;
  readonly stops: Records<string, KeptStop>;
  readonly isRecalled: (id: AnnouncementId) => boolean;
  /** A recall also ends the announcement. */
  readonly markRecalled: (id: AnnouncementId, by: Person, reason?: string) => Promise<void>;
}

/** Makes the verb that stops and recalls. What the station itself streams ends even when no order can be signed. */
export function createStop(parts: StopParts) {
  const { now, knowledge, tickets, desk, registry, feeding } = parts;

  const affected = (scope: StopScope): readonly Receiver[] =>
    knowledge.receivers().filter((receiver) => {
      if (scope.kind === "areas") return knowledge.isBelow(receiver.area, scope.areas);
      if (scope.kind === "receivers") return scope.receivers.includes(receiver.id);
      return true;
    });

  /** Whether a recall leaves something of it to be heard: the receivers only leave out what was recalled. */
  const saysMore = ({ items }: Ticket, scope: StopScope): boolean =>
    scope.kind === "announcement" &&
    items.some(({ announcement: id }) => id !== undefined && id !== scope.announcement && !parts.isRecalled(id));

  /** What was stopped is not brought to anybody any more; what the receivers themselves report replaces this. */
  const settleStopped = (scope: StopScope, ids: readonly ReceiverId[], at: { issuedAt: number; by: Person }) => {
    const stopped = new Set(ids);
    const isRecall = scope.kind === "announcement";
    for (const ticket of tickets.open()) {
      if (!concerns(scope, stoppedAs(ticket), at.issuedAt) || saysMore(ticket, scope)) continue;
      for (const receiver of ticket.receivers) {
        const result = ticket.results[receiver];
        if (!stopped.has(receiver) || (result && isFinal(result.state))) continue;
        const begun = result !== undefined && result.state !== "due";
        const state = isRecall ? "recalled" : begun ? "cut" : "missed";
        const why = isRecall ? "recalled" : "stopped";
        tickets.settle(ticket.id, receiver, { ...result, state, why, by: at.by.name });
      }
    }
  };

  return async function stop(scope: StopScope, by: Person, reason?: string) {
    const receivers = affected(scope);
    const ids = receivers.map(({ id }) => id);
    const audience: Audience = scope.kind === "areas" || scope.kind === "receivers" ? scope : { kind: "all" };
    const order = await desk
      .issue({
        body: { kind: "stop", scope },
        audience,
        receivers: audience.kind === "all" ? "all" : ids,
        class: "emergency",
        lifetimeMs: STOP_LIFETIME_MS,
        by: { aired: by.name },
        person: by,
      })
      .catch((thrown: unknown) => {
        // Even when nobody can be told, what the station itself streams ends.
        feeding.stop((cue) => concerns(scope, cue, toMicros(now())), ids);
        throw thrown;
      });
    feeding.stop((cue) => concerns(scope, cue, order.issuedAt), ids);
    settleStopped(scope, ids, { issuedAt: order.issuedAt, by });
    await parts.stops.put({ id: order.id, order });
    // Last, for it may find no such announcement: what was removed while it sounds is silenced all the same (R3).
    if (scope.kind === "announcement") await parts.markRecalled(scope.announcement, by, reason);
    await forgetOldStops(parts.stops, toMicros(now()));
    return { order: order.id, ...ordered(receivers, registry) };
  };
}

/** Whether a stop silences what a cue feeds; the same rule as in the receiver. */
function concerns(
  scope: StopScope,
  cue: {
    readonly id: string;
    readonly at: number;
    readonly items: Ticket["items"] | readonly { announcement?: string | undefined }[];
  },
  issuedAt: number,
): boolean {
  if (scope.kind === "occurrence") return cue.id === scope.occurrence;
  if (scope.kind === "announcement") return cue.items.some((item) => item.announcement === scope.announcement);
  return cue.at <= issuedAt;
}

/**
 * The stops that a receiver which comes back must still be told of, oldest first: of each scope the last, which says it all. One for
 * an area goes to everybody: the receiver knows best where it stood when it was last told what to play.
 */
export function standingStops(
  stops: Pick<Records<string, KeptStop>, "all">,
  { receiver, now }: { readonly receiver: ReceiverId; readonly now: number },
): Order[] {
  return lastOfEachScope(stops).filter(
    ({ audience, notAfter }) =>
      notAfter >= now && (audience.kind !== "receivers" || audience.receivers.includes(receiver)),
  );
}

function lastOfEachScope(stops: Pick<Records<string, KeptStop>, "all">): Order[] {
  const last = new Map<string, Order>();
  for (const { order } of [...stops.all()].sort((one, other) => one.order.issuedAt - other.order.issuedAt)) {
    const key = JSON.stringify([order.body, order.audience]);
    last.delete(key);
    last.set(key, order);
  }
  return [...last.values()];
}

async function forgetOldStops(stops: Records<string, KeptStop>, now: number): Promise<void> {
  for (const stop of stops.all()) if (stop.order.notAfter < now) await stops.delete(stop.id);
  if (stops.all().length <= MANY) return;
  const standing = new Set(lastOfEachScope(stops).map(({ id }) => id));
  for (const { id } of stops.all()) if (!standing.has(id)) await stops.delete(id);
}
