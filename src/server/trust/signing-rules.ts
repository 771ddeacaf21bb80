/**
 * What the signer refuses to put its name to. It trusts neither the process that asks nor that process's clock: whoever
 * takes the server over, or a mistake in it, still gets no order signed that no station would give.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { type Micros, toEpoch } from "../../base/units.js";
import type { Place } from "../../domain/place.js";
import { isQuiet } from "../../domain/policy-rules.js";
import { parseDayHead } from "../../protocol/day-head.js";
import { type Order, orderSchema } from "../../protocol/orders.js";
import { parseTimeText } from "../../protocol/signed-time.js";

/** What the signer signs for the server; notices about keys are its own. */
export const REQUESTED = ["order", "programme", "time", "day"] as const;
export type Requested = (typeof REQUESTED)[number];

/** How far an instant may be from the signer's clock, µs. A server slews a step of its machine's clock for long. */
const CLOCK_APART = 10 * 60e6;
/** A stop lives for a day; nothing lives longer. */
const LONGEST_LIFE = 25 * 3_600e6;
/** Orders a minute to several loudspeakers at once, and to a single one: ten thousand that come back are each told anew. */
const MOST_A_MINUTE = { wide: 1_200, narrow: 60_000, programme: 60_000, time: 120_000, day: 1_200 } as const;
const MINUTE = 60e6;

/** How a programme of this house begins. */
const PROGRAMME = /^\{"v":1,"receiver":"[a-z0-9-]{1,64}","revision":\d{1,15},"issuedAt":(\d{1,16}),/;

export interface SigningRulesOptions {
  /**
   * The times that count as now, µs: the machine's, and the one that the program has counted on from its start. A clock that
   * is set while the station is on air is followed by the station only later.
   */
  readonly clocks: () => readonly number[];
  /** One place for each policy of the station: an hour that is quiet in all of them is no hour for an ordinary sound. */
  readonly places: readonly Place[];
  /** The last head of a day that was signed; on disk when `keep` returns. */
  readonly days: { last(): string | undefined; keep(text: string): void };
}

/** Returns what judges a request. @throws Fault "forbidden" with the reason, when it is not to be signed */
export function createSigningRules({
  clocks,
  places,
  days,
}: SigningRulesOptions): (what: Requested, text: string) => void {
  const counts = new Map<keyof typeof MOST_A_MINUTE, { since: number; count: number }>();

  const count = (kind: keyof typeof MOST_A_MINUTE) => {
    const [now = 0] = clocks();
    const window = counts.get(kind);
    if (!window || Math.abs(now - window.since) > MINUTE) counts.set(kind, { since: now, count: 1 });
    else if (++window.count > MOST_A_MINUTE[kind]) throw refused("signer-rate", RATE);
  };
  const isNear = (at: number) => clocks().some((now) => Math.abs(at - now) <= CLOCK_APART);

  // A time of its own choice would be the night's end to every loudspeaker.
  const judgeTime = (text: string) => {
    const stated = parseTimeText(text);
    if (!stated) throw refused("signer-malformed", MALFORMED);
    if (!isNear(stated.at)) throw refused("signer-clock", CLOCK);
  };
  /** What has happened is told once: whoever takes the server over cannot have another past signed. */
  const judgeDay = (text: string) => {
    const head = parseDayHead(text);
    if (!head) throw refused("signer-malformed", MALFORMED);
    if (clocks().every((now) => Date.parse(head.day) * 1000 > now)) throw refused("signer-clock", CLOCK);
    const last = days.last();
    if (text === last) return;
    const past = last === undefined ? undefined : parseDayHead(last);
    if (past !== undefined && head.day <= past.day) throw refused("signer-day", CLOSED);
    days.keep(text);
  };
  const judgeOrder = (text: string) => {
    const order = orderSchema.safeParse(parse(text)).data;
    if (!order) throw refused("signer-malformed", MALFORMED);
    const isStop = order.body.kind === "stop";
    // An older stop is told again to whoever was away, also after a new start (R3).
    const isTimely = isStop ? clocks().some((now) => order.issuedAt <= now + CLOCK_APART) : isNear(order.issuedAt);
    if (!isTimely || order.notAfter - order.issuedAt > LONGEST_LIFE) throw refused("signer-clock", CLOCK);
    // A stop is counted by nobody: there is no hour and no number at which silence would be absurd (R3).
    if (isStop) return;
    count(isWide(order) ? "wide" : "narrow");
    if (isQuietSound(order, places)) throw refused("signer-quiet", QUIET);
  };

  return (what, text) => {
    if (what === "order") return judgeOrder(text);
    count(what);
    if (what === "time") return judgeTime(text);
    if (what === "day") return judgeDay(text);
    const issuedAt = Number(PROGRAMME.exec(text)?.[1] ?? Number.NaN);
    if (Number.isNaN(issuedAt)) throw refused("signer-malformed", MALFORMED);
    // Programmes are signed anew after a restart, so an old one is as good as a new one.
    if (clocks().every((now) => issuedAt > now + CLOCK_APART)) throw refused("signer-clock", CLOCK);
  };
}

const isWide = ({ audience }: Order): boolean => audience.kind !== "receivers" || audience.receivers.length > 1;

/** Whether it would sound in an hour that is quiet everywhere, without being an emergency that a person confirmed (R1). */
function isQuietSound({ body, class: of, confirmedBy, issuedAt }: Order, places: readonly Place[]): boolean {
  if (body.kind !== "cue" && body.kind !== "open") return false;
  const rank = body.kind === "cue" ? body.cue.class : body.class;
  if (rank === "emergency" && of === "emergency" && confirmedBy) return false;
  const at = toEpoch((body.cue?.at ?? issuedAt) as Micros);
  return places.length > 0 && places.every((place) => isQuiet(place, at));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no order: the schema refuses `undefined`.
    return undefined;
  }
}

const refused = (reason: string, { vi, en }: { vi: string; en: string }): Fault =>
  new Fault(
    "forbidden",
    { vi: `Lệnh không được ký nên chưa gửi: ${vi}`, en: `The order was not signed and not sent: ${en}` },
    { reason },
  );

const CLOSED = {
  vi: "ngày này, hoặc ngày sau nó, đã khóa sổ với nội dung khác.",
  en: "this day, or a later one, was closed already with another content.",
};
const RATE = { vi: "quá nhiều lệnh trong một phút.", en: "too many orders within a minute." };
const CLOCK = {
  vi: "giờ trong lệnh khác xa giờ của máy. Hãy kiểm tra đồng hồ của máy chủ.",
  en: "its time is far from this machine's. Check the server's clock.",
};
const QUIET = {
  vi: "đang là giờ yên tĩnh ở mọi địa bàn và không có người xác nhận khẩn cấp.",
  en: "it is a quiet hour everywhere, and no person has confirmed an emergency.",
};
const MALFORMED = { vi: "nội dung không phải là lệnh hợp lệ.", en: "its text is no valid order." };
