/**
 * Whether a playlist fits the slot of each schedule that uses it: a bar, and the same in words.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import { zone } from "../live/line.js";
import { Link } from "../paths.js";
import { length, shortMoment } from "../words/times.js";
import { fitOf, type Slot, type SlotEnd } from "./timing.js";
import { words } from "./words.js";

export interface Use {
  readonly schedule: Schedule;
  /** Absent when nothing of it is planned. */
  readonly slot: Slot | undefined;
}

const SHAPE = { fits: "✔", tight: "▲", over: "✖" } as const;

export function FitPart({ uses, lengthMs }: { readonly uses: readonly Use[]; readonly lengthMs: number }) {
  const say = words();
  if (uses.length === 0) return null;
  return (
    <section aria-labelledby="fit">
      <h2 id="fit">{say.fit}</h2>
      <ul class="fits">
        {uses.map(({ schedule, slot }) => (
          <li key={schedule.id}>
            <Link to={`/week/${schedule.id}`}>{schedule.title}</Link>{" "}
            {slot ? <OneFit slot={slot} lengthMs={lengthMs} /> : <small>{say.idle}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneFit({ slot: { start, roomMs, end }, lengthMs }: { readonly slot: Slot; readonly lengthMs: number }) {
  const say = words();
  const fit = fitOf(lengthMs, roomMs);
  const most = Math.max(lengthMs, roomMs, 1);
  return (
    <>
      <small>
        {shortMoment(start, zone.value)}, {say.slot(length(roomMs))} {endWords(end)}:
      </small>{" "}
      <strong class={`fit ${fit}`}>
        <span aria-hidden="true">{SHAPE[fit]}</span>{" "}
        {fit === "fits" ? say.fits(length(roomMs - lengthMs)) : say.over(length(lengthMs - roomMs))}
      </strong>
      <div class={`fit-bar ${fit}`} aria-hidden="true">
        <span style={{ width: `${(lengthMs / most) * 100}%` }} />
        <i style={{ left: `${(roomMs / most) * 100}%` }} />
      </div>
    </>
  );
}

function endWords(end: SlotEnd): string {
  const say = words().slotEnd;
  return end.by === "next" ? say.next(end.title) : say[end.by];
}
