/**
 * One blank of a prepared form, by its kind.
 *
 * @module
 */
import { useId } from "preact/hooks";
import type { Words } from "../../../base/errors.js";
import type { Field } from "../../../domain/template.js";
import { bilingual, told } from "../words/language.js";

const words = bilingual({ optional: "không bắt buộc", none: "Chọn…" }, { optional: "optional", none: "Choose…" });

interface FieldProps {
  readonly field: Field;
  readonly value: string | number | undefined;
  /** Why the value cannot be used. */
  readonly problem: Words | undefined;
  /** Nothing for an empty field. */
  readonly onValue: (value: string | number | undefined) => void;
}

export function TemplateField({ field, value, problem, onValue }: FieldProps) {
  const id = useId();
  const hintId = useId();
  const hint = problem ?? field.hint;
  return (
    <label htmlFor={id}>
      {told(field.label)} {!field.required && <small>({words().optional})</small>}
      <Input {...{ id, field, value, onValue, describedBy: hint && hintId, isWrong: problem !== undefined }} />
      {hint && <small id={hintId}>{told(hint)}</small>}
    </label>
  );
}

interface InputProps extends Pick<FieldProps, "field" | "value" | "onValue"> {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
}

function Input({ id, field, value = "", onValue, describedBy, isWrong }: InputProps) {
  const common = {
    ...{ id, value, required: field.required, "aria-describedby": describedBy },
    "aria-invalid": isWrong ? ("true" as const) : undefined,
  };
  const take = (event: { readonly currentTarget: { readonly value: string } }) => {
    const given = event.currentTarget.value;
    onValue(given === "" ? undefined : isNumber(field) ? Number(given) : given);
  };
  if (field.type === "choice")
    return (
      <select {...common} onChange={take}>
        <option value="">{words().none}</option>
        {field.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  if (isNumber(field)) return <input {...common} type="number" step="any" inputMode="decimal" onInput={take} />;
  if (field.type === "date") return <input {...common} type="date" onInput={take} />;
  if (field.type === "time") return <input {...common} type="time" onInput={take} />;
  if (field.type === "phone") return <input {...common} type="tel" maxLength={30} onInput={take} />;
  return <input {...common} type="text" maxLength={500} onInput={take} />;
}

const isNumber = ({ type }: Field) => type === "number" || type === "case-count" || type === "money";
