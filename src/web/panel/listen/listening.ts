/**
 * Listening along to a loudspeaker: what it says that it sounds is heard here at the same place, and nothing when it says so. The
 * station is asked at each word of the loudspeaker; while somebody speaks live, for the words as they come.
 *
 * @module
 */
import type { Cancel, Clock } from "../../../base/clock.js";
import { type Instant, instant, ms, until } from "../../../base/units.js";
import type { SoundItemView, SoundThereView } from "../../../server/api/sound-routes.js";
import { pieceAt } from "./piece-at.js";

/** How often words are fetched while somebody speaks. */
const WORDS_EVERY = ms(400);
/** A place that is off by less is left alone: to jump is heard, ms. */
const TOLERATED = 500;

/** What is heard here, and why nothing is. */
export type Heard =
  | { readonly is: "asking" | "silent" | "muted" | "away" }
  /** It sounds something that cannot be heard here: the station does not hold it, or the browser cannot decode speech. */
  | { readonly is: "unknown" | "no-decoder"; readonly title: string }
  | { readonly is: "broken"; readonly sentence: string }
  | { readonly is: "heard"; readonly title: string; readonly isLive: boolean; readonly since: string | undefined };

/** Plays one clip at a time. */
export interface ClipSink {
  /** Plays it from there, or goes on with it when it is about there. @param toleratedMs how far off it may be */
  play(item: SoundItemView, intoMs: () => number, toleratedMs: number): void;
  stop(): void;
}

/** Plays speech as it comes. */
export interface SpeechSink {
  push(packets: readonly Uint8Array[]): void;
  stop(): void;
}

export interface ListeningParts {
  readonly clock: Clock;
  /** @param from number of the first packet that is wanted of what is spoken live */
  readonly ask: (from: number | undefined) => Promise<SoundThereView>;
  readonly clips: ClipSink;
  /** Absent where the browser cannot decode speech. */
  readonly speech: SpeechSink | undefined;
  readonly onHeard: (heard: Heard) => void;
  readonly sentenceOf: (thrown: unknown) => string;
}

export interface Listening {
  /** The loudspeaker has said something new. */
  told(): void;
  /** Nothing is known of it, or it says that nothing sounds: silence at once. */
  hush(why: "silent" | "away"): void;
  close(): void;
}

type Told = NonNullable<SoundThereView["sounding"]>;
type Content<Kind> = Extract<Told["content"], { kind: Kind }>;

export function createListening({ clock, ask, clips, speech, onHeard, sentenceOf }: ListeningParts): Listening {
  let isClosed = false;
  /** Answers to questions from before a silence are not heard any more. */
  let round = 0;
  let isAsking = false;
  let isOld = false;
  let next: { readonly cue: string; readonly packet: number } | undefined;
  /** When the whole began, by our clock. */
  let anchor: { readonly cue: string; readonly at: Instant } | undefined;
  let cancel: Cancel | undefined;

  const rest = () => {
    cancel?.();
    cancel = undefined;
  };
  const silence = () => {
    rest();
    clips.stop();
    speech?.stop();
    next = undefined;
    anchor = undefined;
  };
  const playClips = (cue: string, items: readonly SoundItemView[]) => {
    rest();
    if (anchor?.cue !== cue) return;
    const position = () => until(anchor?.at ?? clock.now(), clock.now());
    const { item, changesInMs } = pieceAt(items, position());
    if (item) clips.play(item, () => position() - item.offsetMs, TOLERATED);
    else clips.stop();
    if (changesInMs !== undefined) cancel = clock.after(ms(Math.max(1, changesInMs)), () => playClips(cue, items));
  };
  const hearClips = ({ cue, positionMs }: Told, { items }: Content<"clips">, askedAt: Instant) => {
    speech?.stop();
    // The answer was true halfway between question and now.
    const took = until(askedAt, clock.now()) / 2;
    const began = instant(clock.now() - positionMs - took);
    const isSame = anchor?.cue === cue && Math.abs(anchor.at - began) < TOLERATED;
    if (!isSame) anchor = { cue, at: began };
    playClips(cue, items);
  };
  const hearSpeech = ({ cue }: Told, { packets, next: packet }: Content<"live">) => {
    rest();
    clips.stop();
    speech?.push(packets.map(bytesOf));
    next = { cue, packet };
    cancel = clock.after(WORDS_EVERY, () => void run());
  };
  const hear = ({ reportedAt, muted, sounding }: SoundThereView, askedAt: Instant): Heard => {
    const title = sounding?.title ?? sounding?.cue ?? "";
    const kind = sounding?.content.kind;
    if (reportedAt === undefined || !sounding || muted || kind === "unknown" || (kind === "live" && !speech)) {
      silence();
      if (reportedAt === undefined) return { is: "away" };
      if (!sounding) return { is: "silent" };
      if (muted) return { is: "muted" };
      return { is: kind === "unknown" ? "unknown" : "no-decoder", title };
    }
    if (sounding.content.kind === "clips") hearClips(sounding, sounding.content, askedAt);
    else if (sounding.content.kind === "live") hearSpeech(sounding, sounding.content);
    return { is: "heard", title, isLive: kind === "live", since: sounding.since };
  };
  const run = async (): Promise<void> => {
    if (isClosed) return;
    // One at a time; what comes while one is on its way is asked after it.
    if (isAsking) {
      isOld = true;
      return;
    }
    const asked = { round, at: clock.now() };
    isAsking = true;
    isOld = false;
    try {
      const answer = await ask(next?.packet);
      if (isClosed || asked.round !== round) return;
      // Packets are counted anew for each that speaks.
      if (next && answer.sounding?.cue !== next.cue) silence();
      onHeard(hear(answer, asked.at));
    } catch (thrown) {
      if (isClosed || asked.round !== round) return;
      silence();
      onHeard({ is: "broken", sentence: sentenceOf(thrown) });
    } finally {
      isAsking = false;
      if (isOld) void run();
    }
  };

  return {
    told: () => void run(),
    hush(why) {
      round += 1;
      silence();
      if (!isClosed) onHeard({ is: why });
    },
    close() {
      isClosed = true;
      silence();
    },
  };
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
