/**
 * The plan by wards: a row for each, a column for each day of the week or each hour of one day.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { isWithinAreas } from "../../../domain/area.js";
import { picture, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { inOrder, isWard } from "../pieces/area-choice.js";
import { ClassMark } from "../pieces/class-mark.js";
import { titleOf } from "../radio/title.js";
import { areas } from "../session.js";
import { told } from "../words/language.js";
import { clockTime, localDateOf, plainDate, weekdayOf } from "../words/times.js";
import type { Line } from "./grid.js";
import { words } from "./words.js";

interface WardsProps {
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  /** Only this ward; all when it is empty. */
  readonly area: string;
}

const dayOf = (line: Line) => localDateOf(Date.parse(line.start), zone.value);
const hourOf = (line: Line) => Number(clockTime(line.start, zone.value).slice(0, 2));
const HOURS = Array.from({ length: 18 }, (_, index) => index + 5);

export function Wards({ days, lines, area }: WardsProps) {
  const say = words();
  const [day, setDay] = useState("");
  const shown = days.includes(day) ? lines.filter((line) => dayOf(line) === day) : lines;
  const isOneDay = days.includes(day);
  const odd = shown.map(hourOf).filter((hour) => !HOURS.includes(hour));
  const hours = [...new Set([...HOURS, ...odd])].toSorted((one, other) => one - other);
  const columns: readonly Column[] = isOneDay
    ? hours.map((hour) => ({ key: String(hour), name: `${hour}h`, holds: (line) => hourOf(line) === hour }))
    : days.map((date) => ({
        ...{ key: date, name: `${weekdayOf(date)} ${plainDate(date).slice(0, 5)}` },
        holds: (line) => dayOf(line) === date,
      }));
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const rows = inOrder(areas.value)
    .filter((one) => isWard(one) && (area === "" || one.id === area))
    .map(({ id, name }) => {
      const own = receivers.filter((receiver) => isWithinAreas(areas.value, receiver.area, [id]));
      return { id, name, own: new Set<string>(own.map((receiver) => receiver.id)) };
    })
    .filter(({ own }) => own.size > 0);
  return (
    <>
      <label class="narrow">
        {say.wardDay}
        <select value={isOneDay ? day : ""} onChange={({ currentTarget }) => setDay(currentTarget.value)}>
          <option value="">{say.wholeWeek}</option>
          {days.map((date) => (
            <option key={date} value={date}>
              {`${weekdayOf(date)} ${plainDate(date)}`}
            </option>
          ))}
        </select>
      </label>
      {/* Whoever goes without a mouse scrolls it, too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to take the focus */}
      <section class="wards-frame" tabIndex={0} aria-label={say.views.wards}>
        <table class="wards">
          <thead>
            <tr>
              <th scope="col">{say.ward}</th>
              {columns.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, own }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {columns.map(({ key, holds }) => (
                  <td key={key}>
                    <ul>
                      {shown
                        .filter((line) => holds(line) && line.receivers.some((receiver) => own.has(receiver)))
                        .toSorted((one, other) => one.start.localeCompare(other.start))
                        .map((line) => (
                          <Cell
                            key={line.occurrence}
                            line={line}
                            count={line.receivers.filter((receiver) => own.has(receiver)).length}
                          />
                        ))}
                    </ul>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length === 0 && <p>{say.noWards}</p>}
    </>
  );
}

interface Column {
  readonly key: string;
  readonly name: string;
  readonly holds: (line: Line) => boolean;
}

function Cell({ line, count }: { readonly line: Line; readonly count: number }) {
  const { fate, explanation } = line;
  return (
    <li class={`planned ${fate}`}>
      <Link to={`/week/${line.schedule}`}>
        <time>{clockTime(line.start, zone.value)}</time> <ClassMark of={line.class} short /> {titleOf(line)}
      </Link>
      <small>{words().receivers(count)}</small>
      {explanation && fate !== "airs" && <small class="why">⚔ {told(explanation)}</small>}
    </li>
  );
}
