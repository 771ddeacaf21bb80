/**
 * What becomes of a sounding that is frozen when its announcement is changed under it: the editor is asked, for both answers can
 * be right.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { clockTime } from "../../domain/plan-words.js";
import { isAwaited, type Ticket } from "../../domain/ticket.js";
import type { StopScope } from "../../protocol/orders.js";
import type { Tickets } from "./tickets.js";

/** What was frozen sounds as it is, and the change holds from the next time on; or it is stopped now. */
export type FrozenAnswer = "next-time" | "stop-now";

export interface FrozenQuestionParts {
  readonly tickets: Pick<Tickets, "open">;
  readonly now: () => Epoch;
  /** IANA zone of the station. */
  readonly zone: string;
  readonly stop: (scope: StopScope, by: Person) => Promise<unknown>;
}

export interface FrozenQuestion {
  /** @throws Fault "conflict", reason `frozen`, while something of it is frozen and nothing was answered */
  mustBeAnswered(id: AnnouncementId, answer: FrozenAnswer | undefined): void;
  /** Does what was answered. Call it when the change is kept. */
  obey(id: AnnouncementId, answer: FrozenAnswer | undefined, by: Person): Promise<void>;
}

/** Soundings that are named in the question. */
const NAMED = 3;

export function createFrozenQuestion({ tickets, now, zone, stop }: FrozenQuestionParts): FrozenQuestion {
  const frozen = (id: AnnouncementId): readonly Ticket[] =>
    tickets
      .open()
      .filter(
        (ticket) =>
          ticket.items.some(({ announcement }) => announcement === id) &&
          now() < Math.max(ticket.end, ticket.notAfter) &&
          ticket.receivers.some((receiver) => isAwaited(ticket, receiver)),
      );

  return {
    mustBeAnswered(id, answer) {
      if (answer !== undefined) return;
      const held = frozen(id);
      if (held.length > 0) throw question(held, zone);
    },
    async obey(id, answer, by) {
      if (answer !== "stop-now") return;
      const occurrences = new Set(frozen(id).map(({ occurrence }) => occurrence));
      for (const occurrence of occurrences) await stop({ kind: "occurrence", occurrence }, by);
    },
  };
}

function question(held: readonly Ticket[], zone: string): Fault {
  const named = held
    .slice(0, NAMED)
    .map(({ title, start }) => `«${title}» ${clockTime(zone, epoch(start))}`)
    .join(", ");
  const list = held.length > NAMED ? `${named}, …` : named;
  return new Fault(
    "conflict",
    {
      vi: `Bản tin đang phát hoặc đã chốt để phát: ${list}. Chưa có gì thay đổi. Chọn «lần sau» (frozen=next-time: lượt này vẫn phát bản cũ) hoặc «dừng ngay» (frozen=stop-now).`,
      en: `It is on air or frozen for it: ${list}. Nothing was changed yet. Answer "next time" (frozen=next-time: this one sounds as it was) or "stop now" (frozen=stop-now).`,
    },
    { reason: "frozen" },
  );
}
