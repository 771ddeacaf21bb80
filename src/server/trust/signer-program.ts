/**
 * The signer program: the only one that ever holds the order key. It listens to nobody but the server that started it, and
 * ends by itself when that is gone.
 *
 * @module
 */
import { systemClock } from "../../base/clock.js";
import { signWith } from "./ed25519.js";
import { type OrderKeys, openOrderKeys } from "./order-keys.js";
import { type Answer, type Request, refusalOf, type SignerOptions, type Task } from "./signer-messages.js";
import { createSigningRules } from "./signing-rules.js";

interface Opened {
  readonly keys: OrderKeys;
  readonly judge: ReturnType<typeof createSigningRules>;
  readonly overlapUs: number;
}
let opened: Opened | undefined;

const answer = (message: Answer) => process.send?.(message);

function open({ folder, keyFile, formerKeyFile, places, overlapUs, clockOffsetUs }: SignerOptions): Opened {
  const counted = systemClock.date() - systemClock.now();
  const clocks = () => [
    systemClock.date() * 1000 + clockOffsetUs,
    (counted + systemClock.now()) * 1000 + clockOffsetUs,
  ];
  const now = () => Math.round(systemClock.date() * 1000 + clockOffsetUs);
  return {
    keys: openOrderKeys({ folder, keyFile, formerKeyFile, now, overlapUs }),
    judge: createSigningRules({ clocks, places }),
    overlapUs,
  };
}

function work(id: number, task: Task, { keys, judge, overlapUs }: Opened): void {
  switch (task.kind) {
    case "sign": {
      judge(task.what, task.text);
      const key = keys.signingKey();
      answer({ id, kind: "signed", keyId: key.keyId, signature: signWith(key, task.what, task.text) });
      return;
    }
    case "rotate":
      answer({ id, kind: "standing", standing: keys.rotate(overlapUs) });
      return;
    case "retire":
      answer({ id, kind: "standing", standing: keys.retire(task.keyId) });
  }
}

// A ctrl-C at the terminal goes to the whole group; the server decides when its signer is no longer needed.
process.on("SIGINT", () => {});
process.on("message", ({ id, task }: Request) => {
  try {
    if (task.kind === "open") {
      opened = open(task.options);
      answer({ id, kind: "standing", standing: opened.keys.standing() });
    } else if (opened) work(id, task, opened);
  } catch (thrown) {
    answer({ id, kind: "refused", refusal: refusalOf(thrown) });
  }
});
