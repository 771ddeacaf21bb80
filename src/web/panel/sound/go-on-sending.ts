/**
 * Sends a file piece by piece, and goes on where a line broke. What it needs of the network is given to it.
 *
 * @module
 */
import { doubling } from "../../../base/backoff.js";
import type { Clock } from "../../../base/clock.js";
import { type Ms, minutes, seconds } from "../../../base/units.js";
import type { ArrivedView } from "../../../server/api/piecewise-routes.js";

/** Pauses after tries that failed. */
const PAUSES = { base: seconds(1), cap: seconds(20) };
/** Nothing has come through for so long: somebody should look. */
const GIVES_UP = minutes(20);

/** The doors for files that come piece by piece. */
export interface PieceLine {
  begin(bytes: number): Promise<ArrivedView>;
  arrived(id: string): Promise<ArrivedView>;
  /** @param onSent told how much of the piece has left, bytes */
  add(id: string, offset: number, piece: Blob, onSent: (bytes: number) => void): Promise<ArrivedView>;
}

export interface SendingWatch {
  readonly clock: Clock;
  /** Whether it may be tried again: the line broke or the station was busy. Nothing else is worth another try. */
  readonly isPassing: (thrown: unknown) => boolean;
  /** How much has left, 0 to 1, and whether it waits for the line. */
  readonly onShare: (share: number, isWaiting: boolean) => void;
  /** Once true, nothing more is sent. */
  readonly isCancelled: () => boolean;
}

/** Resolves to the name under which the whole file lies at the station; to nothing when it was called off. @throws what ended it */
export async function goOnSending(file: Blob, line: PieceLine, watch: SendingWatch): Promise<string | undefined> {
  const { clock, onShare, isCancelled } = watch;
  let state = await line.begin(file.size);
  let failures = 0;
  let lastProgress = clock.now();
  while (state.received < file.size) {
    if (isCancelled()) return undefined;
    const { id, received, pieceBytes } = state;
    const tell = (sent: number) => onShare((received + sent) / file.size, false);
    try {
      // What was sent last may have come though its answer did not.
      if (failures > 0) state = await line.arrived(id);
      if (state.received === received)
        state = await line.add(id, received, file.slice(received, received + pieceBytes), tell);
      failures = 0;
      lastProgress = clock.now();
      onShare(state.received / file.size, false);
    } catch (thrown) {
      if (isCancelled()) return undefined;
      if (!watch.isPassing(thrown) || clock.now() - lastProgress > GIVES_UP) throw thrown;
      onShare(received / file.size, true);
      await pause(clock, doubling(failures, PAUSES));
      failures += 1;
    }
  }
  return state.id;
}

const pause = (clock: Clock, length: Ms) => new Promise<void>((resolve) => void clock.after(length, resolve));
