/**
 * Relays other stations in their slots. Loudspeakers hold the slot's fallback in their programme and play it by themselves; those that
 * are connected are told of a stream that takes its place, and go on with the fallback should the stream be lost.
 *
 * @module
 */

import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, type Micros, ms } from "../../base/units.js";
import type { AnnouncementId, OccurrenceId, RadioId, ReceiverId, ScheduleId, Sha256 } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import { RADIO_LEAD_MS, RADIO_OPEN_MS, RADIO_TUNE_MS, type RadioSource, type Tuned } from "../../domain/radio.js";
import { isAwaited, type Ticket, type TicketId } from "../../domain/ticket.js";
import { PRE_SKIP } from "../../protocol/limits.js";
import type { Cue } from "../../protocol/orders.js";
import { cueOf, stoppedAs } from "./cues.js";
import type { Knowledge } from "./knowledge.js";
import type { Radio, RadioFeed, RadioFeeds } from "./live-ports.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog } from "./ports.js";
import { createFallback } from "./radio-fallback.js";
import { createRadioSession } from "./radio-session.js";
import type { Registry } from "./registry.js";

/** Stations that are relayed at once, at most: each costs a program and a few percent of a processor. */
const MOST = 8;
/** In the middle of a slot, as after a new start, so long is waited for the station before its fallback is sent, ms. */
const PATIENCE_MS = 6_000;
/** Rounding and the last fade: a stream is closed this long after its last sample, ms. */
const TAIL = ms(300);

export interface RadioDeskParts {
  readonly radio: Radio;
  readonly feeds: RadioFeeds;
  readonly sources: ReadonlyMap<RadioId, RadioSource>;
  readonly packetsOf: (sha256: Sha256) => Promise<readonly Uint8Array[]>;
  readonly isRecalled: (id: AnnouncementId) => boolean;
  /** Whether the slot is approved as it is, address and all (R2); asked once, when it is tuned to. */
  readonly isApproved: (schedule: ScheduleId) => boolean;
  readonly desk: Pick<OrderDesk, "issue">;
  readonly registry: Pick<Registry, "get">;
  readonly knowledge: Pick<Knowledge, "audienceOf">;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly clock: Clock;
  readonly now: () => Epoch;
  /** The server clock by which sound is stamped. */
  readonly micros: () => Micros;
  readonly log: Log;
}

interface Relayed {
  /** As it was last seen, with what its loudspeakers have told. */
  ticket: Ticket;
  readonly tunedAt: Epoch;
  readonly source: RadioSource;
  readonly tuned: Tuned;
  /** Loudspeakers that the stream goes to, once it has begun. */
  readonly joined: Set<ReceiverId>;
  /** Those that a stop has reached: nothing of it is heard there again (R3). */
  readonly stopped: Set<ReceiverId>;
  feed?: RadioFeed;
  session?: ReturnType<typeof createRadioSession>;
  isOver: boolean;
}

export function createRadioDesk(parts: RadioDeskParts) {
  const { radio, feeds, sources, desk, registry, knowledge, asRun, clock, now, log } = parts;
  const running = new Map<TicketId, Relayed>();

  const order = (body: Parameters<OrderDesk["issue"]>[0]["body"], ticket: Ticket, receivers: readonly ReceiverId[]) =>
    desk.issue({
      ...{ body, receivers, audience: knowledge.audienceOf(receivers), class: ticket.class },
      ...{ by: cueOf(ticket).by, confirmedBy: ticket.confirmedBy },
    });
  const tell = (kind: LineKind, { ticket, source }: Relayed, detail: object, why?: string) =>
    asRun.event({
      ...{ kind, occurrence: ticket.occurrence, class: ticket.class, ...(why === undefined ? {} : { why }) },
      detail: { title: ticket.title, source: source.title, ...detail },
    });

  const end = (one: Relayed, why: "sent" | "stopped" | "closing") => {
    if (one.isOver) return;
    one.isOver = true;
    one.tuned.close();
    one.session?.stop();
    const { feed, session, ticket } = one;
    if (!feed || !session) return;
    tell("radio.ended", one, { ...session.heard() }, why);
    clock.after(why === "sent" ? ms(Math.max(0, ticket.end - now()) + TAIL) : TAIL, () => {
      feed.close();
      // While the station goes down, loudspeakers must not take the slot for over: they go on with their fallback.
      if (one.joined.size === 0 || why === "closing") return;
      order({ kind: "close", stream: feed.stream }, ticket, [...one.joined]).catch((thrown: unknown) =>
        log.error("radio.not-closed", { occurrence: ticket.occurrence, thrown }),
      );
    });
  };

  const tune = (ticket: Ticket, source: RadioSource): Relayed => {
    const known = { ticket, source, tunedAt: now(), tuned: radio.tune(source), joined: new Set<ReceiverId>() };
    const one: Relayed = { ...known, stopped: new Set(), isOver: false };
    running.set(ticket.id, one);
    return one;
  };
  /** Nothing when it may not be relayed, or by then is not what was approved. */
  const tuneTo = (ticket: Ticket): Relayed | undefined => {
    const source = ticket.radio && sources.get(ticket.radio);
    const isApproved = ticket.schedule !== undefined && parts.isApproved(ticket.schedule);
    return source && isApproved && running.size < MOST ? tune(ticket, source) : undefined;
  };
  const begin = (one: Relayed): RadioFeed => {
    const { ticket, tuned } = one;
    const feed = feeds.open();
    const { packetsOf, isRecalled } = parts;
    one.feed = feed;
    one.session = createRadioSession({
      ...{ ticket, tuned, feed, clock, micros: parts.micros },
      fallback: createFallback({ ...ahead(ticket, now()), packetsOf, isRecalled, log }),
      onSide: (side) => tell(side === "station" ? "radio.heard" : "radio.lost", one, { why: tuned.problem() }),
      onSent: () => end(one, "sent"),
    });
    one.session.start();
    return feed;
  };
  /** No chunk leaves for a receiver before the order that opens its stream. */
  const join = async (one: Relayed, feed: RadioFeed, fresh: readonly ReceiverId[]) => {
    const { ticket, joined } = one;
    for (const receiver of fresh) joined.add(receiver);
    const body = {
      ...({ kind: "open", stream: feed.stream, sealKey: feed.sealKey, occurrence: ticket.occurrence } as const),
      ...{ class: ticket.class, title: ticket.title, preSkip: PRE_SKIP, maxMs: ticket.end - ticket.start + 60_000 },
    };
    await order(body, ticket, fresh);
    if (!one.isOver) for (const receiver of fresh) if (joined.has(receiver)) feed.add(receiver);
  };
  /**
   * Whoever sounds the fallback goes on with it: it began, and nothing is begun twice (R4). What is over there, as after a stop, is not
   * brought again. Whoever was away and still sounds what it got of the stream is let into it again.
   */
  const isFree = ({ ticket, joined, stopped }: Relayed, id: ReceiverId): boolean => {
    const live = registry.get(id);
    if (joined.has(id) || stopped.has(id) || !live?.connected || live.state?.clock !== "trusted") return false;
    if (!isAwaited(ticket, id)) return false;
    return !isOnFallback(ticket, id) || !live.state.now.some(({ cue }) => cue === ticket.occurrence);
  };
  const isOnFallback = ({ results }: Ticket, id: ReceiverId): boolean => results[id]?.from === "clip";
  /** Nothing is sent before the station had its chance. */
  const isReady = ({ tuned, tunedAt, ticket }: Relayed): boolean =>
    now() < ticket.start || tuned.held() > 0 || now() - tunedAt >= PATIENCE_MS;

  return {
    /** Brings a slot to these receivers. `false`: it is not relayed, and its fallback is brought like anything prepared. */
    deliver(ticket: Ticket, among: readonly ReceiverId[]): boolean {
      if (ticket.radio === undefined) return false;
      const known = running.get(ticket.id);
      if (known) known.ticket = ticket;
      if (now() >= ticket.end) {
        if (known && !known.session) end(known, "closing");
        if (known?.isOver) running.delete(ticket.id);
        return known !== undefined;
      }
      const left = ticket.start - now();
      if (left > RADIO_TUNE_MS) return true;
      if (!known && !ticket.receivers.some((id) => isAwaited(ticket, id))) return true;
      const one = known ?? tuneTo(ticket);
      if (!one) return false;
      if (one.isOver || left > RADIO_OPEN_MS || !isReady(one)) return true;
      const feed = one.feed ?? begin(one);
      const fresh = among.filter((id) => ticket.receivers.includes(id) && isFree(one, id));
      if (fresh.length > 0)
        join(one, feed, fresh).catch((thrown: unknown) => {
          log.error("radio.not-joined", { occurrence: ticket.occurrence, thrown });
          for (const receiver of fresh) one.joined.delete(receiver);
        });
      return true;
    },
    /** Ends what a stop reaches, for these receivers or for all. */
    stop(matches: (cue: Cue) => boolean, receivers?: readonly ReceiverId[]): void {
      for (const one of running.values()) {
        if (one.isOver || !matches(stoppedAs(one.ticket))) continue;
        const { receivers: all } = one.ticket;
        for (const receiver of receivers ?? all) {
          one.stopped.add(receiver);
          if (one.joined.delete(receiver)) one.feed?.remove(receiver);
        }
        if (all.every((receiver) => one.stopped.has(receiver))) end(one, "stopped");
      }
    },
    /** What that loudspeaker gets of what is relayed under that name; nothing when it does not. */
    saidThere(occurrence: OccurrenceId, receiver: ReceiverId, from: number | undefined) {
      const one = [...running.values()].find(
        ({ ticket, joined, isOver }) => !isOver && ticket.occurrence === occurrence && joined.has(receiver),
      );
      // By its own word (R10): whoever began with the fallback sounds that, whatever is sent.
      return one && !isOnFallback(one.ticket, receiver) ? one.session?.said(from) : undefined;
    },
    /** Its connection is gone: when it is back it joins anew. */
    lost(receiver: ReceiverId): void {
      for (const { joined } of running.values()) joined.delete(receiver);
    },
    close(): void {
      for (const one of running.values()) end(one, "closing");
    },
  };
}

/** What of the fallback still lies ahead, so that nobody hears its beginning twice, and from where on it is sent. */
const ahead = ({ items, start }: Ticket, at: number) => ({
  items: items.filter(({ offsetMs }) => start + offsetMs >= at),
  from: at > start ? at + RADIO_LEAD_MS - start : 0,
});
