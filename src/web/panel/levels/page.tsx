/**
 * Cấp độ: one act raises or ends an alert level, dated, and what it changes is seen before.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { AlertLevel, Declaration } from "../../../domain/alert-level.js";
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
import { Raises } from "./raises.js";
import { words } from "./words.js";

const WEEK_MS = 7 * 86_400_000;
const fetchLevels = () => ask<readonly AlertLevel[]>("GET", "/levels");
const fetchDeclarations = () => ask<readonly Declaration[]>("GET", "/declarations");

export default function Levels() {
  const say = words();
  const levels = useFetched(fetchLevels, []);
  const declarations = useFetched(fetchDeclarations, [], ["declarations"]);
  const today = localDateOf(now.value, zone.value);
  const inForce = (declarations.value ?? []).filter(({ ended, until }) => !ended && until >= today);
  const wrong = levels.wrong ?? declarations.wrong;
  return (
    <>
      <h1>{say.title}</h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <section aria-labelledby="in-force">
        <h2 id="in-force">{say.inForce}</h2>
        {declarations.value && inForce.length === 0 && <p>{say.none}</p>}
        {inForce.map((declaration) => (
          <InForce
            key={`${declaration.level} ${declaration.area} ${declaration.from}`}
            declaration={declaration}
            title={levels.value?.find(({ name }) => name === declaration.level)?.title ?? declaration.level}
            onEnded={declarations.again}
          />
        ))}
      </section>
      {levels.value && <Declare levels={levels.value} onDeclared={declarations.again} />}
      <Raises />
    </>
  );
}

interface InForceProps {
  readonly declaration: Declaration;
  readonly title: string;
  readonly onEnded: () => void;
}

function InForce({ declaration, title, onEnded }: InForceProps) {
  const say = words();
  const [isAsked, setIsAsked] = useState(false);
  const { busy, wrong, act } = useAct();
  const { level, area, from, until, by, reason } = declaration;
  const may = mayDo("approve", { classes: ["emergency"], areas: [area] }, localDateOf(now.value, zone.value));
  const end = async () => {
    if (await act(() => ask("DELETE", `/declarations/${area}/${level}`))) onEnded();
  };
  return (
    <article class="card">
      <h3>
        {title} – {areas.value.get(area)?.name ?? area}
      </h3>
      <p>
        {say.span(plainDate(from), plainDate(until))}. {say.by(by, reason)}
      </p>
      {may && !isAsked && (
        <button type="button" class="secondary" onClick={() => setIsAsked(true)}>
          {say.endNow}
        </button>
      )}
      {isAsked && (
        <>
          <Preview door="/declaration-reviews" wish={{ kind: "end", level, area }} />
          <div class="buttons">
            <button type="button" aria-disabled={busy} onClick={end}>
              {say.reallyEnd}
            </button>
            <button type="button" class="secondary" onClick={() => setIsAsked(false)}>
              {say.cancel}
            </button>
          </div>
        </>
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </article>
  );
}

interface DeclareProps {
  readonly levels: readonly AlertLevel[];
  readonly onDeclared: () => void;
}

function Declare({ levels, onDeclared }: DeclareProps) {
  const say = words();
  const today = localDateOf(now.value, zone.value);
  const [level, setLevel] = useState(levels[0]?.name ?? "");
  const [area, setArea] = useState(inOrder(areas.value)[0]?.id ?? "");
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(localDateOf(now.value + WEEK_MS, zone.value));
  const [reason, setReason] = useState("");
  const { busy, wrong, act } = useAct();
  useUnsaved(reason.trim() !== "" && "unsaved");
  const may = mayDo("approve", { classes: ["emergency"], areas: "anywhere" }, today);
  if (levels.length === 0) return <p>{say.noLevels}</p>;
  if (!may) return null;
  const wish = { level, area, from, until };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await act(() => ask("POST", "/declarations", { body: { ...wish, reason: reason.trim() } })))) return;
    setReason("");
    onDeclared();
  };
  return (
    <section aria-labelledby="declare">
      <h2 id="declare">{say.declare}</h2>
      <form onSubmit={submit} class="narrow">
        <label>
          {say.level}
          <select value={level} onChange={({ currentTarget }) => setLevel(currentTarget.value)}>
            {levels.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <AreaChoice label={say.area} value={area} onChoose={(chosen) => setArea(chosen as typeof area)} />
        <DateField label={say.from} value={from} onChange={setFrom} />
        <DateField label={say.until} value={until} onChange={setUntil} />
        <ReasonField label={say.reason} value={reason} onChange={setReason} />
        <Preview door="/declaration-reviews" wish={{ kind: "declare", ...wish }} />
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.submit}
        </button>
      </form>
    </section>
  );
}
