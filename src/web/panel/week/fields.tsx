/**
 * The fields of a schedule: what somebody chooses each time, and below it what is seldom other than usual.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Schedule } from "../../../domain/schedule.js";
import { fetchPlaylists } from "../lists.js";
import { ClassChoice } from "../pieces/class-choice.js";
import { DateField } from "../pieces/date-field.js";
import { useFetched } from "../pieces/fetched.js";
import { RadioChoice } from "../radio/choice.js";
import { Places } from "./places.js";
import { type Repeat, repeatOf, ruleOf, timesIn, WEEKDAYS } from "./repeat.js";
import { Seldom } from "./seldom.js";
import { words } from "./words.js";

export interface FieldsProps {
  readonly draft: Schedule;
  readonly onChange: (draft: Schedule) => void;
}

export function Fields({ draft, onChange }: FieldsProps) {
  const say = words();
  const playlists = useFetched(fetchPlaylists, [], ["playlists"]);
  const set = (change: object) => onChange({ ...draft, ...change } as Schedule);
  return (
    <div class="schedule-fields">
      <label>
        {say.name}
        <input
          required
          maxLength={200}
          value={draft.title}
          onInput={({ currentTarget }) => set({ title: currentTarget.value })}
        />
      </label>
      <label>
        {say.playlist}
        <select
          required
          value={draft.playlist}
          onChange={({ currentTarget }) => set({ playlist: currentTarget.value })}
        >
          <option value="">–</option>
          {(playlists.value ?? []).map(({ value: { id, title } }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <RadioChoice radio={draft.radio} onChange={(radio) => set({ radio })} />
      <ClassChoice label={say.class} value={draft.class} onChoose={(of) => set({ class: of })} />
      <Times draft={draft} onChange={(at) => set({ at })} />
      <DateField label={say.start} value={draft.start} onChange={(start) => set({ start })} />
      <DateField
        label={say.until}
        value={draft.until ?? ""}
        isOptional
        onChange={(until) => set({ until: until === "" ? undefined : until })}
      />
      <Days repeat={repeatOf(draft.rule)} onChange={(repeat) => set({ rule: ruleOf(repeat) })} />
      <Waiting draft={draft} onChange={onChange} />
      <Places targets={draft.targets} onChange={(targets) => set({ targets })} />
      <Seldom draft={draft} onChange={onChange} />
      <label>
        <input
          type="checkbox"
          checked={draft.enabled}
          onChange={({ currentTarget }) => set({ enabled: currentTarget.checked })}
        />
        {say.enabled}
      </label>
    </div>
  );
}

const MINUTE_MS = 60_000;
const USUAL_WAIT_MS = 10 * MINUTE_MS;

/** What it does when another is on, and how long it waits then. */
function Waiting({ draft, onChange }: FieldsProps) {
  const say = words();
  const { timing } = draft;
  const [lastWait, setLastWait] = useState(timing.kind === "soft" ? timing.waitMs : USUAL_WAIT_MS);
  const wait = (waitMs: number) => {
    setLastWait(waitMs);
    onChange({ ...draft, timing: { kind: "soft", waitMs } });
  };
  return (
    <>
      <label>
        {say.timing}
        <select
          value={timing.kind}
          onChange={({ currentTarget }) =>
            currentTarget.value === "hard" ? onChange({ ...draft, timing: { kind: "hard" } }) : wait(lastWait)
          }
        >
          <option value="soft">{say.timings.soft}</option>
          <option value="hard">{say.timings.hard}</option>
        </select>
      </label>
      {timing.kind === "soft" && (
        <label>
          {say.wait}
          <input
            type="number"
            required
            min={0}
            max={240}
            step="any"
            value={timing.waitMs / MINUTE_MS}
            onInput={({ currentTarget: { valueAsNumber: minutes } }) =>
              minutes >= 0 && wait(Math.round(minutes * MINUTE_MS))
            }
          />
        </label>
      )}
    </>
  );
}

function Times({ draft, onChange }: { readonly draft: Schedule; readonly onChange: (at: readonly string[]) => void }) {
  const say = words();
  const [typed, setTyped] = useState(draft.at.join(", "));
  const isWrong = timesIn(typed) === undefined;
  return (
    <label>
      {say.times}
      <input
        required
        value={typed}
        // What cannot be read must not be saved as what stood there before.
        ref={(input) => input?.setCustomValidity(isWrong ? say.badTimes : "")}
        aria-invalid={isWrong ? "true" : undefined}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const times = timesIn(currentTarget.value);
          if (times) onChange(times);
        }}
      />
      {isWrong && <small>{say.badTimes}</small>}
    </label>
  );
}

function Days({ repeat, onChange }: { readonly repeat: Repeat; readonly onChange: (repeat: Repeat) => void }) {
  const say = words();
  const choose = (kind: string) => {
    if (kind === "weekly") onChange({ kind, days: ["MO", "TU", "WE", "TH", "FR"] });
    else if (kind === "once" || kind === "daily") onChange({ kind });
  };
  const kinds = ["once", "daily", "weekly", ...(repeat.kind === "other" ? (["other"] as const) : [])] as const;
  return (
    <>
      <label>
        {say.repeat}
        <select value={repeat.kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {say.repeats[kind]}
            </option>
          ))}
        </select>
        {repeat.kind === "other" && <small>{repeat.rule}</small>}
      </label>
      {repeat.kind === "weekly" && (
        <fieldset class="weekdays">
          <legend class="unseen">{say.repeats.weekly}</legend>
          {WEEKDAYS.map((weekday) => (
            <label key={weekday}>
              <input
                type="checkbox"
                checked={repeat.days.includes(weekday)}
                onChange={({ currentTarget }) => {
                  const others = repeat.days.filter((one) => one !== weekday);
                  const days = currentTarget.checked ? [...others, weekday] : others;
                  // A week without a day is no rule: the last one stays.
                  if (days.length > 0) onChange({ kind: "weekly", days });
                }}
              />
              {say.days[weekday]}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
