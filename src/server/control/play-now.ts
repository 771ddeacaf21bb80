/**
 * What a person makes sound now.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import { type AnnouncementId, type OccurrenceId, occurrenceId, type PlaylistId } from "../../domain/ids.js";
import { TURN_GAP_MS, turnsOf } from "../../domain/overlap.js";
import type { Person } from "../../domain/person.js";
import type { Playlist } from "../../domain/playlist.js";
import { type Span, touchesQuiet } from "../../domain/policy-rules.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Order } from "../../protocol/orders.js";
import { cueOf } from "./cues.js";
import type { Deliver } from "./delivery.js";
import type { Knowledge } from "./knowledge.js";
import type { OrderDesk } from "./order-desk.js";
import { ordered, type Registry } from "./registry.js";
import { ticketByHand, type Wish } from "./ticket-by-hand.js";
import type { Tickets } from "./tickets.js";

/**
 * From the order to the first sample: the receiver keeps 200 ms of sound ahead of its loudspeaker, and the order must be
 * there and checked before that on a slow line.
 */
export const LEAD_MS = 500;

export interface PlayNowParts {
  readonly now: () => Epoch;
  readonly knowledge: Pick<Knowledge, "receivers" | "targeted" | "audienceOf" | "peopleBehind" | "place" | "areaName">;
  readonly playlist: (id: PlaylistId) => Playlist;
  readonly announcement: (id: AnnouncementId) => Announcement;
  /** Lays a playlist out as items with offsets. @throws Fault when nothing of it may sound */
  readonly layOut: (
    playlist: Playlist,
    receivers: readonly Receiver[],
  ) => { readonly items: Ticket["items"]; readonly durationMs: number };
  readonly tickets: Pick<Tickets, "of" | "freeze">;
  readonly desk: OrderDesk;
  readonly deliver: Deliver;
  readonly registry: Pick<Registry, "isConnected">;
}

/**
 * Makes the verb that plays something at once: a ticket for each turn of neighbours, an order to whoever is there, and
 * sound for those that hold none. @throws Fault (by the verb) "invalid" without a receiver, "forbidden" in quiet hours
 */
export function createPlayNow(parts: PlayNowParts) {
  const { now, knowledge, tickets, desk, deliver, registry } = parts;

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
    const [title, ids] =
      content.kind === "announcement"
        ? [parts.announcement(content.announcement).title, [content.announcement]]
        : [content.title, content.announcements];
    const item = { kind: "announcement", repeat: 1, gapMs: 0, gainDb: 0 } as const;
    return { id: "now" as PlaylistId, title, items: ids.map((announcement) => ({ ...item, announcement })) };
  };

  const orderCue = (ticket: Ticket, wish: Wish, person: Person): Promise<Order> => {
    const holders = ticket.receivers.filter(registry.isConnected);
    const cue = cueOf(ticket);
    return desk.issue({
      body: { kind: "cue", cue },
      audience: knowledge.audienceOf(holders),
      receivers: holders,
      class: wish.class,
      by: cue.by,
      person,
      confirmedBy: wish.confirmedBy,
    });
  };

  return async function playNow(wish: Wish, by: Person) {
    const receivers = knowledge.targeted(wish.targets).filter((receiver) => !receiver.disabled);
    if (receivers.length === 0) throw nobody();
    const playlist = asPlaylist(wish);
    const { items, durationMs } = parts.layOut(playlist, receivers);
    const first = epoch(Math.ceil(now() + LEAD_MS));
    // What is urgent does not wait for neighbours.
    const isUrgent = wish.class !== "ordinary";
    const turns = isUrgent ? [receivers] : turnsOf(receivers, ({ overlap }) => overlap, knowledge.receivers());
    const starts = turns.map((_, turn) => epoch(first + turn * (durationMs + TURN_GAP_MS)));
    refuseQuiet(wish, receivers, { from: first, to: epoch((starts.at(-1) ?? first) + durationMs) });
    const occurrence = freshOccurrence(first, (id) => tickets.of(id).length > 0);
    const people = knowledge.peopleBehind(items);
    const orders: Order[] = [];
    for (const [turn, some] of turns.entries()) {
      const span = { planned: first, start: starts[turn] ?? first, durationMs };
      const what = { items, people, title: playlist.title };
      const ticket = ticketByHand(wish, { occurrence, ...span, ...what, receivers: some, by });
      await tickets.freeze(ticket);
      orders.push(await orderCue(ticket, wish, by));
      deliver(ticket);
    }
    return { order: orders[0]?.id ?? "", occurrence, ...ordered(receivers, registry) };
  };
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
