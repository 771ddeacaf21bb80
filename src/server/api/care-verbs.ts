/**
 * The verbs about the care of loudspeakers: alarms, tests, repairs, complaints.
 *
 * @module
 */
import type { Trouble } from "../../domain/condition.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type * as ask from "./care-requests.js";
import type * as view from "./care-views.js";
import type { Saving } from "./control-verbs.js";

export interface CareVerbs {
  /** The open ones, the oldest first. */
  alarms(): readonly view.AlarmView[];
  /** @throws Fault "not-found" when it is over */
  acknowledgeAlarm(id: string, by: Person): Promise<view.AlarmView>;
  /** How many are open, by trouble. */
  alarmCounts(): Partial<Record<Trouble, number>>;

  /** @throws Fault "forbidden" with reason `quiet-hours` or `excluded` */
  orderTest(id: ReceiverId, lengthMs: number, by: Person): Promise<void>;
  orderRestart(id: ReceiverId, by: Person): Promise<void>;

  /** The newest first; the same holds for complaints. */
  repairs(query?: ask.CareQuery): readonly view.RepairView[];
  /** One that excludes silences the receiver at once and takes it out of service. */
  openRepair(repair: ask.NewRepair, by: Person): Promise<view.RepairView>;
  /** @throws Fault "conflict" when it is closed already */
  closeRepair(number: number, done: string | undefined, by: Person): Promise<view.RepairView>;

  complaints(query?: ask.CareQuery): readonly view.ComplaintView[];
  complaint(number: number): Promise<view.ComplaintWithSoundsView>;
  recordComplaint(complaint: ask.NewComplaint, by: Person): Promise<view.ComplaintView>;
  updateComplaint(number: number, change: ask.ComplaintChange, as: Saving): Promise<view.ComplaintView>;
  /** @throws Fault "conflict" without an answer, or when it is closed already */
  closeComplaint(number: number, by: Person): Promise<view.ComplaintView>;
  eraseContact(number: number, by: Person): Promise<view.ComplaintView>;

  /** Receivers that have not sounded for so many days, the longest silent first. */
  silentFor(query: ask.SilentQuery): readonly view.SilentView[];
}
