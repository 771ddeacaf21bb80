/**
 * What was said live before, to be heard again.
 *
 * @module
 */
import type { TalkView } from "../../../server/api/live-routes.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { BrokenGlass } from "../pieces/broken-glass.js";
import { ClassMark } from "../pieces/class-mark.js";
import { useFetched } from "../pieces/fetched.js";
import { length, shortMoment } from "../words/times.js";
import { words } from "./words.js";

/** As many as somebody looks through. */
const SHOWN = 20;

export function Talks() {
  const say = words();
  const talks = useFetched(() => ask<readonly TalkView[]>("GET", "/live"), [], ["talks"]);
  return (
    <section aria-labelledby="talks">
      <h2 id="talks">{say.past}</h2>
      {talks.wrong && <p role="alert">{talks.wrong}</p>}
      {talks.value?.length === 0 && <p>{say.none}</p>}
      <ul class="talks">
        {(talks.value ?? [])
          .slice(0, SHOWN)
          .map(({ occurrence, reason, class: of, at, by, ended, recording, brokenGlass }) => (
            <li key={occurrence} class="card">
              <p>
                <ClassMark of={of} short /> <strong>{reason}</strong>
                <br />
                {say.line1(shortMoment(at, zone.value), by, ended ? length(ended.spokenMs) : say.running)}
                {ended && ended.why !== "finished" && ` – ${say.ended[ended.why]}`}
                {brokenGlass && <BrokenGlass glass={brokenGlass} />}
              </p>
              {recording && (
                // biome-ignore lint/a11y/useMediaCaption: a voice as it was spoken; nobody has written it down
                <audio controls preload="none" src={`/api/v1/live/${occurrence}/recording`} aria-label={reason} />
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
