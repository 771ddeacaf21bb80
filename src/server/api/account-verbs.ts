/**
 * The verbs about people that the API calls: entering, sessions, accounts. They are taken as control has them, since
 * nothing else stands between a door and what is kept.
 *
 * @module
 */
export type { Site, Whence } from "../control/account-parts.js";
export type { AccountVerbs, Identity, Invitation } from "../control/accounts.js";
export type { Own } from "../control/own-account.js";
export type { Answer } from "../control/second-factors.js";
export type { Entered, Proof } from "../control/sign-in.js";
