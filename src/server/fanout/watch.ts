/**
 * Finds dead links: a pulled cable says nothing, so silence is the only sign. One walk over one array a second, no timer
 * for any receiver.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import { seconds } from "../../base/units.js";
import type { Closing } from "./closing.js";
import type { Connection } from "./connection.js";

const EVERY = seconds(1);
/** A walk that comes later than this was held up together with the reading of what receivers sent. */
const HELD_UP = seconds(2);

/** Watches until the returned function is called. */
export function watchSilence(
  clock: Clock,
  connections: readonly Connection[],
  dismiss: (connection: Connection, closing: Closing) => void,
): () => void {
  let lastWalk = clock.now();
  return every(clock, EVERY, () => {
    const now = clock.now();
    const gap = now - lastWalk;
    lastWalk = now;
    // Whoever spoke while this process slept has not been read yet: everybody gets that time back.
    const forgiven = gap > HELD_UP ? gap : 0;
    for (let index = connections.length - 1; index >= 0; index--) {
      const connection = connections[index];
      if (connection === undefined) continue;
      if (forgiven > 0) connection.deadAt += forgiven;
      // At the next walk it would be too late.
      if (now + EVERY > connection.deadAt) dismiss(connection, connection.stage === "new" ? "no-hello" : "silent");
    }
  });
}
