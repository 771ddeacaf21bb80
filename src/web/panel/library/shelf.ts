/**
 * The announcements of the library as somebody looks for them. Pure.
 *
 * @module
 */
import type { Stage } from "../../../domain/stage.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { isMeant } from "../words/search.js";
import { topicName } from "../words/topics.js";

export interface Wish {
  /** A few letters of title, text, source or topic; all when it is empty. */
  readonly typed: string;
  readonly stage: Stage | "any";
}

/** What will sound first comes first, then what sounded last, then what was made last. */
export function shelf(announcements: readonly AnnouncementView[], { typed, stage }: Wish): AnnouncementView[] {
  return announcements
    .filter((one) => (stage === "any" || one.stage === stage) && isMeant(wordsOf(one), typed))
    .toReversed()
    .toSorted((one, other) => compare(one.nextAt, other.nextAt) || compare(other.heardAt ?? "", one.heardAt ?? ""));
}

const wordsOf = ({ title, text = "", source = "", topic, recording = "" }: AnnouncementView) =>
  [title, text, source, topicName(topic), recording].join(" ");

/** ISO instants are in order as text; what has none comes last. */
function compare(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  return other === undefined || (one !== undefined && one < other) ? -1 : 1;
}
