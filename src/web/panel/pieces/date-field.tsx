/**
 * A field for a day, as the API writes it.
 *
 * @module
 */

interface DateFieldProps {
  readonly label: string;
  /** `2026-11-24`; empty for none. */
  readonly value: string;
  readonly onChange: (date: string) => void;
  /** Whether it may stay empty. */
  readonly isOptional?: boolean;
}

export function DateField({ label, value, onChange, isOptional = false }: DateFieldProps) {
  return (
    <label>
      {label}
      <input
        type="date"
        required={!isOptional}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
