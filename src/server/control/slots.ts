/**
 * Who lets another station be relayed, and when: a slot is laid out by one person and approved by another, as one exact version of its
 * schedule and of the address behind the station's name (R2).
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { RadioId, ScheduleId } from "../../domain/ids.js";
import { isSamePerson, type Person } from "../../domain/person.js";
import { type RadioSource, type Slot, slotText } from "../../domain/radio.js";
import type { Schedule } from "../../domain/schedule.js";
import { type Stamp, stampOf } from "../../domain/stamp.js";
import type { TwoPeopleRule } from "../../domain/two-people.js";
import { missing } from "./missing.js";
import type { AsRunLog, Records } from "./ports.js";

export interface SlotParts {
  readonly slots: Records<ScheduleId, Slot>;
  readonly schedules: Pick<Records<ScheduleId, Schedule>, "get" | "all">;
  readonly sources: ReadonlyMap<RadioId, RadioSource>;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
  readonly rule: TwoPeopleRule;
  readonly asRun: Pick<AsRunLog, "event">;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
  /** What may sound is another than before. */
  readonly onChange: () => void;
}

type Versions = Pick<SlotParts, "slots" | "sources" | "digest">;

/** The version of a slot as it is now; nothing when the station does not know whom it relays. */
const versionOf = (schedule: Schedule, { sources, digest }: Pick<Versions, "sources" | "digest">) => {
  const source = schedule.radio && sources.get(schedule.radio.source);
  return source && digest(slotText(schedule, source));
};

/** The schedules whose relaying is approved as it is now. */
export const approvedSlots = (schedules: readonly Schedule[], versions: Versions): ScheduleId[] =>
  schedules.flatMap((schedule) => {
    const slot = schedule.radio && versions.slots.get(schedule.id);
    return slot?.approval && slot.version === versionOf(schedule, versions) ? [schedule.id] : [];
  });

export function createSlots(parts: SlotParts) {
  const { slots, schedules, sources, asRun, now, onChange } = parts;

  const viewOf = (schedule: Schedule) => {
    const { id, title, radio } = schedule;
    const version = versionOf(schedule, parts);
    if (!radio || version === undefined) return [];
    const slot = slots.get(id);
    const approval = slot?.version === version ? slot.approval : undefined;
    return [
      {
        ...{ schedule: id, title, source: radio.source, version, isApproved: approval !== undefined },
        ...(slot ? { author: shown(slot.author) } : {}),
        ...(approval ? { approval: shown(approval) } : {}),
      },
    ];
  };
  const present = (id: ScheduleId, version?: string) => {
    const schedule = schedules.get(id);
    const [view] = schedule ? viewOf(schedule) : [];
    if (!schedule || !view) throw missing(`khung tiếp âm «${id}»`, `radio slot "${id}"`);
    if (version !== undefined && view.version !== version) throw otherVersion(view.title);
    return view;
  };

  return {
    /** A schedule was kept by this person: whatever was approved of another version holds no more. */
    async kept(schedule: Schedule, by: Person): Promise<void> {
      const { id } = schedule;
      const version = versionOf(schedule, parts);
      const slot = slots.get(id);
      if (version === undefined) return slot && slots.delete(id);
      if (slot?.version !== version) await slots.put({ schedule: id, version, author: stampOf(by, now()) });
      return undefined;
    },
    async removed(id: ScheduleId): Promise<void> {
      if (slots.get(id)) await slots.delete(id);
    },
    verbs: {
      /** The stations that can be relayed, and the slots in which they are. */
      radio: () => ({
        sources: [...sources.values()].map(({ id, title }) => ({ id, title })),
        slots: schedules.all().flatMap(viewOf),
      }),
      /**
       * Lets a slot sound from the next time on. @throws Fault "not-found"; "conflict", reason `other-version`, when it is not what was
       * seen; "forbidden", reason `own-text`, when it is their own
       */
      async approveSlot(id: ScheduleId, version: string, by: Person) {
        const view = present(id, version);
        if (view.isApproved) return view;
        const author = slots.get(id)?.author ?? stampOf(by, now());
        const isOwn = isSamePerson({ name: author.by, account: author.account }, by);
        if (isOwn && !parts.rule.singleOfficer) throw own(view.title, by);
        const after: Slot = { schedule: id, version, author, approval: stampOf(by, now()) };
        await slots.put(after);
        asRun.event({ kind: "slot.approved", by, detail: { title: view.title, source: view.source }, after });
        onChange();
        return present(id);
      },
      /** It does not sound any more from the next time on. @throws Fault "not-found", or "conflict" when nobody approved it */
      async withdrawSlot(id: ScheduleId, reason: string, by: Person) {
        const view = present(id);
        const before = slots.get(id);
        if (!before || !view.isApproved) throw notApproved(view.title);
        const { approval: _void, ...rest } = before;
        await slots.put(rest);
        asRun.event({ kind: "slot.approval-withdrawn", by, why: reason, detail: { title: view.title }, before });
        onChange();
        return present(id);
      },
    },
  };
}

const shown = ({ by, at }: Stamp) => ({ by, at });

const own = (title: string, { name: person }: Person) =>
  new Fault(
    "forbidden",
    {
      vi: `Khung tiếp âm «${title}» do chính ${person} đặt, nên phải có người khác duyệt. Lịch vẫn được giữ.`,
      en: `The radio slot "${title}" was laid out by ${person}, so somebody else has to approve it. The schedule is kept.`,
    },
    { reason: "own-text" },
  );
const otherVersion = (title: string) =>
  new Fault(
    "conflict",
    {
      vi: `Khung tiếp âm «${title}» vừa được sửa. Hãy xem lại rồi duyệt. Không có gì thay đổi.`,
      en: `The radio slot "${title}" has just been changed. Look at it again, then approve. Nothing was changed.`,
    },
    { reason: "other-version" },
  );
const notApproved = (title: string) =>
  new Fault(
    "conflict",
    { vi: `Chưa ai duyệt khung tiếp âm «${title}».`, en: `Nobody has approved the radio slot "${title}".` },
    { reason: "not-approved" },
  );
