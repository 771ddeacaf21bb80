/**
 * Before a sounding is moved: to where, it alone or all of them, and what that would do; then it is saved, with a way back.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Schedule } from "../../../domain/schedule.js";
import { ask, askKept, type Kept, otherSideOf } from "../ask.js";
import { fetchSchedules, matching } from "../lists.js";
import { useAct } from "../pieces/act.js";
import { DateField } from "../pieces/date-field.js";
import { Dialog } from "../pieces/dialog.js";
import { useFetched } from "../pieces/fetched.js";
import { plainDate, weekdayOf } from "../words/times.js";
import { Consequence, useReview } from "./consequence.js";
import { type Line, plannedMoment } from "./grid.js";
import { type Moment, type Move, moveOf, type Scope, scopesOf } from "./moves.js";
import { factsOf } from "./two-sides.js";
import { words } from "./words.js";

/** What was moved, and how to put it back. */
export interface Moved {
  readonly said: string;
  readonly undo: () => Promise<void>;
}

interface MoveDialogProps {
  readonly line: Line;
  readonly to: Moment;
  readonly quietFor: (to: Moment) => readonly string[];
  readonly onMoved: (moved: Moved) => void;
  readonly onClose: () => void;
}

export function MoveDialog({ line, to: dropped, quietFor, onMoved, onClose }: MoveDialogProps) {
  const say = words();
  const schedules = useFetched(fetchSchedules, [], ["schedules"]);
  const [chosen, setTo] = useState(dropped);
  const [wished, setWished] = useState<Scope>();
  const [theirs, setTheirs] = useState<Schedule>();
  const { busy, wrong, act } = useAct();
  const from = exactly(line, schedules.value);
  // Its time may hold seconds, which nobody sees here.
  const planned = plannedMoment(line);
  const to = chosen.date === planned.date && chosen.time === planned.time ? from : chosen;
  const kept = schedules.value?.find(({ value }) => value.id === line.schedule);
  const wish = { from, to, taken: new Set((schedules.value ?? []).map(({ value }) => value.id as string)) };
  const scopes = kept ? scopesOf(kept.value, wish) : [];
  const scope = wished !== undefined && scopes.includes(wished) ? wished : scopes[0];
  const move = kept && scope ? moveOf(kept.value, scope, wish) : undefined;
  const [first, ...others] = move ? [...move.made, move.changed] : [];
  const review = useReview(first, others);
  const quiet = quietFor(to);
  const save = () =>
    act(async () => {
      if (!kept || !move) return;
      try {
        const undo = await keep(kept, move);
        onMoved({ said: say.moved(line.title, momentWords(from), momentWords(to)), undo });
      } catch (thrown) {
        const other = otherSideOf<Schedule>(thrown);
        if (!other) throw thrown;
        setTheirs(other.value);
      }
    });
  const isBlocked = !move || review === undefined || review.refusals.length > 0 || theirs !== undefined;
  return (
    <Dialog title={say.moveTitle(line.title)} onClose={onClose}>
      <p>{say.fromTo(momentWords(from), momentWords(to))}</p>
      <div class="schedule-fields">
        <DateField label={say.toDay} value={to.date} onChange={(date) => setTo({ ...to, date })} />
        <label>
          {say.toTime}
          <input
            type="time"
            required
            value={to.time.slice(0, 5)}
            onChange={({ currentTarget }) => setTo({ ...to, time: currentTarget.value })}
          />
        </label>
      </div>
      {scopes.length > 0 && (
        <fieldset>
          <legend>{say.which}</legend>
          {scopes.map((one) => (
            <label key={one}>
              <input type="radio" name="scope" checked={one === scope} onChange={() => setWished(one)} />
              {one === "once" ? say.onlyThis(momentWords(from)) : say.allOfThem}
            </label>
          ))}
        </fieldset>
      )}
      {schedules.value && scopes.length === 0 && <p>{say.notMoved}</p>}
      {quiet.length > 0 && <p class="wrong">{say.quietThere(momentWords(to), quiet.join(", "))}</p>}
      {move && <Consequence review={review} />}
      {theirs && (
        <div role="alert">
          <p>{say.changedMeanwhile}</p>
          <ul>{factsOf(theirs).map(([name, value]) => value !== "" && <li key={name}>{`${name}: ${value}`}</li>)}</ul>
        </div>
      )}
      {(wrong ?? schedules.wrong) && <p role="alert">{wrong ?? schedules.wrong}</p>}
      <button type="button" disabled={isBlocked} aria-disabled={busy} aria-busy={busy} onClick={() => void save()}>
        {say.doMove}
      </button>
      <button type="button" class="secondary" onClick={onClose}>
        {say.leaveIt}
      </button>
    </Dialog>
  );
}

export function momentWords({ date, time }: Moment): string {
  return words().moment(time.slice(0, 5), weekdayOf(date), plainDate(date));
}

/** The time as its schedule has it, which may hold seconds. */
function exactly(line: Line, schedules: readonly Kept<Schedule>[] | undefined): Moment {
  const { date, time } = plannedMoment(line);
  const found = schedules?.find(({ value }) => value.id === line.schedule);
  return { date, time: found?.value.at.find((one) => one.startsWith(time)) ?? time };
}

/** Keeps a move; nothing of it is left when a part of it is refused. Resolves to the way back. @throws Refusal */
async function keep(
  { value: before, revision }: Kept<Schedule>,
  { changed, made }: Move,
): Promise<() => Promise<void>> {
  const at = (id: string) => `/schedules/${id}`;
  const next = await askKept<Schedule>("PUT", at(before.id), { body: changed, revision: matching(revision) });
  const added: Kept<Schedule>[] = [];
  const undo = async () => {
    for (const one of added.splice(0)) await ask("DELETE", at(one.value.id), { revision: one.revision });
    await ask("PUT", at(before.id), { body: before, revision: next.revision });
  };
  try {
    for (const one of made) added.push(await askKept<Schedule>("PUT", at(one.id), { body: one }));
  } catch (thrown) {
    await undo();
    throw thrown;
  }
  return undo;
}
