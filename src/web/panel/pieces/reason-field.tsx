/**
 * A field for why somebody does something: the station takes no shorter reason than a word.
 *
 * @module
 */
import { useId } from "preact/hooks";

/** As the station takes it (`reasonSchema`). */
const SHORTEST = 3;

interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** Letters at most. */
  readonly most?: number;
  /** Room for more than one line. */
  readonly isLong?: boolean;
}

export function ReasonField({ label, value, onChange, most = 300, isLong = false }: ReasonFieldProps) {
  const id = useId();
  const about = { id, required: true, minLength: SHORTEST, maxLength: most, value };
  return (
    <>
      <label for={id}>{label}</label>
      {isLong ? (
        <textarea {...about} rows={2} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      ) : (
        <input {...about} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      )}
    </>
  );
}
