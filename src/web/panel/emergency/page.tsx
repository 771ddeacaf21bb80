/**
 * Khẩn cấp: warn people in seconds, and not by mistake. Choose what was prepared, hear and read it, hold the button.
 *
 * @module
 */
import type { AlertView, PackView } from "../../../server/api/alert-views.js";
import { ask, type Kept } from "../ask.js";
import { now, picture, zone } from "../live/line.js";
import { Link, path } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo } from "../session.js";
import { told } from "../words/language.js";
import { localDateOf } from "../words/times.js";
import { AlertsInForce, EarlierAlerts } from "./alerts.js";
import "./emergency.css";
import { Give } from "./give.js";
import PackEditor from "./pack-editor.js";
import { packWords } from "./pack-words.js";
import { SpokenAlone } from "./spoken-alone.js";
import { words } from "./words.js";

const AT = "/emergency";
const REHEARSAL = "rehearsal";

const fetchPacks = () => ask<readonly Kept<PackView>[]>("GET", "/emergency-packs");
const fetchAlerts = () => ask<readonly AlertView[]>("GET", "/alerts");

/** `/emergency`, `/emergency/<pack>`, `/emergency/<pack>/rehearsal`, `/emergency/<pack>/edit`, `/emergency/-/edit` for a new one. */
export default function Emergency() {
  const [id = "", mode] = path.value.slice(AT.length + 1).split("/");
  if (mode !== EDIT) return <Packed id={id} mode={mode} />;
  return (
    <>
      <h1>{words().title}</h1>
      {mayPrepare() ? <PackEditor id={id === NEW ? undefined : id} /> : <p>{packWords().mayNot}</p>}
    </>
  );
}

/** What nothing is called yet. */
const NEW = "-";
const EDIT = "edit";

const mayPrepare = () =>
  mayDo("approve", { classes: ["emergency"], areas: "anywhere" }, localDateOf(now.value, zone.value));

const mayLookBack = () => mayDo("inspect", { areas: "anywhere" }, localDateOf(now.value, zone.value));

function Packed({ id, mode }: { readonly id: string; readonly mode: string | undefined }) {
  const say = words();
  const packs = useFetched(fetchPacks, [], ["packs", "announcements"]);
  // How many have said that it sounds changes with what is on air, and the station tells only that.
  const alerts = useFetched(fetchAlerts, [], ["alerts"], [picture.value?.onAir]);
  const chosen = packs.value?.find(({ value }) => value.id === id)?.value;
  const wrong = packs.wrong ?? alerts.wrong;
  return (
    <>
      <h1>{say.title}</h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <AlertsInForce alerts={alerts.value ?? []} />
      {id !== "" && packs.value && (
        <p>
          <Link to={AT}>‹ {say.back}</Link>
        </p>
      )}
      {id === "" && packs.value && <Packs packs={packs.value.map(({ value }) => value)} />}
      {id !== "" && packs.value && !chosen && <p>{say.gone}</p>}
      {chosen && <Give key={path.value} pack={chosen} isExercise={mode === REHEARSAL} />}
      {id === "" && mayLookBack() && <SpokenAlone />}
      {id === "" && <EarlierAlerts alerts={alerts.value ?? []} />}
    </>
  );
}

function Packs({ packs }: { readonly packs: readonly PackView[] }) {
  const say = words();
  return (
    <section aria-labelledby="choose">
      <h2 id="choose">{say.choose}</h2>
      {packs.length === 0 && <FirstPack />}
      {mayPrepare() && (
        <p>
          <Link to={`${AT}/${NEW}/${EDIT}`} class="main-action">
            {packWords().add}
          </Link>
        </p>
      )}
      <ul class="packs">
        {packs.map((pack) => (
          <li key={pack.id}>
            <h3>{pack.title}</h3>
            {pack.problems.length > 0 ? (
              <>
                <p>{say.notReady}</p>
                <ul>
                  {pack.problems.map(({ part, words: why }) => (
                    <li key={part}>{told(why)}</li>
                  ))}
                </ul>
              </>
            ) : (
              <p class="buttons">
                <Link to={`${AT}/${pack.id}`} class="main-action danger-action">
                  {say.use}
                </Link>
                {pack.exercise !== undefined && (
                  <Link to={`${AT}/${pack.id}/${REHEARSAL}`} class="main-action exercise-action">
                    {say.rehearse}
                  </Link>
                )}
              </p>
            )}
            {mayPrepare() && (
              <Link to={`${AT}/${pack.id}/${EDIT}`}>
                {packWords().edit}
                <span class="unseen"> «{pack.title}»</span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What to do while there is nothing to choose. */
function FirstPack() {
  const { first, steps } = packWords();
  return (
    <>
      <p>{words().none}</p>
      <p>{first}</p>
      <ol>
        {Object.values(steps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}
