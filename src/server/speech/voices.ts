/**
 * The chain of voices: the first that works speaks, and what it said is remembered.
 *
 * Speech is made when a text is saved, never at air time: nothing here is quick or certain enough to be waited for while
 * a loudspeaker is silent.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { Fault, reasonOf, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { VoiceChoice } from "../../domain/announcement.js";
import { createSpeechCache, speechName } from "./cache.js";
import type { Provider } from "./provider.js";
import { nothingToSay } from "./spoken-file.js";
import { createTurns, type Turns } from "./turns.js";

export interface VoicesOptions {
  /** Where speech is remembered; made when it is not there. */
  readonly cacheFolder: string;
  /** In the order in which they are tried. */
  readonly providers: readonly Provider[];
  readonly clock: Clock;
  readonly log: Log;
  /** Limit of the cache, bytes. */
  readonly cacheBytes?: number;
}

/** Speech as it came from a voice. */
export interface SpokenFile {
  /** The sound; it lies in the cache and stays there. */
  readonly file: string;
  /** The voice that really spoke. */
  readonly voice: VoiceChoice;
}

/** A voice that can be chosen. */
export interface ListedVoice {
  readonly choice: VoiceChoice;
  readonly title: Words;
  readonly works: boolean;
  /** Why it does not work. */
  readonly problem?: Words;
}

export interface VoiceChain {
  /**
   * Says a text that needs no more reading rules; paragraphs are parted by line ends.
   * @param wish what the writer would like: its provider is asked first, and a voice that does not know the wish does its nearest
   * @throws Fault "unavailable" when no voice could speak, "invalid" without a word to say, "too-large" beyond {@link LONGEST_TEXT},
   *   "busy" when too many wait; the signal's reason when that comes first
   */
  speak(spokenText: string, wish: Partial<VoiceChoice>, signal: AbortSignal): Promise<SpokenFile>;
  list(): readonly ListedVoice[];
  close(): Promise<void>;
}

/** Most of a spoken text, UTF-16 units: about an hour. The same as an announcement may hold. */
export const LONGEST_TEXT = 60_000;
/** Texts that are being spoken together; each holds one phrase in memory. */
const AT_ONCE = 4;
const MOST_WAITING = 200;

export function createVoices({ cacheFolder, providers, clock, log, cacheBytes }: VoicesOptions): VoiceChain {
  const cache = createSpeechCache({ folder: cacheFolder, clock, log, mostBytes: cacheBytes });
  // Each has its own line: a voice that hangs must not hold up the texts of another.
  const lines = new Map(providers.map(({ name }) => [name, createTurns(AT_ONCE, MOST_WAITING)]));

  const lineOf = ({ name }: Provider): Turns => {
    const line = lines.get(name);
    if (line === undefined) throw new TypeError(`${name} is not in the chain`);
    return line;
  };

  const speakWith = async (provider: Provider, text: string, { wish, signal }: Asked): Promise<SpokenFile> => {
    const choice = provider.choose(wishFor(provider, wish));
    const { name: provides, fingerprint, extension } = provider;
    const name = speechName([text, provides, fingerprint, choice.voice, choice.speed], extension);
    const known = await cache.find(name);
    if (known !== undefined) return { file: known, voice: choice };
    const words = provider.problem();
    if (words !== undefined) throw new Fault("unavailable", words, { reason: "not-working" });
    const file = await unless(signal, () =>
      cache.obtain(name, (to) =>
        lineOf(provider).run(() => provider.speak(text, { choice, file: to }, signal), signal),
      ),
    );
    return { file, voice: choice };
  };

  return {
    async speak(spokenText, wish, signal) {
      signal.throwIfAborted();
      const text = checked(spokenText);
      const failures: Fault[] = [];
      for (const provider of inOrder(providers, wish)) {
        try {
          return await speakWith(provider, text, { wish, signal });
        } catch (thrown) {
          signal.throwIfAborted();
          if (!(thrown instanceof Fault) || thrown.code !== "unavailable") throw thrown;
          log.warn("voice.passed-over", { voice: provider.name, reason: thrown.reason, cause: reasonOf(thrown.cause) });
          failures.push(thrown);
        }
      }
      throw noVoice(failures);
    },
    list: () => providers.flatMap(listed),
    async close() {
      await Promise.all(providers.map((provider) => provider.close()));
    },
  };
}

function listed(provider: Provider): readonly ListedVoice[] {
  const problem = provider.problem();
  return provider.voices.map(({ voice, title }) => ({
    choice: provider.choose({ provider: provider.name, voice, speed: 1 }),
    title,
    works: problem === undefined,
    ...(problem === undefined ? {} : { problem }),
  }));
}

interface Asked {
  readonly wish: Partial<VoiceChoice>;
  readonly signal: AbortSignal;
}

function checked(spokenText: string): string {
  if (spokenText.length > LONGEST_TEXT) throw tooLong(spokenText.length);
  const text = spokenText.normalize("NFC").trim();
  if (!/[\p{L}\p{N}]/u.test(text)) throw nothingToSay();
  return text;
}

/** The wished provider first, or the one that has the wished voice; then the others in their order. */
function inOrder(providers: readonly Provider[], wish: Partial<VoiceChoice>): readonly Provider[] {
  const isWished = ({ name, voices }: Provider) =>
    wish.provider === undefined ? voices.some(({ voice }) => voice === wish.voice) : name === wish.provider;
  const first = providers.find(isWished);
  return first === undefined ? providers : [first, ...providers.filter((provider) => provider !== first)];
}

/** A voice's name means something only to its own provider; the speed is meant for all. */
function wishFor({ name }: Provider, wish: Partial<VoiceChoice>): Partial<VoiceChoice> {
  if (wish.provider === undefined || wish.provider === name) return wish;
  return wish.speed === undefined ? {} : { speed: wish.speed };
}

/** The outcome of `task`, or the signal's reason at once: somebody else may be making what we wait for. */
async function unless<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([task(), left]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

const tooLong = (length: number): Fault =>
  new Fault("too-large", {
    vi: `Lời đọc dài ${length} ký tự, nhiều nhất là ${LONGEST_TEXT}. Hãy chia thành nhiều bản tin.`,
    en: `The spoken text has ${length} characters, at most ${LONGEST_TEXT} are allowed. Make several announcements of it.`,
  });

function noVoice(failures: readonly Fault[]): Fault {
  const all = (language: keyof Words) => failures.map(({ words }) => words[language]).join(" ");
  return new Fault(
    "unavailable",
    {
      vi: `Chưa tạo được giọng đọc. ${all("vi")} Bản thảo vẫn được giữ; hãy thử lại sau hoặc tự ghi âm.`,
      en: `No voice could speak. ${all("en")} The draft is kept; try again later or record it yourself.`,
    },
    { reason: "no-voice", cause: new AggregateError(failures, "every voice failed") },
  );
}
