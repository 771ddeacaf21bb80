/**
 * The programme on disk: the present one in two copies, and the one before.
 *
 * @module
 */
import { join } from "node:path";
import type { Log } from "../../base/log.js";
import { type Programme, programmeSchema } from "../../protocol/programme.js";
import { createKeptFile, type KeptFile } from "./kept-file.js";

export interface ProgrammeFile {
  /** The newest programme that can be read. */
  load(): Promise<Programme | undefined>;
  /** Resolves when it is on disk. */
  save(programme: Programme): Promise<void>;
  /** Something was damaged when it was loaded. */
  isDamaged(): boolean;
}

export function createProgrammeFile(folder: string, log: Log): ProgrammeFile {
  const kept: KeptFile<Programme> = createKeptFile(join(folder, "programme.json"), {
    log,
    parse: (text) => programmeSchema.parse(JSON.parse(text)),
  });
  return {
    async load() {
      const found = await kept.load();
      if (found?.isOlder) log.error("relay.programme-older", { revision: found.value.revision });
      return found?.value;
    },
    save: (programme) => kept.save(JSON.stringify(programme)),
    isDamaged: () => kept.isDamaged,
  };
}
