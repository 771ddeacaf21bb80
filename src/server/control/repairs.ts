/**
 * Taking loudspeakers out of service, and what is to be mended at them.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { Person } from "../../domain/person.js";
import type { Receiver } from "../../domain/receiver.js";
import { isOpen, type Repair } from "../../domain/repair.js";
import { isFinal } from "../../domain/ticket.js";
import type { StopScope } from "../../protocol/orders.js";
import type { AsRunLog, Records } from "./ports.js";
import type { ReceiverRecords } from "./receiver-records.js";
import type { Tickets } from "./tickets.js";

export interface RepairParts {
  readonly repairs: Records<string, Repair>;
  readonly receivers: ReceiverRecords;
  readonly tickets: Pick<Tickets, "open" | "settle">;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly now: () => Epoch;
  /** Silences it at once. */
  readonly stop: (scope: StopScope, by: Person) => Promise<unknown>;
  /** Plans, programmes and views must follow. */
  readonly onChange: (receiver: ReceiverId) => void;
}

export function createRepairVerbs({ repairs, receivers, tickets, asRun, now, stop, onChange }: RepairParts) {
  const placeOf = (id: ReceiverId) => {
    const found = receivers.get(id);
    if (!found) throw new Fault("not-found", { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` });
    return found;
  };
  const get = (number: number): Repair => {
    const found = repairs.get(String(number));
    if (found) return found;
    throw new Fault("not-found", {
      vi: `Không có phiếu sửa chữa số ${number}.`,
      en: `There is no repair number ${number}.`,
    });
  };
  const nextNumber = () => repairs.all().reduce((most, { number }) => Math.max(most, number), 0) + 1;
  const openAt = (receiver: ReceiverId) => repairs.all().filter((one) => isOpen(one) && one.receiver === receiver);
  const put = async (written: Repair, kind: LineKind, by: Person): Promise<Repair> => {
    const { receiver, number, text, done } = written;
    const area = receivers.get(receiver)?.area ?? written.area;
    const repair: Repair = { ...written, ...(area === undefined ? {} : { area }) };
    const open = (one: Repair | undefined) => one && { number, open: isOpen(one), excludes: one.excludes };
    const sides = { before: open(repairs.get(String(number))), after: open(repair) };
    await repairs.put(repair);
    asRun.event({ kind, receiver, area, by, detail: { number, text, done }, ...sides });
    return repair;
  };
  const setDisabled = async (id: ReceiverId, disabled: boolean) => {
    const place: Receiver = placeOf(id);
    if (place.disabled !== disabled) await receivers.put({ ...placeOf(id), disabled });
    onChange(id);
  };
  /** What it was still to sound, it will not. */
  const settleExcluded = (receiver: ReceiverId, by: string) => {
    for (const ticket of tickets.open()) {
      const result = ticket.results[receiver];
      if (!ticket.receivers.includes(receiver) || (result && isFinal(result.state))) continue;
      const begun = result !== undefined && result.state !== "due";
      tickets.settle(ticket.id, receiver, { ...result, state: begun ? "cut" : "missed", why: "excluded", by });
    }
  };

  /** A run that was stopped between the two writes, or an older version, may have left a place and its repairs apart. */
  const reconcile = () => {
    for (const place of receivers.all()) {
      const excludes = openAt(place.id).some((one) => one.excludes);
      if (excludes && !place.disabled) void receivers.put({ ...place, disabled: true });
      if (excludes || !place.disabled) continue;
      const before = { receiver: place.id, text: "Đã ngừng sử dụng từ trước.", excludes: true };
      void repairs.put({ number: nextNumber(), ...before, openedBy: "", openedAt: now() });
    }
  };
  reconcile();

  return {
    /** The newest first. */
    repairs: ({
      receiver,
      open,
    }: {
      readonly receiver?: ReceiverId | undefined;
      readonly open?: boolean | undefined;
    } = {}) =>
      repairs
        .all()
        .filter(
          (one) =>
            (receiver === undefined || one.receiver === receiver) && (open === undefined || isOpen(one) === open),
        )
        .sort((a, b) => b.number - a.number)
        .map(repairView),
    /** The open repairs that keep a receiver out of service. */
    excludedBy: (receiver: ReceiverId) => openAt(receiver).find(({ excludes }) => excludes),

    /** Writes down what is broken; with `excludes` the loudspeaker falls silent at once and gets nothing until it is mended. */
    async openRepair(
      wish: { readonly receiver: ReceiverId; readonly text: string; readonly excludes: boolean },
      by: Person,
    ) {
      placeOf(wish.receiver);
      const opened: Repair = { number: nextNumber(), ...wish, openedBy: by.name, openedAt: now() };
      const repair = await put(opened, "repair.opened", by);
      if (!wish.excludes) return repairView(repair);
      await setDisabled(wish.receiver, true);
      settleExcluded(wish.receiver, by.name);
      await stop({ kind: "receivers", receivers: [wish.receiver] }, by);
      return repairView(repair);
    },

    /** It is mended. A loudspeaker that nothing else keeps out of service is in service again. */
    async closeRepair(number: number, done: string | undefined, by: Person) {
      const repair = get(number);
      if (!isOpen(repair)) throw closedAlready(number);
      const mended: Repair = { ...repair, closedBy: by.name, closedAt: now(), ...(done === undefined ? {} : { done }) };
      const closed = await put(mended, "repair.closed", by);
      const { receiver } = closed;
      if (repair.excludes && receivers.get(receiver) && !openAt(receiver).some(({ excludes }) => excludes))
        await setDisabled(receiver, false);
      return repairView(closed);
    },
  };
}

export function repairView({ openedAt, closedAt, ...repair }: Repair) {
  return {
    ...repair,
    openedAt: iso(openedAt),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
  };
}

const iso = (time: number) => new Date(epoch(time)).toISOString();

const closedAlready = (number: number) =>
  new Fault(
    "conflict",
    {
      vi: `Phiếu sửa chữa số ${number} đã đóng. Nếu loa lại hỏng, hãy mở phiếu mới.`,
      en: `Repair number ${number} is closed already. If it is broken again, open a new one.`,
    },
    { reason: "closed" },
  );
