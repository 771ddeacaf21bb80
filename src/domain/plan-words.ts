/**
 * Why something does not air, or not as planned, in sentences for ward officers: titles, local times and the limit.
 *
 * @module
 */
import { unreachable, type Words } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import { weekdayOf } from "./calendar.js";
import type { Outcome } from "./contest.js";
import type { LocalDate } from "./local-time.js";
import type { Occurrence } from "./occurrences.js";
import type { PlanReason } from "./rundown.js";
import { zoneOf } from "./zone.js";

/** Wall time as people write it: `18:05`, with seconds only when there are any. */
export function clockTime(zone: string, at: Epoch): string {
  const second = Math.floor(zoneOf(zone).toLocal(at).second);
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const shown = second % 60 === 0 ? parts.slice(0, 2) : parts;
  return shown.map((part) => String(part).padStart(2, "0")).join(":");
}

const WEEKDAYS: readonly Words[] = [
  { vi: "Thứ Hai", en: "Monday" },
  { vi: "Thứ Ba", en: "Tuesday" },
  { vi: "Thứ Tư", en: "Wednesday" },
  { vi: "Thứ Năm", en: "Thursday" },
  { vi: "Thứ Sáu", en: "Friday" },
  { vi: "Thứ Bảy", en: "Saturday" },
  { vi: "Chủ Nhật", en: "Sunday" },
];

/** A day with its weekday: `Thứ Hai 23/11/2026`, `Monday 2026-11-23`. */
export function dateWords(date: LocalDate): Words {
  const weekday = WEEKDAYS[weekdayOf(date) - 1] ?? { vi: "", en: "" };
  return { vi: `${weekday.vi} ${date.split("-").reverse().join("/")}`, en: `${weekday.en} ${date}` };
}

/** A length in words: minutes, or seconds below one minute. */
export function lengthWords(length: number): Words {
  const minutes = length / 60_000;
  if (minutes < 1) return { vi: `${Math.round(length / 1000)} giây`, en: `${Math.round(length / 1000)} s` };
  const shown = Number.isInteger(minutes) ? String(minutes) : minutes.toFixed(1);
  return { vi: `${shown.replace(".", ",")} phút`, en: `${shown} min` };
}

/** The sentence for an outcome; undefined when it airs whole, as planned. */
export function explainOutcome(outcome: Outcome, zone: string): Words | undefined {
  const { fate, occurrence } = outcome;
  const { schedule, layout, planned } = occurrence;
  if (fate === "airs" && layout.left.length === 0) return undefined;
  const words = fate === "dropped" ? droppedWords(outcome, zone) : keptWords(outcome, zone);
  const head = `${clockTime(zone, planned)} "${schedule.title}"`;
  const left = fate === "dropped" ? { vi: "", en: "" } : leftWords(outcome);
  return { vi: `${head} ${words.vi}${left.vi}`, en: `${head} ${words.en}${left.en}` };
}

/** The other one, quoted, with the hour it ends when that is known. */
function other({ because, becauseUntil }: Outcome, zone: string): { title: string; end: Words } {
  const title = because ? titleOf(because) : "";
  const at = becauseUntil === undefined ? "" : clockTime(zone, becauseUntil);
  return { title, end: at ? { vi: ` xong lúc ${at}`, en: ` to end at ${at}` } : { vi: "", en: " to end" } };
}

function keptWords(outcome: Outcome, zone: string): Words {
  const { reason, start, end, fate } = outcome;
  const [from, to] = [clockTime(zone, start), clockTime(zone, end)];
  const { title, end: until } = other(outcome, zone);
  if (fate === "airs") return { vi: "phát đúng giờ", en: "airs on time" };
  if (fate === "moved" && reason === "takes-turns")
    return {
      vi: `phát lúc ${from}, lần lượt với các loa nghe thấy cùng một chỗ`,
      en: `airs at ${from}, taking turns with the loudspeakers that are heard at the same spot`,
    };
  if (fate === "moved")
    return { vi: `chờ ${title}${until.vi}, phát lúc ${from}`, en: `waits for ${title}${until.en} and airs at ${from}` };
  const cut = cutWords(reason, { title, limit: outcome.limit });
  return { vi: `phát từ ${from}, dừng lúc ${to} ${cut.vi}`, en: `airs from ${from} and stops at ${to} ${cut.en}` };
}

function cutWords(
  reason: PlanReason | undefined,
  { title, limit }: { title: string; limit: number | undefined },
): Words {
  if (reason === "cut-by-other") return { vi: `để nhường ${title}`, en: `to make way for ${title}` };
  if (reason === "too-long") {
    const most = lengthWords(limit ?? 0);
    return { vi: `vì lịch chỉ cho phép ${most.vi}`, en: `because its schedule allows ${most.en}` };
  }
  if (reason === "quiet-hours") return { vi: "trước giờ yên tĩnh", en: "before the quiet hours" };
  return { vi: "vì hết khung giờ được phát", en: "because the allowed hours end" };
}

function leftWords({ occurrence }: Outcome): Words {
  const { left } = occurrence.layout;
  if (left.length === 0) return { vi: "", en: "" };
  const each = left.map(({ title, reason }) => ({ title, words: contentWords(reason) }));
  return {
    vi: `; bỏ ${each.map(({ title, words }) => `"${title}" (${words.vi})`).join(", ")}`,
    en: `; left out: ${each.map(({ title, words }) => `"${title}" (${words.en})`).join(", ")}`,
  };
}

/** What is wrong with an announcement. */
export function contentWords(reason: PlanReason): Words {
  if (reason === "not-approved") return { vi: "chưa được duyệt", en: "not approved" };
  if (reason === "not-valid") return { vi: "ngoài thời hạn hiệu lực", en: "outside its validity" };
  if (reason === "recalled") return { vi: "đã thu hồi", en: "recalled" };
  if (reason === "blocked") return { vi: "bị thành phố chặn", en: "blocked by the city's editor" };
  if (reason === "outside-targets") return { vi: "chỉ dành cho nơi khác", en: "meant for other places only" };
  return { vi: "chưa có âm thanh", en: "no audio yet" };
}

function droppedWords(outcome: Outcome, zone: string): Words {
  const because = whyDropped(outcome, zone);
  return { vi: `${because.vi} nên không phát`, en: `does not air: ${because.en}` };
}

function whyDropped(outcome: Outcome, zone: string): Words {
  const { reason = "superseded", occurrence } = outcome;
  const { title, end } = other(outcome, zone);
  const wait = lengthWords(occurrence.latest - occurrence.planned);
  switch (reason) {
    case "quiet-hours":
      return { vi: "rơi vào giờ yên tĩnh", en: "it would fall into quiet hours" };
    case "outside-window":
      return { vi: "ngoài khung giờ được phát", en: "it is outside the allowed hours" };
    case "weekday":
      return { vi: "rơi vào ngày trong tuần không được phát", en: "ordinary items do not air on that weekday" };
    case "holiday":
      return { vi: "là ngày nghỉ lễ mà lịch đã chọn im lặng", en: "its schedule is silent on public holidays" };
    case "session-budget":
    case "session-minutes":
    case "day-minutes":
      return airtimeReason(outcome, reason);
    case "suspended-by-level":
      return { vi: "bị tạm ngưng theo cấp độ đang áp dụng", en: "the level in force suspends it" };
    case "waited-too-long":
      return {
        vi: `chờ ${title}${end.vi}, quá ${wait.vi} cho phép`,
        en: `it waits for ${title}${end.en}, longer than the ${wait.en} allowed`,
      };
    case "superseded":
    case "waits":
    case "takes-turns":
    case "cut-by-other":
      return { vi: `phải nhường ${title} đang phát`, en: `it gives way to ${title}` };
    case "too-long":
      return { vi: "dài quá mức cho phép", en: "it is longer than allowed" };
    case "not-approved":
    case "not-valid":
    case "recalled":
    case "blocked":
    case "outside-targets":
    case "no-audio":
      return contentReason(outcome, reason);
    case "no-receiver":
      return { vi: "không có cụm loa nào ở nơi đã chọn", en: "there is no receiver where it is meant for" };
    case "disabled":
      return { vi: "loa đang tạm ngừng sử dụng", en: "the receiver is out of service" };
    default:
      return unreachable(reason);
  }
}

function airtimeReason({ because, limit = 0 }: Outcome, reason: PlanReason): Words {
  const taken = because
    ? { vi: `, đã dành cho ${titleOf(because)}`, en: `, taken by ${titleOf(because)}` }
    : { vi: "", en: "" };
  if (reason === "session-budget")
    return {
      vi: `vượt ${limit} phiên được phép trong ngày${taken.vi}`,
      en: `${limit} sessions a day are allowed${taken.en}`,
    };
  const per = reason === "day-minutes" ? { vi: "trong ngày", en: "a day" } : { vi: "mỗi phiên", en: "a session" };
  return {
    vi: `vượt ${limit} phút được phép ${per.vi}${taken.vi}`,
    en: `${limit} min ${per.en} are allowed${taken.en}`,
  };
}

const titleOf = ({ schedule }: Occurrence): string => `"${schedule.title}"`;

function contentReason({ occurrence }: Outcome, reason: PlanReason): Words {
  const words = contentWords(reason);
  if (occurrence.schedule.radio) return { vi: `khung tiếp âm ${words.vi}`, en: `its radio slot is ${words.en}` };
  const titles = occurrence.layout.left.map(({ title }) => `"${title}"`).join(", ");
  return titles ? { vi: `bản tin ${titles} ${words.vi}`, en: `${titles}: ${words.en}` } : words;
}
