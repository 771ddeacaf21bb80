/**
 * What the loudspeaker of a complaint did around the time that was meant, by its own account.
 *
 * @module
 */
import { lineWords } from "../../../domain/line-words.js";
import type { ComplaintWithSoundsView } from "../../../server/api/care-views.js";
import { fetchAnnouncements } from "../lists.js";
import { zone } from "../live/line.js";
import { useFetched } from "../pieces/fetched.js";
import { told } from "../words/language.js";
import { exactTime } from "../words/times.js";
import { words } from "./words.js";

export function Played({ of: played }: { readonly of: ComplaintWithSoundsView["played"] }) {
  const say = words();
  const all = useFetched(fetchAnnouncements, [], ["announcements"]);
  const titles = new Map<string, string>(all.value?.map(({ id, title }) => [id, title]));
  return (
    <section aria-labelledby="played">
      <h2 id="played">{say.played}</h2>
      {played.length === 0 && <p>{say.playedNothing}</p>}
      <ul>
        {played.map(({ n, at, kind, announcements }) => (
          <li key={n}>
            <time>{exactTime(at, zone.value)}</time> {told(lineWords(kind))}{" "}
            {announcements?.map((id) => `«${titles.get(id) ?? id}»`).join(", ")}
          </li>
        ))}
      </ul>
    </section>
  );
}
