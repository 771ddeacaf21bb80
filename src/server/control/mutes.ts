/**
 * Muting a loudspeaker from here is a setting of its place, as its volume is, and no tap that is over when nobody heard it: whoever
 * was away, was reset or is new at its place is told when it is there and knows the time.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import type { Epoch } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Order, OrderBody } from "../../protocol/orders.js";
import type { OrderAnswers } from "./order-desk.js";
import type { AsRunLog } from "./ports.js";
import type { ReceiverRecord, ReceiverRecords } from "./receiver-records.js";

export interface MutesParts {
  readonly receivers: ReceiverRecords;
  readonly asRun: Pick<AsRunLog, "event">;
  /** @param by whoever calls for it now, or the name of who did */
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person | string) => Promise<Order>;
  readonly answersTo: (order: string) => OrderAnswers | undefined;
  readonly now: () => Epoch;
  readonly log: Log;
}

export interface Mutes {
  /** @throws Fault "unavailable" without a signer: nothing is changed then */
  set(before: ReceiverRecord, muted: boolean, by: Person): Promise<void>;
  /** It is there, knows the time, and says whether it is muted. Never throws. */
  met(receiver: ReceiverId, isMuted: boolean): void;
  /** It has obeyed an order. */
  obeyed(receiver: ReceiverId, order: string): void;
}

export function createMutes({ receivers, asRun, order, answersTo, now, log }: MutesParts): Mutes {
  const failed = (receiver: ReceiverId) => (thrown: unknown) => log.error("mute.not-ordered", { receiver, thrown });
  const settle = (receiver: ReceiverId, orderId: string) => {
    const record = receivers.get(receiver);
    if (record?.muteWish?.order !== orderId) return;
    const { muteWish: _obeyed, ...rest } = record;
    receivers.put(rest).catch(failed(receiver));
  };
  const remind = async (receiver: ReceiverId, { muted, by }: { readonly muted: boolean; readonly by: string }) => {
    const { id } = await order({ kind: "mute", muted }, receiver, by);
    const record = receivers.get(receiver);
    if (record?.muteWish?.muted === muted) await receivers.put({ ...record, muteWish: { muted, by, order: id } });
  };

  return {
    async set(before, muted, by) {
      const { id } = await order({ kind: "mute", muted }, before.id, by);
      const { muted: _was, ...record } = receivers.get(before.id) ?? before;
      const wish = { muteWish: { muted, by: by.name, order: id } };
      const after = { ...record, ...wish, ...(muted ? { muted: { by: by.name, at: now() } } : {}) };
      await receivers.put(after);
      const kind = muted ? "receiver.muted" : "receiver.unmuted";
      asRun.event({ kind, receiver: before.id, area: before.area, by, before: told(before), after: told(after) });
      // It may have obeyed before that was on the disk.
      if ((answersTo(id)?.confirmed ?? 0) > 0) settle(before.id, id);
    },
    met(receiver, isMuted) {
      const { muteWish, muted } = receivers.get(receiver) ?? {};
      const wish = muteWish ?? (muted !== undefined && !isMuted ? { muted: true, by: muted.by } : undefined);
      if (wish !== undefined) remind(receiver, wish).catch(failed(receiver));
    },
    obeyed: settle,
  };
}

/** What people are told of a change: not how far the order has come. */
const told = ({ muteWish: _way, ...record }: ReceiverRecord) => record;
