/**
 * One setting: its value, what it does, what holds without it, who changed it last.
 *
 * @module
 */
import { useId } from "preact/hooks";
import type { SettingView } from "../../../server/api/settings-routes.js";
import { zone } from "../live/line.js";
import { told } from "../words/language.js";
import { shortMoment } from "../words/times.js";
import { words } from "./words.js";

export type SettingValue = SettingView["value"];

interface FieldProps {
  readonly setting: SettingView;
  /** As it stands in the form. */
  readonly value: SettingValue;
  readonly onValue: (value: SettingValue) => void;
}

/** What holds from the next start on. */
export const laterOf = ({ value, later }: SettingView): SettingValue => (later === undefined ? value : later);

export function SettingField({ setting, value, onValue }: FieldProps) {
  const say = words();
  const [id, aboutId] = [useId(), useId()];
  const { title, effect, standard, changed, from, later } = setting;
  const facts = [
    told(effect),
    ...(standard === undefined ? [] : [say.standard(saidOf(setting, standard))]),
    ...(changed === undefined ? [] : [say.changed(changed.by, shortMoment(changed.at, zone.value))]),
    ...(later === undefined ? [] : [say.later(saidOf(setting, later))]),
    ...(from === "environment" ? [say.environment] : []),
  ];
  return (
    <div class="setting">
      {setting.kind === "boolean" ? (
        <label htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            disabled={from === "environment"}
            aria-describedby={aboutId}
            onChange={({ currentTarget }) => onValue(currentTarget.checked)}
          />
          {told(title)}
        </label>
      ) : (
        <label htmlFor={id}>
          {told(title)}
          <Input {...{ id, aboutId, setting, value, onValue }} />
        </label>
      )}
      <small id={aboutId}>{facts.join(" ")}</small>
    </div>
  );
}

interface InputProps extends FieldProps {
  readonly id: string;
  readonly aboutId: string;
}

function Input({ id, aboutId, setting, value, onValue }: InputProps) {
  const { kind, choices = [], optional, from } = setting;
  const common = {
    ...{ id, required: !optional, disabled: from === "environment", "aria-describedby": aboutId },
    value: value === null ? "" : String(value),
  };
  const take = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => {
    const given = currentTarget.value;
    onValue(given === "" ? null : kind === "number" ? Number(given) : given);
  };
  if (kind === "choice")
    return (
      <select {...common} onChange={take}>
        {optional && <option value="">{words().chooseNone}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {told(choice.title)}
          </option>
        ))}
      </select>
    );
  if (kind === "number") return <input {...common} type="number" inputMode="numeric" onInput={take} />;
  if (kind === "time") return <input {...common} type="time" onInput={take} />;
  return <input {...common} maxLength={160} onInput={take} />;
}

function saidOf({ choices = [] }: SettingView, value: SettingValue): string {
  const say = words();
  const named = choices.find((choice) => choice.value === value);
  if (named) return told(named.title);
  if (value === null) return say.none;
  if (typeof value === "boolean") return value ? say.yes : say.no;
  return String(value);
}
