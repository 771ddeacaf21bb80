/**
 * What the receivers say of themselves, and since when they have been silent. Nothing here is what the server hopes (R10).
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { ReceiverId, Sha256 } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import type { DeviceHealth } from "../../protocol/device-health.js";
import type { HelloBody, StateBody } from "../../protocol/messages.js";
import type { UpdateReport } from "../../protocol/update.js";

/** A receiver as it is known at this moment. */
export interface LiveReceiver {
  connected: boolean;
  lastSeen: Epoch;
  software: string;
  /** Revision of the programme that is on its disk. */
  programmeHeld: number;
  /** Its last report, and when that came. */
  state: StateBody | undefined;
  stateAt: Epoch | undefined;
  /** Clips on its disk; `undefined` until it has said so. */
  have: ReadonlySet<Sha256> | undefined;
  failed: readonly { readonly sha256: Sha256; readonly why: string }[];
  connectedAt: Epoch;
  /** Of its machine, as it said last; it does not repeat what has not changed. */
  health: DeviceHealth | undefined;
  /** The program that it runs, and what became of its last update; `undefined` until it has said so. */
  program: { readonly report: UpdateReport; readonly at: Epoch } | undefined;
  /** Since when it has said that its clock cannot be trusted. */
  untrustedSince: Epoch | undefined;
  /** Whether it lacks clips of the coming hour. */
  lacksClips: boolean;
  /** Since when it has been silent though something was ordered. */
  silentSince: Epoch | undefined;
  /** Of which soundings a meter at the amplifier heard nothing, since it last heard one. */
  unheard: Set<string> | undefined;
  /** When something last sounded there that nobody ordered. */
  unorderedAt: Epoch | undefined;
  /** Until when it sounds a test pip. */
  testUntil: Epoch | undefined;
  /** Whether it knows the key that signs now; `undefined` until it has said so. */
  knowsKey: boolean | undefined;
  /** What it refused last, and when. */
  refused: Refusal | undefined;
  /** Why it was away last, by its own account, and when it was back. */
  away: Absence | undefined;
}

/** That a device is not let in for the same reason is told again after this: it asks again and again. */
const TELL_AGAIN_MS = 3_600_000;

/** A time without a connection, as a receiver told of it when it was back. */
export interface Absence {
  readonly why: string;
  /** Milliseconds. */
  readonly forMs: number;
  readonly until: Epoch;
}

/** An order or a programme that a receiver did not take. */
export interface Refusal {
  readonly what: "order" | "programme";
  readonly why: string;
  readonly at: Epoch;
}

/** A device that was not let in. */
export interface TurnedAway {
  readonly why: string;
  readonly at: Epoch;
}

export interface Registry {
  get(id: ReceiverId): LiveReceiver | undefined;
  isConnected(id: ReceiverId): boolean;
  hello(id: ReceiverId, body: HelloBody): void;
  /** Its connection is gone; that is found out late as a rule, and no sign of life. */
  gone(id: ReceiverId): void;
  /** It gave a sign of life and said nothing. */
  alive(id: ReceiverId): void;
  state(id: ReceiverId, body: StateBody): void;
  clips(id: ReceiverId, have: readonly Sha256[], failed: LiveReceiver["failed"]): void;
  holds(id: ReceiverId, revision: number): void;
  /** Returns whether that is news. */
  trusts(id: ReceiverId, knowsKey: boolean): boolean;
  refused(id: ReceiverId, refusal: Omit<Refusal, "at">): void;
  program(id: ReceiverId, report: UpdateReport): void;
  /** A device that claims to be it was not let in. Returns whether that is news: not told within the hour. */
  turnAway(id: ReceiverId, why: string): boolean;
  /** What was told of last by {@link turnAway}, while nobody was let in since. */
  turnedAway(id: ReceiverId): TurnedAway | undefined;
  forget(id: ReceiverId): void;
  /** Whether every one of these clips is on its disk. */
  holdsAll(id: ReceiverId, clips: readonly Sha256[]): boolean;
  connectedCount(): number;
  /** Whether any that is connected sounds something, holds it back or is about to, by its own last report. */
  isAnyBusy(): boolean;
}

/** @param now civil time, for «last seen» */
export function createRegistry(now: () => Epoch): Registry {
  const live = new Map<ReceiverId, LiveReceiver>();
  /** With when each reason was told last: a stranger may change between them as often as they like. */
  const turned = new Map<ReceiverId, TurnedAway & { isOver: boolean; readonly toldAt: Map<string, Epoch> }>();
  /** One string for each hash, however many receivers name it: ten thousand lists of hashes then share their texts. */
  const interned = new Map<Sha256, Sha256>();
  let connected = 0;

  const intern = (sha256: Sha256): Sha256 => {
    const known = interned.get(sha256);
    if (known !== undefined) return known;
    interned.set(sha256, sha256);
    return sha256;
  };
  const seen = (id: ReceiverId): LiveReceiver | undefined => {
    const entry = live.get(id);
    if (entry) entry.lastSeen = now();
    return entry;
  };

  return {
    get: (id) => live.get(id),
    isConnected: (id) => live.get(id)?.connected ?? false,
    hello(id, body) {
      const before = live.get(id);
      if (!before?.connected) connected += 1;
      const strangers = turned.get(id);
      if (strangers) strangers.isOver = true;
      live.set(id, {
        connected: true,
        lastSeen: now(),
        software: body.software,
        programmeHeld: body.programmeRevision,
        state: undefined,
        stateAt: undefined,
        have: undefined,
        failed: [],
        connectedAt: now(),
        health: undefined,
        program: undefined,
        untrustedSince: undefined,
        lacksClips: false,
        silentSince: before?.silentSince,
        unheard: before?.unheard,
        unorderedAt: before?.unorderedAt,
        testUntil: undefined,
        knowsKey: undefined,
        refused: before?.refused,
        away: body.away ? { ...body.away, until: now() } : before?.away,
      });
    },
    gone(id) {
      const entry = live.get(id);
      if (!entry?.connected) return;
      connected -= 1;
      entry.connected = false;
      entry.state = undefined;
    },
    alive: seen,
    state(id, body) {
      const entry = seen(id);
      if (!entry) return;
      entry.state = body.health === undefined ? body : withoutHealth(body);
      entry.stateAt = now();
      entry.health = body.health ?? entry.health;
      entry.untrustedSince = body.clock === "trusted" ? undefined : (entry.untrustedSince ?? now());
    },
    clips(id, have, failed) {
      const entry = seen(id);
      if (!entry) return;
      entry.have = new Set(have.map(intern));
      entry.failed = failed;
    },
    holds(id, revision) {
      const entry = seen(id);
      if (entry) entry.programmeHeld = revision;
    },
    trusts(id, knowsKey) {
      const entry = seen(id);
      if (!entry || entry.knowsKey === knowsKey) return false;
      entry.knowsKey = knowsKey;
      return true;
    },
    refused(id, refusal) {
      const entry = seen(id);
      if (entry) entry.refused = { ...refusal, at: now() };
    },
    program(id, report) {
      const entry = seen(id);
      if (entry) entry.program = { report, at: now() };
    },
    turnAway(id, why) {
      const toldAt = turned.get(id)?.toldAt ?? new Map<string, Epoch>();
      turned.set(id, { why, at: now(), isOver: false, toldAt });
      if (now() - (toldAt.get(why) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN_MS) return false;
      toldAt.set(why, now());
      return true;
    },
    turnedAway(id) {
      const last = turned.get(id);
      return last?.isOver === false ? last : undefined;
    },
    forget(id) {
      turned.delete(id);
      if (live.get(id)?.connected) connected -= 1;
      live.delete(id);
    },
    holdsAll(id, clips) {
      const have = live.get(id)?.have;
      return have !== undefined && clips.every((sha256) => have.has(sha256));
    },
    connectedCount: () => connected,
    isAnyBusy() {
      for (const { connected: isHere, state } of live.values())
        if (isHere && state && state.now.length > 0) return true;
      return false;
    },
  };
}

/** Copied only when there is something to leave out: ten thousand say how they are every two seconds on air. */
function withoutHealth({ health: _health, ...state }: StateBody): StateBody {
  return state;
}

/** Whom an order is for, and who of them cannot hear it now. */
export const ordered = (receivers: readonly Receiver[], registry: Pick<Registry, "isConnected">) => ({
  receivers: receivers.map(({ id }) => id),
  away: receivers.map(({ id }) => id).filter((id) => !registry.isConnected(id)),
});
