/**
 * Signing as the server sees it: asked of the signer program, stops before everything else, and started again when that
 * program dies. The key itself never comes here.
 *
 * @module
 */
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { ms, seconds } from "../../base/units.js";
import type { Signed } from "../../protocol/orders.js";
import type { OrderKey } from "../../protocol/signing.js";
import type { KeyStanding } from "./order-keys.js";
import { type SignerLink, type SignerLinkEvents, startSignerProgram } from "./signer-link.js";
import { type Answer, faultOf, type SignerOptions, type Task } from "./signer-messages.js";
import type { Requested } from "./signing-rules.js";

/** Who goes first; a programme may be megabytes and is never waited for. */
const RANKS = ["stop", "order", "time", "day", "programme"] as const;
export type Urgency = (typeof RANKS)[number];
const LAST = RANKS.length - 1;

/** Somebody waits this long for a signature, then is told that there is none. */
const PATIENCE = seconds(5);
/** Between two starts of a program that keeps dying. */
const RETRY = { base: ms(100), cap: seconds(5) };
/** Requests with the program at once: enough to keep it busy, few enough that a stop is soon next. */
const IN_FLIGHT = 16;
/** Programmes among them; one may take as long as a thousand orders. */
const PROGRAMMES_IN_FLIGHT = 2;
/** A request that was with the program when it died is asked this often in all: it may be what kills it. */
const TRIES = 2;

export interface Signer {
  /** Signs the text for this purpose. @throws Fault "unavailable" without a signer, "forbidden" when it refuses */
  sign(what: Requested, text: string, urgency?: Urgency): Promise<Signed>;
  /** The keys that hold now: what a receiver is told when it is paired. */
  orderKeys(): readonly OrderKey[];
  /** Which keys hold, until when, and the notices about them. */
  standing(): KeyStanding;
  /** A new key takes over; the old one holds for the overlap. @throws Fault */
  rotate(): Promise<KeyStanding>;
  /** Ends a key at once. @throws Fault "not-found", "conflict" */
  retire(keyId: string): Promise<KeyStanding>;
  /** Ends the program; what is still asked fails. */
  close(): void;
}

export interface SignerParts {
  readonly options: SignerOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Starts the program; tests start another. */
  readonly start?: (events: SignerLinkEvents) => SignerLink;
}

interface Waiting {
  readonly task: Task;
  readonly rank: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (why: Fault) => void;
  cancel: Cancel;
  tries: number;
}

/** Resolves when the keys are open. @throws Fault "unavailable" when they cannot be */
export async function startSigner({
  options,
  clock,
  random,
  log,
  start = startSignerProgram,
}: SignerParts): Promise<Signer> {
  const queues: Waiting[][] = RANKS.map(() => []);
  const asked = new Map<number, Waiting>();
  let standing: KeyStanding | undefined;
  let link: SignerLink | undefined;
  let isOpen = false;
  let isClosed = false;
  let deaths = 0;
  let number = 0;
  let cancelStart: Cancel = () => {};
  /** For the first start alone: later ones are nobody's errand. */
  let firstOpened: (failure?: Fault) => void = () => {};

  const finish = (one: Waiting, done: () => void) => {
    one.cancel();
    done();
  };
  const failAll = (why: Fault) => {
    const all = [...asked.values(), ...queues.flatMap((queue) => queue.splice(0))];
    asked.clear();
    for (const one of all) finish(one, () => one.reject(why));
  };
  const programmesAsked = () => [...asked.values()].filter(({ rank }) => rank === LAST).length;
  const pump = () => {
    while (isOpen && asked.size < IN_FLIGHT) {
      const rank = queues.findIndex((queue) => queue.length > 0);
      const one = rank === LAST && programmesAsked() >= PROGRAMMES_IN_FLIGHT ? undefined : queues[rank]?.shift();
      if (!one) return;
      one.tries += 1;
      asked.set(++number, one);
      link?.ask({ id: number, task: one.task });
    }
  };
  const opened = (answer: Answer) => {
    if (answer.kind === "standing") {
      standing = answer.standing;
      const { damaged: files = [] } = answer;
      if (files.length > 0) log.error("signer.key-files-damaged", { files });
      isOpen = true;
      deaths = 0;
      firstOpened();
      return pump();
    }
    const failure = answer.kind === "refused" ? faultOf(answer.refusal) : noSigner();
    log.error("signer.keys-unusable", { thrown: failure });
    firstOpened(failure);
    failAll(failure);
    link?.end();
  };
  const onAnswer = (answer: Answer) => {
    if (answer.id === 0) return opened(answer);
    const one = asked.get(answer.id);
    asked.delete(answer.id);
    if (answer.kind === "standing") standing = answer.standing;
    if (one) finish(one, () => (answer.kind === "refused" ? one.reject(faultOf(answer.refusal)) : one.resolve(answer)));
    return pump();
  };
  const onEnd = (why: string) => {
    link = undefined;
    isOpen = false;
    if (isClosed) return;
    log.error("signer.program-died", { why, waiting: asked.size });
    for (const [id, one] of [...asked].reverse()) {
      asked.delete(id);
      if (one.tries < TRIES) queues[one.rank]?.unshift(one);
      else finish(one, () => one.reject(noSigner()));
    }
    const wait = deaths === 0 ? ms(0) : backoff(deaths, { ...RETRY, random });
    deaths += 1;
    cancelStart = clock.after(wait, begin);
  };
  function begin(): void {
    link = start({ onAnswer, onEnd });
    link.ask({ id: 0, task: { kind: "open", options } });
  }
  const giveUp = (one: Waiting) => {
    const queue = queues[one.rank] ?? [];
    const place = queue.indexOf(one);
    if (place >= 0) queue.splice(place, 1);
    for (const [id, other] of asked) {
      if (other !== one) continue;
      asked.delete(id);
      // It was asked and does not answer: it hangs.
      link?.end();
    }
    one.reject(noSigner());
  };
  const ask = (task: Task, urgency: Urgency) =>
    new Promise<Answer>((resolve, reject) => {
      if (isClosed) return reject(noSigner());
      const rank = RANKS.indexOf(urgency);
      const one: Waiting = { task, rank, resolve, reject, cancel: () => {}, tries: 0 };
      one.cancel = clock.after(PATIENCE, () => giveUp(one));
      queues[rank]?.push(one);
      return pump();
    });
  const changed = async (task: Task): Promise<KeyStanding> => {
    const answer = await ask(task, "order");
    if (answer.kind !== "standing") throw noSigner();
    return answer.standing;
  };
  const present = (): KeyStanding => {
    if (!standing) throw noSigner();
    return standing;
  };

  const signer: Signer = {
    async sign(what, text, urgency = what) {
      const answer = await ask({ kind: "sign", what, text }, urgency);
      if (answer.kind !== "signed") throw noSigner();
      return { text, keyId: answer.keyId, signature: answer.signature };
    },
    orderKeys: () => present().keys.map(({ keyId, publicKey }) => ({ keyId, publicKey })),
    standing: present,
    rotate: () => changed({ kind: "rotate" }),
    retire: (keyId) => changed({ kind: "retire", keyId }),
    close() {
      isClosed = true;
      cancelStart();
      failAll(noSigner());
      link?.end();
    },
  };
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.after(seconds(15), () => firstOpened(noSigner()));
    firstOpened = (failure) => {
      cancel();
      firstOpened = () => {};
      if (failure === undefined) return resolve();
      signer.close();
      return reject(failure);
    };
    begin();
  });
  return signer;
}

const noSigner = (): Fault =>
  new Fault(
    "unavailable",
    {
      vi: "Chương trình ký lệnh không trả lời nên lệnh chưa gửi; các loa vẫn phát chương trình đã lưu. Hãy thử lại sau ít giây.",
      en: "The signer program does not answer, so nothing was sent; loudspeakers go on with the programme they hold. Try again in a few seconds.",
    },
    { reason: "signer" },
  );
