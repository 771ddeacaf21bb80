/**
 * A playlist laid out for sounding at once.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import { type Layout, type Library, layOut } from "../../domain/layout.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { Playlist } from "../../domain/playlist.js";
import type { Receiver } from "../../domain/receiver.js";
import type { PlanReason } from "../../domain/rundown.js";
import type { Targets } from "../../domain/schedule.js";
import { outside, type Standing } from "../../domain/targets.js";
import type { Ticket } from "../../domain/ticket.js";
import type { BytesOf } from "./cues.js";

interface Now extends Omit<Library, "isWithin">, Standing {
  readonly today: LocalDate;
  /** Everywhere where it is to sound. */
  readonly there: readonly Receiver[];
  readonly bytesOf: BytesOf;
}

/** @throws Fault "forbidden" when nothing of it may sound today, with the reason of the planner */
export function layOutNow(
  playlist: Playlist,
  { today, bytesOf, there, ...library }: Now,
): { readonly items: Ticket["items"]; readonly durationMs: number } {
  const among = there.map(({ id }) => id);
  const isWithin = (targets: Targets) => outside(targets, library, { among, day: today }).length === 0;
  const layout = layOut(playlist, { ...library, isWithin }, today);
  if (layout.failure !== undefined) throw refusal(playlist.title, layout.failure);
  return { items: itemsOf(layout, bytesOf), durationMs: layout.length };
}

const itemsOf = (layout: Layout, bytesOf: BytesOf): Ticket["items"] =>
  layout.items.map(({ announcement, ...item }) => ({
    ...item,
    bytes: bytesOf(item.sha256),
    ...(announcement === undefined ? {} : { announcement }),
  }));

function refusal(title: string, reason: PlanReason): Fault {
  const words = WHY[reason] ?? { vi: "không phát được", en: "it cannot sound" };
  return new Fault(
    "forbidden",
    { vi: `«${title}» không phát: ${words.vi}.`, en: `"${title}" does not sound: ${words.en}.` },
    { reason },
  );
}

const WHY: { readonly [reason in PlanReason]?: Words } = {
  "no-audio": { vi: "chưa có âm thanh, hãy chờ tạo xong hoặc thu âm", en: "it has no sound yet; wait or record it" },
  "not-approved": { vi: "chưa được duyệt", en: "it is not approved" },
  "not-valid": { vi: "đã hết hạn hoặc chưa đến ngày được phát", en: "it is not valid today" },
  recalled: { vi: "đã bị thu hồi", en: "it was recalled" },
  blocked: { vi: "bị thành phố chặn", en: "the city's editor has blocked it" },
  "outside-targets": {
    vi: "nơi nhận đã chọn rộng hơn nơi bản tin được duyệt để phát",
    en: "the chosen targets are wider than those it is approved for",
  },
};
