/**
 * Loudspeakers that can be heard at the same spot. An echo of more than a few hundredths of a second makes words hard to follow,
 * and what the air adds between two poles cannot be cured by clocks: such loudspeakers sound in step, or take turns.
 *
 * @module
 */
import * as z from "zod/mini";

/**
 * The group that a loudspeaker belongs to. `step` sounds everything at the same instants; with `turns` ordinary items sound at
 * one after the other. A group takes turns as soon as one of its members says so. Emergencies are always in step.
 */
export const overlapSchema = z.strictObject({
  group: z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/)),
  mode: z.enum(["step", "turns"]),
});
export type Overlap = z.infer<typeof overlapSchema>;

/** Silence between two turns, ms; also how late a turn may begin, so that it does not run into the next. */
export const TURN_GAP_MS = 5_000;

/** A group of loudspeakers that can be heard at the same spot. */
export interface Circle<T> {
  readonly group: string;
  readonly members: readonly T[];
  readonly takesTurns: boolean;
}

/** Gathers what belongs together, in the order in which it is given; what belongs to no group is left out. */
export function circlesOf<T>(all: readonly T[], overlapOf: (one: T) => Overlap | undefined): Circle<T>[] {
  const circles = new Map<string, { group: string; members: T[]; takesTurns: boolean }>();
  for (const one of all) {
    const overlap = overlapOf(one);
    if (!overlap) continue;
    const circle = circles.get(overlap.group) ?? { group: overlap.group, members: [], takesTurns: false };
    circles.set(overlap.group, circle);
    circle.members.push(one);
    circle.takesTurns ||= overlap.mode === "turns";
  }
  return [...circles.values()];
}

/**
 * Who sounds in which turn: everybody in the first but those who take turns with somebody before them.
 *
 * @param some those who are to sound
 * @param everybody all there are, for whether a group takes turns is not a matter of who is to sound
 * @returns at least one turn, none of them empty unless there is nobody
 */
export function turnsOf<T>(
  some: readonly T[],
  overlapOf: (one: T) => Overlap | undefined,
  everybody: readonly T[] = some,
): T[][] {
  const turning = new Set(
    circlesOf(everybody, overlapOf).flatMap(({ group, takesTurns }) => (takesTurns ? [group] : [])),
  );
  const next = new Map<string, number>();
  const turns: T[][] = [[]];
  for (const one of some) {
    const group = overlapOf(one)?.group;
    const turn = group !== undefined && turning.has(group) ? (next.get(group) ?? 0) : 0;
    if (group !== undefined) next.set(group, turn + 1);
    while (turns.length <= turn) turns.push([]);
    turns[turn]?.push(one);
  }
  return turns;
}
