/**
 * The verbs about dangers that the API calls.
 *
 * @module
 */
import type { Campaign, CampaignDraft } from "../../domain/campaign.js";
import type { Pack, PackId } from "../../domain/emergency-pack.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { AlertEnd, AlertRequest, AlertView, PackView } from "./alert-views.js";
import type { Expected, Kept } from "./control-verbs.js";
import type { LevelReviewView, LevelWish } from "./response-routes.js";

export interface AlertVerbs {
  /** What the coming seven days would gain and lose. @throws Fault as the acts themselves */
  reviewLevel(wish: LevelWish): Promise<LevelReviewView>;
  campaigns(): readonly Campaign[];
  campaign(id: string): Campaign;
  /** @throws Fault "forbidden", reason `not-approved` or `quiet-hours`; "conflict" when there is one of that name */
  startCampaign(draft: CampaignDraft, by: Person): Promise<Campaign>;
  setBulletin(id: string, bulletin: AnnouncementId, by: Person): Promise<Campaign>;
  endCampaign(id: string, by: Person): Promise<void>;

  emergencyPacks(): readonly Kept<PackView>[];
  emergencyPack(id: PackId): Kept<PackView>;
  putEmergencyPack(pack: Pack, as: { readonly expected: Expected; readonly by: Person }): Promise<Kept<PackView>>;
  removeEmergencyPack(id: PackId, by: Person): Promise<void>;

  /** Those of the last months, the newest first. */
  alerts(): readonly AlertView[];
  alert(id: string): AlertView;
  /** Gives an alert, or asks a second person. @throws Fault "forbidden", reason `pack-not-ready` or `no-exercise` */
  giveAlert(wish: AlertRequest, by: Person): Promise<AlertView>;
  /** @throws Fault "forbidden", reason `second-person`; "conflict", reason `not-awaiting`, when it is too late */
  confirmAlert(id: string, by: Person): Promise<AlertView>;
  /** Gives it alone, with a reason that every leader reads. @throws Fault "conflict", reason `not-awaiting` */
  breakGlass(id: string, reason: string, by: Person): Promise<AlertView>;
  /** The correction or the all-clear, to exactly those who were to hear it. @throws Fault "conflict" unless it was given */
  endAlert(id: string, how: AlertEnd, by: Person): Promise<AlertView>;
}
