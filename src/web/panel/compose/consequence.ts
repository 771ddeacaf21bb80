/**
 * What will happen, in one sentence, before anything is ordered. Pure.
 *
 * @module
 */
import { bilingual } from "../words/language.js";
import { length, weekdayOf } from "../words/times.js";
import type { Later, When } from "./when.js";

export interface Consequence {
  readonly when: When;
  readonly loudspeakers: number;
  readonly vans: number;
  /** Of the places, as people say them. */
  readonly places: readonly string[];
  /** How long it sounds, ms; absent until that is known. */
  readonly lengthMs: number | undefined;
  /** IANA zone of the station. */
  readonly zone: string;
}

/** More names than this are counted. */
const PLACES_NAMED = 3;

const words = bilingual(
  {
    now: "Phát ngay",
    at: (time: string, day: string, zone: string) => `Phát lúc ${time} ${day} (${zone})`,
    zone: (zone: string) => (zone === "Asia/Ho_Chi_Minh" ? "giờ Việt Nam" : zone),
    loudspeakers: (count: number) => `${count} loa`,
    vans: (count: number) => `${count} xe`,
    nowhere: "chưa chọn nơi phát",
    where: (sound: string, places: string) => ` tại ${sound}${places === "" ? "" : ` ở ${places}`}`,
    more: (count: number) => `và ${count} nơi nữa`,
    long: (time: string) => `, dài ${time}`,
    once: ", một lần",
    daily: ", rồi mỗi ngày",
    weekdays: ", rồi từ thứ Hai đến thứ Sáu",
    weekly: ", rồi mỗi tuần",
    until: (day: string) => ` đến hết ${day}`,
    endless: " cho đến khi tắt lịch",
  },
  {
    now: "Plays now",
    at: (time, day, zone) => `Plays at ${time} on ${day} (${zone})`,
    zone: (zone) => zone,
    loudspeakers: (count) => `${count} ${count === 1 ? "loudspeaker" : "loudspeakers"}`,
    vans: (count) => `${count} ${count === 1 ? "van" : "vans"}`,
    nowhere: "no place is chosen yet",
    where: (sound, places) => ` at ${sound}${places === "" ? "" : ` in ${places}`}`,
    more: (count) => `and ${count} more places`,
    long: (time) => `, ${time} long`,
    once: ", once",
    daily: ", then every day",
    weekdays: ", then Monday to Friday",
    weekly: ", then every week",
    until: (day) => ` until ${day}, included`,
    endless: " until the schedule is switched off",
  },
);

/** `Phát lúc 17:00 thứ Ba 24/11 (giờ Việt Nam) tại 12 loa, dài 1 phút 40 giây, một lần.` */
export function consequence({ when, loudspeakers, vans, places, lengthMs, zone }: Consequence): string {
  const say = words();
  const begin = when.is === "now" ? say.now : say.at(when.time, dayWords(when.date), say.zone(zone));
  const sound = [loudspeakers > 0 ? say.loudspeakers(loudspeakers) : "", vans > 0 ? say.vans(vans) : ""]
    .filter((part) => part !== "")
    .join(", ");
  const where = sound === "" ? `: ${say.nowhere}` : say.where(sound, placeWords(places));
  const long = lengthMs === undefined ? "" : say.long(length(lengthMs));
  return `${begin}${where}${long}${when.is === "now" ? "" : repeatWords(when)}.`;
}

const dayWords = (date: string) => `${weekdayOf(date)} ${date.slice(8)}/${date.slice(5, 7)}`;

function placeWords(places: readonly string[]): string {
  const more = places.length - PLACES_NAMED;
  const named = places.slice(0, PLACES_NAMED).join(", ");
  return more > 0 ? `${named} ${words().more(more)}` : named;
}

function repeatWords({ repeat, until }: Later): string {
  const say = words();
  if (repeat === "once") return say.once;
  return `${say[repeat]}${until === "" ? say.endless : say.until(dayWords(until))}`;
}
