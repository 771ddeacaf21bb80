/**
 * Relays other stations in their slots. Loudspeakers hold the slot's fallback in their programme and play it by themselves; those that
 * are connected are told of a stream that takes its place, and go on with the fallback should the stream be lost.
 *
 * @module
 */

import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, type Micros, ms } from "../../base/units.js";
import type { AnnouncementId, OccurrenceId, RadioId, ReceiverId, Sha256 } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import { RADIO_OPEN_MS, RADIO_TUNE_MS, type RadioSource } from "../../domain/radio.js";
import type { Ticket, TicketId } from "../../domain/ticket.js";
import { PRE_SKIP } from "../../protocol/limits.js";
import type { Cue } from "../../protocol/orders.js";
import { cueOf, stoppedAs } from "./cues.js";
import type { Knowledge } from "./knowledge.js";
import type { Radio, RadioFeed, RadioFeeds, Tuned } from "./live-ports.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog } from "./ports.js";
import { createFallback } from "./radio-fallback.js";
import { createRadioSession } from "./radio-session.js";
import type { Registry } from "./registry.js";

/** Stations that are relayed at once, at most: each costs a program and a few percent of a processor. */
const MOST = 4;
/** Rounding and the last fade: a stream is closed this long after its last sample, ms. */
const TAIL = ms(300);

export interface RadioDeskParts {
  readonly radio: Radio;
  readonly feeds: RadioFeeds;
  readonly sources: ReadonlyMap<RadioId, RadioSource>;
  readonly packetsOf: (sha256: Sha256) => Promise<readonly Uint8Array[]>;
  readonly isRecalled: (id: AnnouncementId) => boolean;
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
  readonly ticket: Ticket;
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

export type RadioDesk = ReturnType<typeof createRadioDesk>;

export function createRadioDesk(parts: RadioDeskParts) {
  const { radio, feeds, sources, desk, registry, knowledge, asRun, clock, now, log } = parts;
  const running = new Map<TicketId, Relayed>();

  const order = (body: Parameters<OrderDesk["issue"]>[0]["body"], ticket: Ticket, receivers: readonly ReceiverId[]) =>
    desk.issue({
      ...{ body, receivers, audience: knowledge.audienceOf(receivers), class: ticket.class },
      ...{ by: cueOf(ticket).by, confirmedBy: ticket.confirmedBy },
    });
  const tell = (kind: LineKind, { ticket, source }: Relayed, detail: object = {}) =>
    asRun.event({
      ...{ kind, occurrence: ticket.occurrence, class: ticket.class },
      detail: { title: ticket.title, source: source.title, ...detail },
    });

  const end = (one: Relayed, why: "sent" | "stopped" | "closing") => {
    if (one.isOver) return;
    one.isOver = true;
    one.tuned.close();
    one.session?.stop();
    const { feed, session, ticket } = one;
    if (!feed || !session) return;
    tell("radio.ended", one, { why, ...session.heard() });
    clock.after(why === "sent" ? ms(Math.max(0, ticket.end - now()) + TAIL) : TAIL, () => {
      feed.close();
      if (one.joined.size === 0) return;
      order({ kind: "close", stream: feed.stream }, ticket, [...one.joined]).catch((thrown: unknown) =>
        log.error("radio.not-closed", { occurrence: ticket.occurrence, thrown }),
      );
    });
  };

  const tune = (ticket: Ticket, source: RadioSource): Relayed => {
    const known = { ticket, source, tuned: radio.tune(source), joined: new Set<ReceiverId>() };
    const one: Relayed = { ...known, stopped: new Set(), isOver: false };
    running.set(ticket.id, one);
    return one;
  };
  const begin = (one: Relayed): RadioFeed => {
    const { ticket, tuned } = one;
    const feed = feeds.open();
    const { packetsOf, isRecalled } = parts;
    one.feed = feed;
    one.session = createRadioSession({
      ...{ ticket, tuned, feed, clock, micros: parts.micros },
      fallback: createFallback({ items: ticket.items, packetsOf, isRecalled, log }),
      onSide: (side) => tell(side === "station" ? "radio.heard" : "radio.lost", one, { why: tuned.problem() }),
      onSent: () => end(one, "sent"),
    });
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
  /** Whoever sounds the fallback goes on with it: it began, and nothing is begun twice (R4). */
  const isFree = ({ ticket, joined, stopped }: Relayed, id: ReceiverId): boolean => {
    const live = registry.get(id);
    if (joined.has(id) || stopped.has(id) || !live?.connected || live.state?.clock !== "trusted") return false;
    return !live.state.now.some(({ cue }) => cue === ticket.occurrence);
  };

  return {
    /** Brings a slot to these receivers. `false`: it is not relayed, and its fallback is brought like anything prepared. */
    deliver(ticket: Ticket, among: readonly ReceiverId[]): boolean {
      if (ticket.radio === undefined) return false;
      const known = running.get(ticket.id);
      if (now() >= ticket.end) {
        if (known?.isOver) running.delete(ticket.id);
        return known !== undefined;
      }
      const left = ticket.start - now();
      if (left > RADIO_TUNE_MS) return true;
      const source = sources.get(ticket.radio);
      if (!known && (!source || running.size >= MOST)) return false;
      const one = known ?? (source && tune(ticket, source));
      if (!one || one.isOver || left > RADIO_OPEN_MS) return true;
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
      return one?.session?.said(from);
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
