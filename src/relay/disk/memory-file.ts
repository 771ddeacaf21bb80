/**
 * The receiver's memory on disk: a line per fact.
 *
 * @module
 */
import { emptyMemory, type Fact, factSchema, factsOf, type Memory, remember } from "../../receiver/memory.js";
import { openLines } from "./line-file.js";

/** Lines after which the file is rewritten with what still matters. */
const REWRITE_ABOVE = 30_000;

export interface MemoryFile {
  readonly memory: Memory;
  /** True at once for the rest of the program; resolves when it is on disk. */
  remember(...facts: readonly Fact[]): Promise<void>;
  close(): Promise<void>;
}

export async function openMemory(file: string): Promise<MemoryFile> {
  const { lines, log } = await openLines(file);
  const memory = emptyMemory();
  for (const line of lines) {
    const fact = factSchema.safeParse(parse(line)).data;
    if (fact) remember(memory, fact);
  }
  const compact = () => log.rewrite(factsOf(memory).map((fact) => JSON.stringify(fact)));
  if (lines.length > REWRITE_ABOVE) await compact();

  return {
    memory,
    async remember(...facts) {
      for (const fact of facts) remember(memory, fact);
      await Promise.all(facts.map((fact) => log.append(JSON.stringify(fact))));
      if (log.length > REWRITE_ABOVE) await compact();
    },
    close: () => log.close(),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that cannot be read is no fact: the schema refuses `undefined`.
    return undefined;
  }
}
