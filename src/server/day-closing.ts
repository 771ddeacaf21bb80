/**
 * Closes each day of the as-run log when it is over, with a signed head; days that passed while the server was off are closed
 * at its next start, in order.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { epoch } from "../base/units.js";
import { addDays } from "../domain/calendar.js";
import type { LocalDate } from "../domain/local-time.js";
import { zoneOf } from "../domain/zone.js";
import { type DayHead, dayHeadText, type SignedDay } from "../protocol/day-head.js";
import type { AsRunLog } from "./store/index.js";
import type { Signer } from "./trust/signer.js";

export interface DayClosingParts {
  readonly asRun: Pick<AsRunLog, "days" | "closeDay">;
  readonly signer: Pick<Signer, "sign" | "standing">;
  /** The station's. */
  readonly zone: string;
  /** Civil milliseconds. */
  readonly now: () => number;
  /** A day was closed: its head goes to whoever keeps copies. */
  readonly onClosed: (head: SignedDay) => void;
  readonly log: Log;
}

export interface DayClosing {
  /** Closes what is to be closed. Call it about once a minute; while it works another call does nothing. Never throws. */
  look(): Promise<void>;
}

export function createDayClosing({ asRun, signer, zone: name, now, onClosed, log }: DayClosingParts): DayClosing {
  const zone = zoneOf(name);
  const dateOf = (at: number): LocalDate => zone.toLocal(epoch(at)).date;
  let isBusy = false;

  /** The first day from `from` on that is over and that the signer takes. It may have signed one that this log has lost. */
  async function sign(head: Omit<DayHead, "day">, from: LocalDate): Promise<[DayHead, SignedDay] | undefined> {
    for (let day = from; day < dateOf(now()); day = addDays(day, 1)) {
      const closed: DayHead = { ...head, day };
      try {
        return [closed, await signer.sign("day", dayHeadText(closed))];
      } catch (thrown) {
        if (!(thrown instanceof Fault) || thrown.reason !== "signer-day") throw thrown;
        log.warn("day.signed-before", { day });
      }
    }
    return undefined;
  }

  /** Returns whether a day was closed. */
  async function closeNext(): Promise<boolean> {
    const open = asRun.days.open();
    if (!open) return false;
    const written = dateOf(open.writtenAt);
    const earliest = open.lastDay === undefined ? written : addDays(open.lastDay, 1);
    const day = [written > earliest ? written : earliest, dateOf(now())].sort()[0] as LocalDate;
    if (day < earliest || day >= dateOf(now())) return false;
    const { n: last, hash: head } = await asRun.days.lastBefore(open.first, {
      end: zone.toEpoch(addDays(day, 1), 0),
      now: now(),
    });
    const { first, previous } = open;
    const signed = await sign({ v: 1, lines: last - first + 1, first, last, head, previous }, day);
    if (!signed) return false;
    const [closed, seal] = signed;
    const publicKey = signer.standing().keys.find(({ keyId }) => keyId === seal.keyId)?.publicKey ?? "";
    const { text, keyId, signature } = seal;
    asRun.closeDay({ text, keyId, publicKey, signature });
    onClosed({ text, keyId, signature });
    log.info("day.closed", { day: closed.day, lines: closed.lines });
    return true;
  }

  return {
    async look() {
      if (isBusy) return;
      isBusy = true;
      try {
        while (await closeNext());
      } catch (thrown) {
        // It is looked at again within a minute, and nothing is lost but time.
        log.warn("day.not-closed", { thrown });
      } finally {
        isBusy = false;
      }
    },
  };
}
