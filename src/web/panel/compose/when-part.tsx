/**
 * When it is to sound: at once, or on a day at a time, once or again and again.
 *
 * @module
 */
import { bilingual } from "../words/language.js";
import { type Later, REPEATS, type Repeat, type When } from "./when.js";

const words = bilingual(
  {
    title: "Khi nào",
    now: "Phát ngay sau khi duyệt",
    later: "Hẹn ngày giờ",
    date: "Ngày",
    time: "Giờ",
    repeat: "Lặp lại",
    once: "Không",
    daily: "Mỗi ngày",
    weekdays: "Thứ Hai đến thứ Sáu",
    weekly: "Mỗi tuần",
    until: "Ngày cuối (bỏ trống: không hạn)",
  },
  {
    title: "When",
    now: "At once, after the approval",
    later: "On a day, at a time",
    date: "Day",
    time: "Time",
    repeat: "Repeat",
    once: "No",
    daily: "Every day",
    weekdays: "Monday to Friday",
    weekly: "Every week",
    until: "Last day (empty: none)",
  },
);

interface WhenProps {
  readonly when: When;
  /** What is offered when somebody turns from «now» to a time. */
  readonly usual: Later;
  readonly today: string;
  readonly onChange: (when: When) => void;
}

export function WhenPart({ when, usual, today, onChange }: WhenProps) {
  const say = words();
  return (
    <fieldset class="when">
      <legend>{say.title}</legend>
      <label>
        <input type="radio" name="when" checked={when.is === "now"} onChange={() => onChange({ is: "now" })} />
        {say.now}
      </label>
      <label>
        <input type="radio" name="when" checked={when.is === "later"} onChange={() => onChange(usual)} />
        {say.later}
      </label>
      {when.is === "later" && <LaterPart when={when} today={today} onChange={onChange} />}
    </fieldset>
  );
}

function LaterPart({ when, today, onChange }: Omit<WhenProps, "usual" | "when"> & { readonly when: Later }) {
  const say = words();
  const change = (part: Partial<Later>) => onChange({ ...when, ...part });
  return (
    <div class="later">
      <label>
        {say.date}
        <input
          type="date"
          min={today}
          value={when.date}
          onInput={(event) => change({ date: event.currentTarget.value })}
        />
      </label>
      <label>
        {say.time}
        <input type="time" value={when.time} onInput={(event) => change({ time: event.currentTarget.value })} />
      </label>
      <label>
        {say.repeat}
        <select value={when.repeat} onChange={(event) => change({ repeat: event.currentTarget.value as Repeat })}>
          {REPEATS.map((repeat) => (
            <option key={repeat} value={repeat}>
              {say[repeat]}
            </option>
          ))}
        </select>
      </label>
      {when.repeat !== "once" && (
        <label>
          {say.until}
          <input
            type="date"
            min={when.date}
            value={when.until}
            onInput={(event) => change({ until: event.currentTarget.value })}
          />
        </label>
      )}
    </div>
  );
}
