import { createHash } from "node:crypto";
import { silentLog } from "../../../src/base/log.js";
import { type Announcement, announcementSchema } from "../../../src/domain/announcement.js";
import type { CaseFigures, FiguresId } from "../../../src/domain/case-figures.js";
import { type AnnouncementId, announcementId, areaId, receiverId } from "../../../src/domain/ids.js";
import { localDate } from "../../../src/domain/local-time.js";
import type { OfficialText, OfficialTextId } from "../../../src/domain/official-text.js";
import type { Person } from "../../../src/domain/person.js";
import { type Template, templateSchema } from "../../../src/domain/template.js";
import { normalise } from "../../../src/language/index.js";
import type { Check } from "../../../src/server/control/editorial.js";
import { createNewsroom, type NewsroomParts } from "../../../src/server/control/newsroom.js";
import { aClip } from "../../support/a-station.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { fakeRecords } from "../../support/fake-records.js";

export const BY = { name: "chị Hoa" };
/** Who approves what {@link BY} has written. */
export const LEADER = { name: "anh Minh" };
const label = (vi: string) => ({ vi, en: vi });

/** With an optional part and what follows it. */
export const WATER: Template = templateSchema.parse({
  ...{ id: "cup-nuoc", title: "Cúp nước", class: "priority", topic: "cup-nuoc", version: 2 },
  fields: [
    { name: "source", type: "source", label: label("nguồn") },
    { name: "area", type: "place", label: label("khu vực") },
    { name: "phone", type: "phone", label: label("điện thoại"), required: false },
  ],
  body: "Theo {{source}}, nước tạm ngừng tại {{area}}.[[ Xin gọi {{phone}}.]]",
  allClear: { title: "Có nước lại", class: "ordinary", body: "Tại {{area}} đã có nước lại." },
});

/** Finds the word «kín», of which somebody must decide, and the word «lưu ý», which is only worth a look. */
const findsTwoWords: Check = ({ tokens }) => {
  const text = tokens.map(({ source }) => source).join("");
  return [...text.matchAll(/kín|lưu ý/gu)].map(({ 0: found, index }) => ({
    ...{ check: found === "kín" ? "privacy.name" : "tone.panic", severity: found === "kín" ? "gate" : "note" },
    ...{ start: index, end: index + found.length, found, decision: found === "kín" },
    ...{ words: { vi: `có từ ${found}`, en: `has the word ${found}` }, suggestion: { vi: "bỏ", en: "leave it out" } },
  }));
};

/** The newsroom with records in memory, a voice that always speaks, the real reading and a check for two words. */
export function aNewsroom(wishes: Partial<NewsroomParts> & { readonly first?: readonly Announcement[] } = {}) {
  const { first = [], ...parts } = wishes;
  const announcements = fakeRecords<AnnouncementId, Announcement>(({ id }) => id, first);
  const { log: asRun, events } = fakeAsRun();
  /** A loudspeaker tells that it began these announcements. */
  const hear = (receiver: string, announcements: readonly AnnouncementId[], at = 1_795_000_000_000) => {
    const line = { event: "started" as const, cue: `sang@${at}`, at: at * 1000, announcements: [...announcements] };
    const seq = asRun.reportedUpTo(receiverId(receiver), "j") + 1;
    asRun.heardAll([
      { receiver: receiverId(receiver), area: areaId("phuong"), journal: "j", lines: [{ ...line, seq }] },
    ]);
  };
  let clips = 0;
  const { verbs, making, book } = createNewsroom({
    announcements,
    asRun,
    voices: {
      speak: async () => ({ file: "speech.wav", voice: { provider: "espeak", voice: "vi", speed: 1 } }),
      list: () => [],
    },
    pipeline: { makeClip: async () => aClip(++clips) },
    normalise: (text) => normalise(text),
    check: findsTwoWords,
    situation: () => ({ today: localDate("2026-11-23") }),
    digest: (text) => createHash("sha256").update(text).digest("hex"),
    now: () => "2026-11-23T01:00:00.000Z",
    today: () => localDate("2026-11-23"),
    nextAiring: () => undefined,
    twoPeople: { singleOfficer: false },
    frozen: { mustBeAnswered: () => {}, obey: async () => {} },
    areaOf: () => undefined,
    untoldAt: () => [],
    officialTexts: fakeRecords<OfficialTextId, OfficialText>(({ id }) => id),
    figures: fakeRecords<FiguresId, CaseFigures>(({ id }) => id),
    templates: [WATER],
    removeFile: async () => {},
    usedBy: () => ({ playlists: [], packs: [] }),
    onChange: (id) => {
      // What is kept must always be what the disk would take.
      const kept = announcements.get(id);
      if (kept) announcementSchema.parse(JSON.parse(JSON.stringify(kept)));
    },
    onRemoved: () => {},
    log: silentLog,
    ...parts,
  });

  return {
    verbs,
    making,
    announcements,
    book,
    asRun,
    events,
    hear,
    view: (id: string) => verbs.announcement(announcementId(id)).value,
    /** A text that has its sound. */
    async write(text: string, more: object = {}) {
      const { value } = await verbs.createFromText(
        { title: "Bản tin", class: "ordinary", topic: "khac", text, ...more },
        BY,
      );
      await making.idle();
      return value.id;
    },
    version: (id: AnnouncementId) => verbs.announcement(id).value.version ?? "none",
    approve(id: AnnouncementId, by: Person = LEADER) {
      return verbs.approve(id, verbs.announcement(id).value.version ?? "none", by);
    },
    /** The reason of the refusal, or `undefined`. */
    async refusalOf(
      task: Promise<unknown>,
    ): Promise<{ code?: string; reason?: string; path?: string; message: string }> {
      return task.then(
        () => ({ message: "" }),
        (thrown: Error) => thrown,
      );
    },
  };
}
