/**
 * Raises of airtime: decided for an area and dated days, looked at before, ended early.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { AirtimeRaise, AirtimeRaiseDraft, DatedRaise } from "../../domain/airtime-raise.js";
import { isLongOver, isRunning, plannedDays } from "../../domain/dated.js";
import type { AreaId } from "../../domain/ids.js";
import {
  type ChangedPlace,
  compareLimits,
  type LimitQuestion,
  limitChanges,
  turningDays,
} from "../../domain/limit-changes.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { Person } from "../../domain/person.js";
import type { PlanInput } from "../../domain/rundown.js";
import { stampOf } from "../../domain/stamp.js";
import { createBreath } from "./breath.js";
import type { AsRunLog, Records } from "./ports.js";
import type { WeekAhead } from "./week-ahead.js";

export interface RaiseParts {
  readonly raises: Records<string, AirtimeRaise>;
  readonly weekAhead: WeekAhead;
  readonly reviewInput: () => Omit<PlanInput, "from" | "until">;
  readonly clock: Pick<Clock, "now" | "after">;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly newId: () => string;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  readonly today: () => LocalDate;
  /** What was planned may be different now. */
  readonly onChange: () => void;
}

/** What somebody thinks of doing. */
export type RaiseWish =
  | { readonly kind: "raise"; readonly raise: AirtimeRaiseDraft }
  | { readonly kind: "end"; readonly id: string };

export type RaiseVerbs = ReturnType<typeof createRaiseVerbs>;

export function createRaiseVerbs(parts: RaiseParts) {
  const { raises, weekAhead, reviewInput, clock, asRun, now, today, onChange } = parts;
  const get = (id: string): AirtimeRaise => {
    const found = raises.get(id);
    if (found) return found;
    throw new Fault("not-found", {
      vi: "Không có quyết định tăng thời lượng này. Hãy tải lại danh sách.",
      en: "There is no such raise of airtime. Load the list again.",
    });
  };
  const running = (id: string): AirtimeRaise => {
    const raise = get(id);
    if (!isRunning(raise, today())) throw over();
    return raise;
  };
  /**
   * @param at where in the request the draft lies
   * @throws Fault "invalid" for an area that is not there, days that are over, or limits that are no higher anywhere
   */
  const checked = async (draft: AirtimeRaiseDraft, at = ""): Promise<readonly DatedRaise[]> => {
    const { present, planned, name } = dated(draft, at);
    const { area, from, until } = draft;
    const lifts = async (day: LocalDate) =>
      (await changedPlaces({ present, raises: planned, area, day }, 1)).length > 0;
    for (const day of turningDays({ present, raises: planned }, { from, until })) if (await lifts(day)) return planned;
    throw liftsNothing(name, at);
  };
  /** The same as far as it takes no time. */
  const dated = (draft: AirtimeRaiseDraft, at = "") => {
    const present = reviewInput();
    const { area, from } = draft;
    const name = present.areas.get(area)?.name;
    if (name === undefined) throw noArea(area, at);
    if (from < today()) throw tooLate(at);
    if (present.raises.some((one) => printOf(one) === printOf(draft))) throw twice(name);
    return { present, planned: [...present.raises, draft], name };
  };
  /** @param most so many are enough */
  const changedPlaces = async (question: LimitQuestion, most: number): Promise<readonly ChangedPlace[]> => {
    const breathe = createBreath(clock);
    const found: ChangedPlace[] = [];
    for (const place of compareLimits(question)) {
      if (place && found.push(place) >= most) break;
      await breathe();
    }
    return found;
  };
  const withoutRest = (id: string): readonly DatedRaise[] =>
    raises.all().flatMap((one) => plannedDays(one.id === id ? ended(one, "–", { name: "–" }) : one));
  const ended = (raise: AirtimeRaise, reason: string, by: Person): AirtimeRaise => ({
    ...raise,
    ended: { ...stampOf(by, now()), reason, on: today() },
  });

  return {
    /** The newest first. */
    airtimeRaises: () => raises.all().toSorted((a, b) => (a.decided.at < b.decided.at ? 1 : -1)),

    /** What the coming seven days would gain and lose, and what the limits become on its first day, or today. @throws as the acts */
    async reviewRaise(wish: RaiseWish) {
      const planned = wish.kind === "raise" ? await checked(wish.raise, "/raise") : withoutRest(running(wish.id).id);
      const { area, from } = wish.kind === "raise" ? wish.raise : get(wish.id);
      const present = reviewInput();
      const question = { present, raises: planned, area, day: from > today() ? from : today() };
      return {
        ...(await weekAhead((input) => ({ ...input, raises: planned }))),
        limits: limitChanges(await changedPlaces(question, present.areas.size), present.areas),
      };
    },

    /** @throws Fault "invalid", reason `unknown-area`, `day-over` or `raises-nothing`; "conflict" for the same a second time */
    async raiseAirtime(draft: AirtimeRaiseDraft, by: Person): Promise<AirtimeRaise> {
      await checked(draft);
      // Somebody may have decided the same meanwhile.
      dated(draft);
      const raise: AirtimeRaise = { ...draft, id: parts.newId(), decided: stampOf(by, now()) };
      const forgotten = raises.all().filter((old) => isLongOver(old, today()));
      await raises.commit([...forgotten.map(({ id }) => ({ delete: id })), { put: raise }]);
      const { area, reason: why, id, document } = raise;
      asRun.event({ kind: "airtime.raised", area, by, why, detail: { id, document }, after: raise });
      onChange();
      return raise;
    },

    /** From now on the day has its usual airtime again. @throws Fault "conflict", reason `over`, when it has ended already */
    async endRaise(id: string, reason: string, by: Person): Promise<AirtimeRaise> {
      const before = running(id);
      const after = ended(before, reason, by);
      await raises.put(after);
      const { area, document } = before;
      asRun.event({ kind: "airtime.raise-ended", area, by, why: reason, detail: { id, document }, before, after });
      onChange();
      return after;
    },
  };
}

const printOf = ({ area, from, until, sessionsPerDay, minutesPerSession, minutesPerDay, factor }: DatedRaise): string =>
  JSON.stringify([area, from, until, sessionsPerDay, minutesPerSession, minutesPerDay, factor]);

const noArea = (area: AreaId, at: string) =>
  new Fault(
    "invalid",
    {
      vi: `Không có địa bàn «${area}» trong config/areas.json, nên chưa tăng thời lượng. Hãy chọn địa bàn khác.`,
      en: `There is no area "${area}" in config/areas.json, so no airtime was raised. Choose another one.`,
    },
    { path: `${at}/area`, reason: "unknown-area" },
  );
const tooLate = (at: string) =>
  new Fault(
    "invalid",
    {
      vi: "Không thể tăng thời lượng cho ngày đã qua. Chưa có gì thay đổi. Hãy chọn từ hôm nay trở đi.",
      en: "Airtime of days that are over cannot be raised. Nothing has changed. Begin today or later.",
    },
    { path: `${at}/from`, reason: "day-over" },
  );
const liftsNothing = (area: string, at: string) =>
  new Fault(
    "invalid",
    {
      vi: `Không nơi nào ở ${area} được phát thêm: nơi đó không có hạn mức, hoặc hạn mức đã cao như vậy. Chưa có gì thay đổi. Hãy xem hạn mức của địa bàn rồi chọn số cao hơn.`,
      en: `Nowhere in ${area} would have more airtime: it is not limited there, or the limit is that high already. Nothing has changed. Look at the limits of the area and choose more.`,
    },
    { path: `${at}/minutesPerDay`, reason: "raises-nothing" },
  );
const twice = (area: string) =>
  new Fault(
    "conflict",
    {
      vi: `Đã có quyết định tăng thời lượng y như vậy ở ${area}. Không ghi thêm lần nữa.`,
      en: `The same raise of airtime has been decided for ${area}. It was not written again.`,
    },
    { reason: "raised-already" },
  );
const over = () =>
  new Fault(
    "conflict",
    {
      vi: "Đợt tăng thời lượng này đã kết thúc. Không có gì thay đổi.",
      en: "This raise of airtime is over. Nothing has changed.",
    },
    { reason: "over" },
  );
