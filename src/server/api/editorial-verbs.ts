/**
 * The verbs about wording that the API calls: templates, readings, findings and decisions.
 *
 * @module
 */
import type { Decision } from "../../domain/finding.js";
import type { AnnouncementId, TemplateId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Template } from "../../domain/template.js";
import type { Changing, Kept } from "./control-verbs.js";
import type * as words from "./editorial-views.js";
import type * as ask from "./requests.js";
import type { AnnouncementView } from "./views.js";

export interface EditorialVerbs {
  templates(): readonly Template[];
  template(id: TemplateId): Template;
  /** Takes any values; what is wrong or missing is told beside the text. */
  previewTemplate(id: TemplateId, filled: words.PreviewRequest): words.PreviewView;
  /** @throws Fault "conflict" when the template has another version now; "invalid" when values are missing or wrong */
  createFromTemplate(draft: ask.NewFromTemplate, by: Person): Promise<Kept<AnnouncementView>>;
  updateFromTemplate(
    id: AnnouncementId,
    change: Omit<ask.AnnouncementChange, "text" | "template"> & Pick<ask.NewFromTemplate, "template">,
    as: Changing,
  ): Promise<Kept<AnnouncementView>>;

  /** What would be said about a text that nobody keeps yet. */
  check(wording: words.CheckRequest): words.CheckView;
  /** The announcement's text token by token as it would be read now, with every finding. */
  reading(id: AnnouncementId): words.ReadingView;
  /** Reads the text again with the lexicon of now; what then sounds different needs a new approval (R2). */
  readAgain(id: AnnouncementId, by: Person): Promise<Kept<AnnouncementView>>;
  /**
   * Notes a decision about one finding. An author's explains, and does not open the way to an approval.
   * @throws Fault "not-found" when the text has no such finding, "forbidden" when only a source of figures may decide
   */
  decide(
    id: AnnouncementId,
    decision: Pick<Decision, "finding" | "reason"> & { readonly mayConfirm: boolean },
    by: Person,
  ): Promise<Kept<AnnouncementView>>;
}
