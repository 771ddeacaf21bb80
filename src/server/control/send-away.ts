/**
 * How a device is sent away for good. A receiver believes signatures only, so a bare refusal does not silence it: whoever
 * holds the line could say that. What it still has to sound is taken back by signed orders while it is there to hear them.
 *
 * @module
 */

import type { ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { OrderBody } from "../../protocol/orders.js";
import type { AsRunLog, Wire } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";

/** Cues in one order, at most: see PROTOCOL.md. */
const AT_ONCE = 500;

export interface SendAwayParts {
  readonly wire: Pick<Wire, "dismiss" | "connected">;
  readonly book: Pick<ProgrammeBook, "cuesOf">;
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person) => Promise<unknown>;
  readonly asRun: Pick<AsRunLog, "event">;
}

/**
 * Stops what the receiver sounds, takes back all that its programme holds, and ends its connection; `reason` is told to it.
 * When the orders cannot be signed, it only ends the connection, and the log says so.
 */
export function createSendAway({ wire, book, order, asRun }: SendAwayParts) {
  const takeBack = async (receiver: ReceiverId, by: Person): Promise<void> => {
    const cues = book.cuesOf(receiver).map(({ id }) => id);
    await order({ kind: "stop", scope: { kind: "receivers", receivers: [receiver] } }, receiver, by);
    for (let from = 0; from < cues.length; from += AT_ONCE)
      await order({ kind: "cancel", cues: cues.slice(from, from + AT_ONCE) }, receiver, by);
  };

  return async (receiver: ReceiverId, reason: string, by: Person): Promise<void> => {
    if (!wire.connected().includes(receiver)) return;
    try {
      await takeBack(receiver, by);
    } catch {
      asRun.event({ kind: "receiver.not-silenced", receiver, why: reason, by });
    }
    wire.dismiss(receiver, reason);
  };
}

export type SendAway = ReturnType<typeof createSendAway>;
