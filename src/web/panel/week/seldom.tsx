/**
 * What of a schedule is seldom other than usual: folded away, but said in one line when it is.
 *
 * @module
 */
import type { Resume } from "../../../domain/class.js";
import type { Schedule } from "../../../domain/schedule.js";
import { length, plainDate } from "../words/times.js";
import type { FieldsProps } from "./fields.js";
import { words } from "./words.js";

const MINUTE_MS = 60_000;

export function Seldom({ draft, onChange }: FieldsProps) {
  const say = words();
  const set = (change: Partial<Schedule>) => onChange({ ...draft, ...change });
  const dates = (title: string, of: "except" | "extra") =>
    draft[of].length > 0 && (
      <div class="named">
        <p>{title}</p>
        <ul>
          {draft[of].map((date) => (
            <li key={date}>
              {plainDate(date)}
              <button
                type="button"
                class="quiet"
                onClick={() => set({ [of]: draft[of].filter((one) => one !== date) })}
              >
                {say.takeOut}
                <span class="unseen"> {plainDate(date)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <details class="seldom">
      <summary>{say.seldom(length(draft.maxMs), draft.except.length, draft.extra.length)}</summary>
      <div class="schedule-fields">
        <Count
          label={say.longest}
          most={120}
          value={draft.maxMs / MINUTE_MS}
          onChange={(minutes) => set({ maxMs: Math.max(1000, Math.round(minutes * MINUTE_MS)) })}
        />
        <Count
          label={say.late}
          most={120}
          value={draft.lateMs / MINUTE_MS}
          onChange={(minutes) => set({ lateMs: Math.round(minutes * MINUTE_MS) })}
        />
        <Count
          label={say.order}
          most={9999}
          value={draft.order}
          onChange={(order) => set({ order: Math.round(order) })}
        />
        <label>
          {say.holidays}
          <select
            value={draft.holidays}
            onChange={({ currentTarget }) => set({ holidays: currentTarget.value as Schedule["holidays"] })}
          >
            {(["ignore", "skip", "only"] as const).map((what) => (
              <option key={what} value={what}>
                {say.onHolidays[what]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say.resume}
          <select value={draft.resume} onChange={({ currentTarget }) => set({ resume: currentTarget.value as Resume })}>
            {(["continue", "restart", "drop"] as const).map((how) => (
              <option key={how} value={how}>
                {say.resumes[how]}
              </option>
            ))}
          </select>
        </label>
        {dates(say.exceptDays, "except")}
        {dates(say.extraDays, "extra")}
      </div>
    </details>
  );
}

interface CountProps {
  readonly label: string;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Count({ label, most, value, onChange }: CountProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        required
        min={0}
        max={most}
        step="any"
        value={value}
        onInput={({ currentTarget: { valueAsNumber: typed } }) => typed >= 0 && onChange(typed)}
      />
    </label>
  );
}
