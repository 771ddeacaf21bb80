/**
 * Epoch and sequence of orders: a receiver refuses a pair lower than the highest it has seen, so a pair must never come
 * again, not even after a power cut.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Collection } from "./collection.js";
import type { Meta } from "./records.js";

/** Numbers reserved on disk at a time; a restart skips the rest. A station gives far fewer than this in a year. */
const BLOCK = 1_000_000;
const ID = "orders";

/**
 * An epoch is at least the seconds since then. A station that was restored from an older backup has forgotten the epochs since,
 * and its receivers have not: the next one must be above those, too. Fits the wire's 32 bits until 2156.
 */
const COUNTED_FROM = Date.UTC(2020, 0, 1);

export interface OrderNumbers {
  /** The present epoch. */
  epoch(): number;
  /** The next sequence number, at once: its block is on disk already. */
  next(): number;
  /** Begins a new epoch, above all before it; on disk when it resolves. */
  raiseEpoch(): Promise<number>;
}

/**
 * @param now civil milliseconds
 * @throws Fault "unavailable" when the first block cannot be reserved
 */
export async function openOrderNumbers(meta: Collection<string, Meta>, now: () => number): Promise<OrderNumbers> {
  const found = meta.get(ID);
  let current = found?.kind === "orders" ? found.epoch : 1;
  let last = found?.kind === "orders" ? found.reservedUpTo : 0;
  let reservedUpTo = last;
  const reserve = async (upTo: number, epoch: number) => {
    await meta.put({ kind: "orders", id: ID, epoch, reservedUpTo: upTo });
    reservedUpTo = Math.max(reservedUpTo, upTo);
  };
  await reserve(last + BLOCK, current);
  let extending = false;

  const extend = () => {
    extending = true;
    reserve(reservedUpTo + BLOCK, current).then(
      () => {
        extending = false;
      },
      () => {
        // The half of a block that is left gives half a million more orders in which to try again.
        extending = false;
      },
    );
  };

  return {
    epoch: () => current,
    next() {
      if (last >= reservedUpTo) throw exhausted();
      last += 1;
      if (!extending && reservedUpTo - last < BLOCK / 2) extend();
      return last;
    },
    async raiseEpoch() {
      const next = Math.max(current + 1, Math.floor((now() - COUNTED_FROM) / 1000));
      await reserve(reservedUpTo, next);
      current = next;
      return current;
    },
  };
}

const exhausted = (): Fault =>
  new Fault(
    "unavailable",
    {
      vi: "Không ghi được số thứ tự lệnh vào ổ đĩa nên không ra thêm lệnh. Hãy kiểm tra ổ đĩa rồi khởi động lại.",
      en: "Order numbers cannot be written to disk, so no more orders are given. Check the disk, then restart.",
    },
    { reason: "disk-failed" },
  );
