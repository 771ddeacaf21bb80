/**
 * One pack: what it says, where, what it cuts off; then the button that must be held.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/local-time.js";
import type { AlertView, PackView } from "../../../server/api/alert-views.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { fetchPolicies } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { go } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice } from "../pieces/area-choice.js";
import { useFetched } from "../pieces/fetched.js";
import { HoldButton } from "../pieces/hold-button.js";
import { areas, mayDo } from "../session.js";
import { length, localDateOf } from "../words/times.js";
import { placesFor } from "./places.js";
import { everythingIn, type Reach, reachOf } from "./reach.js";
import { words } from "./words.js";

interface GiveProps {
  readonly pack: PackView;
  readonly isExercise: boolean;
}

export function Give({ pack, isExercise }: GiveProps) {
  const say = words();
  const announcement = useFetched(
    () => ask<AnnouncementView>("GET", `/announcements/${pack.alert}`),
    [pack.alert],
    ["announcements"],
  );
  const policies = useFetched(fetchPolicies, []);
  const today = localDateOf(now.value, zone.value) as LocalDate;
  const { unnamed, offered, isPart } = placesFor({
    ...{ areas: areas.value, isExercise, prepared: pack.targets },
    areaOf: (id) => picture.value?.receivers.get(id)?.area,
    mayAir: (places) => mayDo("air", { classes: ["emergency"], areas: places }, today),
  });
  const [named, setArea] = useState("");
  const { busy, wrong, act } = useAct();
  const area = named === "" && !unnamed ? (offered[0] ?? "") : named;
  const targets = area === "" ? (unnamed ?? everythingIn([])) : everythingIn([area]);
  const reach =
    policies.value &&
    reachOf(targets, isExercise, {
      ...{ areas: areas.value, receivers: [...(picture.value?.receivers.values() ?? [])], policies: policies.value },
      ...{ zone: zone.value, now: now.value, today },
    });
  const give = () =>
    act(async () => {
      await ask<AlertView>("POST", "/alerts", { body: { pack: pack.id, targets, isExercise } });
      go("/emergency");
    });
  const isNobody = !reach || reach.fixed + reach.vans === 0;
  return (
    <article class={isExercise ? "give exercise" : "give"}>
      <header>
        <h2>
          {isExercise && <strong class="exercise-word">{say.exercise}</strong>} {pack.title}
        </h2>
        {isExercise && <p>{say.exerciseAbout}</p>}
      </header>
      <section aria-labelledby="read">
        <h3 id="read">{say.read}</h3>
        {announcement.value && <WillSay announcement={announcement.value} />}
        <AreaChoice
          label={say.where}
          value={area}
          {...(unnamed ? { everything: isExercise ? say.testPlaces : say.packPlaces } : {})}
          {...(isExercise || isPart ? { only: ({ id }) => offered.includes(id) } : {})}
          onChoose={setArea}
        />
        {reach && <Consequence reach={reach} isExercise={isExercise} />}
      </section>
      {(wrong ?? announcement.wrong ?? policies.wrong) && (
        <p role="alert">{wrong ?? announcement.wrong ?? policies.wrong}</p>
      )}
      <HoldButton
        label={isExercise ? say.holdExercise : say.hold}
        holding={say.holding}
        disabled={busy || isNobody || !announcement.value}
        onHeld={give}
      />
    </article>
  );
}

function WillSay({ announcement }: { readonly announcement: AnnouncementView }) {
  const { spokenText, text, clip } = announcement;
  return (
    <>
      {text === undefined ? <p>{words().recording}</p> : <p>{words().willSay}</p>}
      {text !== undefined && <blockquote>{spokenText ?? text}</blockquote>}
      {clip && (
        <p>
          {/* biome-ignore lint/a11y/useMediaCaption: what it says stands above it, word for word */}
          <audio controls preload="none" src={`/api/v1/clips/${clip.sha256}/audio`} /> {length(clip.durationMs)}
        </p>
      )}
    </>
  );
}

function Consequence({ reach, isExercise }: { readonly reach: Reach; readonly isExercise: boolean }) {
  const say = words();
  const { fixed, vans, needs, receivers } = reach;
  if (fixed + vans === 0) return <p role="alert">{say.nobody}</p>;
  const cut = isExercise
    ? []
    : (picture.value?.onAir ?? []).filter(({ ordered }) => ordered.some((id) => receivers.has(id)));
  return (
    <>
      <p>
        <strong>{say.reach(fixed, vans)}</strong>
      </p>
      {cut.length > 0 && <p>{say.cuts(cut.map(({ title }) => `«${title}»`).join(", "))}</p>}
      <p>{needs.length === 0 ? say.alone : `${say.second} ${needs.map((need) => say.need[need]).join(", ")}.`}</p>
    </>
  );
}
