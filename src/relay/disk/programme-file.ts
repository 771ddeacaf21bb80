/**
 * The programme on disk: the present one and the one before, in case the present one cannot be read.
 *
 * @module
 */
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { type Programme, programmeSchema } from "../../protocol/programme.js";
import { writeAtomic } from "./atomic-file.js";

export interface ProgrammeFile {
  /** The newest programme that can be read. */
  load(): Promise<Programme | undefined>;
  /** Resolves when it is on disk. */
  save(programme: Programme): Promise<void>;
}

export function createProgrammeFile(folder: string, log: Log): ProgrammeFile {
  const present = join(folder, "programme.json");
  const previous = join(folder, "programme.previous.json");

  const read = async (file: string): Promise<Programme | undefined> => {
    try {
      return programmeSchema.parse(JSON.parse(await readFile(file, "utf8")));
    } catch (thrown) {
      if (!isMissing(thrown)) log.error("relay.programme-damaged", { file, thrown });
      return undefined;
    }
  };

  return {
    load: async () => (await read(present)) ?? (await read(previous)),
    async save(programme) {
      await rename(present, previous).catch((thrown: unknown) => {
        if (!isMissing(thrown)) throw thrown;
      });
      await writeAtomic(present, JSON.stringify(programme));
    },
  };
}

const isMissing = (thrown: unknown): boolean => codeOf(thrown) === "ENOENT";
