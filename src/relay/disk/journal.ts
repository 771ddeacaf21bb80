/**
 * What this loudspeaker sounded, and what it did not: kept until the server has it in its own log.
 *
 * @module
 */
import * as z from "zod/mini";
import { MAX_REPORT_LINES } from "../../protocol/limits.js";
import { type JournalLine, journalLineSchema } from "../../protocol/messages.js";
import { type LineFileOptions, openLines } from "./line-file.js";
import { createLineQueue } from "./line-queue.js";

/** Lines kept for a server that is away, at most: more than a year. The oldest go first, and loudly. */
export const MAX_LINES = 60_000;
/** The file is rewritten when this many lines in it, and more than are still needed, are not needed any more. */
const SPARE = 2_000;

const headSchema = z.object({ journal: z.string(), last: z.int() });

export interface Journal {
  /** Names this journal; new when its disk was lost. */
  readonly id: string;
  /** Lines that a bad disk took, at most; they are told as such. */
  readonly lost: number;
  /** Something was wrong with the file when it was opened. */
  readonly isDamaged: boolean;
  /** Writes a line. It is reported once it is on disk. */
  write(entry: Omit<JournalLine, "seq">): void;
  /** Lines on disk after this number that the server has not acknowledged, oldest first, as many as fit into a report. */
  pending(after: number): readonly JournalLine[];
  /** The server holds all lines up to here. */
  acknowledge(upTo: number): void;
  /** Something can be reported now. */
  onLine: () => void;
  health(): "ok" | "degraded" | "failed";
  /** Writes everything anew where the disk has failed before. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(file: string, newId: () => string, options: LineFileOptions): Promise<Journal> {
  const { log } = options;
  const { lines: found, damage, log: disk } = await openLines(file, options);
  const parsed = found.map(parse);
  const head = parsed.map((one) => headSchema.safeParse(one).data).find((one) => one !== undefined);
  const id = head?.journal ?? newId();
  const known = parsed.flatMap((one) => journalLineSchema.safeParse(one).data ?? []);
  // Without its head nobody knows which journal the lines belong to.
  const { lines: start, lost } = withoutGaps(head ? known : [], (head?.last ?? 0) + 1, damage?.tailLines ?? 0);
  const lines = createLineQueue(start);
  let last = lines.last?.seq ?? head?.last ?? 0;
  let safe = last;

  const compact = async () => {
    let kept: readonly JournalLine[] = [];
    await disk.rewrite(() => {
      kept = lines.all();
      return texts(JSON.stringify({ journal: id, last: (kept[0]?.seq ?? last + 1) - 1 }), kept);
    });
    // What the disk had refused before is on it now.
    safe = Math.max(safe, kept.at(-1)?.seq ?? 0);
  };
  const report = (thrown: unknown) => log.error("relay.journal-failed", { thrown });
  if (!head || lost > 0) await compact().catch(report);

  const journal: Journal = {
    id,
    isDamaged: damage !== undefined,
    lost: head ? lost : known.length + lost,
    write(entry) {
      last += 1;
      const line = { seq: last, ...entry };
      lines.push(line);
      if (lines.length > MAX_LINES) {
        lines.dropUpTo(lines.first?.seq ?? 0);
        log.error("relay.journal-full", { lostUpTo: (lines.first?.seq ?? 1) - 1 });
      }
      disk.append(JSON.stringify(line)).then(() => {
        safe = Math.max(safe, line.seq);
        journal.onLine();
      }, report);
    },
    pending: (after) => lines.after(after, MAX_REPORT_LINES).filter(({ seq }) => seq <= safe),
    acknowledge(upTo) {
      lines.dropUpTo(Math.min(upTo, last));
      if (disk.length - lines.length > Math.max(SPARE, lines.length)) void compact().catch(report);
    },
    onLine: () => {},
    health: () => disk.health(),
    async mend() {
      if (disk.health() === "ok") return;
      await compact();
      journal.onLine();
    },
    close: () => disk.close(),
  };
  return journal;
}

/** One after the other, as they are needed. */
function* texts(head: string, lines: readonly JournalLine[]): Generator<string> {
  yield head;
  for (const line of lines) yield JSON.stringify(line);
}

/** Numbers must have no gap, so a line that is lost is told as lost. */
function withoutGaps(lines: readonly JournalLine[], first: number, tail: number) {
  const whole: JournalLine[] = [];
  let next = first;
  const fill = (upTo: number, at: number) => {
    for (; next < upTo; next++) whole.push({ seq: next, event: "failed", cue: "", at, why: "journal-damaged" });
  };
  for (const line of lines) {
    fill(line.seq, line.at);
    if (line.seq >= next) whole.push(line);
    next = Math.max(next, line.seq + 1);
  }
  fill(next + tail, whole.at(-1)?.at ?? 0);
  return { lines: whole, lost: whole.length - lines.length };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that cannot be read is no line: the caller's schema refuses `undefined`.
    return undefined;
  }
}
