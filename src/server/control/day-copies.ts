/**
 * Copies of the log's day heads with the receivers: given to each as days are closed, and asked back when the log is to be
 * compared with what they hold.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { SignedDay } from "../../protocol/day-head.js";
import { DAYS_KEPT } from "../../protocol/limits.js";
import type { AsRunLog, Wire } from "./ports.js";

/** Receivers that are asked at once: more witnesses than anybody can silence, and little to wait for. */
const MOST_ASKED = 20;
/** Who has not told within this time is not waited for. */
const PATIENCE = seconds(10);

/** What one receiver holds; nothing when it did not tell. */
export interface HeldDays {
  readonly receiver: ReceiverId;
  readonly heads: readonly SignedDay[] | undefined;
}

export interface DayCopiesParts {
  readonly asRun: Pick<AsRunLog, "days">;
  readonly wire: Pick<Wire, "connected" | "keepDays" | "askDays">;
  readonly clock: Pick<Clock, "after">;
}

export type DayCopies = ReturnType<typeof createDayCopies>;

interface Asked {
  readonly heads: SignedDay[];
  readonly finish: (isWhole: boolean) => void;
}

export function createDayCopies({ asRun, wire, clock }: DayCopiesParts) {
  /** The last day that each receiver said it holds, until it is ready for more. */
  const greetings = new Map<ReceiverId, LocalDate | undefined>();
  const asked = new Map<ReceiverId, Asked>();

  const ask = (receiver: ReceiverId, after: LocalDate | undefined) =>
    new Promise<HeldDays>((resolve) => {
      let cancel: Cancel = () => {};
      const heads: SignedDay[] = [];
      const finish = (isWhole: boolean) => {
        cancel();
        asked.delete(receiver);
        resolve({ receiver, heads: isWhole ? heads : undefined });
      };
      // Somebody else may be asking it: then it tells both, and the first one is not waited for.
      asked.get(receiver)?.finish(false);
      asked.set(receiver, { heads, finish });
      cancel = clock.after(PATIENCE, () => finish(false));
      wire.askDays(receiver, after);
    });

  return {
    greeted: (receiver: ReceiverId, day: LocalDate | undefined) => void greetings.set(receiver, day),
    /** Sends what it lacks. Ten thousand may come back at once, and as a rule lack nothing. */
    ready(receiver: ReceiverId): void {
      const held = greetings.get(receiver);
      greetings.delete(receiver);
      const last = asRun.days.last();
      if (last !== undefined && held !== last) wire.keepDays([receiver], asRun.days.heads(held, DAYS_KEPT));
    },
    gone(receiver: ReceiverId): void {
      greetings.delete(receiver);
      asked.get(receiver)?.finish(false);
    },
    told(
      receiver: ReceiverId,
      { heads, more }: { readonly heads: readonly SignedDay[]; readonly more: boolean },
    ): void {
      const one = asked.get(receiver);
      // Nobody asked, or it tells more than there can be.
      if (!one || one.heads.length + heads.length > DAYS_KEPT) one?.finish(false);
      else {
        one.heads.push(...heads);
        if (!more) one.finish(true);
      }
    },
    /** A day was closed: everybody who is there gets its head. */
    closed: (head: SignedDay) => wire.keepDays("all", [head]),
    /** What connected receivers hold: of the one that is named, or of up to twenty. */
    heldDays({
      receiver,
      after,
    }: {
      readonly receiver?: ReceiverId | undefined;
      readonly after?: LocalDate | undefined;
    }) {
      const there = wire.connected();
      const chosen = receiver === undefined ? spread(there, MOST_ASKED) : there.filter((id) => id === receiver);
      return Promise.all(chosen.map((id) => ask(id, after)));
    },
    close(): void {
      for (const { finish } of [...asked.values()]) finish(false);
    },
  };
}

/** Some of them from everywhere in the list, for neighbours stand side by side in it. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, most);
}
