/**
 * The outline of an area, as an admin brought it in: for drawing alone. No right, no schedule and no order depends on it.
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema } from "./ids.js";

/** Corners of one ring at most, and rings of one area: finer than a screen shows. */
export const MOST_CORNERS = 400;
export const MOST_RINGS = 20;

/** Longitude and latitude in degrees (WGS 84), in the order of GeoJSON. */
const cornerSchema = z.tuple([z.number().check(z.gte(-180), z.lte(180)), z.number().check(z.gte(-90), z.lte(90))]);
export type Corner = z.infer<typeof cornerSchema>;

export const outlineSchema = z.strictObject({
  area: areaIdSchema,
  /** Closed by drawing on from the last corner to the first. */
  rings: z
    .array(z.array(cornerSchema).check(z.minLength(3), z.maxLength(MOST_CORNERS)))
    .check(z.minLength(1), z.maxLength(MOST_RINGS)),
});
export type Outline = z.infer<typeof outlineSchema>;
