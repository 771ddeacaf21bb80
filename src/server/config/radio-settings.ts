/**
 * `radio` in `config/station.json`: other stations that may be relayed, under names that schedules use.
 *
 * @module
 */
import { z } from "zod";
import { type RadioId, radioIdSchema } from "../../domain/ids.js";
import type { RadioSource } from "../../domain/radio.js";

/** More stations than a ward relays. */
const MOST_SOURCES = 50;

const radioSourceSchema = z.strictObject({
  /** What people call it, such as «Đài tỉnh». */
  title: z.string().min(1).max(120),
  /** Its stream: MP3, AAC, Ogg, FLAC or WAV without end, or an HLS list (`.m3u8`). */
  url: z.url({ protocol: /^https?$/ }),
  /** Whether it may be at a loopback or private address, as a receiver in the station's own network. */
  allowPrivate: z.boolean().default(false),
});

export const radioSettingsSchema = z
  .record(radioIdSchema, radioSourceSchema)
  .refine((sources) => Object.keys(sources).length <= MOST_SOURCES, `at most ${MOST_SOURCES}`)
  .default({});

/** The stations by their names. */
export const radioSources = (settings: z.infer<typeof radioSettingsSchema>): ReadonlyMap<RadioId, RadioSource> =>
  new Map(
    Object.entries(settings).map(([name, source]) => {
      const id = radioIdSchema.parse(name);
      return [id, { id, ...source }];
    }),
  );
