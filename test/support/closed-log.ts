import type { Clock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { epoch, hours, ms } from "../../src/base/units.js";
import type { SignedDay } from "../../src/protocol/day-head.js";
import { createDayClosing } from "../../src/server/day-closing.js";
import { openAsRunLog } from "../../src/server/store/as-run-log.js";
import { makeKey, signWith } from "../../src/server/trust/ed25519.js";
import { createSigningRules } from "../../src/server/trust/signing-rules.js";
import { daysInMemory } from "./days-in-memory.js";

const ZONE = "Asia/Ho_Chi_Minh";

/** A clock that stands wherever it is put. */
export function standingClock(at: number) {
  let now = at;
  return {
    date: () => epoch(now),
    set(next: number) {
      now = next;
    },
  };
}

/** A log whose days are closed as in a station, by the station's rules of signing. */
export function openClosedLog(path: string, clock: Pick<Clock, "date">, key = makeKey(), signed = daysInMemory()) {
  const log = openAsRunLog({ path, clock, log: silentLog, reserveBytes: 0 });
  const judge = createSigningRules({ clocks: () => [clock.date() * 1000], places: [], days: signed });
  const copies: SignedDay[] = [];
  const closing = createDayClosing({
    ...{ asRun: log, zone: ZONE, now: clock.date, log: silentLog },
    signer: {
      async sign(what, text) {
        judge(what, text);
        return { text, keyId: key.keyId, signature: signWith(key, "day", text) };
      },
      standing: () => ({ active: key.keyId, keys: [{ ...key, madeAt: 0 }], notices: [] }),
    },
    onClosed: (head) => copies.push(head),
  });
  return { log, key, signed, copies, close: closing.look };
}

/** The evening of a day in Vietnam. */
export const evening = (day: string): number => Date.parse(`${day}T20:00:00+07:00`);
export const HOUR = hours(1);
export const MINUTE = ms(60_000);
