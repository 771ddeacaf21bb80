/**
 * The verbs about what bulletins rest on that the API calls.
 *
 * @module
 */
import type { CaseFigures, ConfirmedFigures, FiguresId } from "../../domain/case-figures.js";
import type { OfficialDraft, OfficialText, OfficialTextId } from "../../domain/official-text.js";
import type { Person } from "../../domain/person.js";
import type { Expected, Kept } from "./control-verbs.js";
import type { TakeRequest } from "./source-views.js";
import type { AnnouncementView } from "./views.js";

export interface SourceVerbs {
  officialTexts(): readonly Kept<OfficialText>[];
  officialText(id: OfficialTextId): Kept<OfficialText>;
  /** @throws Fault "conflict" when it is another than the one that was read */
  putOfficialText(
    id: OfficialTextId,
    draft: OfficialDraft,
    as: { readonly expected: Expected; readonly by: Person },
  ): Promise<Kept<OfficialText>>;
  removeOfficialText(id: OfficialTextId, by: Person): Promise<void>;
  /** An announcement that says it word for word; its author is who put it into the library. */
  takeOfficialText(id: OfficialTextId, choice: TakeRequest, by: Person): Promise<Kept<AnnouncementView>>;

  /** The newest first. */
  caseFigures(): readonly CaseFigures[];
  confirmFigures(confirmed: ConfirmedFigures, by: Person): Promise<CaseFigures>;
  withdrawFigures(id: FiguresId, reason: string, by: Person): Promise<CaseFigures>;
}
