/**
 * Everything about the words of announcements, put together: how they are read and checked, their sound, their templates,
 * and the verbs about them.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Person } from "../../domain/person.js";
import type { TemplateUse } from "../../domain/template.js";
import { type BookParts, createAnnouncementBook } from "./announcement-book.js";
import { type AnnouncementParts, createAnnouncementVerbs } from "./announcements.js";
import { type ApprovalParts, createApprovalVerbs } from "./approvals.js";
import { type CorrectionParts, createCorrectionVerbs } from "./corrections.js";
import { createEditorial, type EditorialParts } from "./editorial.js";
import { createFigures, type FiguresParts } from "./figures.js";
import { createHistoryVerbs } from "./history.js";
import { createLibraryVerbs, type LibraryParts } from "./official-library.js";
import type { Voices } from "./ports.js";
import { createReviewVerbs } from "./review.js";
import { createSoundMaking, type SoundMakingParts } from "./sound-making.js";
import { createTemplateVerbs, type TemplateParts } from "./templates.js";

export interface NewsroomParts
  extends Omit<AnnouncementParts, "making" | "editorial" | "book">,
    Omit<BookParts, "making" | "asRun">,
    Pick<ApprovalParts, "twoPeople">,
    Pick<CorrectionParts, "areaOf" | "untoldAt">,
    Omit<EditorialParts, "isConfirmed">,
    Pick<FiguresParts, "figures">,
    Pick<LibraryParts, "officialTexts">,
    Pick<TemplateParts, "templates"> {
  readonly voices: Voices;
  readonly onSpoken?: SoundMakingParts["onSpoken"];
  readonly log: Log;
}

/** Any of the fields, or none. */
type Wish<T> = { readonly [K in keyof T]?: T[K] | undefined };

export function createNewsroom(parts: NewsroomParts) {
  const figures = createFigures(parts);
  const editorial = createEditorial({ ...parts, isConfirmed: figures.isConfirmed });
  const making = createSoundMaking({ ...parts, read: editorial.read });
  const book = createAnnouncementBook({ ...parts, making });
  const verbs = createAnnouncementVerbs({ ...parts, book, making, editorial });
  const approvals = createApprovalVerbs({ ...parts, book, making, editorial });
  const review = createReviewVerbs({ ...parts, book, making, editorial });
  const templates = createTemplateVerbs({ ...parts, figures, findingsOf: editorial.findingsOf });
  const { filledIn, ...templateVerbs } = templates;
  const { createFromText } = verbs;
  type Draft = Parameters<typeof verbs.createFromText>[0];
  type Change = Parameters<typeof verbs.updateAnnouncement>[1];
  type Changer = Parameters<typeof verbs.updateAnnouncement>[2];

  return {
    making,
    book,
    /** Goes on with the sounds that were being made when the server stopped. */
    resume() {
      for (const { id, text, clip, problem } of parts.announcements.all())
        if (text !== undefined && !clip && !problem) making.request(id);
    },
    verbs: {
      ...verbs,
      ...approvals,
      ...createHistoryVerbs({ ...parts, book }),
      ...figures.verbs,
      ...createLibraryVerbs({ ...parts, createFromText }),
      ...createCorrectionVerbs({ ...parts, book, templates, createFromText }),
      ...review,
      ...templateVerbs,

      createFromTemplate: (
        draft: Wish<Omit<Draft, "text" | "template">> & { readonly template: TemplateUse },
        by: Person,
      ) => verbs.createFromText(filledIn(draft), by),

      /** Fills the template in anew; title, class and topic stay as they are unless the change names them. */
      updateFromTemplate(
        id: Parameters<typeof verbs.updateAnnouncement>[0],
        change: Omit<Change, "text" | "template"> & { readonly template: TemplateUse },
        as: Changer,
      ) {
        const { text, source } = filledIn({ template: change.template, source: change.source });
        return verbs.updateAnnouncement(id, { ...change, text, source }, as);
      },
    },
  };
}
