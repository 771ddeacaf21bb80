/**
 * Shows again who sits here, when something dangerous is asked for and that was not shown lately: the station says so, the
 * question comes up, and what was asked for goes on by itself.
 *
 * @module
 */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Dialog } from "./pieces/dialog.js";
import { bilingual } from "./words/language.js";

const words = bilingual(
  {
    title: "Xác nhận là bạn",
    about: "Việc này cần biết chắc ai đang ngồi máy. Nhập mật khẩu, hoặc mã trên điện thoại nếu bạn đã thêm mã.",
    password: "Mật khẩu",
    code: "Mã trên điện thoại (6 số)",
    either: "Điền một trong hai ô.",
    go: "Tiếp tục",
    cancel: "Thôi",
  },
  {
    title: "Show that it is you",
    about:
      "For this the station must be sure who sits here. Type your password, or the code of your telephone if you have added one.",
    password: "Password",
    code: "Code of the telephone (6 digits)",
    either: "Fill in one of the two.",
    go: "Go on",
    cancel: "Leave it",
  },
);

/** A password or a code, as the station takes them. */
export type Proof = { readonly password: string } | { readonly code: string };

interface Pending {
  /** Gives the proof to the station; resolves to what is wrong with it in words, or nothing. */
  readonly prove: (proof: Proof) => Promise<string | undefined>;
  readonly done: (isProven: boolean) => void;
}

const pending = signal<Pending | undefined>(undefined);

/** Asks whoever sits here. Resolves to whether it was shown. */
export function askForProof(prove: Pending["prove"]): Promise<boolean> {
  pending.value?.done(false);
  return new Promise((resolve) => {
    pending.value = {
      prove,
      done(isProven) {
        pending.value = undefined;
        resolve(isProven);
      },
    };
  });
}

/** The question, while there is one. */
export function ProofDialog() {
  const asked = pending.value;
  return asked ? <Question asked={asked} /> : null;
}

function Question({ asked }: { readonly asked: Pending }) {
  const say = words();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if ((password === "") === (code === "")) return setWrong(say.either);
    setBusy(true);
    const fault = await asked.prove(password === "" ? { code: code.trim() } : { password });
    setBusy(false);
    if (fault === undefined) asked.done(true);
    else setWrong(fault);
  };
  return (
    <Dialog title={say.title} onClose={() => asked.done(false)}>
      <p>{say.about}</p>
      <form onSubmit={submit}>
        <label>
          {say.password}
          <input
            type="password"
            autocomplete="current-password"
            value={password}
            onInput={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        </label>
        <label>
          {say.code}
          <input
            inputMode="numeric"
            autocomplete="one-time-code"
            value={code}
            onInput={({ currentTarget }) => setCode(currentTarget.value)}
          />
        </label>
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.go}
        </button>
        <button type="button" class="secondary" onClick={() => asked.done(false)}>
          {say.cancel}
        </button>
      </form>
    </Dialog>
  );
}
