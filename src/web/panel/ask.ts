/**
 * Asks the station's API. What the station refuses comes back in its own words, so that they can be shown as they are.
 *
 * @module
 */
import { systemClock } from "../../base/clock.js";
import { seconds } from "../../base/units.js";
import type { SelfView } from "../../server/api/account-views.js";
import type { ProblemView } from "../../server/api/problems.js";
import { type DoorParts, enterAgain, type Step } from "./door.js";
import { askForProof, type Proof } from "./proof.js";
import { bilingual, language } from "./words/language.js";

/** The station said no, or did not answer. Its message is in the language that is shown. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly problem: ProblemView | undefined;

  constructor(status: number, message: string, problem?: ProblemView) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** A thing with the mark that says which state of it was read. */
export interface Kept<T> {
  readonly value: T;
  readonly revision: string;
}

interface Wishes {
  readonly body?: unknown;
  /** A body that is no JSON. */
  readonly text?: string;
  /** The mark of the state that was read, for `If-Match`. */
  readonly revision?: string | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The station answers within milliseconds; a telephone on a bad line waits this long. */
const PATIENCE = seconds(20);

const words = bilingual(
  {
    unreachable: "Không liên lạc được với đài. Chưa có gì thay đổi; hãy xem mạng rồi thử lại.",
    late: "Đài chưa trả lời sau 20 giây. Việc vừa yêu cầu có thể đã hoặc chưa được làm; hãy xem lại trước khi thử lại.",
    odd: (status: number) => `Đài trả lời lạ (mã ${status}). Hãy tải lại trang.`,
  },
  {
    unreachable: "The station cannot be reached. Nothing has changed; look at the network and try again.",
    late: "The station has not answered for 20 seconds. What was asked may or may not be done; look before you try again.",
    odd: (status: number) => `The station gave an odd answer (${status}). Load the page again.`,
  },
);

/** Calls a door below `/api/v1`. @throws Refusal */
export async function ask<T>(method: Method, path: string, wishes: Wishes = {}): Promise<T> {
  return (await call<T>(method, path, wishes)).value;
}

/** The same for one thing that is to be changed, with its mark. @throws Refusal */
export async function askKept<T>(method: Method, path: string, wishes: Wishes = {}): Promise<Kept<T>> {
  const { value, response } = await call<T>(method, path, wishes);
  return { value, revision: response.headers.get("ETag") ?? "" };
}

/** Asks, and when the station wants to be sure who sits here, lets them show it and asks once more. */
async function call<T>(method: Method, path: string, wishes: Wishes) {
  try {
    return await once<T>(method, path, wishes);
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.status === 401 && (await enterAgain(DOOR)))
      return call<T>(method, path, wishes);
    const isDoubted = thrown instanceof Refusal && thrown.problem?.reason === "proof-needed";
    if (!isDoubted || !(await askForProof(prove))) throw thrown;
    return await once<T>(method, path, wishes);
  }
}

/** A wrong answer to the question who sits here ends no session: these ask once, and nobody twice. */
export const DOOR: DoorParts = {
  logIn: async (name, password) => (await once<Step>("POST", "/session", { body: { name, password } })).value,
  finish: (ticket, code) => once("POST", "/session/second", { body: { ticket, code } }),
  whoIsIn: async () => (await once<SelfView>("GET", "/session", {})).value.account?.id,
};

async function prove(proof: Proof): Promise<string | undefined> {
  try {
    await once("POST", "/session/proof", { body: proof });
    return undefined;
  } catch (thrown) {
    return sentenceOf(thrown);
  }
}

async function once<T>(method: Method, path: string, { body, text: plain, revision }: Wishes) {
  const late = new AbortController();
  const cancel = systemClock.after(PATIENCE, () => late.abort());
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      signal: late.signal,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(plain === undefined ? {} : { "Content-Type": "text/plain" }),
        ...(revision === undefined ? {} : { "If-Match": revision }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(plain === undefined ? {} : { body: plain }),
    });
    const text = await response.text();
    if (response.ok) return { value: (text === "" ? undefined : JSON.parse(text)) as T, response };
    throw refusalOf(response.status, text);
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal(0, late.signal.aborted ? words().late : words().unreachable);
  } finally {
    cancel();
  }
}

/** What the body of a refusal says, in the language that is shown. */
export function refusalOf(status: number, text: string): Refusal {
  try {
    const problem = JSON.parse(text) as ProblemView;
    return new Refusal(status, language.value === "en" ? problem.en.detail : problem.detail, problem);
  } catch {
    return new Refusal(status, words().odd(status));
  }
}

/** A sentence for people from whatever was thrown. */
export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** What the station keeps by now, out of a refusal because somebody was quicker; nothing for any other refusal. */
export function otherSideOf<T>(thrown: unknown): Kept<T> | undefined {
  const problem = thrown instanceof Refusal && thrown.status === 409 ? thrown.problem : undefined;
  if (problem?.current === undefined || problem.currentRevision === undefined) return undefined;
  return { value: problem.current as T, revision: `"${problem.currentRevision}"` };
}
