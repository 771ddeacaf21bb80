/**
 * Chooses one of the loudspeakers that whoever sits here looks after.
 *
 * @module
 */
import { ownReceivers } from "./standing.js";

interface ReceiverChoiceProps {
  readonly label: string;
  /** What it says while none is chosen. */
  readonly none: string;
  /** Empty for none. */
  readonly value: string;
  readonly onChoose: (receiver: string) => void;
}

export function ReceiverChoice({ label, none, value, onChoose }: ReceiverChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{none}</option>
        {ownReceivers().map(({ id, name, pole }) => (
          <option key={id} value={id}>
            {pole === undefined ? name : `${name} (${pole})`}
          </option>
        ))}
      </select>
    </label>
  );
}
