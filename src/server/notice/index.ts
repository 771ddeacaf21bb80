/**
 * Notices to people who do not look at the panel, by e-mail and by webhook.
 *
 * @module
 */
export { type Deliver, DeliveryFailure, type Parcel } from "./delivery.js";
export { createMail, type MailServer } from "./mail.js";
export { createOutbox, type Outbox, type OutboxCounts, type Recipient, type WaitingNotice } from "./outbox.js";
export { createWebhook, signatureOf } from "./webhook.js";
