/**
 * Passkeys on the pages that the server makes: each form that is marked for it is shown where the browser knows passkeys, and asks
 * the browser in place of sending itself. Without this script the pages offer codes alone.
 *
 * @module
 */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { ProblemView } from "../../server/api/problems.js";

/** What somebody sees who took too long, said no, or whose key was of no use. */
const NOT_DONE = "Chưa dùng được khóa truy cập: đã bị hủy, quá lâu, hoặc khóa này không phải của đài. Hãy thử lại.";
const NO_ANSWER = "Không liên lạc được với đài. Chưa có gì thay đổi; hãy thử lại.";

/** The station said no, in its own words. */
class Refusal extends Error {}

async function ask(method: "POST" | "PUT", path: string, body?: object): Promise<unknown> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Refusal(NO_ANSWER);
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refusal((answer as ProblemView).detail);
  return answer;
}

/** The browser's own errors say what went wrong in English and for programmers. */
const byBrowser = <T>(work: Promise<T>): Promise<T> =>
  work.catch(() => {
    throw new Refusal(NOT_DONE);
  });

const fieldOf = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? "");

async function enter(form: HTMLFormElement): Promise<void> {
  const ticket = fieldOf(form, "link");
  const optionsJSON = (await ask("POST", "/session/second/passkey", {
    ticket,
  })) as PublicKeyCredentialRequestOptionsJSON;
  const passkey = await byBrowser(startAuthentication({ optionsJSON }));
  await ask("POST", "/session/second", { ticket, passkey });
  location.assign("/");
}

async function add(form: HTMLFormElement): Promise<void> {
  const optionsJSON = (await ask("POST", "/factors/passkeys")) as PublicKeyCredentialCreationOptionsJSON;
  const response = await byBrowser(startRegistration({ optionsJSON }));
  const { recovery } = (await ask("PUT", "/factors/passkeys", { name: fieldOf(form, "name"), response })) as {
    readonly recovery: readonly string[];
  };
  const done = document.getElementById(recovery.length > 0 ? "added-with-codes" : "added");
  const codes = done?.querySelector("ul");
  for (const code of recovery) {
    const written = document.createElement("code");
    written.textContent = code;
    const line = document.createElement("li");
    line.append(written);
    codes?.append(line);
  }
  document.querySelector("main")?.setAttribute("hidden", "");
  done?.removeAttribute("hidden");
  done?.focus();
}

const WORK: Readonly<Record<string, (form: HTMLFormElement) => Promise<void>>> = { add, enter };

function take(form: HTMLFormElement): void {
  const work = WORK[form.dataset.passkey ?? ""];
  const alert = form.querySelector<HTMLElement>("[role=alert]");
  const button = form.querySelector("button");
  if (!work || !alert || !button) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    alert.hidden = true;
    button.disabled = true;
    try {
      await work(form);
    } catch (thrown) {
      alert.textContent = thrown instanceof Refusal ? thrown.message : NO_ANSWER;
      alert.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
  form.closest<HTMLElement>("[data-needs-passkeys]")?.removeAttribute("hidden");
}

if (browserSupportsWebAuthn())
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) take(form);
