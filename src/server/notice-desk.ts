/**
 * What is worth a notice: it listens to what panels are told, and looks at the calendar.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import type { Alert } from "../domain/alert.js";
import { lastDaily } from "../domain/daily-hour.js";
import type { AreaId, ReceiverId } from "../domain/ids.js";
import { localTime } from "../domain/local-time.js";
import type { Notice } from "../domain/notice.js";
import type { Zone } from "../domain/zone.js";
import type { StationTrouble } from "./station-troubles.js";

/** The part of a change that matters here; see the panel's socket. */
export type Change =
  | { readonly kind: "alert"; readonly alert: SeenAlert }
  | { readonly kind: "alarm"; readonly alarm: SeenAlarm }
  | { readonly kind: "stale"; readonly what: string }
  | { readonly kind: "announcement"; readonly announcement: SeenAnnouncement }
  | { readonly kind: string };

interface SeenAlarm {
  readonly receiver: ReceiverId;
  readonly area: AreaId;
  readonly times: number;
  readonly acknowledgedAt?: string | undefined;
  readonly words: Words;
}
interface SeenAlert {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  readonly isExercise: boolean;
  readonly askedBy: { readonly by: string };
  readonly brokenGlass?: { readonly by: string; readonly reason: string } | undefined;
  readonly ended?: NonNullable<Alert["ended"]> | undefined;
}
interface SeenTalk {
  readonly occurrence: string;
  readonly reason: string;
  readonly at: number;
  readonly brokenGlass?: { readonly by: string; readonly reason: string } | undefined;
}
interface SeenAnnouncement {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  readonly version?: string | undefined;
}

export interface NoticeDeskParts {
  readonly post: (notice: Notice) => void;
  readonly now: () => Epoch;
  readonly zone: Zone;
  readonly digestAt: ReturnType<typeof localTime>;
  /** The monthly reports of now, the newest first. */
  readonly reports: () => readonly DueReport[];
  /** Times that somebody spoke live, the newest first. */
  readonly talks: () => readonly SeenTalk[];
  readonly nameOf: (receiver: ReceiverId) => string;
  /** The lines of the morning's digest. */
  readonly digest: () => Promise<Words>;
  /** When something was last told that is told once a day; kept over a restart. */
  readonly marks: { at(id: string): number | undefined; note(id: string, at: Epoch): void };
}

interface DueReport {
  readonly stage: string;
  readonly words: Words;
  readonly draftOn: string;
  readonly dueOn: string;
}

const REPORT_HOUR = localTime("08:00");
/** A report that nobody wanted for so long is not asked for any more, ms. */
const REMINDED_MS = 14 * 86_400_000;
/** An announcement that was told of is remembered; more than a station has. */
const MOST_REMEMBERED = 5000;

export function createNoticeDesk(parts: NoticeDeskParts) {
  const { post, now, zone, marks } = parts;
  const submitted = new Map<string, string>();
  /** When glass was broken last to speak live, as far as it was told. */
  let glassToldUpTo: number = now();
  /** The stage in which each alert was told of last. */
  const alerted = new Map<string, string>();

  const onAlarm = ({ receiver, area, times, acknowledgedAt, words }: SeenAlarm) => {
    // It is told when it opens: not when it comes again, nor when somebody takes notice.
    if (times !== 1 || acknowledgedAt !== undefined) return;
    const name = parts.nameOf(receiver);
    post({
      ...{ kind: "alarm", at: now(), area },
      title: { vi: `Cảnh báo: ${name}`, en: `Alarm: ${name}` },
      text: words,
    });
  };
  const onAlert = (alert: SeenAlert) => {
    const { id, stage, isExercise } = alert;
    if (isExercise || alerted.get(id) === stage) return;
    if (alerted.size >= MOST_REMEMBERED) alerted.clear();
    alerted.set(id, stage);
    post({ kind: "emergency", at: now(), ...wordsOfAlert(alert) });
  };
  /** Whoever speaks alone what needs two: every leader reads it while they speak. */
  const onTalks = () => {
    const untold = parts.talks().flatMap((talk) => (talk.brokenGlass && talk.at > glassToldUpTo ? [talk] : []));
    for (const { reason, at, brokenGlass } of untold.toReversed()) {
      glassToldUpTo = at;
      if (brokenGlass) post({ kind: "emergency", at: now(), ...wordsOfGlass(reason, brokenGlass, "live") });
    }
  };
  const onAnnouncement = ({ id, title, stage, version = "" }: SeenAnnouncement) => {
    if (stage !== "submitted") return void submitted.delete(id);
    if (submitted.get(id) === version) return;
    if (submitted.size >= MOST_REMEMBERED) submitted.clear();
    submitted.set(id, version);
    post({
      ...{ kind: "approval", at: now() },
      title: { vi: `Chờ duyệt: «${title}»`, en: `Waits for an approval: "${title}"` },
    });
  };
  /** @returns the instant that is due and was not told yet */
  const due = (id: string, hour: ReturnType<typeof localTime>): Epoch | undefined => {
    const at = lastDaily(zone, hour, now());
    const told = marks.at(id);
    // A new station has no yesterday to tell of.
    if (told === undefined) marks.note(id, now());
    return told === undefined || told >= at ? undefined : at;
  };
  /** On the day of the draft, on the last day, and each day after it. */
  const tellReports = () => {
    const today = zone.toLocal(now()).date;
    for (const { stage, words, draftOn, dueOn } of parts.reports()) {
      const isLate = stage === "late" && Date.parse(today) - Date.parse(dueOn) <= REMINDED_MS;
      if (stage === "due" || isLate || (stage === "draft" && draftOn === today))
        post({ kind: "report", at: now(), title: words });
    }
  };

  return {
    onChange(change: Change) {
      if ("alert" in change) onAlert(change.alert);
      else if ("alarm" in change) onAlarm(change.alarm);
      else if ("announcement" in change) onAnnouncement(change.announcement);
      else if ("what" in change && change.what === "talks") onTalks();
    },
    onTrouble({ kind, words }: StationTrouble) {
      const about = kind === "backup-failed" ? "backup" : "certificate";
      const title =
        about === "backup"
          ? { vi: "Sao lưu đài không thành công", en: "The station's backup failed" }
          : { vi: "Chứng chỉ của đài sắp hết hạn", en: "The station's certificate is about to end" };
      post({ kind: about, at: now(), title, text: words });
    },
    /** Call it every minute or so. */
    async look() {
      if (due("notice-report", REPORT_HOUR) !== undefined) {
        marks.note("notice-report", now());
        tellReports();
      }
      if (due("notice-digest", parts.digestAt) === undefined) return;
      marks.note("notice-digest", now());
      const text = await parts.digest();
      post({
        ...{ kind: "digest", at: now(), text },
        title: { vi: "Tóm tắt buổi sáng", en: "The digest of the morning" },
      });
    },
  };
}

/** What a leader must know at a glance of an alert. */
function wordsOfAlert({ title, stage, askedBy, brokenGlass, ended }: SeenAlert): Pick<Notice, "title" | "text"> {
  if (stage === "awaiting")
    return {
      title: { vi: `KHẨN: «${title}» chờ người thứ hai xác nhận`, en: `URGENT: "${title}" waits for a second person` },
      text: {
        vi: `${askedBy.by} yêu cầu phát. Yêu cầu hết hiệu lực sau hai phút.`,
        en: `Asked for by ${askedBy.by}. The request is void after two minutes.`,
      },
    };
  if (stage === "lapsed")
    return { title: { vi: `«${title}» hết hiệu lực, không phát`, en: `"${title}" has lapsed and was not given` } };
  if (stage === "ended")
    return {
      title: { vi: `«${title}» đã kết thúc`, en: `"${title}" has ended` },
      ...(ended && { text: wordsOfEnd(ended) }),
    };
  if (brokenGlass) return wordsOfGlass(title, brokenGlass, "alert");
  return {
    title: { vi: `KHẨN: đã phát «${title}»`, en: `URGENT: "${title}" was given` },
    text: { vi: `Người phát: ${askedBy.by}.`, en: `Given by ${askedBy.by}.` },
  };
}

const ENDS: Readonly<Record<NonNullable<Alert["ended"]>["how"], Words>> = {
  "all-clear": { vi: "bằng tin báo yên", en: "with its all-clear" },
  correction: { vi: "bằng tin đính chính", en: "with its correction" },
  stopped: { vi: "bằng nút dừng", en: "by a stop" },
};
const wordsOfEnd = ({ by, how }: NonNullable<SeenAlert["ended"]>): Words => ({
  vi: `Người kết thúc: ${by}, ${ENDS[how].vi}.`,
  en: `Ended by ${by}, ${ENDS[how].en}.`,
});

/** One person alone gave what needs two. */
function wordsOfGlass(
  title: string,
  { by, reason }: NonNullable<SeenAlert["brokenGlass"]>,
  what: "alert" | "live",
): Pick<Notice, "title" | "text"> {
  const live = what === "live" ? { vi: " nói trực tiếp", en: " live" } : { vi: "", en: "" };
  return {
    title: {
      vi: `PHÁ KÍNH: «${title}» do một người phát${live.vi}`,
      en: `GLASS BROKEN: "${title}" was given${live.en} by one person`,
    },
    text: { vi: `${by} phát một mình. Lý do: ${reason}`, en: `Given alone by ${by}. Reason: ${reason}` },
  };
}
