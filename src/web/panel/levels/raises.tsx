/**
 * More airtime for an area on dated days, and ending that early.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { AirtimeRaise } from "../../../domain/airtime-raise.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { now, zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice, inOrder } from "../pieces/area-choice.js";
import { DateField } from "../pieces/date-field.js";
import { useFetched } from "../pieces/fetched.js";
import { ReasonField } from "../pieces/reason-field.js";
import { areas, mayDo } from "../session.js";
import { localDateOf, plainDate } from "../words/times.js";
import { Preview } from "./preview.js";
import { words } from "./words.js";

const WEEK_MS = 7 * 86_400_000;
const fetchRaises = () => ask<readonly AirtimeRaise[]>("GET", "/airtime-raises");

export function Raises() {
  const say = words();
  const raises = useFetched(fetchRaises, [], ["raises", "rundown"]);
  const today = localDateOf(now.value, zone.value);
  const current = (raises.value ?? []).filter(({ until }) => until >= today);
  const may = mayDo("approve", { classes: ["emergency"], areas: "anywhere" }, today);
  return (
    <section aria-labelledby="raises">
      <h2 id="raises">{say.raises}</h2>
      {raises.wrong !== undefined && <p role="alert">{raises.wrong}</p>}
      {raises.value && current.length === 0 && <p>{say.noRaises}</p>}
      {current.map((raise) => (
        <OneRaise key={raise.id} raise={raise} onEnded={raises.again} />
      ))}
      {may && <NewRaise onRaised={raises.again} />}
    </section>
  );
}

function OneRaise({ raise, onEnded }: { readonly raise: AirtimeRaise; readonly onEnded: () => void }) {
  const say = words();
  const [reason, setReason] = useState("");
  const { busy, wrong, act } = useAct();
  const { id, area, from, until, decided, ended, minutesPerDay, document: number } = raise;
  const may = mayDo("approve", { classes: ["emergency"], areas: [area] }, localDateOf(now.value, zone.value));
  const end = async (event: Event) => {
    event.preventDefault();
    if (await act(() => ask("POST", `/airtime-raises/${id}/ending`, { body: { reason: reason.trim() } }))) onEnded();
  };
  return (
    <article class="card">
      <h3>
        {areas.value.get(area)?.name ?? area}
        {minutesPerDay !== undefined && ` – ${say.perDay(minutesPerDay)}`}
      </h3>
      <p>
        {say.span(plainDate(from), plainDate(until))}. {say.by(decided.by, raise.reason)} {number}
        {ended && <strong> ({say.ended})</strong>}
      </p>
      {may && !ended && (
        <details>
          <summary>{say.endNow}</summary>
          <Preview door="/airtime-raise-reviews" wish={{ kind: "end", id }} />
          <form onSubmit={end} class="narrow">
            <ReasonField label={say.endReason} value={reason} onChange={setReason} />
            <button type="submit" aria-disabled={busy}>
              {say.reallyEnd}
            </button>
          </form>
        </details>
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </article>
  );
}

function NewRaise({ onRaised }: { readonly onRaised: () => void }) {
  const say = words();
  const [area, setArea] = useState(inOrder(areas.value)[0]?.id ?? "");
  const [from, setFrom] = useState(localDateOf(now.value, zone.value));
  const [until, setUntil] = useState(localDateOf(now.value + WEEK_MS, zone.value));
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState("");
  const [number, setNumber] = useState("");
  const { busy, wrong, act } = useAct();
  useUnsaved((reason.trim() !== "" || number.trim() !== "") && "unsaved");
  const limits = { area, from, until, minutesPerDay: minutes };
  const raise = {
    ...{ ...limits, reason: reason.trim() },
    ...(number.trim() === "" ? {} : { document: number.trim() }),
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await act(() => ask("POST", "/airtime-raises", { body: raise })))) return;
    setReason("");
    setNumber("");
    onRaised();
  };
  return (
    <form onSubmit={submit} class="narrow">
      <AreaChoice label={say.area} value={area} onChoose={(chosen) => setArea(chosen as typeof area)} />
      <DateField label={say.from} value={from} onChange={setFrom} />
      <DateField label={say.until} value={until} onChange={setUntil} />
      <label>
        {say.minutes}
        <input
          type="number"
          min={1}
          max={1440}
          required
          value={minutes}
          onInput={({ currentTarget }) => setMinutes(currentTarget.valueAsNumber)}
        />
      </label>
      <ReasonField label={say.reason} value={reason} onChange={setReason} />
      <label>
        {say.document}
        <input maxLength={64} value={number} onInput={({ currentTarget }) => setNumber(currentTarget.value)} />
      </label>
      <Preview door="/airtime-raise-reviews" wish={{ kind: "raise", raise: { ...limits, reason: say.raise } }} />
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <button type="submit" aria-disabled={busy}>
        {say.raise}
      </button>
    </form>
  );
}
