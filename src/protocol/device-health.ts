/**
 * How a loudspeaker's machine is, by its own account: what `state` carries beside what sounds. Everything may be left out, for
 * machines differ in what they can read.
 *
 * @module
 */
import * as z from "zod/mini";

const bytes = z.int().check(z.gte(0));

export const deviceHealthSchema = z.object({
  /** Where its time comes from: the station, the network's time, its own clock chip; `none` before it has any. */
  clockSource: z.optional(z.enum(["server", "ntp", "rtc", "none"])),
  /** Of the disk that holds clips and journal. */
  diskFreeBytes: z.optional(bytes),
  diskTotalBytes: z.optional(bytes),
  temperatureC: z.optional(z.number().check(z.gte(-100), z.lte(200))),
  /** Average of programs that ran or waited in the last minute, for each core: 1 is a machine that is just busy. */
  load: z.optional(z.number().check(z.gte(0), z.lte(10_000))),
  /** Strength of the radio signal, dBm. */
  signalDbm: z.optional(z.number().check(z.gte(-200), z.lte(0))),
  /** Network traffic since the program's start. */
  receivedBytes: z.optional(bytes),
  sentBytes: z.optional(bytes),
  /** Of the machine, seconds. */
  uptimeS: z.optional(z.int().check(z.gte(0))),
  /** Of the program, for people. */
  version: z.optional(z.string().check(z.maxLength(64))),
});
export type DeviceHealth = z.infer<typeof deviceHealthSchema>;
