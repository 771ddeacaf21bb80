/**
 * Quiet hours and airtime of an area: what a change would do to the coming week is said before it is kept, and what no place may
 * allow is refused by the station.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Words } from "../../../base/errors.js";
import { ancestry } from "../../../domain/area.js";
import type { Policy } from "../../../domain/policy.js";
import type { SettingsView } from "../../../server/api/settings-routes.js";
import { ask, askKept, type Kept } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice, inOrder } from "../pieces/area-choice.js";
import { areas } from "../session.js";
import { told } from "../words/language.js";
import { words } from "./words.js";

type Range = Policy["quiet"][number];
type Changes = {
  readonly changes: readonly { readonly occurrence: string; readonly words: Words }[];
  readonly total: number;
};
const LIMITS = ["sessionsPerDay", "minutesPerSession", "minutesPerDay"] as const;

interface PolicyPartProps {
  readonly read: Kept<SettingsView>;
  readonly onKept: (next: Kept<SettingsView>) => void;
}

export function PolicyPart({ read, onKept }: PolicyPartProps) {
  const say = words();
  const [area, setArea] = useState<string>(inOrder(areas.value)[0]?.id ?? "");
  /** By area, what was written and not saved: looking at another area loses none of it. */
  const [written, setWritten] = useState<Readonly<Record<string, Partial<Policy>>>>({});
  useUnsaved(Object.keys(written).length > 0 && "unsaved");
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">{say.policy}</h2>
      <AreaChoice label={say.area} value={area} onChoose={setArea} />
      <PolicyForm
        key={area}
        {...{ area, read, onKept }}
        written={written[area]}
        onWrite={(policy) => setWritten((before) => ({ ...before, [area]: policy }))}
        onSaved={(saved) =>
          setWritten(({ [area]: later, ...others }) =>
            later === undefined || later === saved ? others : { ...others, [area]: later },
          )
        }
      />
    </section>
  );
}

/** Of the area itself, or of the nearest around it; dated ones are for whoever writes the file. */
function policyFor(area: string, policies: readonly Policy[]) {
  const line = ancestry(areas.value, area as Policy["area"]);
  const found = line
    .map(({ id }) => policies.find((one) => one.area === id && one.from === undefined))
    .find((one) => one !== undefined);
  return { found, isOwn: found?.area === area };
}

const USUAL = [{ from: "21:00", to: "05:30" }] as unknown as readonly Range[];

interface PolicyFormProps extends PolicyPartProps {
  readonly area: string;
  /** Absent while it stands as it is kept. */
  readonly written: Partial<Policy> | undefined;
  readonly onWrite: (policy: Partial<Policy>) => void;
  /** What was written is kept by the station; what was written after it is not. */
  readonly onSaved: (written: Partial<Policy> | undefined) => void;
}

function PolicyForm({ area, read, onKept, written, onWrite, onSaved }: PolicyFormProps) {
  const say = words();
  const { found, isOwn } = policyFor(area, read.value.policies);
  const draft: Partial<Policy> = written ?? { quiet: [...USUAL], quietSensitive: [...USUAL], ...found };
  const [changes, setChanges] = useState<Changes>();
  const [isSaved, setSaved] = useState(false);
  const { busy, wrong, act } = useAct();
  const { area: _area, from: _from, ...body } = draft;
  const write = (policy: Partial<Policy>) => {
    setChanges(undefined);
    setSaved(false);
    onWrite(policy);
  };
  const change = (fields: Partial<Policy>) => write({ ...draft, ...fields });
  const preview = () =>
    act(async () => setChanges(await ask<Changes>("POST", "/settings/policy-reviews", { body: { ...body, area } })));
  const save = async (event: Event) => {
    event.preventDefault();
    if (changes === undefined) return;
    const wishes = { body, revision: read.revision };
    await act(async () => {
      onKept(await askKept<SettingsView>("PUT", `/settings/policies/${area}`, wishes));
      onSaved(written);
      setChanges(undefined);
      setSaved(true);
    });
  };
  return (
    <form class="narrow" onSubmit={(event) => void save(event)}>
      {!isOwn && <p>{say.inherited}</p>}
      <Ranges title={say.quiet} ranges={draft.quiet ?? []} onRanges={(quiet) => change({ quiet })} />
      <Ranges
        title={say.quietSensitive}
        ranges={draft.quietSensitive ?? []}
        onRanges={(quietSensitive) => change({ quietSensitive })}
      />
      {LIMITS.map((name) => (
        <label key={name}>
          {say[name]}
          <input
            type="number"
            min={0}
            max={1440}
            value={draft[name] ?? ""}
            onInput={({ currentTarget }) => {
              const { [name]: _before, ...rest } = draft;
              write(currentTarget.value === "" ? rest : { ...rest, [name]: currentTarget.valueAsNumber });
            }}
          />
        </label>
      ))}
      {wrong && <p role="alert">{wrong}</p>}
      {isSaved && written === undefined && <p role="status">{say.saved}</p>}
      {changes && <Preview changes={changes} />}
      <div class="buttons">
        <button type="button" class="secondary" aria-busy={busy} onClick={() => void preview()}>
          {say.preview}
        </button>
        <button type="submit" aria-disabled={busy || changes === undefined} aria-describedby={`look-first-${area}`}>
          {say.savePolicy}
        </button>
      </div>
      {changes === undefined && !isSaved && <small id={`look-first-${area}`}>{say.lookFirst}</small>}
    </form>
  );
}

function Preview({ changes: { changes, total } }: { readonly changes: Changes }) {
  const say = words();
  return (
    <section class="consequence" aria-live="polite" aria-label={say.previewTitle}>
      <h3>{say.previewTitle}</h3>
      {total === 0 && <p>{say.nothing}</p>}
      <ul>
        {changes.map((one) => (
          <li key={one.occurrence}>{told(one.words)}</li>
        ))}
      </ul>
      {total > changes.length && <p>{say.more(total - changes.length)}</p>}
    </section>
  );
}

interface RangesProps {
  readonly title: string;
  readonly ranges: readonly Range[];
  readonly onRanges: (ranges: Range[]) => void;
}

function Ranges({ title, ranges, onRanges }: RangesProps) {
  const say = words();
  const put = (index: number, fields: Readonly<Record<"from" | "to", string>> | Partial<Range>) =>
    onRanges(ranges.map((range, at) => (at === index ? ({ ...range, ...fields } as Range) : range)));
  return (
    <fieldset>
      <legend>{title}</legend>
      {ranges.map((range, index) => (
        <div class="tools" key={String(index)}>
          <label>
            {say.from}
            <input
              type="time"
              required
              value={range.from}
              onInput={({ currentTarget }) => put(index, { from: currentTarget.value } as unknown as Range)}
            />
          </label>
          <label>
            {say.to}
            <input
              type="time"
              required
              value={range.to}
              onInput={({ currentTarget }) => put(index, { to: currentTarget.value } as unknown as Range)}
            />
          </label>
          <button
            type="button"
            class="quiet"
            onClick={() => onRanges(ranges.filter((_, at) => at !== index))}
            aria-label={`${say.removeRange}: ${range.from}–${range.to}`}
          >
            {say.removeRange}
          </button>
        </div>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => onRanges([...ranges, { from: "12:00", to: "13:00" } as unknown as Range])}
      >
        {say.addRange}
        <span class="unseen"> – {title}</span>
      </button>
    </fieldset>
  );
}
