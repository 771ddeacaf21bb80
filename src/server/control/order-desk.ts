/**
 * Where every order is written, numbered, logged and sent, and where the receivers' answers come in.
 *
 * @module
 */
import type { Micros } from "../../base/units.js";
import type { Class } from "../../domain/class.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Audience, Order, OrderBody, Signed } from "../../protocol/orders.js";

/** A stop is obeyed by a receiver that was away for up to a day (R3). */
export const STOP_LIFETIME_MS = 24 * 3_600_000;
/** A receiver answers a tap within this time or does nothing (R9). */
export const ORDER_LIFETIME_MS = 30_000;
/** Orders whose answers are remembered. */
const REMEMBERED = 500;

/** What the desk needs from the rest of the house. */
export interface OrderDeskParts {
  readonly now: () => Micros;
  /** Epoch and sequence of the next order; a pair never comes twice. */
  readonly number: () => { readonly epoch: number; readonly sequence: number };
  readonly newId: () => string;
  readonly sign: (text: string) => Signed;
  readonly send: (receivers: readonly ReceiverId[] | "all", signed: Signed) => void;
  /** Writes the order into the log; it is on disk when the call returns. */
  readonly record: (order: Order) => void;
}

export interface OrderWish {
  readonly body: OrderBody;
  readonly audience: Audience;
  /** The connected receivers that the audience means. */
  readonly receivers: readonly ReceiverId[] | "all";
  readonly class: Class;
  /** How long it is obeyed; {@link ORDER_LIFETIME_MS} when left out. */
  readonly lifetimeMs?: number;
  readonly by?: Order["by"];
  readonly confirmedBy?: string | undefined;
}

/** What the receivers said to an order. */
export interface OrderAnswers {
  readonly order: Order;
  readonly confirmed: number;
  readonly refused: readonly { readonly receiver: ReceiverId; readonly why: string }[];
}

export interface OrderDesk {
  /** Writes, logs and sends an order. */
  issue(wish: OrderWish): Order;
  /** Sends an order again, as to a receiver that was away. */
  resend(order: Order, receivers: readonly ReceiverId[]): void;
  answered(receiver: ReceiverId, order: string, ok: boolean, why?: string): void;
  answersTo(order: string): OrderAnswers | undefined;
}

export function createOrderDesk({ now, number, newId, sign, send, record }: OrderDeskParts): OrderDesk {
  /** By order id, oldest first. */
  const answers = new Map<
    string,
    { order: Order; confirmed: number; refused: { receiver: ReceiverId; why: string }[] }
  >();

  return {
    issue({ body, audience, receivers, class: of, lifetimeMs = ORDER_LIFETIME_MS, by = {}, confirmedBy }) {
      const issuedAt = now();
      const order: Order = {
        v: 1,
        id: newId(),
        audience,
        ...number(),
        issuedAt,
        notBefore: issuedAt - 5_000_000,
        notAfter: issuedAt + Math.round(lifetimeMs * 1000),
        class: of,
        body,
        by,
        ...(confirmedBy === undefined ? {} : { confirmedBy }),
        policyVersion: "",
      };
      const signed = sign(JSON.stringify(order));
      // A stop needs nothing, not even a disk that still takes a line (R3). Everything else is written before it is sent.
      if (body.kind !== "stop") record(order);
      send(receivers, signed);
      if (body.kind === "stop") record(order);
      answers.set(order.id, { order, confirmed: 0, refused: [] });
      const oldest = answers.keys().next().value;
      if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
      return order;
    },
    resend: (order, receivers) => send(receivers, sign(JSON.stringify(order))),
    answered(receiver, id, ok, why = "") {
      const entry = answers.get(id);
      if (entry === undefined) return;
      if (ok) entry.confirmed += 1;
      else if (entry.refused.length < 1000) entry.refused.push({ receiver, why });
    },
    answersTo: (id) => answers.get(id),
  };
}
