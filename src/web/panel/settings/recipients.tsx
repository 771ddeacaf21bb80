/**
 * Who is told what by mail or webhook. A webhook's address and secret stay with whoever looks after the machine.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { NOTICE_KINDS } from "../../../domain/notice.js";
import type { SettingsView } from "../../../server/api/settings-routes.js";
import { ask, askKept, type Kept } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice } from "../pieces/area-choice.js";
import { areas } from "../session.js";
import { words } from "./recipient-words.js";
import { words as common } from "./words.js";

type RecipientView = SettingsView["recipients"][number];

/** Somebody in the form; `was` is who they are at the station. */
interface Row {
  readonly key: number;
  readonly was?: RecipientView;
  readonly name: string;
  /** Absent for a webhook. */
  readonly email?: string;
  readonly kinds: RecipientView["kinds"];
  readonly areas: readonly string[];
}

const rowOf = (was: RecipientView, key: number): Row => ({
  ...{ key, was, name: was.name, kinds: was.kinds, areas: was.areas ?? [] },
  ...(was.way === "email" ? { email: was.email ?? "" } : {}),
});
const bodyOf = (rows: readonly Row[]) => ({
  recipients: rows.map(({ name, email, kinds, areas: places }) => ({
    ...{ name: name.trim(), kinds },
    ...(email === undefined ? {} : { email: email.trim() }),
    ...(places.length === 0 ? {} : { areas: places }),
  })),
});

interface RecipientsProps {
  readonly read: Kept<SettingsView>;
  readonly onKept: (next: Kept<SettingsView>) => void;
}

export function Recipients({ read, onKept }: RecipientsProps) {
  const say = words();
  const { recipients, canMail } = read.value;
  const [rows, setRows] = useState(() => recipients.map(rowOf));
  const [saved, setSaved] = useState(rows);
  const isChanged = rows !== saved;
  const { busy, wrong, act } = useAct();
  const isVague = rows.some(({ kinds }) => kinds.length === 0);
  useUnsaved(isChanged && "unsaved");
  const change = (next: readonly Row[]) => setRows([...next]);
  const add = () => {
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
    change([...rows, { key, name: "", email: "", kinds: ["alarm"], areas: [] }]);
  };
  const save = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const body = bodyOf(rows);
      const kept = await askKept<SettingsView>("PUT", "/settings/recipients", { body, revision: read.revision });
      const next = Math.max(0, ...rows.map((row) => row.key)) + 1;
      const fresh = kept.value.recipients.map((one, index) => rowOf(one, next + index));
      setSaved(fresh);
      // What was changed meanwhile stays.
      setRows((later) => (later === rows ? fresh : later));
      onKept(kept);
    });
  };
  return (
    <form class="recipients" onSubmit={save}>
      <h3>{say.title}</h3>
      <p>{say.about}</p>
      {!canMail && <p>{say.noServer}</p>}
      {rows.length === 0 && <p>{say.none}</p>}
      {rows.map((row) => (
        <OneRecipient
          key={row.key}
          row={row}
          onChange={(next) => change(rows.map((one) => (one === row ? next : one)))}
          onRemove={() => change(rows.filter((one) => one !== row))}
        />
      ))}
      {wrong && <p role="alert">{wrong}</p>}
      <div class="buttons">
        {canMail && (
          <button type="button" class="secondary" onClick={add}>
            {say.add}
          </button>
        )}
        <button type="submit" disabled={!isChanged || isVague} aria-disabled={busy} aria-busy={busy}>
          {say.save}
        </button>
      </div>
    </form>
  );
}

interface OneProps {
  readonly row: Row;
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}

function OneRecipient({ row, onChange, onRemove }: OneProps) {
  const say = words();
  const { was, name, email, kinds } = row;
  const toggle = (kind: Row["kinds"][number]) =>
    onChange({
      ...row,
      kinds: NOTICE_KINDS.filter((one) => (one === kind ? !kinds.includes(one) : kinds.includes(one))),
    });
  return (
    <details open={was === undefined}>
      <summary>
        <strong>{name || say.unnamed}</strong> (
        {email === undefined ? common().ways.webhook : email || common().ways.email})
      </summary>
      <fieldset>
        <legend class="unseen">{name || say.unnamed}</legend>
        {email !== undefined && (
          <>
            <label>
              {say.name}
              <input
                required
                maxLength={80}
                value={name}
                onInput={({ currentTarget }) => onChange({ ...row, name: currentTarget.value })}
              />
            </label>
            <label>
              {say.email}
              <input
                required
                type="email"
                maxLength={254}
                value={email}
                onInput={({ currentTarget }) => onChange({ ...row, email: currentTarget.value })}
              />
            </label>
          </>
        )}
        <fieldset class="kinds">
          <legend>{say.kinds}</legend>
          {NOTICE_KINDS.map((kind) => (
            <label key={kind}>
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
              {say.kind[kind]}
            </label>
          ))}
        </fieldset>
        {kinds.length === 0 && <p role="alert">{say.noKind}</p>}
        <Where row={row} onChange={onChange} />
        <div class="buttons">
          {was?.isReachable && <Test name={was.name} />}
          <button type="button" class="secondary" onClick={onRemove}>
            {say.remove}
            <span class="unseen"> «{name}»</span>
          </button>
        </div>
        {was && !was.isReachable && <small>{say.later}</small>}
      </fieldset>
    </details>
  );
}

/** One place, or everywhere; several that were written into the settings stay as they are. */
function Where({ row, onChange }: Pick<OneProps, "row" | "onChange">) {
  const say = words();
  if (row.areas.length > 1) {
    const names = [...areas.value.values()].filter(({ id }) => row.areas.includes(id)).map(({ name }) => name);
    return <p>{say.several(names.join(", "))}</p>;
  }
  return (
    <AreaChoice
      label={say.where}
      everything={say.everywhere}
      value={row.areas[0] ?? ""}
      onChoose={(area) => onChange({ ...row, areas: area === "" ? [] : [area] })}
    />
  );
}

function Test({ name }: { readonly name: string }) {
  const say = common();
  const [isTested, setTested] = useState(false);
  const { busy, wrong, act } = useAct();
  const test = async () => {
    setTested(false);
    setTested(await act(() => ask("POST", "/notice-tests", { body: { recipient: name } })));
  };
  return (
    <>
      <button type="button" class="secondary" aria-disabled={busy} aria-busy={busy} onClick={() => void test()}>
        {say.test}
        <span class="unseen"> «{name}»</span>
      </button>
      <span role="status">{isTested && say.tested(name)}</span>
      {wrong && <p role="alert">{wrong}</p>}
    </>
  );
}
