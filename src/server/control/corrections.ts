/**
 * What was wrong and how it is put right: where an announcement was heard, and its correction for exactly those places.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId, AreaId, ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Targets } from "../../domain/schedule.js";
import { formOf, type TemplateUse, type TemplateValues } from "../../domain/template.js";
import type { AnnouncementBook } from "./announcement-book.js";
import type { AnnouncementVerbs, TextDraft } from "./announcements.js";
import type { AsRunLog } from "./ports.js";
import type { TemplateVerbs } from "./templates.js";

/** Receivers that are named one by one in targets, at most; more are named by their areas. */
const NAMED_AT_MOST = 5000;
const LONGEST_TITLE = 200;

export interface CorrectionParts {
  readonly book: AnnouncementBook;
  readonly asRun: Pick<AsRunLog, "hearings">;
  readonly templates: Pick<TemplateVerbs, "templates" | "filledIn">;
  readonly createFromText: AnnouncementVerbs["createFromText"];
  /** Where a receiver stands; `undefined` when it is there no more. */
  readonly areaOf: (receiver: ReceiverId) => AreaId | undefined;
  /** Where it may have sounded, and nothing is known of it yet. */
  readonly untoldAt: (id: AnnouncementId) => readonly ReceiverId[];
}

/** What the maker of a correction says. */
export interface CorrectionDraft {
  readonly title?: string | undefined;
  readonly source?: string | undefined;
  /** Its words; from the template's correction when left out. */
  readonly text?: string | undefined;
  /** Values of the template's correction, besides those of the announcement. */
  readonly values?: TemplateValues | undefined;
}

export function createCorrectionVerbs(parts: CorrectionParts) {
  const { book, asRun, templates } = parts;

  /** The correction that its template has, with the values that are known already. */
  const prepared = ({ template: use }: Announcement): TemplateUse | undefined => {
    const template = use && templates.templates().find(({ id }) => id === use.id);
    const form = template && use.part === "body" ? formOf(template, "correction") : undefined;
    if (!use || !form) return undefined;
    const asked = new Set(form.fields.map(({ name }) => name));
    const known = Object.entries(use.values).filter(([name]) => asked.has(name));
    return { ...use, part: "correction", values: Object.fromEntries(known) };
  };
  /** Where it was heard and somebody can hear again. */
  const targetsOf = (id: AnnouncementId): Targets | undefined => {
    const heard = asRun.hearings(id).flatMap(({ receiver }) => {
      const area = parts.areaOf(receiver);
      return area === undefined ? [] : [{ receiver, area }];
    });
    if (heard.length === 0) return undefined;
    const isFew = heard.length <= NAMED_AT_MOST;
    return {
      areas: isFew ? [] : [...new Set(heard.map(({ area }) => area))],
      receivers: isFew ? heard.map(({ receiver }) => receiver) : [],
      except: [],
      kinds: ["fixed", "van"],
    };
  };
  const worded = (found: Announcement, { text, values = {}, ...draft }: CorrectionDraft) => {
    const about = {
      title: `Đính chính: ${found.title}`.slice(0, LONGEST_TITLE),
      class: found.class,
      topic: found.topic,
      ...(draft.title === undefined ? {} : { title: draft.title }),
    };
    if (text !== undefined) return { ...about, source: draft.source, text };
    const use = prepared(found);
    if (!use) throw noWords();
    const template = { ...use, values: { ...use.values, ...values } };
    return templates.filledIn({ ...about, source: draft.source, class: undefined, template });
  };

  return {
    /** Where and when it was heard, where that is not known yet, and what its correction can be made from. */
    hearings(id: AnnouncementId) {
      const found = book.get(id);
      const use = prepared(found);
      const placed = (receiver: ReceiverId) => {
        const area = parts.areaOf(receiver);
        return { receiver, ...(area === undefined ? {} : { area }) };
      };
      const heard = asRun.hearings(id);
      const told = new Set(heard.map(({ receiver }) => receiver));
      return {
        heard: heard.map(({ receiver, first, last, times }) => ({
          ...placed(receiver),
          ...{ first: iso(first), last: iso(last), times },
        })),
        untold: parts.untoldAt(id).flatMap((receiver) => (told.has(receiver) ? [] : [placed(receiver)])),
        correction: use ? { from: "template" as const, template: use } : { from: "text" as const },
      };
    },

    /** A draft that puts it right where it was heard. @throws Fault "forbidden", reason `never-heard` */
    async correct(id: AnnouncementId, draft: CorrectionDraft, by: Person) {
      const found = book.allowing("correct", id);
      const targets = targetsOf(id);
      if (!targets) throw neverHeard(found);
      const fresh: TextDraft = { ...worded(found, draft), targets, corrects: id };
      return parts.createFromText(fresh, by);
    },
  };
}

const iso = (time: number) => new Date(time).toISOString();

const neverHeard = ({ title }: Announcement) =>
  new Fault(
    "forbidden",
    {
      vi: `Chưa cụm loa nào báo đã phát «${title}», nên không có nơi nào để đính chính. Xe loa đang mất sóng sẽ báo khi có sóng lại. Không có gì được lưu.`,
      en: `No loudspeaker has said that "${title}" sounded, so there is nowhere to correct it. Vans without a signal tell when they have one. Nothing was kept.`,
    },
    { reason: "never-heard" },
  );

const noWords = () =>
  new Fault(
    "invalid",
    {
      vi: "/text: bản tin này không có mẫu đính chính, hãy viết lời đính chính. Không có gì được lưu.",
      en: "/text: there is no template for its correction; write the words. Nothing was kept.",
    },
    { reason: "missing-field", path: "/text" },
  );
