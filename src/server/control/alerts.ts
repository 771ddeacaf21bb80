/**
 * Alerts: asked for, stood by, given, said again, taken back. One person is enough inside a ward by day; elsewhere a second one
 * stands by it within two minutes, or the first breaks the glass and says why.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import type { Epoch } from "../../base/units.js";
import {
  type Alert,
  isForTests,
  isUnanswered,
  needsOf,
  refusalOfSecond,
  SECOND_PERSON_MS,
} from "../../domain/alert.js";
import type { AreaTree } from "../../domain/area.js";
import type { Pack, PackId } from "../../domain/emergency-pack.js";
import type { AreaId } from "../../domain/ids.js";
import type { AlertStep } from "../../domain/line-words.js";
import type { Person } from "../../domain/person.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Targets } from "../../domain/schedule.js";
import { stampOf } from "../../domain/stamp.js";
import type { AlertAir } from "./alert-air.js";
import * as words from "./alert-words.js";
import type { AsRunLog, Records } from "./ports.js";

export interface AlertParts {
  readonly alerts: Records<string, Alert>;
  readonly readyPack: (id: PackId) => Pack;
  readonly air: AlertAir;
  readonly areas: AreaTree;
  readonly targeted: (targets: Targets) => readonly Receiver[];
  readonly isQuiet: (area: AreaId) => boolean;
  readonly now: () => Epoch;
  readonly newId: () => string;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly onAlert: (id: string) => void;
}

/** Alerts that are over are kept for a look back, so many. */
const KEPT_OVER = 300;

/** What somebody wants to alarm people of, and where. */
export interface AlertWish {
  readonly pack: PackId;
  /** The pack's own places when left out. */
  readonly targets?: Targets | undefined;
  readonly isExercise: boolean;
}

export function createAlertVerbs(parts: AlertParts) {
  const { alerts, air, areas, now, asRun, onAlert } = parts;
  const iso = () => new Date(now()).toISOString();

  const get = (id: string): Alert => {
    const found = alerts.get(id);
    if (!found) throw words.noSuchAlert();
    return found;
  };
  /** Alerts that are over make room for new ones; the log keeps what they were. */
  const makeRoom = async () => {
    const over = alerts.all().filter(({ stage }) => stage === "ended" || stage === "lapsed");
    const oldest = [...over].sort((one, other) => one.askedBy.at.localeCompare(other.askedBy.at));
    for (const { id } of oldest.slice(0, Math.max(0, over.length - KEPT_OVER))) await alerts.delete(id);
  };
  const keep = async (alert: Alert, what: AlertStep, by: Person, detail: object = {}) => {
    const { id, pack, title, stage, isExercise } = alert;
    const before = alerts.get(id);
    await alerts.put(alert);
    asRun.event({
      kind: `alert.${what}`,
      ...{ by, before, after: alert, why: alert.brokenGlass?.reason },
      detail: { id, pack, title, stage, isExercise, ...detail },
    });
    onAlert(id);
  };
  /** Orders the first sounding. It is on disk as given before the order goes out, and says what became of the order. */
  const give = async (alert: Alert, what: AlertStep, by: Person) => {
    const { awaitsUntil: _over, ...rest } = alert;
    const given: Alert = { ...rest, stage: "given" };
    await keep(given, what, by, { needs: alert.needs, receivers: alert.receivers.length });
    try {
      await air.sound(given.id, by);
    } catch (thrown) {
      // Nobody has heard it, and it must not begin by itself once the trouble is over.
      const { nextAt: _no, ...failed } = get(given.id);
      await keep({ ...failed, stage: "lapsed" }, "not-given", by);
      throw thrown;
    }
    return viewOf(get(given.id));
  };
  const awaiting = (id: string): Alert => {
    const alert = get(id);
    if (alert.stage !== "awaiting" || (alert.awaitsUntil ?? 0) < now()) throw words.notAwaiting(alert);
    return alert;
  };
  const reached = (wish: AlertWish, pack: Pack): readonly Receiver[] => {
    const targets = wish.targets ?? pack.targets;
    const meant = targets === undefined ? [] : parts.targeted(targets).filter(({ disabled }) => !disabled);
    const receivers = wish.isExercise ? meant.filter(({ area }) => isForTests(areas, area)) : meant;
    if (receivers.length === 0) throw words.nobody(wish.isExercise);
    return receivers;
  };
  const viewOf = (alert: Alert) => {
    const { session: _inner, everyMs: _rhythm, nextAt, repeatUntil, awaitsUntil, ...shown } = alert;
    return {
      ...shown,
      ...(awaitsUntil === undefined ? {} : { awaitsUntil: new Date(awaitsUntil).toISOString() }),
      ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }),
      ...(repeatUntil === undefined ? {} : { repeatUntil: new Date(repeatUntil).toISOString() }),
      ...air.heardOf(alert),
    };
  };

  return {
    /** Those of the last days, the newest first. */
    alerts: () => [...alerts.all()].sort((one, other) => other.askedBy.at.localeCompare(one.askedBy.at)).map(viewOf),
    alert: (id: string) => viewOf(get(id)),

    /**
     * Gives an alert, or asks a second person to stand by it.
     * @throws Fault "forbidden", reason `pack-not-ready`; "invalid", reason `no-receiver`
     */
    async giveAlert(wish: AlertWish, by: Person) {
      const pack = parts.readyPack(wish.pack);
      if (wish.isExercise && pack.exercise === undefined) throw words.noExercise(pack);
      const receivers = reached(wish, pack);
      await makeRoom();
      const needs = wish.isExercise ? [] : needsOf({ areas, receivers, isQuiet: parts.isQuiet });
      const { alert, correction, allClear, exercise, title, repeat } = pack;
      const asked: Alert = {
        ...{ id: parts.newId(), pack: pack.id, title, isExercise: wish.isExercise, needs: [...needs] },
        parts: { alert, correction, allClear, ...(exercise === undefined ? {} : { exercise }) },
        receivers: receivers.map(({ id }) => id),
        ...{ stage: "awaiting", askedBy: stampOf(by, iso()), occurrences: [] },
        ...(by.session === undefined ? {} : { session: by.session }),
        ...(repeat === undefined
          ? {}
          : { everyMs: repeat.everyMinutes * 60_000, repeatUntil: now() + repeat.forMinutes * 60_000 }),
      };
      if (needs.length === 0) return give(asked, "given", by);
      const waiting: Alert = { ...asked, awaitsUntil: now() + SECOND_PERSON_MS };
      await keep(waiting, "asked", by, { needs, receivers: receivers.length });
      return viewOf(waiting);
    },

    /** The second person stands by it. @throws Fault "forbidden", reason `second-person`; "conflict" when it is too late */
    async confirmAlert(id: string, by: Person) {
      const alert = awaiting(id);
      const refusal = refusalOfSecond(alert, by);
      if (refusal) throw new Fault("forbidden", refusal, { reason: "second-person" });
      return give({ ...alert, confirmedBy: stampOf(by, iso()) }, "confirmed", by);
    },

    /** Gives it alone, with a reason that every leader will read. */
    async breakGlass(id: string, reason: string, by: Person) {
      const alert = awaiting(id);
      return give({ ...alert, brokenGlass: { ...stampOf(by, iso()), reason } }, "glass-broken", by);
    },

    /** Takes it back or says that the danger is over, to exactly those who were to hear it. */
    async endAlert(id: string, how: "all-clear" | "correction", by: Person) {
      const alert = get(id);
      if (!isUnanswered(alert)) throw words.notGiven(alert);
      const { nextAt: _no, ...rest } = alert;
      const ended: Alert = { ...rest, stage: "ended", ended: { ...stampOf(by, iso()), how } };
      await keep(ended, how === "all-clear" ? "cleared" : "corrected", by);
      await air.answer(ended, how === "all-clear" ? "allClear" : "correction", by);
      return viewOf(get(id));
    },

    /** Writes off what nobody stood by, and says again what is due; called with every beat. */
    async beatAlerts(): Promise<void> {
      for (const alert of alerts.all()) {
        if (alert.stage === "awaiting" && (alert.awaitsUntil ?? 0) < now())
          await keep({ ...alert, stage: "lapsed" }, "lapsed", { name: alert.askedBy.by });
        else if (alert.stage === "given" && alert.nextAt !== undefined && alert.nextAt <= now())
          await air.sound(alert.id, { name: alert.askedBy.by, account: alert.askedBy.account });
      }
    },
  };
}
