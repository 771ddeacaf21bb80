/**
 * An alarm: a trouble of one loudspeaker from when it began until it has been gone for a while. However often it comes and goes
 * meanwhile, it is one alarm.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { type Trouble, troubleSchema } from "./condition.js";
import { areaIdSchema, receiverIdSchema } from "./ids.js";

/** A trouble that is gone for this long is over. */
export const CALM_MS = 120_000;

export const alarmSchema = z.strictObject({
  /** Of receiver and trouble: each receiver has one alarm of each kind at most. */
  id: z.string().check(z.maxLength(100)),
  receiver: receiverIdSchema,
  area: areaIdSchema,
  trouble: troubleSchema,
  /** When it began and when it was last there, civil milliseconds. */
  since: z.number(),
  lastAt: z.number(),
  /** How often it has come since. */
  times: z.int(),
  /** The person who has taken notice, and when. */
  acknowledgedBy: z.optional(z.string().check(z.maxLength(120))),
  acknowledgedAt: z.optional(z.number()),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const alarmId = (receiver: string, trouble: Trouble): string => `${receiver}.${trouble}`;

/** Somebody must have looked at these before they end: they may be over before anybody has seen them. */
const NEEDS_A_PERSON: ReadonlySet<Trouble> = new Set(["sound-without-order"]);

/** What becomes of an alarm when its receiver is looked at. */
export type AlarmStep =
  | { readonly kind: "none" }
  | { readonly kind: "open" | "again"; readonly alarm: Alarm }
  | { readonly kind: "clear"; readonly alarm: Alarm };

/** Where and what, when it is looked at. */
export interface Look {
  readonly receiver: Alarm["receiver"];
  readonly area: Alarm["area"];
  readonly trouble: Trouble;
  readonly now: number;
  /** Whether the trouble is there now. */
  readonly isThere: boolean;
  /** Whether it was there when it was looked at last. */
  readonly wasThere: boolean;
  /** When it was last there, when that is later than the alarm says. */
  readonly lastAt?: number | undefined;
}

/** What to do about an alarm, or about there being none. */
export function alarmStep(alarm: Alarm | undefined, look: Look): AlarmStep {
  const { receiver, area, trouble, now, isThere, wasThere } = look;
  if (alarm === undefined) {
    if (!isThere) return { kind: "none" };
    const id = alarmId(receiver, trouble);
    return { kind: "open", alarm: { id, receiver, area, trouble, since: now, lastAt: now, times: 1 } };
  }
  if (isThere)
    return wasThere ? { kind: "none" } : { kind: "again", alarm: { ...alarm, lastAt: now, times: alarm.times + 1 } };
  const waits = NEEDS_A_PERSON.has(trouble) && alarm.acknowledgedBy === undefined;
  return waits || now - Math.max(alarm.lastAt, look.lastAt ?? 0) < CALM_MS
    ? { kind: "none" }
    : { kind: "clear", alarm };
}

/** What is wrong, for ward officers: what it is and what to do. */
export const TROUBLE_WORDS: Readonly<Record<Trouble, Words>> = {
  "key-twice": {
    vi: "Hai thiết bị dùng chung một khóa; cả hai bị chặn. Có thể khóa đã bị sao chép: hãy kiểm tra cột rồi ghép lại.",
    en: "Two devices showed one key; both are kept out. The key may have been copied: look at the pole, then pair anew.",
  },
  "link-lost": {
    vi: "Mất liên lạc. Loa vẫn tự phát chương trình đã lưu; hãy kiểm tra điện và mạng ở cột.",
    en: "No connection. It still plays its stored programme by itself; look at power and network at the pole.",
  },
  "sink-failed": {
    vi: "Không ra được tiếng: hỏng đường ra âm thanh. Hãy kiểm tra card âm thanh và ampli.",
    en: "No sound comes out: its output has failed. Look at sound card and amplifier.",
  },
  "clock-untrusted": {
    vi: "Đồng hồ chưa tin được nên loa không phát theo lịch. Hãy kiểm tra đường truyền.",
    en: "Its clock cannot be trusted, so it plays nothing planned. Look at its connection.",
  },
  "disk-nearly-full": {
    vi: "Ổ đĩa gần đầy. Hãy xóa bớt tệp lạ hoặc thay thẻ nhớ lớn hơn.",
    en: "Its disk is nearly full. Remove what does not belong there, or use a larger card.",
  },
  "clips-missing": {
    vi: "Thiếu âm thanh sắp phát trong một giờ tới. Đường truyền có thể quá chậm.",
    en: "It lacks sound that is due within the hour. Its connection may be too slow.",
  },
  "silent-while-ordered": {
    vi: "Đã đến giờ phát mà loa im lặng không báo lý do, hoặc máy đo không nghe thấy tiếng. Hãy thử tiếng, xem bộ khuếch đại và dây loa, hoặc khởi động lại loa.",
    en: "It was to sound and is silent without a reason, or its meter hears nothing. Try a test tone, look at amplifier and cables, or restart it.",
  },
  "sound-without-order": {
    vi: "Có tiếng phát ra khi không có lệnh. Có thể có người chen vào đường âm thanh: hãy cử người đến cột ngay.",
    en: "Something sounds that nobody ordered. Somebody may have got into its sound: send a person to the pole at once.",
  },
};
