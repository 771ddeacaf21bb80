/**
 * One account: its roles, its state, and what may be done with it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Assignment } from "../../../domain/role.js";
import type { MarkedAccountView } from "../../../server/api/account-views.js";
import { ask, otherSideOf } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { matching } from "../lists.js";
import { type Acting, useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { RoleChoice } from "./role-choice.js";
import { type RoleView, titleOf } from "./roles.js";
import { type Link, SecretLink } from "./secret-link.js";
import { words } from "./words.js";

interface AccountCardProps {
  readonly account: MarkedAccountView;
  readonly roles: readonly RoleView[];
  readonly onChanged: () => void;
}

export function AccountCard({ account, roles, onChanged }: AccountCardProps) {
  const say = words();
  const [link, setLink] = useState<Link>();
  /** What somebody else has made of it meanwhile, and what was wanted here. */
  const [conflict, setConflict] = useState<Conflict>();
  const acting = useAct();
  const setRoles = (next: readonly Assignment[], revision = account.revision) =>
    acting.act(async () => {
      setConflict(undefined);
      try {
        await ask("PUT", `/accounts/${account.id}/roles`, { body: { roles: next }, revision: matching(revision) });
      } catch (thrown) {
        const theirs = otherSideOf<MarkedAccountView>(thrown);
        if (!theirs) throw thrown;
        setConflict({ mine: next, theirs: theirs.value });
      }
      onChanged();
    });
  return (
    <li class="account">
      <h3>{account.name}</h3>
      <p>
        {say.state[account.state]}, {account.secondFactor ? say.second : say.noSecond}
      </p>
      <ul>
        {account.roles.length === 0 && <li>{say.noRole}</li>}
        {account.roles.map((assignment) => (
          <li key={titleOf(assignment, roles)}>{titleOf(assignment, roles)}</li>
        ))}
      </ul>
      {conflict && (
        <TwoSides
          conflict={conflict}
          roles={roles}
          onMine={() => void setRoles(conflict.mine, conflict.theirs.revision)}
          onTheirs={() => setConflict(undefined)}
        />
      )}
      <details>
        <summary>{say.change}</summary>
        <Roles account={account} roles={roles} onChange={(next) => void setRoles(next)} />
        <Dangerous account={account} acting={acting} onChanged={onChanged} onLink={setLink} />
      </details>
      {link && <SecretLink link={link} />}
      {acting.wrong !== undefined && <p role="alert">{acting.wrong}</p>}
    </li>
  );
}

interface Conflict {
  readonly mine: readonly Assignment[];
  readonly theirs: MarkedAccountView;
}

interface TwoSidesProps {
  readonly conflict: Conflict;
  readonly roles: readonly RoleView[];
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

function TwoSides({ conflict: { mine, theirs }, roles, onMine, onTheirs }: TwoSidesProps) {
  const say = words();
  const listed = (all: readonly Assignment[]) => all.map((one) => titleOf(one, roles)).join("; ") || say.noRole;
  return (
    <div role="alert">
      <p>{say.conflict}</p>
      <p>
        {say.theirs}: <strong>{listed(theirs.roles)}</strong>
      </p>
      <p>
        {say.mine}: <strong>{listed(mine)}</strong>
      </p>
      <div class="buttons">
        <button type="button" class="secondary" onClick={onTheirs}>
          {say.keepTheirs}
        </button>
        <button type="button" onClick={onMine}>
          {say.keepMine}
        </button>
      </div>
    </div>
  );
}

interface RolesProps {
  readonly account: MarkedAccountView;
  readonly roles: readonly RoleView[];
  readonly onChange: (roles: readonly Assignment[]) => void;
}

const FIRST: Assignment = { role: "ward-operator" };

function Roles({ account, roles, onChange }: RolesProps) {
  const say = words();
  const [added, setAdded] = useState(FIRST);
  useUnsaved(added !== FIRST && "unsaved");
  return (
    <>
      <ul>
        {account.roles.map((assignment) => (
          <li key={titleOf(assignment, roles)}>
            {titleOf(assignment, roles)}
            <button
              type="button"
              class="quiet"
              onClick={() => onChange(account.roles.filter((one) => one !== assignment))}
            >
              {say.removeRole}
              <span class="unseen"> {titleOf(assignment, roles)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="narrow">
        <RoleChoice roles={roles} value={added} onChoose={setAdded} />
        <button
          type="button"
          class="secondary"
          onClick={() => {
            onChange([...account.roles, added]);
            setAdded(FIRST);
          }}
        >
          {say.addRole}
        </button>
      </div>
    </>
  );
}

type Deed = "disable" | "logOut" | "reset";

interface DangerousProps {
  readonly account: MarkedAccountView;
  readonly acting: Acting;
  readonly onChanged: () => void;
  readonly onLink: (link: Link) => void;
}

/** What shuts somebody out is asked about first, with what it does. */
function Dangerous({ account, acting: { busy, act }, onChanged, onLink }: DangerousProps) {
  const say = words();
  const [asked, setAsked] = useState<Deed>();
  const at = `/accounts/${account.id}`;
  const doors: Readonly<Record<Deed, () => Promise<unknown>>> = {
    disable: () => ask("PUT", `${at}/disabled`, { body: { disabled: true } }),
    logOut: () => ask("DELETE", `${at}/sessions`),
    reset: async () => onLink(await ask<Link>("POST", `${at}/reset`)),
  };
  const go = (task: () => Promise<unknown>) => {
    setAsked(undefined);
    void act(async () => {
      await task();
      onChanged();
    });
  };
  const enable = () => go(() => ask("PUT", `${at}/disabled`, { body: { disabled: false } }));
  const isDisabled = account.state === "disabled";
  return (
    <div class="buttons">
      <button
        type="button"
        class="secondary"
        aria-disabled={busy}
        onClick={isDisabled ? enable : () => setAsked("disable")}
      >
        {isDisabled ? say.enable : say.disable}
      </button>
      <button type="button" class="secondary" aria-disabled={busy} onClick={() => setAsked("logOut")}>
        {say.logOut}
      </button>
      <button type="button" class="secondary" aria-disabled={busy} onClick={() => setAsked("reset")}>
        {say.reset}
      </button>
      {asked && (
        <Dialog title={`${say[asked]}: ${account.name}`} onClose={() => setAsked(undefined)}>
          <p>{say.does[asked]}</p>
          <button type="button" class="danger" onClick={() => go(doors[asked])}>
            {say[asked]}
          </button>
          <button type="button" class="secondary" onClick={() => setAsked(undefined)}>
            {say.leave}
          </button>
        </Dialog>
      )}
    </div>
  );
}
