/**
 * Looking after the loudspeakers, built once: what is wrong with them, what people do about it, and what residents say.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import type { Alarm } from "../../domain/alarm.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { touchesQuiet } from "../../domain/policy-rules.js";
import { MAX_TEST_TONE } from "../../protocol/limits.js";
import type { OrderBody, StopScope } from "../../protocol/orders.js";
import { createAlarmBook } from "./alarm-book.js";
import { createAlignmentVerbs } from "./alignment.js";
import { createComplaintVerbs } from "./complaints.js";
import type { ControlParts } from "./control.js";
import type { Knowledge } from "./knowledge.js";
import type { ProgrammeBook } from "./programme-book.js";
import { createReceiverFigures } from "./receiver-figures.js";
import { createReceiverWatch } from "./receiver-watch.js";
import type { Registry } from "./registry.js";
import { createRepairVerbs, repairView } from "./repairs.js";
import { createSilenceList } from "./silence-list.js";
import type { Tickets } from "./tickets.js";

export interface CareParts
  extends Pick<ControlParts, "kept" | "asRun" | "stationClock" | "log" | "pipeline" | "removeFile"> {
  readonly knowledge: Knowledge;
  readonly registry: Registry;
  readonly tickets: Tickets;
  readonly book: ProgrammeBook;
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person) => Promise<unknown>;
  readonly stop: (scope: StopScope, by: Person) => Promise<unknown>;
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onCleared: (id: string) => void;
  /** A receiver is to be looked at anew by whoever watches. */
  readonly onChange: (receiver: ReceiverId) => void;
  /** Complaints are to be looked at anew by whoever shows them. */
  readonly onComplaints: () => void;
  /** The receiver is in or out of service: programmes must follow. */
  readonly onService: () => void;
}

/** The pip sounds some time after the order, and a receiver says so only then. */
const TEST_MARGIN_MS = 2_000;

export function createCare(parts: CareParts) {
  const { kept, asRun, knowledge, registry, tickets, book, onChange, log } = parts;
  const { receivers } = kept;
  const now = parts.stationClock.date;
  const alarms = createAlarmBook({
    ...{ records: kept.alarms, asRun, now, log },
    onAlarm: parts.onAlarm,
    onCleared: parts.onCleared,
  });
  const watch = createReceiverWatch({ receivers, registry, book, tickets, alarms, now, onChange });
  const { excludedBy, ...repairVerbs } = createRepairVerbs({
    ...{ repairs: kept.repairs, receivers, tickets, asRun, now, stop: parts.stop },
    onChange(receiver) {
      watch.touch(receiver);
      onChange(receiver);
      parts.onService();
    },
  });
  const { complaints, ...complaintVerbs } = createComplaintVerbs({
    ...{ complaints: kept.complaints, receivers, asRun, now },
    page: asRun.page,
    onChange: parts.onComplaints,
  });
  const alignment = createAlignmentVerbs({
    ...{ receivers, registry, tickets, book, knowledge, asRun, now, order: parts.order, removeFile: parts.removeFile },
    pips: parts.pipeline,
    onSettings(receiver) {
      parts.onService();
      onChange(receiver);
    },
  });
  const placeOf = (id: ReceiverId) => {
    const found = receivers.get(id);
    if (!found) throw new Fault("not-found", { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` });
    return found;
  };

  return {
    watch,
    /** What a view of a receiver says beside its own words. */
    about(record: Parameters<typeof watch.condition>[0]) {
      const repair = record.disabled ? excludedBy(record.id) : undefined;
      return {
        condition: watch.condition(record),
        ...(repair === undefined ? {} : { repair: repairView(repair) }),
        ...(record.muted === undefined
          ? {}
          : { muted: { by: record.muted.by, at: new Date(epoch(record.muted.at)).toISOString() } }),
        ...(record.aligned === undefined
          ? {}
          : { aligned: { ...record.aligned, at: new Date(epoch(record.aligned.at)).toISOString() } }),
      };
    },
    alarmView: ({ receiver, trouble }: Alarm) => alarms.viewOf(receiver, trouble),
    verbs: {
      ...repairVerbs,
      ...alignment,
      complaints,
      ...complaintVerbs,
      ...createSilenceList({ receivers, asRun, now, conditionOf: watch.condition }),
      alarms: alarms.alarms,
      acknowledgeAlarm: alarms.acknowledge,
      alarmCounts: alarms.counts,

      /** Orders a pip. It keeps to quiet hours like any other sound (R1). */
      async orderTest(id: ReceiverId, lengthMs: number, by: Person) {
        const { area, disabled } = placeOf(id);
        if (disabled) throw outOfService(id);
        const length = Math.min(lengthMs, MAX_TEST_TONE);
        const span = { from: now(), to: epoch(now() + length + TEST_MARGIN_MS) };
        if (touchesQuiet(knowledge.place(area), span)) throw quietNow(knowledge.areaName(area));
        await parts.order({ kind: "test", lengthMs: length }, id, by);
        asRun.event({ kind: "receiver.tested", receiver: id, area, by, detail: { lengthMs: length } });
        const live = registry.get(id);
        if (live?.connected) live.testUntil = span.to;
        watch.touch(id);
        onChange(id);
      },
      async orderRestart(id: ReceiverId, by: Person) {
        const { area } = placeOf(id);
        await parts.order({ kind: "restart" }, id, by);
        asRun.event({ kind: "receiver.restart-ordered", receiver: id, area, by });
      },
    },
    figures: createReceiverFigures({ receivers, registry, conditionOf: watch.condition }),
    beat: watch.beat,
  };
}

const outOfService = (id: ReceiverId) =>
  new Fault(
    "forbidden",
    {
      vi: `Cụm loa «${id}» đang ngừng sử dụng. Hãy đóng phiếu sửa chữa rồi thử lại.`,
      en: `The receiver "${id}" is out of service. Close its repair first.`,
    },
    { reason: "excluded" },
  );
const quietNow = (area: string) =>
  new Fault(
    "forbidden",
    {
      vi: `«${area}» đang hoặc sắp vào giờ yên tĩnh nên không thử tiếng.`,
      en: `"${area}" is in its quiet hours or about to enter them, so no pip is sounded.`,
    },
    { reason: "quiet-hours" },
  );

export type Care = ReturnType<typeof createCare>;
