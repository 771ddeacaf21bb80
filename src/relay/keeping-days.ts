/**
 * Keeps the heads of the log's days for the station, and tells them back when it asks.
 *
 * @module
 */
import type { Log } from "../base/log.js";
import type { LocalDate } from "../domain/local-time.js";
import type { SignedDay } from "../protocol/day-head.js";
import { MAX_DAYS_LISTED } from "../protocol/limits.js";
import type { ReceiverMessage, ServerMessage } from "../protocol/messages.js";
import { lastDayOf, takeDayHeads } from "../receiver/day-heads.js";
import { openDayHeads } from "./disk/day-heads-file.js";
import type { Trust } from "./trust.js";

export interface DayKeeper {
  /** What the greeting says of it: the last day whose head is held. */
  greeting(): { readonly day?: LocalDate };
  /** Takes heads, or tells those that the station asks for. */
  hear(message: Extract<ServerMessage, { t: "days" | "days-wanted" }>): void;
}

export interface DayKeeperParts {
  /** Where the loudspeaker keeps its state. */
  readonly folder: string;
  readonly trust: Pick<Trust, "verify">;
  readonly send: (message: ReceiverMessage) => boolean;
  readonly log: Log;
}

export function createDayKeeper({ folder, trust, send, log }: DayKeeperParts): DayKeeper {
  const file = openDayHeads(folder, log);
  let { held } = file;
  const take = (came: readonly SignedDay[]) => {
    const next = takeDayHeads(held, came, (signed) => trust.verify("day", signed).keyId !== false);
    if (next === held) return;
    held = next;
    try {
      file.keep(held);
    } catch (thrown) {
      // They are kept in memory, and asked for again after the next start.
      log.error("relay.disk-failed", { file: "day-heads", thrown });
    }
  };
  const tell = (after: LocalDate | undefined) => {
    const wanted = [...held].flatMap(([day, signed]) => (after === undefined || day > after ? [signed] : []));
    for (let from = 0; from === 0 || from < wanted.length; from += MAX_DAYS_LISTED) {
      const heads = wanted.slice(from, from + MAX_DAYS_LISTED);
      send({ t: "days", p: { heads, more: from + MAX_DAYS_LISTED < wanted.length } });
    }
  };

  return {
    greeting() {
      const day = lastDayOf(held);
      return day === undefined ? {} : { day };
    },
    hear: (message) => (message.t === "days" ? take(message.p.heads) : tell(message.p.after)),
  };
}
