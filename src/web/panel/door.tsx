/**
 * The session is over. Whoever holds work that is not saved logs in again right here and goes on with it; everybody else is
 * shown the log-in page.
 *
 * @module
 */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { forsake, holdsWork } from "./leaving.js";
import { toTheDoor } from "./paths.js";
import { Dialog } from "./pieces/dialog.js";
import { self } from "./session.js";
import { bilingual } from "./words/language.js";

const words = bilingual(
  {
    title: "Phiên đăng nhập đã hết",
    about: (name: string) => `Những gì chưa lưu vẫn còn ở đây. ${name} đăng nhập lại để làm tiếp.`,
    password: "Mật khẩu",
    code: "Mã trên điện thoại (6 số)",
    enter: "Đăng nhập lại",
    other: "Đăng nhập bằng cách khác ở thẻ mới",
    entered: "Tôi đã đăng nhập ở thẻ kia",
    somebodyElse: "Ở thẻ kia chưa có ai đăng nhập, hoặc là người khác. Những gì chưa lưu vẫn còn ở đây.",
    leave: "Bỏ những gì chưa lưu",
  },
  {
    title: "You are logged out",
    about: (name) => `What is not saved is still here. ${name} logs in again and goes on with it.`,
    password: "Password",
    code: "Code of the telephone (6 digits)",
    enter: "Log in again",
    other: "Log in another way in a new tab",
    entered: "I have logged in there",
    somebodyElse: "Nobody is logged in there, or somebody else. What is not saved is still here.",
    leave: "Lose what is not saved",
  },
);

/** What a log-in has led to: a ticket when a second factor is wanted. */
export interface Step {
  readonly ticket?: string;
}

/** How the station is asked; each of them throws in words for people. */
export interface DoorParts {
  readonly logIn: (name: string, password: string) => Promise<Step>;
  readonly finish: (ticket: string, code: string) => Promise<unknown>;
  /** Id of the account that is logged in now. */
  readonly whoIsIn: () => Promise<string | undefined>;
}

interface Pending {
  readonly parts: DoorParts;
  readonly entered: Promise<boolean>;
  readonly done: (isInside: boolean) => void;
}

const pending = signal<Pending | undefined>(undefined);

/** Resolves to whether whoever sat here is logged in again; to nothing at all when the log-in page comes up. */
export function enterAgain(parts: DoorParts): Promise<boolean> {
  if (pending.value) return pending.value.entered;
  if (!holdsWork()) {
    toTheDoor();
    return Promise.resolve(false);
  }
  let resolve: (isInside: boolean) => void = () => {};
  const entered = new Promise<boolean>((decided) => {
    resolve = decided;
  });
  const done = (isInside: boolean) => {
    pending.value = undefined;
    resolve(isInside);
  };
  pending.value = { parts, entered, done };
  return entered;
}

/** The question, while there is one. */
export function DoorDialog() {
  const asked = pending.value;
  return asked ? <Question asked={asked} /> : null;
}

function Question({ asked: { parts, done } }: { readonly asked: Pending }) {
  const say = words();
  const { account, name = "" } = self.value ?? {};
  const [typed, setTyped] = useState("");
  const [ticket, setTicket] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = async (task: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setWrong(undefined);
    await task().catch((thrown: Error) => setWrong(thrown.message));
    setBusy(false);
  };
  const enter = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      if (ticket !== undefined) {
        await parts.finish(ticket, typed.trim());
        return done(true);
      }
      const step = await parts.logIn(account?.id ?? name, typed);
      setTyped("");
      if (step.ticket === undefined) done(true);
      else setTicket(step.ticket);
    });
  };
  const look = () =>
    act(async () => {
      if ((await parts.whoIsIn()) !== account?.id) throw new Error(say.somebodyElse);
      done(true);
    });
  const give = () => {
    forsake();
    done(false);
    toTheDoor();
  };
  return (
    <Dialog title={say.title} onClose={() => {}} mustBeAnswered>
      <p>{say.about(name)}</p>
      <form onSubmit={enter}>
        {ticket === undefined ? (
          <label>
            {say.password}
            <input
              required
              type="password"
              autocomplete="current-password"
              value={typed}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </label>
        ) : (
          <label>
            {say.code}
            <input
              required
              inputMode="numeric"
              autocomplete="one-time-code"
              value={typed}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </label>
        )}
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.enter}
        </button>
      </form>
      <p>
        <a href="/log-in" target="_blank" rel="noopener">
          {say.other}
        </a>
      </p>
      <button type="button" class="secondary" aria-disabled={busy} onClick={() => void look()}>
        {say.entered}
      </button>
      <button type="button" class="secondary" onClick={give}>
        {say.leave}
      </button>
    </Dialog>
  );
}
