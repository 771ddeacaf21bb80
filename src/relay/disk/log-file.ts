/**
 * The program's own log where no journal of the system takes it: a file of at most a few megabytes and the one before.
 *
 * @module
 */
import { appendFileSync, renameSync, statSync } from "node:fs";

/** Bytes after which the file becomes the one before. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Returns a writer of lines for `createLog`. A disk that takes no lines does not stop the sound: they are lost. */
export function createLogFile(file: string, maxBytes = MAX_BYTES): (line: string) => void {
  let bytes = sizeOf(file);
  return (line) => {
    try {
      if (bytes > maxBytes) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
      bytes += Buffer.byteLength(line) + 1;
    } catch (thrown) {
      process.stderr.write(`${String(thrown)}\n${line}\n`);
    }
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
