/**
 * The day of each ward as a strip: quiet hours hatched, items by class, a line for now.
 *
 * @module
 */

import { now, zone } from "../live/line.js";
import { ClassMark, classWords } from "../pieces/class-mark.js";
import { titleOf } from "../radio/title.js";
import { bilingual } from "../words/language.js";
import { clockTime, length, secondOfDay } from "../words/times.js";
import type { Block, DayRow, Span } from "./day-rows.js";

const HOUR = 3600;
/** What people are awake for; what lies outside is drawn at the edge. */
const SHOWN: Span = { from: 4 * HOUR, to: 23 * HOUR };
const HOURS = [5, 7, 9, 11, 13, 15, 17, 19, 21];

const words = bilingual(
  {
    caption: "Chương trình hôm nay của từng phường",
    ward: "Phường",
    day: "Trong ngày",
    connected: (count: number, of: number) => `${count}/${of} loa có mạng`,
    nothing: "Hôm nay chưa có lịch",
    quiet: "Giờ yên tĩnh",
    item: (time: string, title: string, of: string, receivers: number, long: string) =>
      `${time} ${title}, ${of}, ${receivers} loa, dài ${long}`,
  },
  {
    caption: "Today’s programme of each ward",
    ward: "Ward",
    day: "The day",
    connected: (count, of) => `${count}/${of} connected`,
    nothing: "Nothing is planned today",
    quiet: "Quiet hours",
    item: (time, title, of, receivers, long) => `${time} ${title}, ${of}, ${receivers} loudspeakers, ${long}`,
  },
);

const percent = (second: number) => {
  const within = Math.min(Math.max(second, SHOWN.from), SHOWN.to);
  return ((within - SHOWN.from) / (SHOWN.to - SHOWN.from)) * 100;
};
const place = ({ from, to }: Span) => ({ left: `${percent(from)}%`, width: `${percent(to) - percent(from)}%` });

export function Timeline({ rows }: { readonly rows: readonly DayRow[] }) {
  const say = words();
  const at = percent(secondOfDay(now.value, zone.value));
  return (
    <table class="timeline">
      <caption class="unseen">{say.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say.ward}</th>
          <th scope="col">
            <span class="unseen">{say.day}</span>
            <div class="hours" aria-hidden="true">
              {HOURS.map((hour) => (
                <span key={hour} style={{ left: `${percent(hour * HOUR)}%` }}>
                  {hour}h
                </span>
              ))}
            </div>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.area}>
            <th scope="row">
              {row.name}
              <small class={row.connected < row.receivers ? "wrong" : ""}>
                {say.connected(row.connected, row.receivers)}
              </small>
            </th>
            <td>
              <Strip row={row} now={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Strip({ row, now: at }: { readonly row: DayRow; readonly now: number }) {
  const say = words();
  return (
    <div class="strip">
      {row.quiet.map((span) => (
        <span key={span.from} class="quiet-hours" style={place(span)} title={say.quiet} />
      ))}
      {row.blocks.length === 0 && <p>{say.nothing}</p>}
      <ul>
        {row.blocks.map((block) => (
          <Item key={block.line.occurrence} block={block} />
        ))}
      </ul>
      <span class="now" style={{ left: `${at}%` }} />
    </div>
  );
}

function Item({ block }: { readonly block: Block }) {
  const { line, receivers } = block;
  const long = length(Date.parse(line.end) - Date.parse(line.start));
  const text = words().item(
    clockTime(line.start, zone.value),
    titleOf(line),
    classWords()[line.class],
    receivers,
    long,
  );
  return (
    <li class={`block ${line.class}`} style={place(block)} title={text}>
      <ClassMark of={line.class} short />
      <span class="unseen">{text}</span>
    </li>
  );
}
