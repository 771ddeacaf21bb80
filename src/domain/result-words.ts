/**
 * What became of an occurrence at a loudspeaker, and why, in a sentence for ward officers.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { epoch } from "../base/units.js";
import { reasonOrCode } from "./reason-words.js";
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

/** The words of a result's state. */
export const stateWords = (state: ResultState): Words => STATES[state];

/** @param zone IANA name of the zone in which times are told */
export function resultWords({ state, why, by, since }: Result, zone: string): Words {
  const { vi, en } = stateWords(state);
  const when = since === undefined ? undefined : timeIn(zone, since);
  const reason = why === undefined ? undefined : reasonOrCode("sound", why);
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
