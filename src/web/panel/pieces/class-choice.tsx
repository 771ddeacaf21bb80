/**
 * Chooses the class of a thing.
 *
 * @module
 */
import { type Class, classSchema } from "../../../domain/class.js";
import { classWords } from "./class-mark.js";

interface ClassChoiceProps {
  readonly label: string;
  readonly value: Class;
  readonly onChoose: (of: Class) => void;
}

export function ClassChoice({ label, value, onChoose }: ClassChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value as Class)}>
        {classSchema.options.map((of) => (
          <option key={of} value={of}>
            {classWords()[of]}
          </option>
        ))}
      </select>
    </label>
  );
}
