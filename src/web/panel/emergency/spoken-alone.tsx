/**
 * Emergencies that one person spoke live where two are needed: those who may approve there read who and why.
 *
 * @module
 */
import type { TalkView } from "../../../server/api/live-routes.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { BrokenGlass } from "../pieces/broken-glass.js";
import { useFetched } from "../pieces/fetched.js";
import { shortMoment } from "../words/times.js";
import { words } from "./words.js";

/** How many are shown, the newest first. */
const SHOWN = 10;

const fetchTalks = () => ask<readonly TalkView[]>("GET", "/live");

export function SpokenAlone() {
  const talks = useFetched(fetchTalks, [], ["talks"]);
  const alone = (talks.value ?? []).flatMap(({ brokenGlass: glass, ...talk }) => (glass ? [{ ...talk, glass }] : []));
  if (talks.wrong !== undefined) return <p role="alert">{talks.wrong}</p>;
  if (alone.length === 0) return null;
  return (
    <section aria-labelledby="spoken-alone">
      <h2 id="spoken-alone">{words().spokenAlone}</h2>
      <ul>
        {alone.slice(0, SHOWN).map(({ occurrence, at, reason, glass }) => (
          <li key={occurrence}>
            {shortMoment(at, zone.value)} <strong>{reason}</strong> – <BrokenGlass glass={glass} />
          </li>
        ))}
      </ul>
    </section>
  );
}
