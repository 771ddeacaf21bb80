/**
 * What a person makes happen now: playing at once, and stopping.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { type Epoch, epoch, toMicros } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import {
  type AnnouncementId,
  type OccurrenceId,
  occurrenceId,
  type PlaylistId,
  type ReceiverId,
} from "../../domain/ids.js";
import { TURN_GAP_MS, turnsOf } from "../../domain/overlap.js";
import type { Playlist } from "../../domain/playlist.js";
import { type Span, touchesQuiet } from "../../domain/policy-rules.js";
import type { Receiver } from "../../domain/receiver.js";
import { isFinal, type Ticket } from "../../domain/ticket.js";
import type { Audience, Order, StopScope } from "../../protocol/orders.js";
import { cueOf } from "./cues.js";
import type { Deliver } from "./delivery.js";
import type { Knowledge } from "./knowledge.js";
import { type OrderDesk, STOP_LIFETIME_MS } from "./order-desk.js";
import type { AsRunLog, Feeding, KeptStop, Records } from "./ports.js";
import type { Registry } from "./registry.js";
import { ticketByHand, type Wish } from "./ticket-by-hand.js";
import type { Tickets } from "./tickets.js";

/**
 * From the order to the first sample: the receiver keeps 200 ms of sound ahead of its loudspeaker, and the order must be
 * there and checked before that on a slow line.
 */
export const LEAD_MS = 500;

interface Person {
  readonly name: string;
}

export interface AirParts {
  readonly now: () => Epoch;
  readonly knowledge: Pick<
    Knowledge,
    "receivers" | "targeted" | "audienceOf" | "peopleBehind" | "place" | "areaName" | "isBelow"
  >;
  readonly playlist: (id: PlaylistId) => Playlist;
  readonly announcement: (id: AnnouncementId) => Announcement;
  /** Lays a playlist out as items with offsets. @throws Fault when nothing of it may sound */
  readonly layOut: (playlist: Playlist) => { readonly items: Ticket["items"]; readonly durationMs: number };
  readonly tickets: Tickets;
  readonly desk: OrderDesk;
  readonly deliver: Deliver;
  readonly feeding: Feeding;
  readonly registry: Pick<Registry, "isConnected">;
  readonly stops: Records<string, KeptStop>;
  readonly asRun: AsRunLog;
  /** A recall also withdraws the announcement. */
  readonly withdraw: (id: AnnouncementId, by: Person) => Promise<void>;
  readonly onChange: () => void;
}

export function createAirVerbs(parts: AirParts) {
  const { now, knowledge, tickets, desk, deliver, registry, feeding } = parts;

  const refuseQuiet = (wish: Wish, receivers: readonly Receiver[], span: Span) => {
    if (wish.class === "emergency" && wish.confirmedBy) return;
    for (const area of new Set(receivers.map((receiver) => receiver.area))) {
      if (!touchesQuiet(knowledge.place(area), span)) continue;
      throw new Fault(
        "forbidden",
        {
          vi: `«${knowledge.areaName(area)}» đang hoặc sắp vào giờ yên tĩnh nên không phát. Chỉ bản tin khẩn cấp có người xác nhận mới được phát giờ này.`,
          en: `"${knowledge.areaName(area)}" is in its quiet hours or about to enter them. Only an emergency confirmed by a named person may sound now.`,
        },
        { reason: "quiet-hours", path: "/targets" },
      );
    }
  };

  const asPlaylist = ({ content }: Wish): Playlist => {
    if (content.kind === "playlist") return parts.playlist(content.playlist);
    const { id, title } = parts.announcement(content.announcement);
    const item = { kind: "announcement", announcement: id, repeat: 1, gapMs: 0, gainDb: 0 } as const;
    return { id: "now" as PlaylistId, title, items: [item] };
  };

  const affected = (scope: StopScope): readonly Receiver[] =>
    knowledge.receivers().filter((receiver) => {
      if (scope.kind === "areas") return knowledge.isBelow(receiver.area, scope.areas);
      if (scope.kind === "receivers") return scope.receivers.includes(receiver.id);
      return true;
    });

  /** What was stopped is not brought to anybody any more; what the receivers themselves report replaces this. */
  const settleStopped = (scope: StopScope, ids: readonly ReceiverId[], at: { issuedAt: number; by: Person }) => {
    const stopped = new Set(ids);
    const isRecall = scope.kind === "announcement";
    for (const ticket of tickets.open()) {
      if (!concerns(scope, cueOf(ticket), at.issuedAt)) continue;
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

  const ordered = (receivers: readonly Receiver[]) => ({
    receivers: receivers.map(({ id }) => id),
    away: receivers.map(({ id }) => id).filter((id) => !registry.isConnected(id)),
  });

  const orderCue = (ticket: Ticket, wish: Wish, by: Person): Promise<Order> => {
    const holders = ticket.receivers.filter(registry.isConnected);
    return desk.issue({
      body: { kind: "cue", cue: cueOf(ticket) },
      audience: knowledge.audienceOf(holders),
      receivers: holders,
      class: wish.class,
      by: { ...knowledge.peopleBehind(ticket.items), aired: by.name },
      confirmedBy: wish.confirmedBy,
    });
  };

  return {
    async playNow(wish: Wish, by: Person) {
      const receivers = knowledge.targeted(wish.targets).filter((receiver) => !receiver.disabled);
      if (receivers.length === 0) throw nobody();
      const playlist = asPlaylist(wish);
      const { items, durationMs } = parts.layOut(playlist);
      const first = epoch(Math.ceil(now() + LEAD_MS));
      // What is urgent does not wait for neighbours.
      const isUrgent = wish.class !== "ordinary";
      const turns = isUrgent ? [receivers] : turnsOf(receivers, ({ overlap }) => overlap, knowledge.receivers());
      const starts = turns.map((_, turn) => epoch(first + turn * (durationMs + TURN_GAP_MS)));
      refuseQuiet(wish, receivers, { from: first, to: epoch((starts.at(-1) ?? first) + durationMs) });
      const occurrence = freshOccurrence(first, (id) => tickets.of(id).length > 0);
      const orders: Order[] = [];
      for (const [turn, some] of turns.entries()) {
        const span = { planned: first, start: starts[turn] ?? first, durationMs };
        const ticket = ticketByHand(wish, { occurrence, ...span, items, title: playlist.title, receivers: some, by });
        await tickets.freeze(ticket);
        orders.push(await orderCue(ticket, wish, by));
        deliver(ticket);
      }
      parts.onChange();
      return { order: orders[0]?.id ?? "", occurrence, ...ordered(receivers) };
    },

    async stop(scope: StopScope, by: Person) {
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
      if (scope.kind === "announcement") await parts.withdraw(scope.announcement, by);
      await forgetOldStops(parts.stops, toMicros(now()));
      parts.onChange();
      return { order: order.id, ...ordered(receivers) };
    },
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

async function forgetOldStops(stops: Records<string, KeptStop>, now: number): Promise<void> {
  for (const stop of stops.all()) if (stop.order.notAfter < now) await stops.delete(stop.id);
}

/** Two orders in the same second are two soundings. */
function freshOccurrence(start: number, isTaken: (id: OccurrenceId) => boolean): OccurrenceId {
  for (let number = 1; ; number++) {
    const id = occurrenceId(number === 1 ? "ngay" : `ngay-${number}`, start);
    if (!isTaken(id)) return id;
  }
}

const nobody = () =>
  new Fault(
    "invalid",
    {
      vi: "Nơi nhận đã chọn không có cụm loa hay xe loa nào đang hoạt động. Hãy chọn lại nơi nhận.",
      en: "There is no working receiver in the chosen targets. Choose others.",
    },
    { path: "/targets", reason: "no-receiver" },
  );
