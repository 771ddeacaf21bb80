/**
 * The week as a grid of hours: soundings are dragged to another day or time with a mouse, a finger or the keys; where it must be
 * quiet they cannot be dropped, and it is said why.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { now, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { titleOf } from "../radio/title.js";
import { told } from "../words/language.js";
import { clockTime, localDateOf, plainDate, weekdayOf } from "../words/times.js";
import { dateAfter } from "./days.js";
import { inLanes, type Placed } from "./lanes.js";
import { type Moment, minutesOf, STEP_MINUTES, timeAt } from "./moves.js";
import type { Span } from "./quiet-time.js";
import "./grid.css";
import { usePointerCarry } from "./use-carry.js";
import { words } from "./words.js";

export type Line = RundownView["lines"][number];

/** Height of an hour, rem; a block of 44 px is two thirds of one. */
const HOUR_REM = 4;
const LEAST_MINUTES = 41;
/** Hours that are drawn unless something is planned outside them. */
const SHOWN = { from: 4, to: 23 };

/** A sounding on its way, before it is dropped. */
export interface Carried {
  readonly line: Line;
  readonly to: Moment;
  /** Where it must be quiet then, by name; empty when it may be dropped. */
  readonly quiet: readonly string[];
}

export interface GridProps {
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly mayMove: (line: Line) => boolean;
  readonly quietOf: (date: string) => readonly Span[];
  /** Names of the places of a sounding that are quiet then. */
  readonly quietFor: (line: Line, to: Moment) => readonly string[];
  readonly onDrop: (line: Line, to: Moment) => void;
}

export const plannedMoment = (line: Line): Moment => ({
  date: localDateOf(Date.parse(line.planned), zone.value),
  time: clockTime(line.planned, zone.value),
});
const startMoment = (line: Line): Moment => ({
  date: localDateOf(Date.parse(line.start), zone.value),
  time: clockTime(line.start, zone.value),
});
const minutesLong = ({ start, end }: Line) => (Date.parse(end) - Date.parse(start)) / 60_000;

export function WeekGrid({ days, lines, mayMove, quietOf, quietFor, onDrop }: GridProps) {
  const say = words();
  const [carried, setCarried] = useState<Carried>();
  const body = useRef<HTMLDivElement>(null);
  const hours = hoursOf(lines);
  const carry = (line: Line, to: Moment) => setCarried({ line, to, quiet: quietFor(line, to) });
  const drop = () => {
    const dropped = carried;
    setCarried(undefined);
    if (!dropped || dropped.quiet.length > 0) return;
    const from = plannedMoment(dropped.line);
    if (from.date !== dropped.to.date || from.time !== dropped.to.time) onDrop(dropped.line, dropped.to);
  };
  /** Where a point of the screen lies in the grid. */
  const momentAt = (x: number, y: number, grabbedMinutes: number): Moment | undefined => {
    const columns = [...(body.current?.querySelectorAll<HTMLElement>(".column") ?? [])];
    const boxes = columns.map((column) => column.getBoundingClientRect());
    const first = boxes[0];
    if (!first) return undefined;
    const found = boxes.findIndex(({ right }) => x < right);
    const index = found < 0 ? boxes.length - 1 : found;
    const minutes = hours.from * 60 + ((y - first.top) / first.height) * (hours.to - hours.from) * 60;
    return { date: days[index] ?? days[0] ?? "", time: timeAt(minutes - grabbedMinutes) };
  };
  const pointer = usePointerCarry<Line>({
    onCarry: (line, { x, y, grabbed }) => {
      const columnHeight = body.current?.querySelector(".column")?.clientHeight ?? 1;
      const to = momentAt(x, y, (grabbed / columnHeight) * (hours.to - hours.from) * 60);
      if (to) carry(line, to);
    },
    onDrop: drop,
    onCancel: () => setCarried(undefined),
  });
  const press = (event: KeyboardEvent, line: Line) => {
    if (carried?.line === line && event.key === "Enter") {
      event.preventDefault();
      return drop();
    }
    if (carried && event.key === "Escape") return setCarried(undefined);
    const step = event.altKey ? STEPS[event.key] : undefined;
    if (!step || !mayMove(line)) return;
    event.preventDefault();
    const from = carried?.line === line ? carried.to : plannedMoment(line);
    const date = days[days.indexOf(from.date) + step.days] ?? from.date;
    carry(line, { date, time: timeAt(minutesOf(from.time) + step.minutes) });
  };
  return (
    <>
      <p class={carried && carried.quiet.length > 0 ? "carrying wrong" : "carrying"} role="status">
        {carried ? carriedWords(carried) : say.dragAbout}
      </p>
      <div class="grid-frame">
        <div class="grid" ref={body} style={{ "--rows": hours.to - hours.from, "--hour": `${HOUR_REM}rem` }}>
          <Hours {...hours} />
          {days.map((date) => (
            <Column
              key={date}
              {...{ date, hours, carried, mayMove, pointer, press }}
              quiet={carried ? quietOfCarried(carried, date, quietFor) : quietOf(date)}
              lines={lines.filter((line) => startMoment(line).date === date)}
            />
          ))}
        </div>
      </div>
    </>
  );
}

const STEPS: Readonly<Record<string, { readonly days: number; readonly minutes: number }>> = {
  ArrowUp: { days: 0, minutes: -STEP_MINUTES },
  ArrowDown: { days: 0, minutes: STEP_MINUTES },
  ArrowLeft: { days: -1, minutes: 0 },
  ArrowRight: { days: 1, minutes: 0 },
};

function carriedWords({ line, to, quiet }: Carried): string {
  const say = words();
  const when = say.moment(to.time, weekdayOf(to.date), plainDate(to.date));
  return quiet.length > 0 ? say.quietThere(when, quiet.join(", ")) : say.carrying(line.title, when);
}

/** While something is carried, the hours in which it cannot be dropped are those of its own places. */
function quietOfCarried({ line }: Carried, date: string, quietFor: GridProps["quietFor"]): Span[] {
  const spans: Span[] = [];
  for (let minute = 0; minute < 1440; minute += 15)
    if (quietFor(line, { date, time: timeAt(minute) }).length > 0) spans.push({ from: minute, to: minute + 15 });
  return spans;
}

/** Whole hours that hold everything that is planned. */
function hoursOf(lines: readonly Line[]): { readonly from: number; readonly to: number } {
  const starts = lines.map((line) => minutesOf(startMoment(line).time) / 60);
  const from = Math.min(SHOWN.from, ...starts.map(Math.floor));
  const to = Math.max(SHOWN.to, ...starts.map((start) => Math.floor(start) + 1));
  return { from, to: Math.min(24, to) };
}

function Hours({ from, to }: { readonly from: number; readonly to: number }) {
  return (
    <div class="hour-names" aria-hidden="true">
      {Array.from({ length: to - from }, (_, index) => (
        <span key={index + from}>{index + from}h</span>
      ))}
    </div>
  );
}

interface ColumnProps {
  readonly date: string;
  readonly hours: { readonly from: number; readonly to: number };
  readonly lines: readonly Line[];
  readonly quiet: readonly Span[];
  readonly carried: Carried | undefined;
  readonly mayMove: (line: Line) => boolean;
  readonly pointer: ReturnType<typeof usePointerCarry<Line>>;
  readonly press: (event: KeyboardEvent, line: Line) => void;
}

function Column({ date, hours, lines, quiet, carried, mayMove, pointer, press }: ColumnProps) {
  const say = words();
  const today = localDateOf(now.value, zone.value) === date;
  const top = (minutes: number) => `calc((${minutes} / 60 - ${hours.from}) * var(--hour))`;
  const blocks = inLanes(
    lines,
    (line) => ({ from: minutesOf(startMoment(line).time), minutes: minutesLong(line) }),
    LEAST_MINUTES,
  );
  const isOver = carried?.to.date === date;
  return (
    <section class={today ? "grid-day today" : "grid-day"}>
      <h2>
        {weekdayOf(date)} <small>{plainDate(date).slice(0, 5)}</small>
      </h2>
      <div class="column">
        {quiet.map(({ from, to }) => (
          <span
            key={from}
            class="quiet-hours"
            title={say.quiet}
            style={{
              top: top(Math.max(from, hours.from * 60)),
              height: `calc(${Math.max(0, to - Math.max(from, hours.from * 60))} / 60 * var(--hour))`,
            }}
          />
        ))}
        <ul>
          {blocks.map((block) => (
            <Block
              key={block.of.occurrence}
              {...{ block, top, pointer, press }}
              isMovable={mayMove(block.of)}
              isCarried={carried?.line.occurrence === block.of.occurrence}
            />
          ))}
        </ul>
        {isOver && carried && (
          <span
            class={carried.quiet.length > 0 ? "ghost forbidden" : "ghost"}
            style={{ top: top(minutesOf(carried.to.time)) }}
          >
            {carried.to.time} {carried.line.title}
          </span>
        )}
      </div>
    </section>
  );
}

interface BlockProps {
  readonly block: Placed<Line>;
  readonly top: (minutes: number) => string;
  readonly isMovable: boolean;
  readonly isCarried: boolean;
  readonly pointer: ReturnType<typeof usePointerCarry<Line>>;
  readonly press: (event: KeyboardEvent, line: Line) => void;
}

function Block({
  block: { of: line, from, minutes, lane, lanes },
  top,
  isMovable,
  isCarried,
  pointer,
  press,
}: BlockProps) {
  const say = words();
  const item = useRef<HTMLLIElement>(null);
  // Passive listeners could not keep the page from scrolling under a finger that drags.
  useEffect(() => {
    const element = item.current;
    element?.addEventListener("touchmove", pointer.holdPage, { passive: false });
    return () => element?.removeEventListener("touchmove", pointer.holdPage);
  }, []);
  const why = line.explanation && line.fate !== "airs" ? told(line.explanation) : "";
  return (
    <li
      ref={item}
      class={`block-of-week ${line.class} ${line.fate}${isCarried ? " carried" : ""}`}
      title={[titleOf(line), say.receivers(line.receivers.length), why].filter((part) => part !== "").join(" – ")}
      style={{
        ...{ top: top(from), height: `calc(${minutes} / 60 * var(--hour))` },
        ...{ left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` },
      }}
      onKeyDown={(event) => press(event, line)}
      {...(isMovable ? pointer.on(line) : {})}
    >
      <Link to={`/week/${line.schedule}`}>
        <time>{clockTime(line.start, zone.value)}</time> <ClassMark of={line.class} short /> {titleOf(line)}
        {why !== "" && <small class="why"> ⚔ {why}</small>}
        {isMovable && <span class="unseen">. {say.keysAbout}</span>}
      </Link>
    </li>
  );
}

/** The seven days from a Monday on. */
export const weekFrom = (monday: string): readonly string[] =>
  Array.from({ length: 7 }, (_, index) => dateAfter(monday, index));
