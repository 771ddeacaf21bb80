/**
 * The mark that a restore leaves in a station's folder until the station has been opened once: what people could enter with
 * when the backup was made may have been taken from them since.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { machineFiles, readIfThere, removeIfThere, writeDurably } from "../store/disk.js";

/** Beside the parts of a station and not in one of them: what was restored stays as it was, byte for byte. */
export const RESTORED = "restored.json";

const markSchema = z.object({
  /** When the backup was made, ISO 8601. */
  madeAt: z.string(),
});
/** What is known of a restore; nothing of a mark that cannot be read, which counts all the same. */
export type RestoredMark = Partial<z.infer<typeof markSchema>>;

/** On disk when it resolves. */
export const markRestored = (station: string, mark: Required<RestoredMark>): Promise<void> =>
  writeDurably(machineFiles, join(station, RESTORED), `${JSON.stringify(mark)}\n`);

/** `undefined` when the station was not restored since it was last opened. */
export async function restoredMark(station: string): Promise<RestoredMark | undefined> {
  const text = await readIfThere(machineFiles, join(station, RESTORED));
  if (text === undefined) return undefined;
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export const unmarkRestored = (station: string): Promise<void> => removeIfThere(machineFiles, join(station, RESTORED));
