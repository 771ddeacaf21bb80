/**
 * The verbs about raises of airtime that the API calls.
 *
 * @module
 */
import type { AirtimeRaise, AirtimeRaiseDraft } from "../../domain/airtime-raise.js";
import type { Person } from "../../domain/person.js";
import type { RaiseReviewView, RaiseWish } from "./raise-routes.js";

export interface RaiseVerbs {
  /** Also those that are over, the newest first. */
  airtimeRaises(): readonly AirtimeRaise[];
  /** @throws Fault as the acts themselves */
  reviewRaise(wish: RaiseWish): Promise<RaiseReviewView>;
  /** @throws Fault "invalid", reason `unknown-area`, `day-over` or `raises-nothing`; "conflict", reason `raised-already` */
  raiseAirtime(draft: AirtimeRaiseDraft, by: Person): Promise<AirtimeRaise>;
  /** @throws Fault "not-found"; "conflict", reason `over` */
  endRaise(id: string, reason: string, by: Person): Promise<AirtimeRaise>;
}
