/**
 * The verbs of the city's editor that the API calls.
 *
 * @module
 */
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Kept } from "./control-verbs.js";
import type { BlockRequest, MandateRequest, MandateView } from "./oversight-views.js";
import type { AnnouncementView } from "./views.js";

export interface OversightVerbs {
  /** @throws Fault "conflict", reason `frozen`, as a question */
  block(id: AnnouncementId, block: BlockRequest, by: Person): Promise<Kept<AnnouncementView>>;
  unblock(id: AnnouncementId, by: Person): Promise<Kept<AnnouncementView>>;
  /** @throws Fault "forbidden" when it is not approved, or when it would break R1; "invalid" for an area that is not there */
  require(id: AnnouncementId, mandate: MandateRequest, by: Person): Promise<Kept<AnnouncementView>>;
  endMandate(id: AnnouncementId, by: Person): Promise<Kept<AnnouncementView>>;
  mandates(): readonly MandateView[];
}
