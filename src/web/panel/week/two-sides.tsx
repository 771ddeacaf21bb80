/**
 * Two people changed the same schedule: what differs, side by side, and whose to go on with.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import { words as radioWords } from "../radio/words.js";
import { areas } from "../session.js";
import { length, plainDate } from "../words/times.js";
import { repeatOf } from "./repeat.js";
import { words } from "./words.js";

interface TwoSidesProps {
  readonly mine: Schedule;
  readonly theirs: Schedule;
  readonly onSettle: (whose: "mine" | "theirs") => void;
}

export function TwoSides({ mine, theirs, onSettle }: TwoSidesProps) {
  const say = words();
  const [ours, others] = [factsOf(mine), factsOf(theirs)];
  const unlike = ours.filter(([name, value]) => others.find(([other]) => other === name)?.[1] !== value);
  return (
    <section class="two-sides" role="alert">
      <p>{say.changed}</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{say.mine}</th>
            <th scope="col">{say.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {unlike.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{others.find(([other]) => other === name)?.[1]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unlike.length === 0 && <p>{say.alike}</p>}
      <div class="buttons">
        <button type="button" onClick={() => onSettle("mine")}>
          {say.keepMine}
        </button>
        <button type="button" class="secondary" onClick={() => onSettle("theirs")}>
          {say.takeNew}
        </button>
      </div>
    </section>
  );
}

type Fact = readonly [name: string, value: string];

/** A schedule as people compare it. */
export function factsOf(schedule: Schedule): Fact[] {
  const say = words();
  const repeat = repeatOf(schedule.rule);
  const days = repeat.kind === "weekly" ? repeat.days.map((one) => say.days[one]).join(", ") : say.repeats[repeat.kind];
  const { targets } = schedule;
  return [
    [say.name, schedule.title],
    [say.playlist, schedule.playlist],
    [radioWords().relay, schedule.radio ? `${schedule.radio.source}, ${length(schedule.radio.lengthMs)}` : "–"],
    [say.times, schedule.at.join(", ")],
    [say.start, plainDate(schedule.start)],
    [say.until, schedule.until === undefined ? "–" : plainDate(schedule.until)],
    [say.repeat, days],
    [say.where, targets.areas.map((id) => areas.value.get(id)?.name ?? id).join(", ")],
    [say.alsoAt, String(targets.receivers.length)],
    [say.notAt, String(targets.except.length)],
    [say.exceptDays, schedule.except.map(plainDate).join(", ")],
    [say.enabled, schedule.enabled ? "✔" : "–"],
  ];
}
