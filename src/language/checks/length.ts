/**
 * How long one may be listened to.
 *
 * @module
 */
import type { Hit } from "./finding.js";

/** Longer items are not followed to the end at a loudspeaker; seconds. From complaints about long resolutions being read. */
export const LONGEST_ITEM = 120;

/** @param seconds how long the text takes @param slotSeconds how long it may take; unlimited when undefined */
export function tooLong(seconds: number, slotSeconds: number | undefined): Hit[] {
  const shown = Math.round(seconds);
  const hits: Hit[] = [];
  if (seconds > LONGEST_ITEM)
    hits.push({
      check: "length.item",
      words: {
        vi: `Bản tin dài khoảng ${shown} giây, quá hai phút.`,
        en: `The announcement takes about ${shown} s, more than two minutes.`,
      },
      suggestion: { vi: "Cắt bớt, hoặc chia thành hai bản tin.", en: "Shorten it, or make two announcements of it." },
    });
  if (slotSeconds !== undefined && seconds > slotSeconds)
    hits.push({
      check: "length.slot",
      words: {
        vi: `Bản tin dài khoảng ${shown} giây, khung phát chỉ có ${Math.floor(slotSeconds)} giây.`,
        en: `The announcement takes about ${shown} s; its slot has ${Math.floor(slotSeconds)} s.`,
      },
      suggestion: { vi: "Cắt bớt, hoặc chọn khung phát dài hơn.", en: "Shorten it, or choose a longer slot." },
    });
  return hits;
}
