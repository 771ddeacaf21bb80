/**
 * What an act would change in the coming days, told before it is done.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import { ask } from "../ask.js";
import { useFetched } from "../pieces/fetched.js";
import { told } from "../words/language.js";
import { words } from "./words.js";

interface Changes {
  readonly changes: readonly { readonly occurrence: string; readonly kind: string; readonly words: Words }[];
  readonly total: number;
  readonly unready?: readonly Words[];
  readonly limits?: readonly { readonly words: Words }[];
}

interface PreviewProps {
  /** The door that looks ahead. */
  readonly door: "/declaration-reviews" | "/airtime-raise-reviews";
  readonly wish: object;
}

export function Preview({ door, wish }: PreviewProps) {
  const say = words();
  const review = useFetched(() => ask<Changes>("POST", door, { body: wish }), [JSON.stringify(wish)], ["rundown"]);
  if (review.wrong !== undefined) return <p role="alert">{review.wrong}</p>;
  if (!review.value) return <p aria-busy="true">…</p>;
  const { changes, total, unready = [], limits = [] } = review.value;
  return (
    <section class="consequence" aria-live="polite" aria-label={say.preview}>
      <h3>{say.preview}</h3>
      <ul>
        {limits.map(({ words: limit }) => (
          <li key={limit.vi}>{told(limit)}</li>
        ))}
        {changes.map((change) => (
          <li key={`${change.kind} ${change.occurrence}`}>{told(change.words)}</li>
        ))}
      </ul>
      {changes.length === 0 && <p>{say.nothing}</p>}
      {total > changes.length && <p>{say.more(total - changes.length)}</p>}
      {unready.length > 0 && (
        <>
          <p class="wrong">{say.unready}</p>
          <ul>
            {unready.map((why) => (
              <li key={why.vi}>{told(why)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
