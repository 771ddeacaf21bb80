/**
 * Where loudspeakers stand on the drawing, and how they are gathered into marks: a mark is as bad as the worst in it. Pure.
 *
 * @module
 */
import { type AreaTree, ancestry } from "../../../domain/area.js";
import type { ConditionState } from "../../../domain/condition.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { WORST_FIRST } from "../loudspeakers/groups.js";

/** Latitude and longitude, degrees. */
export type Point = readonly [latitude: number, longitude: number];

export interface Placed {
  readonly receiver: ReceiverView;
  readonly at: Point;
}

export interface Drawing {
  readonly placed: readonly Placed[];
  /** Loudspeakers of which nobody has said where they stand. */
  readonly unplaced: readonly ReceiverView[];
  /** Nobody has said of anything where it is: places are drawn side by side, and distances mean nothing. */
  readonly isSchematic: boolean;
}

/** About 40 m: loudspeakers that only share an area's point are drawn around it. */
const APART = 0.0004;

export function drawingOf(receivers: Iterable<ReceiverView>, areas: AreaTree): Drawing {
  const all = [...receivers];
  const own = all.map((receiver) => [receiver, pointOf(receiver, areas)] as const);
  if (own.every(([, at]) => at === undefined))
    return { placed: sideBySide(all, areas), unplaced: [], isSchematic: true };
  const shared = new Map<string, number>();
  const placed = own.flatMap(([receiver, at]): Placed[] => {
    if (at === undefined) return [];
    const key = at.join();
    const index = shared.get(key) ?? 0;
    shared.set(key, index + 1);
    return [{ receiver, at: around(at, index) }];
  });
  return { placed, unplaced: own.flatMap(([receiver, at]) => (at ? [] : [receiver])), isSchematic: false };
}

/** Its own, or that of the nearest area around it that has one. */
function pointOf({ position, area }: ReceiverView, areas: AreaTree): Point | undefined {
  if (position) return [position.latitude, position.longitude];
  const found = ancestry(areas, area).find(
    ({ latitude, longitude }) => latitude !== undefined && longitude !== undefined,
  );
  return found?.latitude === undefined || found.longitude === undefined ? undefined : [found.latitude, found.longitude];
}

/** The first at the point itself, the others on a spiral around it: by the golden angle no two lie on one another. */
function around([latitude, longitude]: Point, index: number): Point {
  const [angle, far] = [index * 2.399963, APART * Math.sqrt(index)];
  return [latitude + far * Math.sin(angle), longitude + far * Math.cos(angle)];
}

/** Wards in a square of fields, the loudspeakers of each around its middle. */
function sideBySide(receivers: readonly ReceiverView[], areas: AreaTree): Placed[] {
  const wardOf = ({ area }: ReceiverView): string =>
    ancestry(areas, area).find(({ kind }) => kind === "ward" || kind === "test")?.id ?? area;
  const wards = [...new Set(receivers.map(wardOf))];
  const wide = Math.ceil(Math.sqrt(wards.length));
  const counts = new Map<string, number>();
  return receivers.map((receiver) => {
    const ward = wardOf(receiver);
    const [index, place] = [counts.get(ward) ?? 0, wards.indexOf(ward)];
    counts.set(ward, index + 1);
    const middle: Point = [-Math.floor(place / wide) * APART * 12, (place % wide) * APART * 12];
    return { receiver, at: around(middle, index) };
  });
}

/** One mark on the drawing. */
export interface Mark {
  readonly at: Point;
  readonly worst: ConditionState;
  readonly receivers: readonly ReceiverView[];
}

/** Gathers what lies in one cell of a grid. @param cell its width, degrees; with 0 every loudspeaker has a mark of its own */
export function marksOf(placed: readonly Placed[], cell: number): Mark[] {
  const cells = new Map<string, Placed[]>();
  for (const [index, one] of placed.entries()) {
    const key = cell === 0 ? String(index) : one.at.map((degrees) => Math.floor(degrees / cell)).join();
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  return [...cells.values()].map((members) => ({
    at: [mean(members.map(({ at }) => at[0])), mean(members.map(({ at }) => at[1]))],
    worst: worstOf(members.map(({ receiver }) => receiver.condition.state)),
    receivers: members.map(({ receiver }) => receiver),
  }));
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Of several states the one that needs a person most. */
export const worstOf = (states: readonly ConditionState[]): ConditionState =>
  WORST_FIRST.find((state) => states.includes(state)) ?? "ok";
