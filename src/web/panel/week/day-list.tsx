/**
 * The week as lists, one for each day: for telephones, and for whoever goes without a mouse.
 *
 * @module
 */
import { zone } from "../live/line.js";
import { Link } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { titleOf } from "../radio/title.js";
import { told } from "../words/language.js";
import { clockTime, day, localDateOf } from "../words/times.js";
import type { Line } from "./grid.js";
import { words } from "./words.js";

interface DayListProps {
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly today: string;
  readonly mayMove: (line: Line) => boolean;
  readonly onMove: (line: Line) => void;
}

export function DayList({ days, lines, today, ...act }: DayListProps) {
  return (
    <div class="week">
      {days.map((date) => (
        <Day
          key={date}
          date={date}
          isToday={date === today}
          lines={lines.filter(({ start }) => localDateOf(Date.parse(start), zone.value) === date)}
          {...act}
        />
      ))}
    </div>
  );
}

interface DayProps extends Pick<DayListProps, "mayMove" | "onMove"> {
  readonly date: string;
  readonly isToday: boolean;
  readonly lines: readonly Line[];
}

function Day({ date, isToday, lines, mayMove, onMove }: DayProps) {
  const sorted = lines.toSorted((one, other) => one.start.localeCompare(other.start));
  return (
    <section class={isToday ? "day today" : "day"}>
      {/* Noon of the day by UTC lies in that day in every zone that people live in but the easternmost islands. */}
      <h2>{day(`${date}T05:00:00Z`, zone.value)}</h2>
      {sorted.length === 0 && <p>{words().none}</p>}
      <ul>
        {sorted.map((line) => (
          <Item key={line.occurrence} line={line} onMove={mayMove(line) ? () => onMove(line) : undefined} />
        ))}
      </ul>
    </section>
  );
}

function Item({ line, onMove }: { readonly line: Line; readonly onMove: (() => void) | undefined }) {
  const say = words();
  const { fate, explanation } = line;
  const time = clockTime(line.start, zone.value);
  return (
    <li class={`planned ${fate}`}>
      <Link to={`/week/${line.schedule}`}>
        <time>{time}</time> <ClassMark of={line.class} short /> {titleOf(line)}
      </Link>
      <small>{say.receivers(line.receivers.length)}</small>
      {onMove && (
        <button type="button" class="quiet" onClick={onMove}>
          {say.move}
          <span class="unseen">
            {" "}
            {time} {line.title}
          </span>
        </button>
      )}
      {explanation && fate !== "airs" && <small class="why">⚔ {told(explanation)}</small>}
    </li>
  );
}
