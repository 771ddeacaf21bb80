/**
 * A map that lies under the drawing of loudspeakers: pictures of streets that an admin brought in, from whoever made them.
 *
 * @module
 */
import * as z from "zod/mini";
import { sha256Schema } from "./ids.js";

/** Degrees (WGS 84). */
const longitude = z.number().check(z.gte(-180), z.lte(180));
const latitude = z.number().check(z.gte(-90), z.lte(90));

export const baseMapSchema = z.object({
  /** Of the file: another map has other tiles under the same numbers. */
  sha256: sha256Schema,
  bytes: z.int(),
  /** As its maker calls it; may be empty. */
  name: z.string(),
  /** Whom to thank for it, in plain words; may be empty. */
  attribution: z.string(),
  minZoom: z.int(),
  maxZoom: z.int(),
  /** West, south, east, north. */
  bounds: z.tuple([longitude, latitude, longitude, latitude]),
});
export type BaseMap = z.infer<typeof baseMapSchema>;

/** A picture of it. */
export interface Tile {
  readonly bytes: Uint8Array;
  /** Media type, such as `image/png`. */
  readonly media: string;
}

/** Where a picture lies: 0 to 2^zoom − 1 in both directions. */
export interface TilePlace {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Finer than streets are drawn. */
export const FINEST_ZOOM = 20;
