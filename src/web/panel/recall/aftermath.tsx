/**
 * After a recall: where and when it was heard by the loudspeakers' word, where nobody knows yet, and its correction for exactly
 * those places.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { TemplateValues } from "../../../domain/template.js";
import type { HearingsView } from "../../../server/api/correction-views.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { fetchAnnouncements } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { go, Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { stageName } from "../words/stages.js";
import { localDateOf, shortMoment } from "../words/times.js";
import { CorrectionBlanks } from "./correction-blanks.js";
import { words } from "./words.js";

/** How often it is looked again who has told meanwhile, ms. */
const LOOK_AGAIN = 3000;

interface AftermathProps {
  readonly id: string;
  /** Called when the correction is open in place of this. */
  readonly onLeave?: () => void;
}

export function Aftermath({ id, onLeave }: AftermathProps) {
  const say = words();
  const hearings = useFetched(
    () => ask<HearingsView>("GET", `/announcements/${id}/hearings`),
    [id],
    ["announcements"],
    // Journals come one by one, and the station calls nobody for each of them.
    [Math.floor(now.value / LOOK_AGAIN)],
  );
  const mayCompose = mayDo("compose", { areas: "anywhere" }, localDateOf(now.value, zone.value));
  if (!hearings.value) return hearings.wrong ? <p role="alert">{hearings.wrong}</p> : <p aria-busy="true" />;
  const { heard, untold, correction } = hearings.value;
  return (
    <section class="aftermath" aria-labelledby={`heard-${id}`}>
      <h3 id={`heard-${id}`}>{say.heardTitle}</h3>
      <p>{heard.length === 0 ? say.unheard : say.heard(heard.length)}</p>
      <ul>
        {heard.map(({ receiver, area, first, last, times }) => (
          <li key={receiver}>
            <strong>{nameOf(receiver)}</strong> {placeOf(area)} –{" "}
            {times === 1
              ? say.once(shortMoment(first, zone.value))
              : say.times(times, shortMoment(first, zone.value), shortMoment(last, zone.value))}
          </li>
        ))}
      </ul>
      <p>{untold.length === 0 ? say.known : say.untold(untold.length)}</p>
      <ul>
        {untold.map(({ receiver, area }) => (
          <li key={receiver}>
            <strong>{nameOf(receiver)}</strong> {placeOf(area)}
          </li>
        ))}
      </ul>
      <Corrections of={id} />
      {heard.length > 0 && mayCompose && (
        <Correct id={id} count={heard.length} correction={correction} onMade={() => onLeave?.()} />
      )}
    </section>
  );
}

const nameOf = (receiver: string): string => picture.value?.receivers.get(receiver)?.name ?? receiver;
const placeOf = (area: string | undefined): string =>
  area === undefined
    ? `(${words().gone})`
    : `(${[...areas.value.values()].find(({ id }) => id === area)?.name ?? area})`;

/** Those that somebody has written already, and how far they have come: nobody writes the same one twice. */
function Corrections({ of }: { readonly of: string }) {
  const written = useFetched(fetchAnnouncements, [of], ["announcements"]);
  const those = (written.value ?? []).filter(({ corrects }) => corrects === of);
  if (those.length === 0) return null;
  return (
    <>
      <p>{words().written(those.length)}</p>
      <ul>
        {those.map(({ id, title, stage }) => (
          <li key={id}>
            <Link to={`/compose/${id}`}>{title}</Link> – {stageName(stage)}
          </li>
        ))}
      </ul>
    </>
  );
}

interface CorrectProps {
  readonly id: string;
  readonly count: number;
  readonly correction: HearingsView["correction"];
  readonly onMade: () => void;
}

function Correct({ id, count, correction, onMade }: CorrectProps) {
  const say = words();
  const [isOwn, setOwn] = useState(correction.from === "text");
  const [text, setText] = useState("");
  const [values, setValues] = useState<TemplateValues>({});
  const { busy, wrong, act } = useAct();
  const markKept = useUnsaved((text.trim() !== "" || Object.keys(values).length > 0) && "unsaved");
  const draft = async (event: Event) => {
    event.preventDefault();
    await act(async () => {
      const body = isOwn ? { text: text.trim() } : { values };
      const made = await ask<AnnouncementView>("POST", `/announcements/${id}/corrections`, { body });
      onMade();
      markKept();
      go(`/compose/${made.id}`);
    });
  };
  return (
    <form onSubmit={(event) => void draft(event)}>
      <h3>{say.correct}</h3>
      <p>{say.correctAbout(count)}</p>
      {correction.from === "template" && (
        <button type="button" class="quiet" onClick={() => setOwn(!isOwn)}>
          {isOwn ? say.byTemplate : say.ownWords}
        </button>
      )}
      {correction.from === "template" && !isOwn ? (
        <>
          <p>{say.template}</p>
          <CorrectionBlanks use={correction.template} values={values} onValues={setValues} />
        </>
      ) : (
        <label>
          {say.text}
          <textarea
            required
            rows={3}
            maxLength={8000}
            lang="vi"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
      )}
      {wrong && <p role="alert">{wrong}</p>}
      <button type="submit" aria-busy={busy}>
        {say.write}
      </button>
    </form>
  );
}
