/**
 * The receiver's memory on disk: a line per fact.
 *
 * @module
 */
import type { Log } from "../../base/log.js";
import { emptyMemory, type Fact, factSchema, factsOf, type Memory, remember } from "../../receiver/memory.js";
import { type Damage, type LineFileOptions, openLines } from "./line-file.js";

/** Lines after which the file is rewritten with what still matters. */
const REWRITE_ABOVE = 30_000;

export interface MemoryFile {
  readonly memory: Memory;
  /** What was wrong with the file; what was lost with it is for ever `forgot` in the memory. */
  readonly damage: Damage | undefined;
  /** True at once for the rest of the program; resolves when it is on disk. */
  remember(...facts: readonly Fact[]): Promise<void>;
  health(): "ok" | "degraded" | "failed";
  /** Writes everything anew where the disk has failed before. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export interface MemoryOptions extends LineFileOptions {
  /** Something else shows that this receiver has played before: a memory without any line was lost. */
  readonly hasPlayed: boolean;
}

export async function openMemory(file: string, options: MemoryOptions): Promise<MemoryFile> {
  const { lines, damage, log } = await openLines(file, options);
  const memory = emptyMemory();
  let unread = 0;
  for (const line of lines) {
    const fact = factSchema.safeParse(parse(line)).data;
    if (fact) remember(memory, fact);
    else unread += 1;
  }
  if (unread > 0) options.log.error("relay.memory-unread", { file, lines: unread });
  const compact = () => log.rewrite(() => factsOf(memory).map((fact) => JSON.stringify(fact)));
  if (lines.length > REWRITE_ABOVE) await compact().catch((thrown: unknown) => failed(options.log, thrown));

  const note = async (...facts: readonly Fact[]) => {
    for (const fact of facts) remember(memory, fact);
    await Promise.all(facts.map((fact) => log.append(JSON.stringify(fact))));
    if (log.length > REWRITE_ABOVE) void compact().catch((thrown: unknown) => failed(options.log, thrown));
  };
  if (damage?.isLossy || unread > 0 || (lines.length === 0 && options.hasPlayed)) {
    options.log.error("relay.memory-lost", { file });
    await note({ kind: "forgot" }).catch((thrown: unknown) => failed(options.log, thrown));
  } else if (lines.length === 0) {
    // From now on a memory without any line is one that was lost, also of a loudspeaker that has not played anything yet.
    await note({ kind: "reminded" }).catch((thrown: unknown) => failed(options.log, thrown));
  }

  return {
    memory,
    damage,
    remember: note,
    health: () => log.health(),
    async mend() {
      if (log.health() !== "ok") await compact();
    },
    close: () => log.close(),
  };
}

const failed = (log: Log, thrown: unknown) => log.error("relay.disk-failed", { thrown });

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that cannot be read is no fact: the schema refuses `undefined`.
    return undefined;
  }
}
