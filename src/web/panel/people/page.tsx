/**
 * Người và vai trò: the right person, the right area, nothing more.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Assignment } from "../../../domain/role.js";
import type { MarkedAccountView } from "../../../server/api/account-views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { AccountCard } from "./account-card.js";
import "./people.css";
import { RoleChoice } from "./role-choice.js";
import type { RoleView } from "./roles.js";
import { type Link, SecretLink } from "./secret-link.js";
import { words } from "./words.js";

const fetchAccounts = () => ask<readonly MarkedAccountView[]>("GET", "/accounts");
const fetchRoles = () => ask<readonly RoleView[]>("GET", "/roles");

export default function People() {
  const say = words();
  const accounts = useFetched(fetchAccounts, []);
  const roles = useFetched(fetchRoles, []);
  const wrong = accounts.wrong ?? roles.wrong;
  return (
    <>
      <h1>{say.title}</h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <section aria-labelledby="accounts">
        <h2 id="accounts">{say.accounts}</h2>
        <ul class="accounts">
          {(accounts.value ?? []).map((account) => (
            <AccountCard key={account.id} account={account} roles={roles.value ?? []} onChanged={accounts.again} />
          ))}
        </ul>
      </section>
      {roles.value && <Invite roles={roles.value} onInvited={accounts.again} />}
    </>
  );
}

interface InviteProps {
  readonly roles: readonly RoleView[];
  readonly onInvited: () => void;
}

function Invite({ roles, onInvited }: InviteProps) {
  const say = words();
  const [name, setName] = useState("");
  const [assignment, setAssignment] = useState<Assignment>({ role: "ward-leader" });
  const [link, setLink] = useState<Link>();
  const { busy, wrong, act } = useAct();
  useUnsaved(name.trim() !== "" && "unsaved");
  const invite = async (event: Event) => {
    event.preventDefault();
    await act(async () => {
      setLink(await ask<Link>("POST", "/accounts", { body: { name: name.trim(), roles: [assignment] } }));
      setName("");
      onInvited();
    });
  };
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{say.invite}</h2>
      <form onSubmit={invite} class="narrow">
        <label>
          {say.name}
          <input
            required
            maxLength={120}
            autocomplete="off"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <RoleChoice roles={roles} value={assignment} onChoose={setAssignment} />
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.send}
        </button>
      </form>
      {link && <SecretLink link={link} />}
    </section>
  );
}
