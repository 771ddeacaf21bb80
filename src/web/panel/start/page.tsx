/**
 * Thiết lập lần đầu: from box to first sound in ten minutes.
 *
 * @module
 */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { AnnouncementView, ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { now, picture, zone } from "../live/line.js";
import { AddPlace } from "../loudspeakers/add-place.js";
import "../loudspeakers/loudspeakers.css";
import { Pairing } from "../loudspeakers/pairing.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";
import { NameStep } from "./name-step.js";
import { doneOf, nextOf, STEPS, type Step } from "./steps.js";
import { words } from "./words.js";

interface Factors {
  readonly totp: boolean;
  readonly passkeys: readonly unknown[];
}

const fetchFactors = () => ask<Factors>("GET", "/factors");
const fetchAnnouncements = () => ask<readonly AnnouncementView[]>("GET", "/announcements");

/** What was left for later; it stays while other pages are looked at. */
const skipped = signal<ReadonlySet<Step>>(new Set());

export default function Start() {
  const say = words();
  const factors = useFetched(fetchFactors, []);
  const announcements = useFetched(fetchAnnouncements, [], ["announcements"], [picture.value?.onAir]);
  const [heard, setHeard] = useState<ReadonlySet<string>>(new Set());
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  if (!mayDo("configure", { areas: "anywhere" }, localDateOf(now.value, zone.value))) return <p>{say.mayNot}</p>;
  const done = doneOf({
    station: picture.value?.station.name ?? "",
    wards: [...areas.value.values()].flatMap(({ kind, name }) => (kind === "ward" ? [name] : [])),
    hasFactor: factors.value !== undefined && (factors.value.totp || factors.value.passkeys.length > 0),
    ...{ receivers, heard, announcements: announcements.value ?? [] },
  });
  const open = nextOf(done, skipped.value);
  const skip = (step: Step, isSkipped: boolean) => {
    const next = new Set(skipped.value);
    if (isSkipped) next.add(step);
    else next.delete(step);
    skipped.value = next;
  };
  const wrong = factors.wrong ?? announcements.wrong;
  const shows: Readonly<Record<Step, () => JSX.Element>> = {
    name: () => <NameStep />,
    factor: () => <FactorStep />,
    loudspeaker: () => <LoudspeakerStep receivers={receivers} />,
    tone: () => <ToneStep receivers={receivers} onHeard={(id) => setHeard(new Set(heard).add(id))} />,
    announcement: () => <AnnouncementStep />,
  };
  return (
    <>
      <h1>{say.title}</h1>
      <p>{say.about}</p>
      {wrong && <p role="alert">{wrong}</p>}
      <ol>
        {STEPS.map((step) => (
          <li key={step} class="card" aria-current={step === open ? "step" : undefined}>
            <h2>
              {say.steps[step]}{" "}
              <small>({done.has(step) ? `✔ ${say.done}` : skipped.value.has(step) ? say.skipped : say.open})</small>
            </h2>
            {step === open && (
              <>
                {shows[step]()}
                <button type="button" class="quiet" onClick={() => skip(step, true)}>
                  {say.skip}
                </button>
              </>
            )}
            {skipped.value.has(step) && !done.has(step) && (
              <button type="button" class="quiet" onClick={() => skip(step, false)}>
                {say.again}
                <span class="unseen">: {say.steps[step]}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      {open === undefined && <End />}
    </>
  );
}

function FactorStep() {
  const say = words();
  return (
    <>
      <p>{say.factorAbout}</p>
      <p>
        <a href="/second-factor" class="main-action">
          {say.factorLink}
        </a>
      </p>
      <p>{say.factorWarning}</p>
    </>
  );
}

/** A place first, then the device that takes it; it is done when a loudspeaker says that it is there. */
function LoudspeakerStep({ receivers }: { readonly receivers: readonly ReceiverView[] }) {
  const [made, setMade] = useState<string>();
  const waiting = receivers.find(({ id }) => id === made) ?? receivers.find(({ connected }) => !connected);
  return waiting ? <Pairing key={waiting.id} receiver={waiting} /> : <AddPlace onDone={setMade} />;
}

interface ToneStepProps {
  readonly receivers: readonly ReceiverView[];
  readonly onHeard: (id: string) => void;
}

function ToneStep({ receivers, onHeard }: ToneStepProps) {
  const say = words();
  const [ordered, setOrdered] = useState<string>();
  const { busy, wrong, act } = useAct();
  const there = receivers.filter(({ connected }) => connected);
  const test = async (id: string) => {
    if (await act(() => ask("POST", `/receivers/${id}/test`))) setOrdered(id);
  };
  return (
    <>
      <p>{there.length === 0 ? say.noLoudspeaker : say.toneAbout}</p>
      <div class="buttons">
        {there.map(({ id, name }) => (
          <button key={id} type="button" aria-busy={busy} onClick={() => void test(id)}>
            {say.toneButton(name)}
          </button>
        ))}
      </div>
      {ordered !== undefined && (
        <p role="status">
          {say.toneOrdered}{" "}
          <button type="button" class="secondary" onClick={() => onHeard(ordered)}>
            {say.toneHeard}
          </button>
        </p>
      )}
      {wrong && <p role="alert">{wrong}</p>}
    </>
  );
}

function AnnouncementStep() {
  const say = words();
  return (
    <>
      <p>{say.announcementAbout}</p>
      <p>
        <Link to="/compose" class="main-action">
          {say.write}
        </Link>
      </p>
    </>
  );
}

function End() {
  const say = words();
  return (
    <section class="consequence">
      <p>{say.end}</p>
      <p class="buttons">
        <Link to="/" class="main-action">
          {say.toToday}
        </Link>
        <Link to="/people">{say.toPeople}</Link>
        <Link to="/emergency">{say.toPacks}</Link>
      </p>
    </section>
  );
}
