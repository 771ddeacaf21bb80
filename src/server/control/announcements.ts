/**
 * From words and recordings to approved clips: the verbs about announcements.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { type Announcement, MOST_AUTHORS, type VoiceChoice } from "../../domain/announcement.js";
import { type AnnouncementId, announcementIdSchema } from "../../domain/ids.js";
import { type OfficialMark, sourceLine } from "../../domain/official-text.js";
import { isSamePerson, type Person } from "../../domain/person.js";
import { keptPerson } from "../../domain/stamp.js";
import type { TemplateUse } from "../../domain/template.js";
import { contentOf } from "../../domain/version.js";
import type { AnnouncementBook } from "./announcement-book.js";
import type { Editorial } from "./editorial.js";
import type { FrozenAnswer, FrozenQuestion } from "./frozen-question.js";
import { mandated } from "./mandated-plan.js";
import type { AnnouncementRecords, AsRunLog, Pipeline } from "./ports.js";
import { slugOf } from "./slug.js";
import type { SoundMaking } from "./sound-making.js";

/** At most this many announcements in a station; the state stays small enough to be rewritten at each change. */
const MAX_ANNOUNCEMENTS = 2000;

interface About {
  readonly id?: AnnouncementId | undefined;
  readonly title: string;
  readonly class: Announcement["class"];
  readonly topic: string;
  readonly source?: string | undefined;
  readonly validFrom?: Announcement["validFrom"];
  readonly validUntil?: Announcement["validUntil"];
  /** Where alone it may sound. */
  readonly targets?: Announcement["targets"];
}
export interface TextDraft extends About {
  readonly text: string;
  /** What the text came out of, if it did. */
  readonly template?: TemplateUse | undefined;
  /** The official text that it says word for word, and who vouches for that. */
  readonly official?: { readonly mark: OfficialMark; readonly author: Person } | undefined;
  /** The announcement that it puts right. */
  readonly corrects?: AnnouncementId | undefined;
  readonly voice?: { readonly [K in keyof VoiceChoice]?: VoiceChoice[K] | undefined } | undefined;
}

/** New values; `null` takes targets of its own away. */
type Change = { readonly [K in keyof Omit<TextDraft, "targets">]?: TextDraft[K] | undefined } & {
  readonly targets?: Announcement["targets"] | null;
};

/** Who changes something, and in which state they have read it. */
export interface Saving {
  /** The revision that was read; `"*"` for any. */
  readonly expected: string | undefined;
  readonly by: Person;
}

/** How a change is made. */
interface Changing extends Saving {
  /** What becomes of a sounding that is frozen already. */
  readonly frozen?: FrozenAnswer | undefined;
}

export interface AnnouncementParts {
  readonly announcements: AnnouncementRecords;
  readonly making: SoundMaking;
  readonly pipeline: Pipeline;
  readonly book: AnnouncementBook;
  readonly editorial: Editorial;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
  readonly removeFile: (file: string) => Promise<void>;
  /** Playlists and emergency packs that hold it, by title. */
  readonly usedBy: (id: AnnouncementId) => { readonly playlists: readonly string[]; readonly packs: readonly string[] };
  readonly frozen: FrozenQuestion;
  readonly asRun: AsRunLog;
  readonly onRemoved: (id: AnnouncementId) => void;
}

const inPlaylists = (titles: readonly string[]) =>
  new Fault(
    "conflict",
    {
      vi: `Bản tin còn trong danh sách phát: ${titles.join(", ")}. Hãy bỏ nó khỏi đó trước.`,
      en: `The announcement is still in these playlists: ${titles.join(", ")}. Take it out of them first.`,
    },
    { reason: "in-use" },
  );

/** A pack without its alert, or without its way back, cannot be used in a danger. */
const inPacks = (titles: readonly string[]) =>
  new Fault(
    "conflict",
    {
      vi: `Bản tin là một phần của gói khẩn cấp: ${titles.join(", ")}. Chưa có gì bị xóa. Hãy đổi gói trước.`,
      en: `The announcement is part of these emergency packs: ${titles.join(", ")}. Nothing was removed. Change the packs first.`,
    },
    { reason: "in-use" },
  );

/** What makes an official text another text: it is then an ordinary draft. */
const WORDS = ["text", "class", "topic", "source"] as const;

/** The announcement without all that a voice made of its text: what belongs to the old version goes with it. */
export function unspoken(announcement: Announcement): Announcement {
  const { spokenText, reading, clip, problem, ...written } = announcement;
  return written;
}

/**
 * Another version by a person: whatever changes it takes the approval with it (R2), and who changes what was approved is the
 * only author of what is said from then on.
 * @throws Fault "too-large" when more people have changed it than are kept
 */
export function changedBy(next: Announcement, by: Person, wasApproved: boolean): Announcement {
  const { approval: _over, submission: _past, authors = [], ...rest } = next;
  // Who chooses voice, days or places of an official text has written nothing of it.
  if (next.official) return { ...rest, authors };
  const before = wasApproved ? [] : authors;
  if (before.some((author) => isSamePerson(author, by))) return { ...rest, authors: before };
  if (before.length >= MOST_AUTHORS) throw tooMany();
  return { ...rest, authors: [...before, keptPerson(by)] };
}

export type AnnouncementVerbs = ReturnType<typeof createAnnouncementVerbs>;

export function createAnnouncementVerbs(parts: AnnouncementParts) {
  const { announcements, book, making, pipeline, editorial, now, asRun, onRemoved } = parts;

  const freshId = ({ id, title }: About): AnnouncementId => {
    if (announcements.all().length >= MAX_ANNOUNCEMENTS) throw full();
    if (id === undefined) return announcementIdSchema.parse(slugOf(title, (slug) => has(slug)));
    if (announcements.get(id)) {
      throw new Fault(
        "conflict",
        { vi: `Đã có bản tin «${id}».`, en: `There is an announcement "${id}" already.` },
        { path: "/id" },
      );
    }
    return id;
  };
  const has = (slug: string) => announcements.get(slug as AnnouncementId) !== undefined;

  /** Everything but the fields that the sound brings. */
  const described = (id: AnnouncementId, about: About): Announcement => {
    const { title, class: of, topic, source, validFrom, validUntil, targets } = about;
    return withoutUndefined({
      id,
      title,
      class: of,
      topic,
      source,
      validFrom,
      validUntil,
      targets,
    });
  };

  return {
    announcements: () => book.all().map(book.viewOf),
    announcement: book.kept,

    async createFromText(draft: TextDraft, by: Person) {
      const id = freshId(draft);
      const { text, template, corrects, official } = draft;
      const authors = [keptPerson(official?.author ?? by)];
      const origin = official && { official: official.mark, source: sourceLine(official.mark) };
      const voice = draft.voice && fullVoice(draft.voice);
      const fresh = withoutUndefined({
        ...described(id, draft),
        text,
        template,
        corrects,
        voice,
        authors,
        ...origin,
      });
      const detail = withoutUndefined({ title: draft.title, corrects });
      await book.write(editorial.judged(fresh), { what: "created", by, detail }, 0);
      making.request(id);
      return book.kept(id);
    },

    async createFromRecording(about: About & { readonly name: string }, upload: { readonly file: string }, by: Person) {
      const id = freshId(about);
      const clip = await pipeline.makeClip(
        upload.file,
        { name: about.name, trusted: false },
        new AbortController().signal,
      );
      const fresh = { ...described(id, about), recording: about.name, clip, authors: [keptPerson(by)] };
      const detail = { title: about.title, recording: about.name };
      await book.write(fresh, { what: "created", by, detail }, 0);
      await parts.removeFile(upload.file);
      return book.kept(id);
    },

    async updateAnnouncement(id: AnnouncementId, change: Change, { expected, by, frozen }: Changing) {
      const before = book.allowing("edit", id);
      const { voice: wish, targets: goesTo, ...plain } = withoutUndefined(change);
      const targets = goesTo === undefined ? before.targets : (goesTo ?? undefined);
      const voice = wish ? fullVoice({ ...before.voice, ...wish }) : before.voice;
      // A text that was changed by hand is no longer the template's.
      const template = plain.text === undefined ? before.template : plain.template;
      const official = WORDS.some((field) => plain[field] !== undefined && plain[field] !== before[field])
        ? undefined
        : before.official;
      const changed = withoutUndefined({ ...before, ...plain, id, voice, template, targets, official }) as Announcement;
      const next = editorial.judged(changed, before);
      const anew = before.recording === undefined && (next.text !== before.text || wish !== undefined);
      const isSame = !anew && contentOf(next) === contentOf(before);
      if (!isSame) parts.frozen.mustBeAnswered(id, frozen);
      const kept = isSame ? next : changedBy(anew ? unspoken(next) : next, by, book.isApproved(before));
      await book.write(kept, { what: "changed", by, detail: { fields: Object.keys(change) } }, numberOf(expected));
      if (anew) making.request(id);
      await parts.frozen.obey(id, frozen, by);
      return book.kept(id);
    },

    async removeAnnouncement(id: AnnouncementId, { expected, by, frozen }: Changing) {
      const before = book.get(id);
      if (before.mandate) throw mandated();
      const { playlists, packs } = parts.usedBy(id);
      if (packs.length > 0) throw inPacks(packs);
      if (playlists.length > 0) throw inPlaylists(playlists);
      parts.frozen.mustBeAnswered(id, frozen);
      await announcements.delete(id, numberOf(expected));
      asRun.event({ kind: "announcement.removed", by, detail: { id }, before });
      onRemoved(id);
      await parts.frozen.obey(id, frozen, by);
    },

    /** Marks it as recalled; the stop order is the caller's. */
    async markRecalled(id: AnnouncementId, by: Person, reason?: string) {
      const before = book.get(id);
      await book.write({ ...before, recalledAt: before.recalledAt ?? now() }, { what: "recalled", by, why: reason });
    },
    viewOf: book.viewOf,
  };
}

const fullVoice = (voice: TextDraft["voice"] & object): VoiceChoice => ({
  provider: voice.provider ?? "",
  voice: voice.voice ?? "",
  speed: voice.speed ?? 1,
});

/** `"*"` and nothing at all mean any version. */
export const numberOf = (expected: string | undefined): number | undefined =>
  expected === undefined || expected === "*" ? undefined : Number(expected);

/** The object without the fields that are undefined, so that a field is either there with a value or not there. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

const full = () =>
  new Fault("too-large", {
    vi: `Đã có ${MAX_ANNOUNCEMENTS} bản tin. Hãy xóa những bản không dùng nữa rồi thử lại.`,
    en: `There are ${MAX_ANNOUNCEMENTS} announcements already. Remove those no longer used, then try again.`,
  });

const tooMany = () =>
  new Fault("too-large", {
    vi: `Đã có ${MOST_AUTHORS} người sửa bản tin này từ lần duyệt trước. Hãy duyệt, hoặc soạn bản tin mới.`,
    en: `${MOST_AUTHORS} people have changed this announcement since it was last approved. Approve it, or write another.`,
  });
