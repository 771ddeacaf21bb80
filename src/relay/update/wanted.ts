/**
 * The update that this loudspeaker is to take, kept so that a restart goes on with it.
 *
 * @module
 */
import { join } from "node:path";
import { type Manifest, readManifest, type UpdateBody, updateBodySchema } from "../../protocol/update.js";
import type { Slots } from "./slots.js";

export interface Wanted {
  readonly rollout: string;
  readonly manifest: Manifest;
}

/** An update that has ended, one way or the other, is wanted no more. */
export function openWanted({ folder, files, outcome }: Slots) {
  const file = join(folder, "wanted.json");
  let present = read(files.read(file));
  if (present?.rollout === outcome()?.rollout) present = undefined;

  return {
    get: (): Wanted | undefined => present,
    /** Of an update that was judged. On disk when it returns. */
    set(body: UpdateBody): void {
      const text = JSON.stringify(body);
      files.write(file, text);
      present = read(text);
    },
    clear(): void {
      present = undefined;
      files.remove(file);
    },
  };
}

function read(text: string | undefined): Wanted | undefined {
  try {
    const body = updateBodySchema.safeParse(JSON.parse(text ?? "")).data;
    const manifest = body && readManifest(body.manifest);
    return manifest && { rollout: body.rollout, manifest };
  } catch {
    // Damaged, or none: the station asks again.
    return undefined;
  }
}
