/**
 * Speaking live: who may be heard where is asked before; from then on words go out as they come, under one occurrence with its
 * order, its results and its recording.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, epoch, ms } from "../../base/units.js";
import { type Need, needsOf } from "../../domain/alert.js";
import type { AreaTree } from "../../domain/area.js";
import type { Class } from "../../domain/class.js";
import { type OccurrenceId, occurrenceId, type ReceiverId } from "../../domain/ids.js";
import { LIVE_LONGEST_MS, LIVE_PACES, type LiveEnd, type LiveMode, type Talk } from "../../domain/live.js";
import type { Person } from "../../domain/person.js";
import type { Targets } from "../../domain/schedule.js";
import { stampOf } from "../../domain/stamp.js";
import { type Ticket, ticketId } from "../../domain/ticket.js";
import { PRE_SKIP } from "../../protocol/limits.js";
import type { Cue } from "../../protocol/orders.js";
import { cueOf } from "./cues.js";
import type { Knowledge } from "./knowledge.js";
import type { KeptRecording, LiveFeeds, Recordings } from "./live-ports.js";
import { alreadyThere, needsGlass, nobodyThere, notTheirs, quietNow, tooMany } from "./live-refusals.js";
import { createLiveSession, type LiveSession } from "./live-session.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog, Records } from "./ports.js";
import { ordered, type Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** Microphones that are open at once, at most: a loudspeaker holds eight streams. */
const MOST = 4;
/** Rounding and the last fade: a stream is closed this long after its last word, ms. */
const TAIL_MS = 300;

/** What somebody wants to say, and where. */
export interface LiveWish {
  readonly targets: Targets;
  readonly class: Class;
  readonly mode: LiveMode;
  /** What it is about: the log and the loudspeakers' own lines name it. */
  readonly reason: string;
  /** A recording of the library that is heard first. */
  readonly chime?: string | undefined;
  /** Who confirmed that it is an emergency. */
  readonly confirmedBy?: string | undefined;
  /** Why one person speaks alone where an emergency needs two. */
  readonly brokenGlass?: { readonly reason: string } | undefined;
}

export interface LiveDeskParts {
  readonly knowledge: Pick<Knowledge, "targeted" | "audienceOf" | "areaName">;
  readonly areas: AreaTree;
  readonly isQuiet: (area: Parameters<Knowledge["areaName"]>[0]) => boolean;
  /** The packets of a recording of the library that may sound. @throws Fault when it may not */
  readonly chime: (name: string) => Promise<readonly Uint8Array[]>;
  readonly tickets: Pick<Tickets, "of" | "open" | "freeze" | "endAt">;
  readonly desk: Pick<OrderDesk, "issue">;
  readonly registry: Pick<Registry, "get" | "isConnected">;
  readonly feeds: LiveFeeds;
  readonly recordings: Recordings;
  readonly talks: Records<OccurrenceId, Talk>;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly clock: Clock;
  readonly now: () => Epoch;
  readonly log: Log;
  /** Somebody speaks, or has spoken. */
  readonly onTalks: () => void;
}

export type LiveDesk = ReturnType<typeof createLiveDesk>;

export function createLiveDesk(parts: LiveDeskParts) {
  const { knowledge, tickets, desk, registry, feeds, recordings, asRun, clock, now, log } = parts;
  const sessions = new Map<OccurrenceId, LiveSession>();

  /** What an earlier run left open: nobody speaks there any more. */
  for (const { id, occurrence, isLive } of tickets.open()) {
    if (!isLive) continue;
    tickets.endAt(id, now());
    const talk = parts.talks.get(occurrence);
    if (!talk || talk.ended) continue;
    const unknown = { spokenMs: 0, leftOutMs: 0 };
    asRun.event({ kind: "live.ended", occurrence, why: "closing" satisfies LiveEnd });
    parts.talks
      .put({ ...talk, ended: { at: now(), why: "closing", ...unknown } })
      .catch((thrown: unknown) => log.error("live.not-kept", { occurrence, thrown }));
  }

  const order = (
    body: Parameters<OrderDesk["issue"]>[0]["body"],
    { ticket, receivers, person }: { ticket: Ticket; receivers: readonly ReceiverId[]; person?: Person },
  ) =>
    desk.issue({
      ...{ body, receivers, audience: knowledge.audienceOf(receivers), class: ticket.class },
      ...{ by: cueOf(ticket).by, person, confirmedBy: ticket.confirmedBy },
    });
  /** No chunk leaves for a receiver before the order that opens its stream. */
  const join = async (session: LiveSession, fresh: readonly ReceiverId[], person?: Person) => {
    const { ticket, feed, joined } = session;
    if (fresh.length === 0) return undefined;
    for (const receiver of fresh) joined.add(receiver);
    const body = {
      ...({ kind: "open", stream: feed.stream, sealKey: feed.sealKey, occurrence: ticket.occurrence } as const),
      ...{ class: ticket.class, title: ticket.title, preSkip: PRE_SKIP, maxMs: LIVE_LONGEST_MS + 60_000 },
    };
    const issued = await order(body, { ticket, receivers: fresh, ...(person ? { person } : {}) });
    if (!session.isOver()) for (const receiver of fresh) if (joined.has(receiver)) feed.add(receiver);
    return issued;
  };
  const writeEnd = async ({ ticket, spoken }: LiveSession, why: LiveEnd, kept: KeptRecording | undefined) => {
    const { occurrence, title, by, class: of } = ticket;
    const recording = kept ? { recording: kept } : {};
    asRun.event({
      ...{ kind: "live.ended", occurrence, why, by, class: of },
      detail: { title, ...spoken(), ...recording },
    });
    const talk = parts.talks.get(occurrence);
    if (talk) await parts.talks.put({ ...talk, ended: { at: now(), why, ...spoken() }, ...recording });
    parts.onTalks();
  };
  const ended = (session: LiveSession, why: LiveEnd, heardUntil: Epoch) => {
    const { ticket, feed, recording, joined } = session;
    const { occurrence } = ticket;
    sessions.delete(occurrence);
    tickets.endAt(ticket.id, heardUntil);
    clock.after(ms(Math.max(0, heardUntil - now()) + TAIL_MS), () => {
      feed.close();
      if (joined.size === 0) return;
      order({ kind: "close", stream: feed.stream }, { ticket, receivers: [...joined] }).catch((thrown: unknown) =>
        log.error("live.not-closed", { occurrence, thrown }),
      );
    });
    recording
      .finish()
      .catch((thrown: unknown) => {
        log.error("live.recording-lost", { occurrence, thrown });
        return undefined;
      })
      .then((kept) => writeEnd(session, why, kept))
      .catch((thrown: unknown) => log.error("live.not-logged", { occurrence, thrown }));
  };

  const judge = (wish: LiveWish) => {
    const receivers = knowledge.targeted(wish.targets).filter((receiver) => !receiver.disabled);
    if (receivers.length === 0) throw nobodyThere();
    if (sessions.size >= MOST) throw tooMany();
    const isEmergency = wish.class === "emergency";
    const isExcused = isEmergency && wish.confirmedBy !== undefined;
    const quiet = receivers.find(({ area }) => !isExcused && parts.isQuiet(area));
    if (quiet) throw quietNow(knowledge.areaName(quiet.area));
    const needs = isEmergency ? needsOf({ areas: parts.areas, isQuiet: parts.isQuiet, receivers }) : [];
    if (needs.length > 0 && wish.brokenGlass === undefined) throw needsGlass(needs);
    const ids = new Set(receivers.map(({ id }) => id));
    for (const { ticket } of sessions.values())
      if (ticket.class === wish.class && ticket.receivers.some((id) => ids.has(id)))
        throw alreadyThere(ticket.by ?? "?");
    return { receivers, needs };
  };
  const ticketFor = (wish: LiveWish, receivers: readonly ReceiverId[], by: Person): Ticket => {
    const start = epoch(Math.ceil(now()));
    let occurrence = occurrenceId("micro", start);
    for (let number = 2; tickets.of(occurrence).length > 0 || sessions.has(occurrence); number++)
      occurrence = occurrenceId(`micro-${number}`, start);
    const end = start + LIVE_LONGEST_MS;
    return {
      ...{ id: ticketId(occurrence, start), occurrence, title: wish.reason, class: wish.class, order: 0 },
      ...{ planned: start, start, end, notAfter: end, resume: "continue", items: [], isLive: true, closed: false },
      ...{ receivers: [...receivers], results: Object.fromEntries(receivers.map((id) => [id, { state: "due" }])) },
      ...{ by: by.name, ...(wish.confirmedBy === undefined ? {} : { confirmedBy: wish.confirmedBy }) },
    };
  };

  return {
    /**
     * Opens the loudspeakers; words may come as soon as it has resolved.
     *
     * @throws Fault "invalid" without a receiver, "forbidden" in quiet hours and where an emergency needs a second person,
     * "conflict" when somebody else speaks there
     */
    async openLive(wish: LiveWish, by: Person) {
      const { receivers, needs } = judge(wish);
      const packets = wish.chime === undefined ? [] : await parts.chime(wish.chime);
      const ticket = ticketFor(
        wish,
        receivers.map(({ id }) => id),
        by,
      );
      const { occurrence } = ticket;
      const recording = await recordings.begin(occurrence);
      const feed = feeds.open(LIVE_PACES[wish.mode]);
      const session = createLiveSession({
        ...{ ticket, feed, recording, clock, now, onEnd: ended, speaker: speakerOf(by) },
      });
      sessions.set(occurrence, session);
      try {
        await tickets.freeze(ticket);
        const { targets, mode, reason, chime } = wish;
        asRun.event({
          ...{ kind: "live.opened", occurrence, by, class: wish.class, why: reason },
          after: { targets, mode, ...(chime === undefined ? {} : { chime }), receivers: receivers.length },
        });
        const brokenGlass = glassOf(wish, needs, by, ticket.start);
        if (brokenGlass)
          asRun.event({
            ...{ kind: "live.glass-broken", occurrence, by, class: wish.class, why: brokenGlass.reason },
            after: { targets, needs, receivers: receivers.length },
            detail: { title: reason },
          });
        await parts.talks.put({
          ...{ occurrence, reason, class: wish.class, mode, by: by.name, targets, receivers: receivers.length },
          ...{ at: ticket.start, ...(brokenGlass ? { brokenGlass } : {}) },
        });
        parts.onTalks();
        const issued = await join(session, ticket.receivers.filter(registry.isConnected), by);
        session.prepare(packets);
        const chimeMs = packets.length * 20;
        return {
          order: issued?.id ?? "",
          occurrence,
          chimeMs,
          longestMs: LIVE_LONGEST_MS,
          ...ordered(receivers, registry),
        };
      } catch (thrown) {
        session.end("closing");
        throw thrown;
      }
    },
    /** The microphone of what this person has opened. @throws Fault "not-found", or "forbidden" for what somebody else opened */
    microphone(occurrence: OccurrenceId, by: Person): Pick<LiveSession, "push" | "end" | "onEnd" | "spoken"> {
      const session = sessions.get(occurrence);
      if (!session || session.speaker !== speakerOf(by)) throw notTheirs();
      return session;
    },
    /** What was last said there; nothing when nobody speaks to that loudspeaker under that name. */
    saidThere(occurrence: OccurrenceId, receiver: ReceiverId, from: number | undefined) {
      const session = sessions.get(occurrence);
      return session?.joined.has(receiver) ? session.said(from) : undefined;
    },
    /** Times that somebody spoke, the newest first. */
    talks: () => parts.talks.all().toSorted((one, other) => other.at - one.at),
    /** Brings what is said to receivers that should hear it and do not get it yet, as those that are back. */
    join({ occurrence }: Ticket, receivers: readonly ReceiverId[]): void {
      const session = sessions.get(occurrence);
      if (!session) return;
      const fresh = receivers.filter(
        (id) =>
          !session.joined.has(id) &&
          !session.stopped.has(id) &&
          registry.get(id)?.connected &&
          registry.get(id)?.state?.clock === "trusted",
      );
      join(session, fresh).catch((thrown: unknown) => {
        log.error("live.not-joined", { occurrence, thrown });
        for (const receiver of fresh) session.joined.delete(receiver);
      });
    },
    /** Ends what a stop reaches, for these receivers or for all. */
    stop(matches: (cue: Cue) => boolean, receivers?: readonly ReceiverId[]): void {
      for (const session of [...sessions.values()]) {
        if (!matches(cueOf(session.ticket))) continue;
        for (const receiver of receivers ?? session.ticket.receivers) {
          session.stopped.add(receiver);
          if (session.joined.delete(receiver)) session.feed.remove(receiver);
        }
        if (session.joined.size === 0) session.end("stopped");
      }
    },
    /** Its connection is gone: when it is back it joins anew. */
    lost(receiver: ReceiverId): void {
      for (const { joined } of sessions.values()) joined.delete(receiver);
    },
    close(): void {
      for (const session of [...sessions.values()]) session.end("closing");
    },
  };
}

/** Whoever opened it, by the browser or program through which they act. */
const speakerOf = ({ session, account, name }: Person): string => session ?? account ?? name;

/** Only where two were needed is glass broken, whatever was asked for. */
const glassOf = ({ brokenGlass }: LiveWish, needs: readonly Need[], by: Person, at: number): Talk["brokenGlass"] =>
  needs.length === 0 || !brokenGlass
    ? undefined
    : { ...stampOf(by, new Date(at).toISOString()), reason: brokenGlass.reason };
