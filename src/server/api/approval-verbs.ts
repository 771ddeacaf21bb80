/**
 * The verbs between draft and approval that the API calls.
 *
 * @module
 */
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { HistoryQuery, HistoryView, ReturnRequest, WithdrawRequest } from "./approval-views.js";
import type { Kept } from "./control-verbs.js";
import type { CorrectionRequest, HearingsView, RecalledView } from "./correction-views.js";
import type { AnnouncementView } from "./views.js";

/** Each is refused with the present stage as its reason when it may not follow that. */
export interface ApprovalVerbs {
  /** @throws Fault "conflict" when `version` is not the present one; "forbidden", reason `unknown-words` or `gates` */
  submit(id: AnnouncementId, version: string, by: Person): Promise<Kept<AnnouncementView>>;
  sendBack(id: AnnouncementId, verdict: ReturnRequest, by: Person): Promise<Kept<AnnouncementView>>;
  /** @throws as {@link ApprovalVerbs.submit}; "forbidden", reason `own-text`, when an author alone is not enough (R2) */
  approve(id: AnnouncementId, version: string, by: Person): Promise<Kept<AnnouncementView>>;
  /**
   * Takes back a submission or an approval.
   * @throws Fault "invalid" when an approval is taken back without a reason; "conflict", reason `frozen`, as a question
   */
  withdraw(id: AnnouncementId, how: WithdrawRequest, by: Person): Promise<Kept<AnnouncementView>>;
  historyOf(id: AnnouncementId, query: HistoryQuery): HistoryView;

  /** Silences it wherever it sounds, for good (R3), and tells where it was heard. */
  recall(id: AnnouncementId, reason: string | undefined, by: Person): Promise<RecalledView>;
  hearings(id: AnnouncementId): HearingsView;
  /** @throws Fault "forbidden", reason `never-heard`; "invalid" when the template's correction lacks values, or there is none */
  correct(id: AnnouncementId, draft: CorrectionRequest, by: Person): Promise<Kept<AnnouncementView>>;
}
