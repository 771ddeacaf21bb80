/**
 * Reads outlines of areas out of a GeoJSON file that an admin has: what belongs to which area, as fine as the station keeps it.
 * Pure.
 *
 * @module
 */
import * as z from "zod/mini";
import { plainLetters } from "../base/plain-letters.js";
import type { Area } from "./area.js";
import { type Corner, MOST_CORNERS, MOST_RINGS, type Outline } from "./outline.js";

/** Largest file that is read, bytes, and features in it. */
export const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FEATURES = 2000;

const corner = z.array(z.number()).check(z.minLength(2), z.maxLength(4));
const rings = z
  .array(z.array(corner).check(z.minLength(4), z.maxLength(100_000)))
  .check(z.minLength(1), z.maxLength(500));
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: rings }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(rings).check(z.minLength(1), z.maxLength(500)) }),
]);
const collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z
    .array(z.object({ properties: z.nullish(z.record(z.string(), z.unknown())), geometry: z.nullish(z.unknown()) }))
    .check(z.minLength(1), z.maxLength(MOST_FEATURES)),
});

export interface Found {
  readonly outlines: readonly Outline[];
  /** Names in the file that no area has. */
  readonly strange: readonly string[];
}

/** @throws Error `no-json`, `no-geojson` */
export function outlinesIn(text: string, areas: Iterable<Area>): Found {
  const read = z.safeParse(collection, parsed(text));
  if (!read.success) throw new Error("no-geojson");
  const byName = new Map(
    [...areas].flatMap((area) => [area.id, area.name].map((name) => [keyOf(name), area] as const)),
  );
  const outlines = new Map<string, Outline>();
  const strange = new Set<string>();
  for (const { properties, geometry: drawn } of read.data.features) {
    const shape = z.safeParse(geometry, drawn);
    if (!shape.success) continue;
    const names = Object.values(properties ?? {}).filter((value): value is string => typeof value === "string");
    const area = names.map((name) => byName.get(keyOf(name))).find((found) => found !== undefined);
    if (area === undefined) {
      if (names[0] !== undefined) strange.add(names[0].slice(0, 120));
      continue;
    }
    const outer = outerRings(shape.data);
    if (outer.length > 0) outlines.set(area.id, { area: area.id, rings: outer });
  }
  return { outlines: [...outlines.values()], strange: [...strange] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("no-json");
  }
}

/** `Phường Xuân Hương - Đà Lạt` and `P. Xuân Hương` are written in many ways; the letters are the same. */
const keyOf = (name: string): string =>
  plainLetters(name)
    .replaceAll(/\b(phuong|xa|thi tran|dac khu|p|tt|tdp|to dan pho)\b\.?/g, "")
    .replaceAll(/[^a-z0-9]+/g, "");

/** Without holes, the largest first, as coarse as the station takes them. */
function outerRings(shape: z.infer<typeof geometry>): Corner[][] {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return polygons
    .flatMap(([outer]) =>
      outer ? [outer.map(([longitude = 0, latitude = 0]): Corner => [round(longitude), round(latitude)])] : [],
    )
    .filter((ring) => ring.every(([longitude, latitude]) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90))
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_RINGS)
    .map(simplified)
    .filter((ring) => ring.length >= 3);
}

/** Five decimals are a metre. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** With the corners that matter least left out, by the way of Ramer, Douglas and Peucker, until it is coarse enough. */
export function simplified(ring: readonly Corner[]): Corner[] {
  let [kept, tolerance] = [open(ring), 0.00001];
  while (kept.length > MOST_CORNERS) {
    kept = thinned(kept, tolerance);
    tolerance *= 2;
  }
  return kept;
}

/** Without the last corner, which GeoJSON writes twice. */
function open(ring: readonly Corner[]): Corner[] {
  const [first, last] = [ring[0], ring.at(-1)];
  const isTwice = first && last && first[0] === last[0] && first[1] === last[1];
  return isTwice ? ring.slice(0, -1) : [...ring];
}

function thinned(line: readonly Corner[], tolerance: number): Corner[] {
  const keep = new Set([0, line.length - 1]);
  const spans: [number, number][] = [[0, line.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, distance] = [0, tolerance];
    for (let index = from + 1; index < to; index++) {
      const away = distanceTo(line[index], line[from], line[to]);
      if (away > distance) [farthest, distance] = [index, away];
    }
    if (farthest === 0) continue;
    keep.add(farthest);
    spans.push([from, farthest], [farthest, to]);
  }
  return line.filter((_, index) => keep.has(index));
}

/** From the line between two corners, degrees. */
function distanceTo(point: Corner | undefined, from: Corner | undefined, to: Corner | undefined): number {
  if (!point || !from || !to) return 0;
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(x, y);
  if (length === 0) return Math.hypot(point[0] - from[0], point[1] - from[1]);
  return Math.abs(x * (from[1] - point[1]) - (from[0] - point[0]) * y) / length;
}
