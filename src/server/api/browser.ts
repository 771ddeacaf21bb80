/**
 * Who is logged in by a browser.
 *
 * @module
 */
import type { Caller } from "./access.js";
import type { Own } from "./account-verbs.js";
import { noCaller } from "./permit.js";

/** The account and the session, with all that is known of who acts. @throws Fault for the station's token and for programs, which have no session */
export function browser(caller: Caller | undefined): Own {
  const { session, person } = caller ?? {};
  if (session === undefined || person?.account === undefined) throw noCaller();
  return { session, account: person.account, person };
}
