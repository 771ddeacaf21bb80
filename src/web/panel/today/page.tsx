/**
 * Hôm nay: is everything as it should be, and what comes next?
 *
 * @module
 */
import type { LocalDate } from "../../../domain/local-time.js";
import type { Policy } from "../../../domain/policy.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { ask } from "../ask.js";
import { fetchAnnouncements, fetchChimes, fetchPolicies } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { useFetched } from "../pieces/fetched.js";
import { titleOf } from "../radio/title.js";
import { useSlots } from "../radio/use-slots.js";
import { areas, mayDo } from "../session.js";
import { bilingual } from "../words/language.js";
import { clockTime, day, length, localDateOf, secondOfDay } from "../words/times.js";
import { dayRows, type Line } from "./day-rows.js";
import { Matters } from "./matters.js";
import { Timeline } from "./timeline.js";

const NEXT_SHOWN = 3;

const words = bilingual(
  {
    zone: (zone: string) => (zone === "Asia/Ho_Chi_Minh" ? "giờ Việt Nam" : zone),
    next: "Tiếp theo",
    none: "Hôm nay không còn lượt phát nào trong lịch.",
    line: (receivers: number, long: string) => `${receivers} loa, dài ${long}`,
    programme: "Chương trình hôm nay",
    noReceivers: "Chưa có loa nào.",
    start: "Thiết lập lần đầu",
  },
  {
    zone: (zone) => zone,
    next: "Next",
    none: "Nothing more is planned for today.",
    line: (receivers, long) => `${receivers} loudspeakers, ${long}`,
    programme: "Today’s programme",
    noReceivers: "There are no loudspeakers yet.",
    start: "First steps",
  },
);
export function Today() {
  const say = words();
  const today = localDateOf(now.value, zone.value);
  const rundown = useFetched(
    () => ask<RundownView>("GET", `/rundown?from=${today}&days=1`),
    [today],
    ["rundown", "schedules", "declarations"],
  );
  const policies = useFetched(fetchPolicies, []);
  const announcements = useFetched(fetchAnnouncements, [], ["announcements"]);
  const chimes = useFetched(fetchChimes, [], ["chimes"]);
  const lines = rundown.value?.lines ?? [];
  const slots = useSlots();
  const wrong = rundown.wrong ?? policies.wrong ?? announcements.wrong ?? chimes.wrong ?? slots.wrong;
  const isKnown = [announcements, chimes, slots].every(({ value }) => value !== undefined);
  return (
    <>
      <h1>
        {day(now.value, zone.value)} <time class="clock">{clockTime(now.value, zone.value)}</time>{" "}
        <small>({say.zone(zone.value)})</small>
      </h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {picture.value?.receivers.size === 0 && mayDo("configure", { areas: "anywhere" }, today) && (
        <p>
          <Link to="/start" class="main-action">
            {say.start}
          </Link>
        </p>
      )}
      <Matters
        waiting={(announcements.value ?? []).filter(({ stage }) => stage === "submitted")}
        chimes={(chimes.value ?? []).filter(({ isApproved }) => !isApproved)}
        slots={slots.waiting.map(({ slot }) => slot)}
        isKnown={isKnown}
      />
      {rundown.value && <Next lines={lines} />}
      <section aria-labelledby="programme">
        <h2 id="programme">{say.programme}</h2>
        {rundown.value && policies.value && <Rows lines={lines} policies={policies.value} today={today} />}
      </section>
    </>
  );
}

function Next({ lines }: { readonly lines: readonly Line[] }) {
  const say = words();
  const next = lines
    .filter((line) => line.fate !== "dropped" && Date.parse(line.start) > now.value)
    .toSorted((one, other) => one.start.localeCompare(other.start))
    .slice(0, NEXT_SHOWN);
  return (
    <section aria-labelledby="next">
      <h2 id="next">{say.next}</h2>
      {next.length === 0 && <p>{say.none}</p>}
      <ol class="next">
        {next.map((line) => (
          <li key={line.occurrence}>
            <time>{clockTime(line.start, zone.value)}</time> <ClassMark of={line.class} short />{" "}
            <strong>{titleOf(line)}</strong> –{" "}
            {say.line(line.receivers.length, length(Date.parse(line.end) - Date.parse(line.start)))}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface RowsProps {
  readonly lines: readonly Line[];
  readonly policies: readonly Policy[];
  readonly today: string;
}

function Rows({ lines, policies, today }: RowsProps) {
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const rows = dayRows({
    ...{ areas: areas.value, policies, receivers, lines, zone: zone.value, day: today as LocalDate },
    secondOf: (time) => secondOfDay(time, zone.value),
  });
  return rows.length === 0 ? <p>{words().noReceivers}</p> : <Timeline rows={rows} />;
}
