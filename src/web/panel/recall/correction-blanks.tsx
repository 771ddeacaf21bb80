/**
 * What the correction of a prepared form still asks for.
 *
 * @module
 */
import type { Template, TemplateUse, TemplateValues } from "../../../domain/template.js";
import { formOf } from "../../../domain/template.js";
import { ask } from "../ask.js";
import { TemplateField } from "../compose/template-field.js";
import { useFetched } from "../pieces/fetched.js";

interface BlanksProps {
  readonly use: TemplateUse;
  readonly values: TemplateValues;
  readonly onValues: (values: TemplateValues) => void;
}

export function CorrectionBlanks({ use, values, onValues }: BlanksProps) {
  const template = useFetched(() => ask<Template>("GET", `/templates/${use.id}`), [use.id]);
  if (template.wrong) return <p role="alert">{template.wrong}</p>;
  const fields = (template.value && formOf(template.value, "correction")?.fields) ?? [];
  return (
    <>
      {fields
        .filter(({ name }) => use.values[name] === undefined)
        .map((field) => (
          <TemplateField
            key={field.name}
            field={field}
            value={values[field.name]}
            problem={undefined}
            onValue={(value) => {
              const { [field.name]: _before, ...rest } = values;
              onValues(value === undefined ? rest : { ...rest, [field.name]: value });
            }}
          />
        ))}
    </>
  );
}
