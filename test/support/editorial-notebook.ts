import { createHash } from "node:crypto";
import { sha256 } from "../../src/domain/ids.js";
import { aClip } from "./a-station.js";

const SECOND = 1000;
/** A sounding is frozen this long before it begins; a beat is a second, and a plan is on its way for a few. */
const FROZEN = 30 * SECOND + 5 * SECOND;
/** A server that is down cannot take anything back from loudspeakers that play by themselves. */
export const LONGEST_DOWN = 8;
/** From an order to silence. */
export const HEARD_BY = 1.5 * SECOND;

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
/** The sound of a text, five seconds long. */
export const clipOf = (spoken: string) => ({ ...aClip(5), sha256: sha256(digest(`sound of ${spoken}`)) });

/** An approval as somebody outside would note it down: of that sound, from then until then. */
interface Noted {
  readonly sha256: string;
  readonly from: number;
  until: number;
  /** Whether what was frozen was to be stopped with it. */
  isStopped: boolean;
}

/** What people did, kept by somebody who knows nothing of how the station decides. */
export function createNotebook() {
  const texts = new Map<string, { text: string; of: string; until: string; authors: Set<string> }>();
  const approvals = new Map<string, Noted[]>();
  const recalled = new Map<string, number>();
  const blocked = new Map<string, { readonly at: number; readonly isStopped: boolean }>();
  const held = (one: string) => approvals.get(one)?.find(({ until }) => until === Number.POSITIVE_INFINITY);
  const end = (one: string, at: number, isStopped: boolean) => {
    const open = held(one);
    if (!open) return;
    open.until = at;
    open.isStopped = isStopped;
  };

  return {
    recalled,
    blocked,
    end,
    written: (one: string, text: string, by: string) =>
      texts.set(one, { text, of: "ordinary", until: "", authors: new Set([by]) }),
    changed(
      one: string,
      {
        by,
        at,
        isStopped,
        ...change
      }: { by: string; at: number; isStopped: boolean; text?: string; of?: string; until?: string },
    ) {
      const before = texts.get(one);
      if (!before) return;
      const after = { ...before, ...change };
      if (after.text === before.text && after.of === before.of && after.until === before.until) return;
      const authors = held(one) ? new Set([by]) : before.authors.add(by);
      end(one, at, isStopped);
      texts.set(one, { ...after, authors });
    },
    /** @returns what is wrong with it */
    approved(one: string, by: string, at: number): string[] {
      const { text = "", authors } = texts.get(one) ?? {};
      const isOwn = authors?.has(by) ?? false;
      if (!held(one)) {
        const noted = { sha256: clipOf(text).sha256, from: at, until: Number.POSITIVE_INFINITY, isStopped: false };
        approvals.set(one, [...(approvals.get(one) ?? []), noted]);
        return isOwn ? [`${by} approved ${one}, which they wrote`] : [];
      }
      return [];
    },
    /** @returns what is wrong with a sounding that began then */
    sounded(one: string, hash: string, at: number): string[] {
      const recalledAt = recalled.get(one) ?? Number.POSITIVE_INFINITY;
      if (at > recalledAt + HEARD_BY) return [`${one} sounded ${at - recalledAt} ms after its recall`];
      const block = blocked.get(one);
      if (block && at > block.at + (block.isStopped ? HEARD_BY : FROZEN + LONGEST_DOWN * SECOND))
        return [`${one} sounded ${at - block.at} ms after it was blocked`];
      const slack = FROZEN + LONGEST_DOWN * SECOND;
      const isHeld = (approvals.get(one) ?? []).some(
        ({ sha256: of, from, until, isStopped }) =>
          of === hash && from <= at && at <= until + (isStopped ? HEARD_BY : slack),
      );
      return isHeld ? [] : [`${one} sounded unapproved (${hash.slice(0, 6)})`];
    },
  };
}
