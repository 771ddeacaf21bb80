/**
 * Says to others that this panel has a thing open, and who else has: a hint before two people write the same, never a lock.
 *
 * @module
 */
import { useEffect } from "preact/hooks";
import { every, systemClock } from "../../../base/clock.js";
import { seconds } from "../../../base/units.js";
import type { Thing } from "../../../server/api/presence.js";
import { self } from "../session.js";
import { bilingual } from "../words/language.js";
import { clockTime } from "../words/times.js";
import { lineState, present, sayClosed, sayOpen, zone } from "./line.js";

/** What is not said again for a minute and a half is over. */
const AGAIN = seconds(60);

const words = bilingual(
  { also: (name: string, since: string) => `${name} cũng đang mở (từ ${since}).` },
  { also: (name, since) => `${name} has it open, too (since ${since}).` },
);

export function AlsoOpen({ kind, id }: Thing) {
  const isLive = lineState.value.is === "live";
  useEffect(() => {
    if (!isLive) return;
    sayOpen({ kind, id });
    const stop = every(systemClock, AGAIN, () => sayOpen({ kind, id }));
    return () => {
      stop();
      sayClosed({ kind, id });
    };
  }, [isLive, kind, id]);
  const others = (present.value.get(`${kind}/${id}`) ?? []).filter(({ name }) => name !== self.value?.name);
  return (
    <div aria-live="polite">
      {others.map(({ name, since }) => (
        <p key={name} class="also-open">
          {words().also(name, clockTime(since, zone.value))}
        </p>
      ))}
    </div>
  );
}
