/**
 * Whether a schedule relays another station, which, and for how long.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import { fetchRadio } from "../lists.js";
import { useFetched } from "../pieces/fetched.js";
import { words } from "./words.js";

const MINUTE_MS = 60_000;
/** News and a weather report. */
const USUAL_MS = 30 * MINUTE_MS;

interface RadioChoiceProps {
  readonly radio: Schedule["radio"];
  readonly onChange: (radio: Schedule["radio"]) => void;
}

/** Nothing where the station names nobody to relay. */
export function RadioChoice({ radio, onChange }: RadioChoiceProps) {
  const say = words();
  const fetched = useFetched(fetchRadio, []);
  const sources = fetched.value?.sources ?? [];
  if (fetched.wrong) return <p role="alert">{fetched.wrong}</p>;
  if (sources.length === 0 && !radio) return null;
  const known = sources.some(({ id }) => id === radio?.source);
  const choose = (id: string) => {
    const source = sources.find((one) => one.id === id)?.id;
    onChange(source && { source, lengthMs: radio?.lengthMs ?? USUAL_MS });
  };
  return (
    <>
      <label>
        {say.relay}
        <select value={radio?.source ?? ""} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{say.noRelay}</option>
          {radio && !known && <option value={radio.source}>{radio.source}</option>}
          {sources.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        {radio && <small>{say.about}</small>}
      </label>
      {radio && (
        <label>
          {say.minutes}
          <input
            type="number"
            required
            min={1}
            max={120}
            step="any"
            value={radio.lengthMs / MINUTE_MS}
            onInput={({ currentTarget: { valueAsNumber: minutes } }) =>
              minutes >= 1 && onChange({ ...radio, lengthMs: Math.round(minutes * MINUTE_MS) })
            }
          />
        </label>
      )}
    </>
  );
}
