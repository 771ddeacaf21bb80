/**
 * A prepared form: choose it, fill it in, see what it says, and take it as the text.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import { ms } from "../../../base/units.js";
import type { Template, TemplateUse, TemplateValues } from "../../../domain/template.js";
import type { PreviewView } from "../../../server/api/editorial-views.js";
import { ask, sentenceOf } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual, told } from "../words/language.js";
import { length } from "../words/times.js";
import { TemplateField } from "./template-field.js";

const REST = ms(400);

const words = bilingual(
  {
    open: "Dùng mẫu có sẵn",
    choose: "Mẫu",
    none: "Chọn một mẫu…",
    noneThere: "Đài chưa có mẫu nào.",
    says: "Sẽ nói",
    about: (time: string, isMeasured: boolean) => `khoảng ${time}${isMeasured ? "" : ", giọng này chưa đo"}`,
    missing: (fields: string) => `Còn thiếu: ${fields}.`,
    take: "Dùng nội dung này",
    over: "Văn bản đang soạn sẽ được thay bằng nội dung của mẫu.",
  },
  {
    open: "Use a prepared form",
    choose: "Form",
    none: "Choose a form…",
    noneThere: "The station has no forms.",
    says: "It will say",
    about: (time, isMeasured) => `about ${time}${isMeasured ? "" : ", this voice is not measured yet"}`,
    missing: (fields) => `Still missing: ${fields}.`,
    take: "Take this text",
    over: "It takes the place of the text that is being written.",
  },
);

type Summary = Pick<Template, "id" | "title">;
const fetchTemplates = () => ask<readonly Summary[]>("GET", "/templates");

interface TemplatePartProps {
  readonly hasText: boolean;
  /** Keeps the announcement with what the form says. @throws Refusal */
  readonly onTake: (use: TemplateUse) => Promise<void>;
}

export function TemplatePart({ hasText, onTake }: TemplatePartProps) {
  const say = words();
  const [chosen, setChosen] = useState("");
  const templates = useFetched(fetchTemplates, []);
  return (
    <details class="template">
      <summary>{say.open}</summary>
      {templates.wrong && <p role="alert">{templates.wrong}</p>}
      {templates.value?.length === 0 && <p>{say.noneThere}</p>}
      <label>
        {say.choose}
        <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{say.none}</option>
          {templates.value?.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {chosen !== "" && <Form key={chosen} id={chosen} {...{ hasText, onTake }} />}
    </details>
  );
}

function Form({ id, hasText, onTake }: TemplatePartProps & { readonly id: string }) {
  const say = words();
  const template = useFetched(() => ask<Template>("GET", `/templates/${id}`), [id]);
  const [values, setValues] = useState<TemplateValues>({});
  const preview = usePreview(id, values);
  const { busy, wrong, act } = useAct();
  const [taken, setTaken] = useState<TemplateValues>();
  useUnsaved(Object.keys(values).length > 0 && values !== taken && "unsaved");
  if (template.wrong) return <p role="alert">{template.wrong}</p>;
  if (!template.value) return null;
  const { fields, version, id: of } = template.value;
  const { missing = [], problems = [], text, seconds = 0, measured = true } = preview.value ?? {};
  const take = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await onTake({ id: of, version, part: "body", values });
      setTaken(values);
    });
  };
  return (
    <form onSubmit={take}>
      {fields.map((field) => (
        <TemplateField
          key={field.name}
          field={field}
          value={values[field.name]}
          problem={problems.find(({ name }) => name === field.name)?.words}
          onValue={(value) => setValues((before) => withValue(before, field.name, value))}
        />
      ))}
      {text !== undefined && (
        <>
          <p class="over">
            {say.says} <small>({say.about(length(seconds * 1000), measured)})</small>
          </p>
          <blockquote aria-live="polite">{text}</blockquote>
        </>
      )}
      {missing.length > 0 && <p>{say.missing(missing.map(({ label }) => told(label)).join(", "))}</p>}
      {(wrong ?? preview.wrong) && <p role="alert">{wrong ?? preview.wrong}</p>}
      {hasText && <p>{say.over}</p>}
      <button type="submit" class="secondary" disabled={missing.length + problems.length > 0} aria-busy={busy}>
        {say.take}
      </button>
    </form>
  );
}

/** An empty field has no value. */
function withValue(values: TemplateValues, name: string, value: string | number | undefined): TemplateValues {
  const { [name]: _before, ...others } = values;
  return value === undefined ? others : { ...others, [name]: value };
}

/** What the form says as far as it is filled in, asked a moment after the last letter. */
function usePreview(id: string, values: TemplateValues) {
  const [preview, setPreview] = useState<{ value?: PreviewView; wrong?: string }>({});
  useEffect(() => {
    let isOver = false;
    const cancel = systemClock.after(REST, () => {
      ask<PreviewView>("POST", `/templates/${id}/preview`, { body: { values } }).then(
        (value) => !isOver && setPreview({ value }),
        (thrown: unknown) => !isOver && setPreview({ wrong: sentenceOf(thrown) }),
      );
    });
    return () => {
      isOver = true;
      cancel();
    };
  }, [id, values]);
  return preview;
}
