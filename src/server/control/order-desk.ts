/**
 * Where every order is written, numbered, logged and sent, and where the receivers' answers come in.
 *
 * @module
 */
import type { Micros } from "../../base/units.js";
import type { Class } from "../../domain/class.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { EventLine } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { Audience, Order, OrderBody, Signed } from "../../protocol/orders.js";
import { lateOrderLine, orderLine } from "./order-line.js";

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
  /** @throws Fault "unavailable" without a signer, "forbidden" when it refuses */
  readonly sign: (text: string, urgency: "stop" | "order") => Promise<Signed>;
  /** Names the rules by which the order was given. */
  readonly policyVersion: () => string;
  readonly send: (receivers: readonly ReceiverId[] | "all", signed: Signed) => void;
  /** Writes lines into the log; they are on disk when the call returns. */
  readonly record: (line: EventLine) => void;
  /** A stop was sent though the log took no line of it. It is tried again by {@link OrderDesk.writeDown}. */
  readonly onUnrecorded?: (order: Order, thrown: unknown) => void;
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
  /** Whoever called for it; receivers are told names alone. */
  readonly person?: Person | undefined;
  readonly confirmedBy?: string | undefined;
}

/** What the receivers said to an order. */
export interface OrderAnswers {
  readonly order: Order;
  readonly confirmed: number;
  readonly refused: readonly { readonly receiver: ReceiverId; readonly why: string }[];
}

export interface OrderDesk {
  /**
   * Writes, signs, logs and sends an order; resolves when it is sent. Orders leave in the order of their numbers, and of
   * those that wait a stop is numbered first.
   * @throws Fault "unavailable" without a signer, "forbidden" when it refuses; nothing was sent then
   */
  issue(wish: OrderWish): Promise<Order>;
  /** Sends an order again, as to a receiver that was away. @throws Fault as {@link issue} */
  resend(order: Order, receivers: readonly ReceiverId[]): Promise<void>;
  answered(receiver: ReceiverId, order: string, ok: boolean, why?: string): void;
  answersTo(order: string): OrderAnswers | undefined;
  /** Writes down the stops that the log did not take; called about once a second. Never throws. */
  writeDown(): void;
}

/** An order that waits to be numbered. */
interface Waiting {
  readonly wish: OrderWish;
  readonly resolve: (order: Order) => void;
  readonly reject: (why: unknown) => void;
}

/** Orders that are numbered and being signed at once: so many are signed in a few milliseconds, and a stop is next. */
const IN_HAND = 32;
/** Stops that wait for their lines, at most; those that are kept are found at the next start, too. */
const MOST_UNWRITTEN = 1000;
/** Signatures of stops that are kept for receivers that come back. */
const STOPS_KEPT = 64;

export function createOrderDesk(parts: OrderDeskParts): OrderDesk {
  const { sign, send, record } = parts;
  /** By order id, oldest first. */
  const answers = new Map<
    string,
    { order: Order; confirmed: number; refused: { receiver: ReceiverId; why: string }[] }
  >();
  const stops: Waiting[] = [];
  const others: Waiting[] = [];
  /** Lines of stops that the log did not take, oldest first. */
  const unwritten: EventLine[] = [];
  let inHand = 0;
  /** Resolves when what is numbered so far has been sent, or has failed. */
  let sent: Promise<void> = Promise.resolve();
  /** What was signed of stops: ten thousand receivers that come back are told each of them again. */
  const signedStops = new Map<string, Promise<Signed>>();

  const remember = (order: Order) => {
    answers.set(order.id, { order, confirmed: 0, refused: [] });
    const oldest = answers.keys().next().value;
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
  };
  /** That the log takes no line must not keep a stop from being kept for those who are away. */
  const recordStop = (order: Order, person: Person | undefined) => {
    try {
      record(orderLine(order, person));
    } catch (thrown) {
      if (unwritten.length < MOST_UNWRITTEN) unwritten.push(lateOrderLine(order, person));
      parts.onUnrecorded?.(order, thrown);
    }
  };
  const signedStop = (order: Order): Promise<Signed> => {
    const known = signedStops.get(order.id);
    if (known !== undefined) return known;
    const signing = sign(JSON.stringify(order), "stop");
    signedStops.set(order.id, signing);
    signing.catch(() => signedStops.delete(order.id));
    const oldest = signedStops.keys().next().value;
    if (signedStops.size > STOPS_KEPT && oldest !== undefined) signedStops.delete(oldest);
    return signing;
  };
  const dispatch = ({ wish, resolve, reject }: Waiting) => {
    const order = orderOf(wish, parts);
    const isStop = order.body.kind === "stop";
    const signing = isStop ? signedStop(order) : sign(JSON.stringify(order), "order");
    // It may fail while an earlier one is still waited for; it is told below, in its turn.
    signing.catch(() => {});
    sent = sent.then(async () => {
      try {
        const signed = await signing;
        // A stop needs nothing, not even a disk that still takes a line (R3). Everything else is written before it is sent.
        if (!isStop) record(orderLine(order, wish.person));
        send(wish.receivers, signed);
        if (isStop) recordStop(order, wish.person);
        remember(order);
        resolve(order);
      } catch (thrown) {
        reject(thrown);
      } finally {
        inHand -= 1;
        pump();
      }
    });
  };
  const pump = () => {
    while (inHand < IN_HAND) {
      const next = stops.shift() ?? others.shift();
      if (!next) return;
      inHand += 1;
      try {
        dispatch(next);
      } catch (thrown) {
        inHand -= 1;
        next.reject(thrown);
      }
    }
  };

  return {
    issue: (wish) =>
      new Promise((resolve, reject) => {
        (wish.body.kind === "stop" ? stops : others).push({ wish, resolve, reject });
        pump();
      }),
    resend: async (order, receivers) =>
      send(
        receivers,
        order.body.kind === "stop" ? await signedStop(order) : await sign(JSON.stringify(order), "order"),
      ),
    answered(receiver, id, ok, why = "") {
      const entry = answers.get(id);
      if (entry === undefined) return;
      if (ok) entry.confirmed += 1;
      else if (entry.refused.length < 1000) entry.refused.push({ receiver, why });
    },
    answersTo: (id) => answers.get(id),
    writeDown() {
      try {
        for (let line = unwritten[0]; line !== undefined; line = unwritten[0]) {
          record(line);
          unwritten.shift();
        }
      } catch {
        // It was said when it was sent; the rest waits on.
      }
    },
  };
}

function orderOf(wish: OrderWish, { now, number, newId, policyVersion }: OrderDeskParts): Order {
  const { body, audience, class: of, lifetimeMs = ORDER_LIFETIME_MS, by = {}, confirmedBy } = wish;
  const issuedAt = now();
  return {
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
    policyVersion: policyVersion(),
  };
}
