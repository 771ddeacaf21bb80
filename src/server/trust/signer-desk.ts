/**
 * Where requests for signatures are answered, in whatever program holds the keys.
 *
 * @module
 */
import { systemClock } from "../../base/clock.js";
import { signWith } from "./ed25519.js";
import { openKeyFolder } from "./key-folder.js";
import { type OrderKeys, openOrderKeys } from "./order-keys.js";
import { type Answer, type Request, refusalOf, type SignerOptions, type Task } from "./signer-messages.js";
import { createSigningRules } from "./signing-rules.js";

interface Opened {
  readonly keys: OrderKeys;
  readonly judge: ReturnType<typeof createSigningRules>;
  readonly overlapUs: number;
}

/** Answers a request; nothing for one before the keys are open. Never throws. */
export type SignerDesk = (request: Request) => Answer | undefined;

/**
 * @param own what it works with, whatever a request says: for a program that does not take the server's word for it. Without, the
 *   first request brings it.
 * @throws Fault "unavailable" when the keys of `own` cannot be opened
 */
export function createSignerDesk(own?: SignerOptions): SignerDesk {
  let opened = own && open(own);
  return ({ id, task }) => {
    try {
      if (task.kind !== "open") return opened && work(id, task, opened);
      if (own === undefined) opened = open(task.options);
      return opened && { id, kind: "standing", standing: opened.keys.standing(), damaged: opened.keys.damaged };
    } catch (thrown) {
      return { id, kind: "refused", refusal: refusalOf(thrown) };
    }
  };
}

function open({ folder, keyFile, formerKeyFile, places, overlapUs, clockOffsetUs }: SignerOptions): Opened {
  const counted = systemClock.date() - systemClock.now();
  const clocks = () => [
    systemClock.date() * 1000 + clockOffsetUs,
    (counted + systemClock.now()) * 1000 + clockOffsetUs,
  ];
  const files = openKeyFolder(folder);
  const now = () => Math.round(systemClock.date() * 1000 + clockOffsetUs);
  return {
    keys: openOrderKeys({ folder, keyFile, formerKeyFile, now, overlapUs }),
    judge: createSigningRules({ clocks, places, days: { last: files.lastDay, keep: files.keepLastDay } }),
    overlapUs,
  };
}

function work(id: number, task: Task, { keys, judge, overlapUs }: Opened): Answer {
  switch (task.kind) {
    case "sign": {
      judge(task.what, task.text);
      const key = keys.signingKey();
      return { id, kind: "signed", keyId: key.keyId, signature: signWith(key, task.what, task.text) };
    }
    case "rotate":
      return { id, kind: "standing", standing: keys.rotate(overlapUs) };
    case "retire":
      return { id, kind: "standing", standing: keys.retire(task.keyId) };
  }
}
