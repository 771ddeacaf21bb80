/**
 * From a template and its values to an announcement.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { nearest } from "../../base/nearest.js";
import { type Filled, fill } from "../../domain/fill-template.js";
import type { TemplateId } from "../../domain/ids.js";
import { type Form, formOf, type Template, type TemplatePart, type TemplateUse } from "../../domain/template.js";
import type { Editorial } from "./editorial.js";
import type { Figures } from "./figures.js";
import type { Normalise } from "./ports.js";

/** Longest text of an announcement, UTF-16 units. */
const LONGEST_TEXT = 20_000;

export interface TemplateParts {
  readonly templates: readonly Template[];
  readonly normalise: Normalise;
  readonly findingsOf: Editorial["findingsOf"];
  readonly figures: Pick<Figures, "filledFrom">;
}

/** What the maker of an announcement may say otherwise than its template. */
interface About {
  readonly title?: string | undefined;
  readonly class?: Template["class"] | undefined;
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
}
type Draft = About & { readonly template: TemplateUse };

export type TemplateVerbs = ReturnType<typeof createTemplateVerbs>;

export function createTemplateVerbs({ templates, normalise, findingsOf, figures }: TemplateParts) {
  const byId = new Map<string, Template>(templates.map((template) => [template.id, template]));
  const template = (id: TemplateId): Template => {
    const found = byId.get(id);
    if (found) return found;
    throw noTemplate(id, nearest(id, byId.keys()));
  };
  const form = (id: TemplateId, part: TemplatePart): Form => {
    const found = formOf(template(id), part);
    if (found) return found;
    throw noPart(id, part);
  };

  const filledFrom = (use: TemplateUse, { fields }: Form) =>
    figures.filledFrom(use, new Set(fields.map(({ name }) => name)));

  return {
    templates: () => templates,
    template,

    /** What the announcement would be as far as it is filled in; never refuses values. */
    previewTemplate(id: TemplateId, filled: Pick<TemplateUse, "part" | "values" | "figures">) {
      const wanted = form(id, filled.part);
      const use = filledFrom({ id, version: template(id).version, ...filled }, wanted);
      const { values } = use;
      const { text, heard, missing, problems, source } = fill(wanted, values);
      const { spoken, unknown, seconds, measured } = normalise(heard);
      const isWhole = missing.length === 0 && problems.length === 0;
      return {
        ...{ title: wanted.title, class: wanted.class, text, spoken, missing, problems, unknown, seconds, measured },
        // A text with holes lacks much that the checks would ask for.
        ...(isWhole ? { findings: findingsOf({ ...wanted, text, source, template: use }) } : {}),
      };
    },

    /** The draft with its text, and with title, class, topic and source from the template where the draft names none. */
    filledIn<D extends Draft>(draft: D) {
      const { id, version, part } = draft.template;
      if (template(id).version !== version) throw otherVersion(template(id));
      const wanted = form(id, part);
      const use = filledFrom(draft.template, wanted);
      const filled = fill(wanted, use.values);
      refuseUnfit(filled);
      return {
        ...draft,
        template: use,
        title: draft.title ?? wanted.title,
        class: draft.class ?? wanted.class,
        topic: draft.topic ?? wanted.topic,
        source: draft.source ?? filled.source,
        text: filled.text,
      };
    },
  };
}

function refuseUnfit({ text, missing, problems }: Filled): void {
  const name = problems[0]?.name ?? missing[0]?.name;
  if (name !== undefined) {
    const told = (language: "vi" | "en", word: string) =>
      [
        ...problems.map((problem) => `${problem.name}: ${problem.words[language]}`),
        ...missing.map((field) => `${field.label[language]}: ${word}`),
      ].join("; ");
    throw new Fault(
      "invalid",
      { vi: `${told("vi", "còn thiếu")}. Không có gì được lưu.`, en: `${told("en", "is missing")}. Nothing was kept.` },
      { path: `/template/values/${name}`, reason: problems.length > 0 ? "wrong-values" : "missing-values" },
    );
  }
  if (text.length > LONGEST_TEXT) {
    throw new Fault("too-large", {
      vi: `Lời điền xong dài quá ${LONGEST_TEXT} chữ. Không có gì được lưu.`,
      en: `The filled-in text is longer than ${LONGEST_TEXT} letters. Nothing was kept.`,
    });
  }
}

const noTemplate = (id: string, meant: string | undefined) =>
  new Fault("not-found", {
    vi: `Không có mẫu «${id}»${meant === undefined ? "" : `; có phải «${meant}»?`}`,
    en: `There is no template "${id}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
  });
const noPart = (id: string, part: TemplatePart) =>
  new Fault("not-found", {
    vi: `Mẫu «${id}» không có phần ${part}.`,
    en: `The template "${id}" has no ${part}.`,
  });
const otherVersion = ({ id, version }: Template) =>
  new Fault(
    "conflict",
    {
      vi: `Mẫu «${id}» đã đổi, nay là phiên bản ${version}. Hãy mở lại mẫu, xem các trường rồi điền tiếp. Không có gì được lưu.`,
      en: `The template "${id}" has changed and is now version ${version}. Open it again, look at its fields, then go on. Nothing was kept.`,
    },
    { reason: "other-version", path: "/template/version" },
  );
