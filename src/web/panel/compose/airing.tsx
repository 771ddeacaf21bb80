/**
 * Where and when it is to sound, and what will happen, in words, before anything is ordered.
 *
 * @module
 */
import { fetchPolicies } from "../lists.js";
import { zone } from "../live/line.js";
import { useFetched } from "../pieces/fetched.js";
import { areas } from "../session.js";
import { bilingual } from "../words/language.js";
import { consequence } from "./consequence.js";
import { quietPlaces } from "./quiet.js";
import type { Composition } from "./use-composition.js";
import { WhenPart } from "./when-part.js";
import { Where } from "./where.js";

const words = bilingual(
  {
    quiet: (places: string) => `Giờ này là giờ yên tĩnh ở ${places}: sẽ không phát. Hãy chọn giờ khác.`,
  },
  {
    quiet: (places) => `That is a quiet hour in ${places}: it will not sound. Choose another time.`,
  },
);

export function Airing({
  composition,
  lengthMs,
}: {
  readonly composition: Composition;
  readonly lengthMs: number | undefined;
}) {
  const say = words();
  const { targets, receivers, chosen, when, usual, time, setTargets, setWhen, wrong } = composition.airing;
  const policies = useFetched(fetchPolicies, []);
  const quiet =
    when.is === "now"
      ? []
      : quietPlaces(when, { zone: zone.value, areas: areas.value, policies: policies.value ?? [], receivers: chosen });
  const vans = chosen.filter(({ kind }) => kind === "van").length;
  const seconds = composition.reading.value?.seconds;
  return (
    <>
      <Where {...{ targets, receivers, chosen, today: time.today }} onChange={setTargets} />
      <WhenPart {...{ when, usual, today: time.today }} onChange={setWhen} />
      {wrong && <p role="alert">{wrong}</p>}
      <p class="consequence" aria-live="polite">
        <span aria-hidden="true">→ </span>
        {consequence({
          ...{ when, vans, zone: zone.value, loudspeakers: chosen.length - vans },
          places: targets.areas.map((id) => areas.value.get(id)?.name ?? id),
          lengthMs: lengthMs ?? (seconds === undefined ? undefined : seconds * 1000),
        })}
      </p>
      {quiet.length > 0 && <p class="wrong">{say.quiet(quiet.join(", "))}</p>}
    </>
  );
}
