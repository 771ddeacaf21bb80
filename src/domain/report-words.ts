/**
 * The report's words for topics, classes and figures, as ward officers write them.
 *
 * @module
 */

import { type Epoch, epoch } from "../base/units.js";
import type { Class } from "./class.js";
import type { LocalDate } from "./local-time.js";
import { zoneOf } from "./zone.js";

/** Topics that the program and its sample know; a station's own stand as they are written. */
const TOPICS: Readonly<Record<string, string>> = {
  "": "chưa rõ chủ đề",
  "an-ninh": "an ninh trật tự",
  "an-sinh": "an sinh xã hội",
  "ca-benh": "ca bệnh",
  "canh-bao": "cảnh báo",
  "chay-no": "cháy nổ",
  "cup-dien": "cúp điện",
  "cup-nuoc": "cúp nước",
  "dich-benh": "phòng, chống dịch bệnh",
  "dinh-chinh": "đính chính",
  "doanh-nghiep": "doanh nghiệp",
  "doi-song": "đời sống",
  "giao-duc": "giáo dục",
  "giao-thong": "giao thông",
  "guong-tot": "gương người tốt, việc tốt",
  "het-khan-cap": "hết tình trạng khẩn cấp",
  "hoi-hop": "hội họp",
  "ket-qua": "kết quả đạt được",
  khac: "khác",
  "khan-cap": "khẩn cấp",
  "khoi-benh": "khỏi bệnh",
  "khuyen-hoc": "khuyến học",
  "moi-truong": "môi trường",
  "phong-chay": "phòng cháy, chữa cháy",
  "tai-nan": "tai nạn",
  "tang-le": "tang lễ",
  "the-thao": "thể thao",
  "thi-truong": "thị trường, giá cả",
  "thien-tai": "thiên tai",
  "thu-loa": "thử loa",
  "tiem-chung": "tiêm chủng",
  "van-dong": "vận động, quyên góp",
  "van-hoa": "văn hóa",
};

export const topicWords = (topic: string): string => TOPICS[topic] ?? topic;

export const CLASS_WORDS: Readonly<Record<Class, string>> = {
  ordinary: "thông thường",
  priority: "ưu tiên",
  emergency: "khẩn cấp",
};

/** `1.234,5` */
export function numberWords(value: number, decimals = 0): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? "−" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `,${fraction}`}`;
}

/** Minutes with one decimal, from milliseconds. */
export const minutesOf = (ms: number): number => Math.round(ms / 6000) / 10;

/** `12,3%`; a dash where there is nothing to take a part of. */
export const percentWords = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${numberWords((part / whole) * 100, 1)}%`;

/** `25/11/2026` */
export const dayWords = (date: LocalDate): string => {
  const [year, month, day] = date.split("-");
  return `${day}/${month}/${year}`;
};

/** `16:00 25/11/2026` on the wall clock of the zone. */
export function momentWords(at: number, zone: string): string {
  const { date, second } = zoneOf(zone).toLocal(momentOf(at));
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(second / 3600)}:${two((second % 3600) / 60)} ${dayWords(date)}`;
}

const momentOf = (at: number): Epoch => epoch(at);
