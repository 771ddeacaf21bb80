/**
 * Everything about the words of announcements, put together: how they are read and checked, their sound, their templates,
 * and the verbs about them.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { TemplateUse } from "../../domain/template.js";
import { type AnnouncementParts, createAnnouncementVerbs } from "./announcements.js";
import { createEditorial, type EditorialParts } from "./editorial.js";
import type { Voices } from "./ports.js";
import { createReviewVerbs } from "./review.js";
import { createSoundMaking } from "./sound-making.js";
import { createTemplateVerbs, type TemplateParts } from "./templates.js";

export interface NewsroomParts
  extends Omit<AnnouncementParts, "making" | "editorial">,
    EditorialParts,
    Pick<TemplateParts, "templates"> {
  readonly voices: Voices;
  readonly log: Log;
}

export function createNewsroom(parts: NewsroomParts) {
  const editorial = createEditorial(parts);
  const making = createSoundMaking({ ...parts, read: editorial.read });
  const verbs = createAnnouncementVerbs({ ...parts, making, editorial });
  const review = createReviewVerbs({ ...parts, making, editorial, kept: verbs.announcement });
  const { filledIn, ...templateVerbs } = createTemplateVerbs({ ...parts, findingsOf: editorial.findingsOf });
  type Draft = Parameters<typeof verbs.createFromText>[0];
  type Change = Parameters<typeof verbs.updateAnnouncement>[1];
  type Changer = Parameters<typeof verbs.updateAnnouncement>[2];

  return {
    making,
    /** Goes on with the sounds that were being made when the server stopped. */
    resume() {
      for (const { id, text, clip, problem } of parts.announcements.all())
        if (text !== undefined && !clip && !problem) making.request(id);
    },
    verbs: {
      ...verbs,
      ...review,
      ...templateVerbs,

      createFromTemplate: (
        draft: Partial<Omit<Draft, "text" | "template">> & { readonly template: TemplateUse },
        by: { readonly name: string },
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
