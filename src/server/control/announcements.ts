/**
 * From words and recordings to approved clips: the verbs about announcements.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement, VoiceChoice } from "../../domain/announcement.js";
import { type AnnouncementId, announcementIdSchema } from "../../domain/ids.js";
import type { TemplateUse } from "../../domain/template.js";
import type { Editorial } from "./editorial.js";
import type { AnnouncementRecords, AsRunLog, Pipeline } from "./ports.js";
import { slugOf } from "./slug.js";
import type { SoundMaking } from "./sound-making.js";

/** At most this many announcements in a station; the state stays small enough to be rewritten at each change. */
const MAX_ANNOUNCEMENTS = 2000;

interface Person {
  readonly name: string;
}
interface About {
  readonly id?: AnnouncementId | undefined;
  readonly title: string;
  readonly class: Announcement["class"];
  readonly topic: string;
  readonly source?: string | undefined;
  readonly validFrom?: Announcement["validFrom"];
  readonly validUntil?: Announcement["validUntil"];
}
interface TextDraft extends About {
  readonly text: string;
  /** What the text came out of, if it did. */
  readonly template?: TemplateUse | undefined;
  readonly voice?: { readonly [K in keyof VoiceChoice]?: VoiceChoice[K] | undefined } | undefined;
}

export interface AnnouncementParts {
  readonly announcements: AnnouncementRecords;
  readonly making: SoundMaking;
  readonly pipeline: Pipeline;
  readonly editorial: Editorial;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
  readonly removeFile: (file: string) => Promise<void>;
  /** Playlists that use it, by title. */
  readonly usedBy: (id: AnnouncementId) => readonly string[];
  readonly asRun: AsRunLog;
  readonly onChange: (id: AnnouncementId) => void;
  readonly onRemoved: (id: AnnouncementId) => void;
}

/** What a version is: change one letter of what is said, or one bit of the sound, and it is another (R2). */
export const versionOf = (announcement: Announcement, digest: (text: string) => string): string | undefined =>
  announcement.clip && digest(`${announcement.spokenText ?? ""}\n${announcement.clip.sha256}\n${announcement.class}`);

/** The announcement without all that a voice made of its text: what belongs to the old version goes with it. */
export function unspoken(announcement: Announcement): Announcement {
  const { spokenText, reading, clip, approval, problem, ...written } = announcement;
  return written;
}

export function createAnnouncementVerbs(parts: AnnouncementParts) {
  const { announcements, making, pipeline, editorial, digest, now, asRun, onChange, onRemoved } = parts;

  const get = (id: AnnouncementId): Announcement => {
    const found = announcements.get(id);
    if (!found)
      throw new Fault("not-found", { vi: `Không có bản tin «${id}».`, en: `There is no announcement "${id}".` });
    return found;
  };
  const viewOf = (announcement: Announcement) => {
    const version = versionOf(announcement, digest);
    return {
      ...announcement,
      state: stateOf(announcement, making.isMaking(announcement.id)),
      ...(version === undefined ? {} : { version }),
      approved: version !== undefined && announcement.approval?.version === version,
    };
  };
  const kept = (id: AnnouncementId) => ({ value: viewOf(get(id)), revision: String(announcements.version(id) ?? 0) });
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
    const { title, class: of, topic, source, validFrom, validUntil } = about;
    return withoutUndefined({ id, title, class: of, topic, source, validFrom, validUntil });
  };

  return {
    announcements: () => announcements.all().map(viewOf),
    announcement: kept,

    async createFromText(draft: TextDraft, by: Person) {
      const id = freshId(draft);
      const { text, template } = draft;
      const voice = draft.voice && fullVoice(draft.voice);
      const fresh = withoutUndefined({ ...described(id, draft), text, template, voice, composedBy: by.name });
      await announcements.put(editorial.judged(fresh), 0);
      asRun.event({ kind: "announcement.created", by: by.name, detail: { id, title: draft.title } });
      making.request(id);
      onChange(id);
      return kept(id);
    },

    async createFromRecording(about: About & { readonly name: string }, upload: { readonly file: string }, by: Person) {
      const id = freshId(about);
      const clip = await pipeline.makeClip(
        upload.file,
        { name: about.name, trusted: false },
        new AbortController().signal,
      );
      await announcements.put({ ...described(id, about), recording: about.name, clip, composedBy: by.name }, 0);
      await parts.removeFile(upload.file);
      asRun.event({
        kind: "announcement.created",
        by: by.name,
        detail: { id, title: about.title, recording: about.name },
      });
      onChange(id);
      return kept(id);
    },

    async updateAnnouncement(
      id: AnnouncementId,
      change: { readonly [K in keyof TextDraft]?: TextDraft[K] | undefined },
      { expected, by }: { readonly expected: string | undefined; readonly by: Person },
    ) {
      const before = get(id);
      if (before.recalledAt !== undefined) throw recalled(before);
      const { voice: wish, ...plain } = withoutUndefined(change);
      const voice = wish ? fullVoice({ ...before.voice, ...wish }) : before.voice;
      // A text that was changed by hand is no longer the template's.
      const template = plain.text === undefined ? before.template : plain.template;
      const composedBy = plain.text === undefined ? before.composedBy : by.name;
      const changed = withoutUndefined({ ...before, ...plain, id, voice, template, composedBy }) as Announcement;
      const next = editorial.judged(changed, before);
      const anew = before.recording === undefined && (next.text !== before.text || wish !== undefined);
      const silent = unspoken(next);
      // Whatever changes the version takes the approval with it (R2).
      const { approval: _withdrawn, ...unapproved } = next;
      const same = next.approval?.version === versionOf(next, digest);
      await announcements.put(anew ? silent : same ? next : unapproved, numberOf(expected));
      asRun.event({ kind: "announcement.changed", by: by.name, detail: { id, fields: Object.keys(change) } });
      if (anew) making.request(id);
      onChange(id);
      return kept(id);
    },

    async removeAnnouncement(id: AnnouncementId, by: Person) {
      get(id);
      const users = parts.usedBy(id);
      if (users.length > 0) {
        throw new Fault(
          "conflict",
          {
            vi: `Bản tin còn trong danh sách phát: ${users.join(", ")}. Hãy bỏ nó khỏi đó trước.`,
            en: `The announcement is still in these playlists: ${users.join(", ")}. Take it out of them first.`,
          },
          { reason: "in-use" },
        );
      }
      await announcements.delete(id);
      asRun.event({ kind: "announcement.removed", by: by.name, detail: { id } });
      onRemoved(id);
    },

    async approve(id: AnnouncementId, version: string, by: Person) {
      const before = get(id);
      if (before.recalledAt !== undefined) throw recalled(before);
      const present = versionOf(before, digest);
      if (present === undefined) throw notReady(before);
      if (present !== version) {
        throw new Fault(
          "conflict",
          {
            vi: "Bản tin đã thay đổi sau khi đồng chí đọc. Hãy nghe và đọc lại bản mới rồi duyệt.",
            en: "The announcement has changed since you read it. Hear and read the new version, then approve.",
          },
          { reason: "other-version" },
        );
      }
      if (before.text !== undefined && before.reading === undefined) {
        making.request(id);
        throw unread(before);
      }
      editorial.mustBeClear(before);
      const judged = editorial.judged(before, before);
      await announcements.put({ ...judged, approval: { version, by: by.name, at: now() } });
      asRun.event({ kind: "announcement.approved", by: by.name, detail: { id, version } });
      onChange(id);
      return kept(id);
    },

    /** Marks it as withdrawn; the stop order is the caller's. */
    async withdraw(id: AnnouncementId, by: Person) {
      const before = get(id);
      await announcements.put({ ...before, recalledAt: before.recalledAt ?? now() });
      asRun.event({ kind: "announcement.recalled", by: by.name, detail: { id } });
      onChange(id);
    },
    viewOf,
  };
}

function stateOf(announcement: Announcement, making: boolean) {
  if (announcement.recalledAt !== undefined) return "recalled" as const;
  if (making) return "making" as const;
  if (announcement.clip) return "ready" as const;
  return announcement.problem ? ("failed" as const) : ("draft" as const);
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

const recalled = (announcement: Announcement) =>
  new Fault(
    "forbidden",
    {
      vi: `Bản tin «${announcement.title}» đã bị thu hồi, không sửa hay phát lại được. Hãy soạn bản đính chính mới.`,
      en: `The announcement "${announcement.title}" was recalled; it cannot be changed or aired again. Write a correction.`,
    },
    { reason: "recalled" },
  );

const notReady = (announcement: Announcement) =>
  new Fault(
    "forbidden",
    {
      vi: `Bản tin «${announcement.title}» chưa có âm thanh nên chưa duyệt được. ${announcement.problem?.vi ?? ""}`.trim(),
      en: `The announcement "${announcement.title}" has no sound yet, so it cannot be approved. ${announcement.problem?.en ?? ""}`.trim(),
    },
    { reason: "no-audio" },
  );

const unread = (announcement: Announcement) =>
  new Fault(
    "conflict",
    {
      vi: `Bản tin «${announcement.title}» được lưu từ trước khi máy biết kiểm tra cách đọc, nên đang được đọc lại. Hãy nghe bản mới rồi duyệt.`,
      en: `The announcement "${announcement.title}" was kept before readings were checked, so it is being read again. Hear the new version, then approve.`,
    },
    { reason: "unread" },
  );

const full = () =>
  new Fault("too-large", {
    vi: `Đã có ${MAX_ANNOUNCEMENTS} bản tin. Hãy xóa những bản không dùng nữa rồi thử lại.`,
    en: `There are ${MAX_ANNOUNCEMENTS} announcements already. Remove those no longer used, then try again.`,
  });
