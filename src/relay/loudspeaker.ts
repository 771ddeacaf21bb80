/**
 * A loudspeaker without its network and its output: what it does with orders and chunks, what it sounds, what it reports.
 *
 * @module
 */
import type { Micros } from "../base/units.js";
import { rankOf } from "../domain/class.js";
import type { Chunk } from "../protocol/chunk.js";
import type { StateBody } from "../protocol/messages.js";
import { announcementsOf, type Claim, liveClaim } from "../receiver/claims.js";
import { isHushed, judgeStart } from "../receiver/guard.js";
import { silencedBy } from "../receiver/hindrance.js";
import type { Fact } from "../receiver/memory.js";
import type { HeadEvent, HeadWorld } from "../receiver/play-head.js";
import { microsOf, msOf, RATE, sampleAt } from "../receiver/samples.js";
import { createAgenda } from "./agenda.js";
import { type House, identityOf, type KnownStream, placeOf } from "./house.js";
import { createObedience } from "./obey.js";
import type { Press } from "./presses.js";
import { createSealedChunks } from "./sealed-chunks.js";
import { mix } from "./sound/mixer.js";
import { closeStream, endStream } from "./streams.js";
import type { Verify } from "./trust.js";
import { createVolume } from "./volume.js";

/** The test tone, as far as volume and quiet hours ask. */
export const PIP = { key: "test", class: "ordinary", confirmed: false } as const;
/** A live stream without chunks for this long has lost its server, samples: then what it interrupted goes on. */
const STREAM_LOST = 10 * RATE;
/** A stream that never came to sound is kept this much longer than it may last, µs. */
const STREAM_GRACE = 60_000_000;
/** What begins this soon is being rendered already, samples. */
const ON_ITS_WAY = RATE / 2;

export type Loudspeaker = ReturnType<typeof createLoudspeaker>;

/** What the outside is told of. */
export interface Outward {
  /** Something began or ended. */
  readonly onSound: () => void;
  /** The station asks for a new start. */
  readonly onRestart: () => void;
}

export function createLoudspeaker(house: House, verify: Verify, { onSound, onRestart }: Outward) {
  const { head, time, library, buffer, streams, journal, disk, log, pip } = house;
  const agenda = createAgenda(house);
  const volume = createVolume(house);
  const obey = createObedience(house, agenda, verify, { onRestart, onVolume: volume.confirm });

  const world: HeadWorld = {
    holds: (sha256) => library.isReady(sha256),
    buffered: (stream, sample) => library.covers(stream, sample),
    refuses: memoised((claim, sample) =>
      isHushed(claim, placeOf(house), microsOf(sample)) ? "quiet-hours" : undefined,
    ),
  };

  /** Recalled items stay silent though the claim still names them: nobody may later count them as heard. */
  const audible = (claim: Claim) => announcementsOf(claim).filter((one) => !disk.memory.recalled.has(one));
  const write = ({ event, claim, at, heard, from, why }: HeadEvent) => {
    const muted = event === "started" || event === "finished" ? silencedBy(disk.memory, claim) : undefined;
    const isDespite = event === "started" && disk.memory.locallyMuted && !muted;
    const cause = muted ?? why ?? (isDespite ? "despite-local-mute" : undefined);
    journal.write({
      event: muted ? "muted" : event,
      cue: claim.key,
      class: claim.class,
      announcements: event === "started" || event === "resumed" ? audible(claim) : announcementsOf(claim),
      dueAt: microsOf(claim.start),
      at: microsOf(at),
      heardMs: Math.round(msOf(heard)),
      clockErrorUs: time.errorUs(),
      volume: Math.round(volume.percent(claim, at)),
      ...(from ? { from } : {}),
      ...(cause ? { why: cause } : {}),
    });
    if (event === "started" && muted) unheard.add(claim.key);
    else if (event === "finished" || event === "cut") unheard.delete(claim.key);
    log.info(`relay.${event}`, { cue: claim.key, why, from, ...(event === "started" ? claim.by : {}) });
  };
  /** Claims that began while nobody was to hear them. */
  const unheard = new Set<string>();
  const tellHeard = (claim: Claim, at: number) => {
    if (!unheard.has(claim.key) || silencedBy(disk.memory, claim)) return;
    unheard.delete(claim.key);
    write({ event: "resumed", claim, at, heard: at - claim.start, from: undefined, why: "unmuted" });
  };

  const note = (fact: Fact) => {
    disk.remember(fact).catch((thrown: unknown) => log.error("relay.disk-failed", { thrown }));
  };
  /** It took the place of a cue, which may go on where it was lost. */
  const isPlanned = ({ key, plannedAt }: Claim) => plannedAt !== undefined && disk.memory.played.has(key);
  const settle = (happened: HeadEvent) => {
    const isLeft = happened.why === "stream-lost" && isPlanned(happened.claim);
    write(isLeft ? { ...happened, event: "interrupted" } : happened);
    const { event, claim } = happened;
    if (event === "started" || event === "resumed" || event === "interrupted") return;
    if (isLeft) agenda.goOn(claim.key);
    library.release(claim.key);
    for (const [stream, { key }] of [...streams]) if (key === claim.key) endStream(house, stream);
    if (claim.content.kind === "live" && !isPlanned(claim)) return;
    if (!isLeft) note({ kind: "done", key: claim.key });
  };

  const beginLive = (chunk: Chunk) => {
    const known = streams.get(chunk.stream);
    if (!known?.isLive) return;
    const held = head.get(known.key);
    if (held?.claim.content.kind === "live") {
      goOnWith(chunk.stream, known.key);
      return;
    }
    const claim = liveClaim({ ...known, start: sampleAt(chunk.at) });
    const scene = { identity: identityOf(house), place: placeOf(house), now: time.now(), trusted: time.trusted() };
    const verdict = judgeStart(claim, scene, disk.memory);
    if (verdict.kind === "refuse" || !head.offer(claim)) {
      const why = verdict.kind === "refuse" ? verdict.why : "too-many";
      settle({ event: "refused", claim, at: claim.start, heard: 0, from: undefined, why });
      return;
    }
    head.feed(claim.key, chunk.stream);
    if (known.isAdmitted) head.permit(claim.key);
  };

  /** The station speaks on in another stream, as after a new start: what sounds goes on from there. */
  const goOnWith = (stream: number, key: string) => {
    const former = [...streams].filter(([other, known]) => other !== stream && known.key === key);
    if (former.length === 0) return;
    for (const [other] of former) endStream(house, other);
    head.feed(key, stream);
  };
  /** A planned sounding that has begun from its clips is not left for a stream any more: what comes of that is not kept. */
  const isDeaf = ({ isLive, key }: KnownStream): boolean => {
    const held = isLive ? head.get(key) : undefined;
    return held?.begun === true && held.claim.content.kind === "clips";
  };

  const soundPip = (from: number, target: Float32Array, isTaken: boolean) => {
    if (!pip.isOn()) return;
    if (isTaken || isHushed(PIP, placeOf(house), microsOf(from + target.length))) pip.stop();
    pip.addTo(target, volume.percent(PIP, from) / 100);
  };
  const takeChunk = (chunk: Chunk) => {
    const known = streams.get(chunk.stream);
    if (known && isDeaf(known)) return;
    if (buffer.push(chunk, sampleAt(time.now())) !== "kept") return;
    beginLive(chunk);
    if (chunk.last) closeStream(house, chunk.stream);
  };
  const sealed = createSealedChunks(house, takeChunk);

  let isOn = false;
  let isAudible = false;

  /** Ends what sounds, waits, or is on its way to the output. What comes later sounds again. */
  const stopHere = () => {
    const soon = sampleAt(time.now()) + ON_ITS_WAY;
    log.warn("relay.local-stop", { sounding: head.sounding()?.claim.key });
    const reached = (claim: Claim) => claim.start <= soon;
    // Known before the fade is over: the programme must not bring it again meanwhile.
    for (const { claim } of head.claims())
      if (reached(claim) && claim.content.kind === "clips") note({ kind: "done", key: claim.key });
    head.stop(reached, "local-stop");
    pip.stop();
  };
  const muteHere = (muted: boolean) => {
    const why = muted ? "local-mute" : "local-unmute";
    note({ kind: "local-mute", muted });
    journal.write({ event: "muted", cue: "", at: time.now(), clockErrorUs: time.errorUs(), why });
    log.warn(`relay.${why}`);
  };

  /** What a live stream missed while something else sounded is gone. */
  /** Nothing will sound from it any more: its cue is done, or its time and a minute have passed. */
  const isOver = ({ key, isLive, issuedAt, maxMs }: KnownStream): boolean =>
    (!isLive && disk.memory.played.get(key)?.done === true) || time.now() > issuedAt + maxMs * 1000 + STREAM_GRACE;
  const tidyStreams = () => {
    const now = sampleAt(time.now());
    for (const [stream, known] of [...streams]) {
      const { key, isLive } = known;
      const one = head.get(key);
      if (!one && isOver(known)) endStream(house, stream);
      if (!isLive) continue;
      if (one && one.phase !== "sounding") while (buffer.take(stream, now - RATE)) {}
      const last = buffer.lastAt(stream);
      if (last !== undefined) heardOf.set(stream, last);
      const silentFor = now - (heardOf.get(stream) ?? now);
      const isHere = one?.claim.content.kind === "live";
      if (isHere && silentFor > STREAM_LOST) head.end(key, "stream-lost");
    }
  };
  /** By stream: where its last chunk begins, on the timeline. */
  const heardOf = new Map<number, number>();

  return {
    agenda,
    obey,
    volume,
    /** What was rendered last was ordered, and meant to be heard. */
    isOn: () => isOn,
    isAudible: () => isAudible,
    /** Somebody pressed a button at the pole. */
    pressed(press: Press): void {
      if (press === "stop") stopHere();
      else muteHere(!disk.memory.locallyMuted);
      onSound();
    },
    onChunk: sealed.onChunk,
    onSeal: sealed.onSeal,
    tick(): void {
      if (disk.memory.forgotAt === Number.POSITIVE_INFINITY && time.trusted()) note({ kind: "forgot", at: time.now() });
      agenda.tick();
      tidyStreams();
    },
    /** Fills `target` with the timeline from `from` on. */
    render(from: number, target: Float32Array): void {
      const { segments, events } = head.render({ from, count: target.length }, world);
      mix(segments, target, {
        sounds: library,
        volumeOf: ({ claim }) => volume.next(claim, from),
      });
      isOn = segments.length > 0 || pip.isOn();
      isAudible = pip.isOn() || segments.some(({ claim }) => volume.percent(claim, from) > 0);
      for (const { claim } of segments) tellHeard(claim, from);
      if (segments.length === 0) volume.rest();
      soundPip(from, target, segments.length > 0);
      for (const event of events) settle(event);
      if (events.length > 0) onSound();
    },
    state(next: number | undefined): Omit<StateBody, "sink"> {
      const claims = head.claims();
      return {
        now: claims
          .filter(({ phase }) => phase !== "pending")
          .map((one) => ({
            cue: one.claim.key,
            class: one.claim.class,
            state: one.phase === "pending" ? "waiting" : one.phase,
            positionMs: Math.max(
              0,
              Math.round(msOf(one.phase === "sounding" ? (next ?? 0) - one.anchor : one.position)),
            ),
          })),
        volume: volume.inForce(),
        muted: disk.memory.muted || disk.memory.locallyMuted,
        bufferMs: bufferedMs(house),
        late: library.late() + buffer.counts().late,
        underruns: library.underruns(),
        clockErrorUs: time.errorUs(),
        clock: time.trusted() ? "trusted" : "untrusted",
      };
    },
    /** Whether what sounds must not at this time. */
    isHushedAt: (at: Micros): boolean =>
      head.claims().some(({ claim, phase }) => phase === "sounding" && isHushed(claim, placeOf(house), at)),
    isSilent: () => head.claims().length === 0 && !pip.isOn(),
  };
}

/** The longest that any stream reaches ahead of now, ms. */
function bufferedMs({ streams, buffer, time }: House): number {
  const now = sampleAt(time.now());
  const ahead = [...streams.keys()].map((stream) => (buffer.lastAt(stream) ?? now) - now);
  return Math.round(msOf(Math.max(0, ...ahead)));
}

/** Quiet hours begin on whole seconds, and the question is asked for every block: one answer per second and kind of claim. */
function memoised(refuses: HeadWorld["refuses"]): HeadWorld["refuses"] {
  const answers = new Map<number, ReturnType<HeadWorld["refuses"]>>();
  return (claim: Claim, sample) => {
    const kind = rankOf(claim.class) * 2 + Number(claim.confirmed);
    const key = Math.floor(sample / RATE) * 8 + kind;
    if (answers.has(key)) return answers.get(key);
    if (answers.size > 64) answers.clear();
    const answer = refuses(claim, sample);
    answers.set(key, answer);
    return answer;
  };
}
