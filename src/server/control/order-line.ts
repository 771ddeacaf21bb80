/**
 * The line of the log about an order.
 *
 * @module
 */
import type { EventLine } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { Order } from "../../protocol/orders.js";

/** Kind of those lines. */
export const ORDER_ISSUED = "order.issued";

/** @param person who called for it; without one, only the name that the order has */
export const orderLine = (
  { id, class: of, body, audience, by, confirmedBy }: Order,
  person: Person | undefined,
): EventLine => ({
  ...{ kind: ORDER_ISSUED, by: person ?? by.aired, after: { order: id, orders: body.kind } },
  detail: { id, class: of, body, audience, by, confirmedBy },
});

/** The same for one that is written later than it was issued, as of then. */
export const lateOrderLine = (order: Order, person?: Person): EventLine => ({
  ...orderLine(order, person),
  at: Math.round(order.issuedAt / 1000),
});
