/**
 * What concerns only whoever sits here: where they are logged in, and their password.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual } from "../words/language.js";
import { shortMoment } from "../words/times.js";

const words = bilingual(
  {
    title: "Tài khoản của tôi",
    sessions: "Nơi tôi đang đăng nhập",
    session: (agent: string, from: string, used: string) => `${agent} – ${from}, dùng lần cuối ${used}`,
    here: "máy này",
    revoke: "Đăng xuất nơi đó",
    password: "Đổi mật khẩu",
    present: "Mật khẩu hiện nay",
    fresh: "Mật khẩu mới",
    change: "Đổi mật khẩu",
    changed: "Đã đổi. Mọi nơi khác đã bị đăng xuất.",
    factors: "Mã trên điện thoại và mã dự phòng",
  },
  {
    title: "My account",
    sessions: "Where I am logged in",
    session: (agent, from, used) => `${agent} – ${from}, used last ${used}`,
    here: "this one",
    revoke: "Log it out",
    password: "Change the password",
    present: "Present password",
    fresh: "New password",
    change: "Change the password",
    changed: "Changed. Everywhere else you are logged out.",
    factors: "Codes of a telephone, and on paper",
  },
);

interface SessionView {
  readonly id: string;
  readonly usedAt: string;
  readonly from: string;
  readonly agent: string;
  readonly isThis: boolean;
}

const fetchSessions = () => ask<readonly SessionView[]>("GET", "/sessions");

export default function Me() {
  const say = words();
  const sessions = useFetched(fetchSessions, []);
  const { busy, wrong, act } = useAct();
  const revoke = async (id: string) => {
    if (await act(() => ask("DELETE", `/sessions/${id}`))) sessions.again();
  };
  return (
    <>
      <h1>{say.title}</h1>
      <p>
        <a href="/second-factor">{say.factors}</a>
      </p>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{say.sessions}</h2>
        <ul>
          {(sessions.value ?? []).map(({ id, agent, from, usedAt, isThis }) => (
            <li key={id}>
              {say.session(agent, from, shortMoment(usedAt, zone.value))}{" "}
              {isThis ? (
                <strong>({say.here})</strong>
              ) : (
                <button type="button" class="quiet" aria-disabled={busy} onClick={() => revoke(id)}>
                  {say.revoke}
                </button>
              )}
            </li>
          ))}
        </ul>
        {(wrong ?? sessions.wrong) && <p role="alert">{wrong ?? sessions.wrong}</p>}
      </section>
      <ChangePassword onChanged={sessions.again} />
    </>
  );
}

function ChangePassword({ onChanged }: { readonly onChanged: () => void }) {
  const say = words();
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const [isDone, setIsDone] = useState(false);
  const { busy, wrong, act } = useAct();
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsDone(false);
    if (!(await act(() => ask("PUT", "/password", { body: { present, password } })))) return;
    setIsDone(true);
    setPresent("");
    setPassword("");
    onChanged();
  };
  return (
    <section aria-labelledby="password">
      <h2 id="password">{say.password}</h2>
      <form onSubmit={submit} class="narrow">
        <label>
          {say.present}
          <input
            type="password"
            required
            autocomplete="current-password"
            value={present}
            onInput={({ currentTarget }) => setPresent(currentTarget.value)}
          />
        </label>
        <label>
          {say.fresh}
          <input
            type="password"
            required
            autocomplete="new-password"
            value={password}
            onInput={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        </label>
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        {isDone && <p role="status">{say.changed}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.change}
        </button>
      </form>
    </section>
  );
}
