/**
 * What sounds, sample by sample. Claims go in; for each span of the timeline come out the pieces of sound to mix and what
 * happened. One claim sounds at a time; it falls silent before the next one begins.
 *
 * Time is only what the caller asks for: spans normally follow each other. A gap (a stalled process) moves on with the
 * timeline, as the neighbours do; a step back by more than a second does not repeat what was heard.
 *
 * @module
 */
import type { AnnouncementId } from "../domain/ids.js";
import { byStrength, interrupts } from "./arbiter.js";
import type { Claim } from "./claims.js";
import type { HeadEvent, HeadWorld, Rendered, Segment } from "./head-talk.js";
import {
  cameFrom,
  choose,
  edges,
  endsAbruptly,
  entry,
  FADE,
  type HeldClaim,
  holdClaim,
  itemAt,
  itemFrom,
  natural,
  type Outcome,
  outdated,
  risen,
  sooner,
  yielding,
} from "./held-claim.js";
import type { PlayReason } from "./reasons.js";
import { RATE } from "./samples.js";

/** Claims held at once, at most: as many as a state report names. */
export const MAX_CLAIMS = 32;

export type { HeadEvent, HeadWorld, Rendered, Segment } from "./head-talk.js";

export interface PlayHead {
  /**
   * Adds a claim, or replaces one that has not begun. Items of the recalled announcements stay silent. `false`: too many, or it
   * has begun already.
   */
  offer(claim: Claim, recalled?: ReadonlySet<string>): boolean;
  /** The guard allowed it and its key is on disk. It may begin. */
  permit(key: string): void;
  /** Takes a claim away for good, with this word in the journal. What sounds fades. */
  end(key: string, why: PlayReason): void;
  /** Forgets a claim that has not begun, without a word. */
  withdraw(key: string): void;
  /** Silences every claim that matches (R3). */
  stop(matches: (claim: Claim) => boolean, why: PlayReason): void;
  /** Silences the items of a recalled announcement; a claim that has nothing else to say ends. */
  recall(announcement: AnnouncementId): void;
  /** The sound of this claim comes, or can come, from that stream. */
  feed(key: string, stream: number): void;
  /** A live stream ends at this sample of the timeline. */
  closeAt(key: string, sample: number): void;
  render(span: { readonly from: number; readonly count: number }, world: HeadWorld): Rendered;
  /** Everything held, what sounds first. */
  claims(): readonly Readonly<HeldClaim>[];
  get(key: string): Readonly<HeldClaim> | undefined;
  sounding(): Readonly<HeldClaim> | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

export function createPlayHead(): PlayHead {
  const held = new Map<string, HeldClaim>();
  let events: HeadEvent[] = [];
  let current: HeldClaim | undefined;
  let next: number | undefined;

  const tell = (one: HeldClaim, event: HeadEvent["event"], at: number, why?: PlayReason) =>
    events.push({ event, claim: one.claim, at, heard: one.heard, from: cameFrom(one), why });

  const remove = (one: HeldClaim) => {
    held.delete(one.claim.key);
    if (current === one) current = undefined;
  };
  /** Ends a claim that makes no sound now. */
  const drop = (one: HeldClaim, at: number, why: PlayReason) => {
    const refused = why === "quiet-hours" || why === "played";
    tell(one, one.begun ? "cut" : refused ? "refused" : "missed", at, why);
    remove(one);
  };
  const fadeOut = (one: HeldClaim, outcome: Outcome) => {
    one.fade = { left: one.fade?.left ?? FADE, outcome };
  };
  const endOne = (one: HeldClaim, why: PlayReason) => {
    if (one === current) fadeOut(one, { event: "cut", why });
    else drop(one, next ?? one.claim.start, why);
  };

  /** Follows a timeline that moved back by more than a second: what sounds goes on where it was. */
  const follow = (from: number) => {
    if (next !== undefined && next - from > RATE && current && current.claim.content.kind === "clips")
      current.anchor -= next - from;
  };

  const eligible = (one: HeldClaim, at: number, world: HeadWorld): boolean => {
    if (one === current || !one.permitted || one.claim.start > at) return false;
    const position = entry(one, at).position;
    if (one.claim.content.kind === "live")
      return one.stream !== undefined && (one.phase !== "pending" || world.buffered(one.stream, at));
    const item = itemFrom(one, position);
    if (item === undefined || world.holds(item.sha256)) return true;
    const sample = one.claim.start + Math.max(position, item.from);
    return one.stream !== undefined && world.buffered(one.stream, sample);
  };

  /** Whether it had nothing to begin with, for whom nobody asked the guard. */
  const lacksSound = (one: HeldClaim, world: HeadWorld): boolean => {
    if (one.claim.content.kind === "clips" && one.claim.content.items.length === 0) return one.stream === undefined;
    const first = itemFrom(one, 0);
    return first !== undefined && one.stream === undefined && !world.holds(first.sha256);
  };
  /** Drops what is out of date or not allowed now. */
  const sweep = (at: number, world: HeadWorld) => {
    for (const one of [...held.values()]) {
      if (one === current || one.claim.start > at) continue;
      const why = world.refuses(one.claim, at) ?? outdated(one, at);
      if (why !== undefined) drop(one, at, why === "late" && lacksSound(one, world) ? "no-audio" : why);
    }
  };

  const strongest = (at: number, world: HeadWorld): HeldClaim | undefined =>
    [...held.values()].filter((one) => eligible(one, at, world)).sort(byStrength)[0];

  const begin = (one: HeldClaim, at: number, world: HeadWorld) => {
    const { anchor, position } = entry(one, at);
    one.anchor = anchor;
    one.phase = "sounding";
    one.gain = 0;
    current = one;
    choose(one, position, world.holds);
    tell(one, one.begun ? "resumed" : "started", at);
    one.begun = true;
  };

  /** Decides who sounds at `at`, looking `ahead` samples further so that nothing is heard inside a quiet hour. */
  const settle = (at: number, ahead: number, world: HeadWorld) => {
    sweep(at, world);
    if (current && (!current.fade || current.fade.outcome.event === "interrupted")) {
      const why = world.refuses(current.claim, at + ahead + FADE);
      if (why !== undefined) fadeOut(current, { event: "cut", why });
    }
    // What sounds is silent just when a higher claim begins, if that is known in time.
    const challenger = strongest(current ? at + FADE : at, world);
    if (!challenger) return;
    if (!current) {
      if (world.refuses(challenger.claim, at + ahead + FADE) === undefined) begin(challenger, at, world);
      return;
    }
    if (interrupts(challenger.claim, current.claim) && !current.fade) fadeOut(current, yielding(current));
    for (const one of held.values())
      if (one.phase === "pending" && !interrupts(one.claim, current.claim) && eligible(one, at, world))
        one.phase = "waiting";
  };

  const boundary = (at: number, end: number): number => {
    let until = end;
    for (const { phase, claim } of held.values()) {
      if (phase !== "pending") continue;
      until = sooner(at, until, [claim.start, current ? claim.start - FADE : end]);
    }
    return current ? sooner(at, until, edges(current, at)) : until;
  };

  /** Sounds the current claim for `count` samples. */
  const sound = (one: HeldClaim, at: number, count: number, world: HeadWorld): Omit<Segment, "offset"> | undefined => {
    const gainFrom = one.gain;
    const { fade } = one;
    one.gain = fade ? gainFrom * (1 - count / fade.left) : risen(gainFrom, count, one.claim.class);
    if (fade) fade.left -= count;
    one.heard += count;
    const position = at - one.anchor;
    const source = choose(one, position, world.holds);
    const gainDb = itemAt(one, position)?.gainDb ?? 0;
    return source && { claim: one.claim, source, count, gainFrom, gainTo: one.gain, gainDb };
  };

  /** Ends, or begins to end, the current claim where its time has come. */
  const conclude = (one: HeldClaim, at: number) => {
    const { fade, claim } = one;
    const over = at - one.anchor >= claim.length;
    if (!fade && !over && endsAbruptly(one) && at - one.anchor >= claim.length - FADE) fadeOut(one, natural(one));
    if (over && (!fade || fade.outcome.event === "interrupted")) {
      const { event, why } = natural(one);
      tell(one, event, at, why);
      return remove(one);
    }
    if (!fade || fade.left > 0) return;
    one.fade = undefined;
    if (fade.outcome.event === "silenced") {
      one.silenced.add(fade.outcome.item);
      return;
    }
    tell(one, fade.outcome.event, at, fade.outcome.why);
    if (fade.outcome.event !== "interrupted") return remove(one);
    one.phase = "interrupted";
    one.position = one.claim.resume === "restart" ? 0 : Math.max(0, at - one.anchor - FADE);
    current = undefined;
  };

  return {
    offer(claim, recalled = NOTHING) {
      const known = held.get(claim.key);
      if (known ? known.phase === "sounding" || known.phase === "interrupted" : held.size >= MAX_CLAIMS) return false;
      const one = holdClaim(claim, recalled);
      one.stream = known?.stream;
      held.set(claim.key, one);
      return true;
    },
    permit(key) {
      const one = held.get(key);
      if (one) one.permitted = true;
    },
    end(key, why) {
      const one = held.get(key);
      if (one) endOne(one, why);
    },
    withdraw(key) {
      const one = held.get(key);
      if (one && one !== current && !one.begun) remove(one);
    },
    stop(matches, why) {
      for (const one of [...held.values()]) if (matches(one.claim)) endOne(one, why);
    },
    recall(announcement) {
      for (const one of [...held.values()]) {
        if (one.claim.content.kind === "live") continue;
        const { items } = one.claim.content;
        const mine = items.filter((item) => item.announcement === announcement);
        const now = one === current && next !== undefined ? itemAt(one, next - one.anchor) : undefined;
        for (const item of mine) if (item !== now) one.silenced.add(item);
        const left = items.some(
          (item) => item.announcement !== undefined && !mine.includes(item) && !one.silenced.has(item),
        );
        if (mine.length > 0 && !left) endOne(one, "recalled");
        else if (now && mine.includes(now) && !one.fade) fadeOut(one, { event: "silenced", item: now });
      }
    },
    feed(key, stream) {
      const one = held.get(key);
      if (one) one.stream = stream;
    },
    closeAt(key, sample) {
      const one = held.get(key);
      if (!one || one.closed) return;
      one.closed = true;
      one.claim = { ...one.claim, length: Math.max(0, Math.min(one.claim.length, sample - one.claim.start)) };
    },
    render({ from, count }, world) {
      follow(from);
      const segments: Segment[] = [];
      const end = from + count;
      for (let at = from; at < end; ) {
        if (current) conclude(current, at);
        settle(at, end - at, world);
        const until = boundary(at, end);
        const piece = current && sound(current, at, until - at, world);
        if (piece) segments.push({ ...piece, offset: at - from });
        at = until;
      }
      if (current) conclude(current, end);
      next = end;
      const happened = events;
      events = [];
      return { segments, events: happened };
    },
    claims: () => [...held.values()].sort((a, b) => Number(b === current) - Number(a === current) || byStrength(a, b)),
    get: (key) => held.get(key),
    sounding: () => current,
  };
}
