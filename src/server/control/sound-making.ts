/**
 * Turns written announcements into clips, one after another, while people go on working. Speech is made when a text is
 * saved and never when it should sound.
 *
 * @module
 */
import { Fault, reasonOf, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import type { Announcement, VoiceChoice } from "../../domain/announcement.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Editorial } from "./editorial.js";
import type { AnnouncementRecords, Pipeline, Voices } from "./ports.js";

/** What a voice said, and how long that took, seconds. */
export interface Spoken {
  readonly voice: VoiceChoice;
  readonly text: string;
  readonly seconds: number;
}

/** Texts spoken at the same time. One core is left for what is on air. */
const AT_ONCE = 1;

export interface SoundMakingParts {
  readonly announcements: AnnouncementRecords;
  readonly read: Editorial["read"];
  readonly voices: Voices;
  /** A voice has spoken; by its clips the station learns how long texts take. */
  readonly onSpoken?: ((spoken: Spoken) => void) | undefined;
  readonly pipeline: Pipeline;
  readonly onChange: (id: AnnouncementId) => void;
  readonly log: Log;
}

export interface SoundMaking {
  /** Puts an announcement in line; a newer text replaces one that is being made. */
  request(id: AnnouncementId): void;
  isMaking(id: AnnouncementId): boolean;
  /** Resolves when nothing is in line any more. */
  idle(): Promise<void>;
  close(): void;
}

export function createSoundMaking({
  announcements,
  read,
  voices,
  pipeline,
  onSpoken,
  onChange,
  log,
}: SoundMakingParts): SoundMaking {
  const line: AnnouncementId[] = [];
  const working = new Map<AnnouncementId, AbortController>();
  let waiters: (() => void)[] = [];
  let closed = false;

  const make = async (id: AnnouncementId, signal: AbortSignal) => {
    const before = announcements.get(id);
    if (before?.text === undefined) return;
    const { spoken, reading } = read(before.text, before.voice);
    const outcome = await speak(before, spoken, signal).catch((thrown: unknown) => {
      // Called off by a newer text or the end of the program: nothing has failed.
      if (signal.aborted) return {};
      return failure(thrown);
    });
    const now = announcements.get(id);
    // A text that was changed or removed meanwhile is not given the sound of the old one.
    if (signal.aborted || now === undefined || now.text !== before.text) return;
    const { clip: _clip, problem: _problem, spokenText: _spoken, voice, ...rest } = now;
    await announcements.put({ ...rest, spokenText: spoken, reading, ...(voice ? { voice } : {}), ...outcome });
  };

  const speak = async (announcement: Announcement, spoken: string, signal: AbortSignal) => {
    const speech = await voices.speak(spoken, wishOf(announcement), signal);
    const clip = await pipeline.makeClip(speech.file, { name: announcement.title, trusted: true }, signal);
    onSpoken?.({ voice: speech.voice, text: spoken, seconds: clip.durationMs / 1000 });
    return { clip, voice: speech.voice };
  };

  const failure = (thrown: unknown): { problem: Words } => {
    log.warn("sound.failed", { reason: reasonOf(thrown), thrown: thrown instanceof Fault ? undefined : thrown });
    return { problem: thrown instanceof Fault ? thrown.words : UNKNOWN };
  };

  const next = () => {
    if (closed || working.size >= AT_ONCE) return;
    const id = line.shift();
    if (id === undefined) {
      if (working.size === 0) {
        for (const waiter of waiters) waiter();
        waiters = [];
      }
      return;
    }
    const work = new AbortController();
    working.set(id, work);
    onChange(id);
    make(id, work.signal)
      .catch((thrown: unknown) => log.error("sound.not-kept", { announcement: id, thrown }))
      .finally(() => {
        if (working.get(id) === work) working.delete(id);
        onChange(id);
        next();
      });
  };

  return {
    request(id) {
      working.get(id)?.abort();
      if (!line.includes(id)) line.push(id);
      next();
    },
    isMaking: (id) => working.has(id) || line.includes(id),
    idle: () =>
      working.size === 0 && line.length === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve)),
    close() {
      closed = true;
      for (const work of working.values()) work.abort();
    },
  };
}

/** What the writer chose; what was left open stays open. */
function wishOf({ voice }: Announcement): Partial<VoiceChoice> {
  if (!voice) return {};
  const { provider, voice: name, speed } = voice;
  return { ...(provider ? { provider } : {}), ...(name ? { voice: name } : {}), speed };
}

const UNKNOWN: Words = {
  vi: "Không tạo được âm thanh vì lỗi của chương trình. Bản thảo vẫn được giữ; hãy thử lại hoặc thu âm.",
  en: "The sound could not be made because of a fault in the program. The draft is kept; try again or record it.",
};
