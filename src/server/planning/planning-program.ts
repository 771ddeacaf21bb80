/**
 * The planning program: takes a task, works it out, and hands over what came of it in pieces. It ends by itself when the
 * server is gone: nothing but the channel to it keeps it running.
 *
 * @module
 */
import { setPriority } from "node:os";
import { type Answer, failureOf, type Request } from "./messages.js";
import { type PackedLine, pack } from "./packed.js";
import { type Task, workOut } from "./work-out.js";

/** Lines handed over in one go: some 100 kB, which the server takes in within a few milliseconds. */
const PIECE = 250;
/** Behind whatever is on air when more programs want to run than there are cores. */
const NICENESS = 10;

setPriority(NICENESS);

/** A server that is gone takes no answer, and that is no trouble of this program's. */
const answer = (message: Answer) => process.send?.(message, () => {});

/** Lines of the present task's rundown that are not handed over yet. */
let waiting: readonly PackedLine[] = [];

function begin(task: Task): void {
  const review = workOut(task);
  const { tables, lines } = pack(review.rundown.lines, task.input.receivers);
  waiting = lines;
  answer({ kind: "found", review: { ...review, rundown: { ...review.rundown, lines: [] } }, tables });
}

function goOn(): void {
  const lines = waiting.slice(0, PIECE);
  waiting = waiting.slice(PIECE);
  answer({ kind: "lines", lines, last: waiting.length === 0 });
}

process.on("message", (request: Request) => {
  try {
    if (request.kind === "more") goOn();
    else begin(request);
  } catch (thrown) {
    answer({ kind: "failed", failure: failureOf(thrown) });
  }
});
