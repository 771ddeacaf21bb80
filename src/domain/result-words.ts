/**
 * What became of an occurrence at a loudspeaker, and why, in a sentence for ward officers.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { epoch } from "../base/units.js";
import type { Result, ResultState } from "./ticket.js";
import { zoneOf } from "./zone.js";

const STATES: Readonly<Record<ResultState, Words>> = {
  due: { vi: "chưa đến giờ", en: "not due yet" },
  sounding: { vi: "đang phát", en: "sounding" },
  interrupted: { vi: "đang bị ngắt quãng", en: "interrupted" },
  played: { vi: "đã phát", en: "played" },
  cut: { vi: "đã phát dở dang", en: "cut short" },
  missed: { vi: "không phát", en: "missed" },
  muted: { vi: "loa bị tắt tiếng", en: "muted" },
  recalled: { vi: "đã thu hồi", en: "recalled" },
  refused: { vi: "loa từ chối", en: "refused by the loudspeaker" },
  unknown: { vi: "không rõ", en: "unknown" },
};

/** By the reason codes of planner, server and receivers. */
const REASONS: Readonly<Record<string, Words>> = {
  "quiet-hours": { vi: "giờ yên tĩnh", en: "quiet hours" },
  "outside-window": { vi: "ngoài khung giờ được phát", en: "outside the allowed hours" },
  late: { vi: "đã quá giờ được bắt đầu", en: "too late to begin" },
  "waited-too-long": { vi: "chờ quá lâu", en: "it waited too long" },
  "no-audio": { vi: "âm thanh không đến kịp", en: "its sound did not come in time" },
  preempted: { vi: "nhường bản tin ưu tiên hơn", en: "something of a higher class took its place" },
  expired: { vi: "đã hết hạn", en: "out of date" },
  stopped: { vi: "có người bấm dừng", en: "a person stopped it" },
  recalled: { vi: "bản tin bị thu hồi", en: "its announcement was recalled" },
  cancelled: { vi: "đã hủy trước giờ phát", en: "taken back before it began" },
  restart: { vi: "loa khởi động lại giữa chừng", en: "the loudspeaker was restarted in the middle" },
  "stream-lost": { vi: "mất luồng âm thanh", en: "its stream fell silent" },
  disk: { vi: "ổ đĩa của loa không ghi được", en: "the loudspeaker's disk would not write" },
  muted: { vi: "loa bị tắt tiếng", en: "the loudspeaker was muted" },
  incomplete: { vi: "thiếu một phần âm thanh", en: "some of its clips were missing" },
  "untrusted-clock": { vi: "đồng hồ của loa chưa tin được", en: "the loudspeaker's clock could not be trusted" },
  signature: { vi: "chữ ký không hợp lệ", en: "the signature did not fit" },
  excluded: { vi: "loa đã ngừng sử dụng", en: "the loudspeaker was taken out of service" },
  disabled: { vi: "loa đã ngừng sử dụng", en: "the loudspeaker was out of service" },
  "no-report": { vi: "loa kết nối nhưng không báo gì", en: "it was connected and reported nothing" },
  "not-connected": { vi: "loa mất liên lạc", en: "the loudspeaker was away" },
  "never-connected": { vi: "loa chưa kết nối lần nào", en: "the loudspeaker has never been connected" },
};

/** @param zone IANA name of the zone in which times are told */
export function resultWords({ state, why, by, since }: Result, zone: string): Words {
  const { vi, en } = STATES[state];
  const when = since === undefined ? undefined : timeIn(zone, since);
  const reason = why === undefined ? undefined : (REASONS[why] ?? { vi: why, en: why });
  const parts = (state: string, from: string, because: string | undefined, person: string) =>
    [when === undefined ? state : `${state} ${from} ${when}`, because, by && `${person} ${by}`]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");
  return { vi: parts(vi, "từ", reason?.vi, "bởi"), en: parts(en, "since", reason?.en, "by") };
}

function timeIn(zone: string, at: number): string {
  const { date, second } = zoneOf(zone).toLocal(epoch(at));
  const [year, month, day] = date.split("-");
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(second / 3600)}:${two((second % 3600) / 60)} ${day}/${month}/${year}`;
}
