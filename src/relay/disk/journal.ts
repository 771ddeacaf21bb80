/**
 * What this loudspeaker sounded, and what it did not: kept until the server has it in its own log.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Log } from "../../base/log.js";
import { MAX_REPORT_LINES } from "../../protocol/limits.js";
import { type JournalLine, journalLineSchema } from "../../protocol/messages.js";
import { openLines } from "./line-file.js";

/** Lines kept for a server that is away, at most: months. The oldest go first. */
export const MAX_LINES = 50_000;
/** The file is rewritten when it holds this many lines more than are still needed. */
const SPARE = 2_000;

const headSchema = z.object({ journal: z.string(), last: z.int() });

export interface Journal {
  /** Names this journal; new when its disk was lost. */
  readonly id: string;
  /** Writes a line. It is reported once it is on disk. */
  write(entry: Omit<JournalLine, "seq">): void;
  /** Lines on disk that the server has not acknowledged, oldest first, as many as fit into a report. */
  pending(): readonly JournalLine[];
  /** The server holds all lines up to here. */
  acknowledge(upTo: number): void;
  /** Something can be reported now. */
  onLine: () => void;
  close(): Promise<void>;
}

export async function openJournal(file: string, newId: () => string, log: Log): Promise<Journal> {
  const { lines: found, log: disk } = await openLines(file);
  const head = found[0] === undefined ? undefined : headSchema.safeParse(parse(found[0])).data;
  const id = head?.journal ?? newId();
  let lines = (head ? found.slice(1) : []).flatMap((line) => journalLineSchema.safeParse(parse(line)).data ?? []);
  let last = lines.at(-1)?.seq ?? head?.last ?? 0;
  let safe = last;
  const headLine = () => JSON.stringify({ journal: id, last: (lines[0]?.seq ?? last + 1) - 1 });
  if (!head) await disk.rewrite([headLine()]);

  const compact = () =>
    disk.rewrite([headLine(), ...lines.map((line) => JSON.stringify(line))]).catch((thrown: unknown) => {
      log.error("relay.journal-failed", { thrown });
    });

  const journal: Journal = {
    id,
    write(entry) {
      last += 1;
      const line = { seq: last, ...entry };
      lines.push(line);
      if (lines.length > MAX_LINES) {
        lines = lines.slice(-MAX_LINES);
        log.error("relay.journal-full", { lostUpTo: (lines[0]?.seq ?? 1) - 1 });
      }
      disk.append(JSON.stringify(line)).then(
        () => {
          safe = Math.max(safe, line.seq);
          journal.onLine();
        },
        (thrown: unknown) => log.error("relay.journal-failed", { thrown }),
      );
    },
    pending: () => lines.slice(0, MAX_REPORT_LINES).filter(({ seq }) => seq <= safe),
    acknowledge(upTo) {
      lines = lines.filter(({ seq }) => seq > upTo);
      if (disk.length > lines.length + SPARE) void compact();
    },
    onLine: () => {},
    close: () => disk.close(),
  };
  return journal;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that cannot be read is no line: the caller's schema refuses `undefined`.
    return undefined;
  }
}
