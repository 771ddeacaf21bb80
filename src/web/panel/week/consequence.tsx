/**
 * What a schedule would do in the coming days, told before it is saved.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { Schedule } from "../../../domain/schedule.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAsked } from "../pieces/asked.js";
import { told } from "../words/language.js";
import { shortMoment } from "../words/times.js";
import { words } from "./words.js";

export interface Review {
  readonly rundown: RundownView;
  readonly remarks: readonly Words[];
  readonly refusals: readonly { readonly path: string; readonly words: Words }[];
}

/**
 * Asks the station what it would do, whenever it changes; `undefined` until it has answered to what it is now.
 * @param beside other schedules as they would be kept together with it
 */
export function useReview(schedule: Schedule | undefined, beside: readonly Schedule[] = []): Review | undefined {
  const isComplete = schedule && schedule.id !== "" && schedule.playlist !== "" && schedule.title !== "";
  const body = { ...schedule, beside };
  const { value, isCurrent, wrong } = useAsked(isComplete ? JSON.stringify(body) : undefined, () =>
    ask<Review>("POST", "/schedule-reviews", { body }),
  );
  if (!isCurrent) return undefined;
  return wrong === undefined ? value : { ...NOTHING, refusals: [unread(wrong)] };
}

const NOTHING: Review = { rundown: { zone: "", from: "", until: "", lines: [] }, remarks: [], refusals: [] };
const unread = (sentence: string) => ({ path: "", words: { vi: sentence, en: sentence } });

export function Consequence({ review }: { readonly review: Review | undefined }) {
  const say = words();
  if (!review) return null;
  const { rundown, remarks, refusals } = review;
  const airing = rundown.lines.filter(({ fate }) => fate !== "dropped");
  const first = airing.map(({ start }) => start).sort()[0];
  return (
    <section class="consequence" aria-live="polite" aria-label={say.consequence}>
      <h2>{say.consequence}</h2>
      {refusals.length > 0 ? (
        <>
          <p class="wrong">{say.refused}</p>
          <ul>
            {refusals.map((refusal) => (
              <li key={`${refusal.path} ${refusal.words.vi}`}>{told(refusal.words)}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{first === undefined ? say.nothing : say.soundings(airing.length, shortMoment(first, zone.value))}</p>
      )}
      <ul>
        {remarks.map((remark) => (
          <li key={remark.vi}>{told(remark)}</li>
        ))}
      </ul>
    </section>
  );
}
