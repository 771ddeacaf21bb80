/**
 * How far a new station has come, by what is there: nothing of it is a mark that somebody set. Pure.
 *
 * @module
 */
import type { AnnouncementView, ReceiverView } from "../../../server/api/views.js";

export const STEPS = ["name", "factor", "loudspeaker", "tone", "announcement"] as const;
export type Step = (typeof STEPS)[number];

export interface Standing {
  readonly station: string;
  readonly wards: readonly string[];
  readonly hasFactor: boolean;
  readonly receivers: readonly ReceiverView[];
  /** Loudspeakers of which somebody here has heard the tone. */
  readonly heard: ReadonlySet<string>;
  readonly announcements: readonly AnnouncementView[];
}

/** What `loa init` writes behind names that nobody has given yet. */
const UNNAMED = "(hãy đổi tên)";

export const isNamed = (name: string): boolean => !name.includes(UNNAMED);

/** The steps that are behind the station. */
export function doneOf({ station, wards, hasFactor, receivers, heard, announcements }: Standing): ReadonlySet<Step> {
  const wasAired = announcements.some(({ heardAt }) => heardAt !== undefined);
  const done: Readonly<Record<Step, boolean>> = {
    name: isNamed(station) && wards.length > 0 && wards.every(isNamed),
    factor: hasFactor,
    loudspeaker: receivers.some(({ connected }) => connected),
    // Whoever has aired something has heard more than a tone.
    tone: heard.size > 0 || wasAired,
    announcement: wasAired,
  };
  return new Set(STEPS.filter((step) => done[step]));
}

/** The first that is neither done nor skipped; `undefined` at the end. */
export const nextOf = (done: ReadonlySet<Step>, skipped: ReadonlySet<Step>): Step | undefined =>
  STEPS.find((step) => !done.has(step) && !skipped.has(step));
