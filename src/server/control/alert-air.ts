/**
 * The sound of alerts: the first, its repeats, and what answers it at the same places. A stop by a person ends the repeats.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Epoch } from "../../base/units.js";
import { type Alert, nextRepeat } from "../../domain/alert.js";
import type { AnnouncementId, AreaId, ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import type { Ticket } from "../../domain/ticket.js";
import type { StopScope } from "../../protocol/orders.js";
import type { createPlayNow } from "./play-now.js";
import type { AsRunLog, Records } from "./ports.js";
import type { Tickets } from "./tickets.js";

export interface AlertAirParts {
  readonly alerts: Records<string, Alert>;
  readonly play: ReturnType<typeof createPlayNow>;
  /** Silences by order; ends no alert by itself. */
  readonly silence: (scope: StopScope, by: Person) => Promise<unknown>;
  readonly tickets: Pick<Tickets, "of">;
  readonly areaOf: (receiver: ReceiverId) => AreaId | undefined;
  readonly isBelow: (area: AreaId, roots: readonly AreaId[]) => boolean;
  readonly now: () => Epoch;
  readonly asRun: Pick<AsRunLog, "event" | "resultsOf">;
  readonly log: Log;
  readonly onAlert: (id: string) => void;
}

/** Soundings whose results are counted in a view. */
const HEARD: ReadonlySet<string> = new Set(["sounding", "interrupted", "played", "cut"]);

const unsilenced = ({ receivers, silenced = [] }: Alert): readonly ReceiverId[] =>
  receivers.filter((id) => !silenced.includes(id));

export type AlertAir = ReturnType<typeof createAlertAir>;

export function createAlertAir(parts: AlertAirParts) {
  const { alerts, tickets, now, asRun, log } = parts;
  /** Those that a person has just stopped: nothing of them begins while that is being written down. */
  const stopped = new Set<string>();
  /** Those whose next sounding is being ordered. */
  const busy = new Set<string>();

  const order = (alert: Alert, said: readonly AnnouncementId[], receivers: readonly ReceiverId[], by: Person) => {
    const { parts: of, isExercise, title } = alert;
    // An exercise is no emergency to anybody: it interrupts nothing and keeps the quiet hours.
    const wrapped = isExercise && of.exercise !== undefined ? [of.exercise, ...said, of.exercise] : said;
    return parts.play(
      {
        content: { kind: "announcements", title, announcements: wrapped },
        targets: { areas: [], receivers: [...receivers], except: [], kinds: ["fixed", "van"] },
        class: isExercise ? "ordinary" : "emergency",
        ...(isExercise ? {} : { confirmedBy: alert.confirmedBy?.by ?? by.name }),
        resume: "drop",
      },
      by,
    );
  };
  const reaches = (scope: StopScope, alert: Alert): readonly ReceiverId[] => {
    switch (scope.kind) {
      case "all":
        return alert.receivers;
      case "receivers":
        return alert.receivers.filter((id) => scope.receivers.includes(id));
      case "areas":
        return alert.receivers.filter((id) => {
          const area = parts.areaOf(id);
          return area === undefined || parts.isBelow(area, scope.areas);
        });
      case "announcement":
        return scope.announcement === alert.parts.alert ? alert.receivers : [];
      case "occurrence":
        return alert.occurrences.includes(scope.occurrence) ? alert.receivers : [];
    }
  };

  return {
    /**
     * Orders it to sound once, now. What comes next is on disk before the order goes out, so that no restart says it twice. An
     * order that fails is written down, and the rhythm goes on.
     */
    async sound(id: string, by: Person): Promise<void> {
      const alert = alerts.get(id);
      if (alert?.stage !== "given" || stopped.has(id) || busy.has(id)) return;
      busy.add(id);
      try {
        const { nextAt: _past, ...rest } = alert;
        const next = nextRepeat({ ...alert, nextAt: alert.nextAt ?? now() }, now());
        await alerts.put({ ...rest, ...(next === undefined ? {} : { nextAt: next }) });
        if (stopped.has(id)) return;
        const { occurrence } = await order(alert, [alert.parts.alert], unsilenced(alert), by);
        const present = alerts.get(id);
        if (present) await alerts.put({ ...present, occurrences: [...present.occurrences, occurrence] });
      } catch (thrown) {
        log.error("alert.not-sounded", { alert: id, thrown });
        asRun.event({ kind: "alert.not-sounded", by, detail: { id, title: alert.title } });
        if (alert.occurrences.length === 0) throw thrown;
      } finally {
        busy.delete(id);
        parts.onAlert(id);
      }
    },

    /** Ends what still sounds of it, and says the correction or the all-clear at the same places. */
    async answer(alert: Alert, part: "correction" | "allClear", by: Person): Promise<void> {
      const last = alert.occurrences.at(-1);
      if (last !== undefined) await parts.silence({ kind: "occurrence", occurrence: last }, by);
      await order(alert, [alert.parts[part]], alert.receivers, by);
      parts.onAlert(alert.id);
    },

    /** What a stop ends of the alerts: called before the order goes out; what it returns writes it down, once it has. */
    stopping(scope: StopScope, by: Person): () => Promise<void> {
      const hit = alerts.all().filter((alert) => alert.stage === "given" && reaches(scope, alert).length > 0);
      for (const { id } of hit) stopped.add(id);
      return async () => {
        const at = new Date(now()).toISOString();
        for (const { id } of hit) {
          stopped.delete(id);
          const alert = alerts.get(id);
          if (alert?.stage !== "given") continue;
          const silenced = [...new Set([...(alert.silenced ?? []), ...reaches(scope, alert)])];
          const isOver = silenced.length >= alert.receivers.length;
          const { nextAt: _over, ...rest } = alert;
          const after: Alert = isOver
            ? { ...rest, silenced, stage: "ended", ended: { ...stampOf(by, at), how: "stopped" } }
            : { ...alert, silenced };
          await alerts.put(after);
          parts.onAlert(id);
          asRun.event({ kind: "alert.stopped", by, before: alert, after, detail: { id, title: alert.title } });
        }
      };
    },

    /** How far its last sounding has come, by the loudspeakers' own account (R10). */
    heardOf({ occurrences, receivers }: Alert): { readonly ordered: number; readonly heard: number } {
      const last = occurrences.at(-1);
      if (last === undefined) return { ordered: receivers.length, heard: 0 };
      const open = tickets.of(last).flatMap(({ results: of }: Ticket) => Object.values(of));
      // Once every loudspeaker has said how it ended, the log alone knows.
      const results = open.length > 0 ? open : [...asRun.resultsOf(last).values()];
      return { ordered: receivers.length, heard: results.filter(({ state }) => HEARD.has(state)).length };
    },
  };
}
