/**
 * Whether the other side of a link is still there. Silence is the only sign of a pulled cable, and bytes cost money on a
 * mobile line: nothing is sent while both sides speak anyway.
 *
 * @module
 */
import { type Instant, type Ms, ms } from "../../base/units.js";
import { DEAD_IDLE, DEAD_ON_AIR, PING_AGAIN, PING_IDLE, PING_ON_AIR } from "../../protocol/limits.js";

/** How often to look. */
export const LOOK: Ms = ms(250);
/** A look that comes later than this was held up together with the reading of what the server sent, ms. */
const HELD_UP = 2_000;

export interface KeepAlive {
  /** A connection is being made. */
  begin(now: Instant): void;
  said(now: Instant): void;
  heard(now: Instant): void;
  pinged(now: Instant): void;
  /** What to do now; call it every {@link LOOK}. `dead`: nothing has been heard for too long. */
  look(now: Instant, onAir: boolean): "rest" | "ping" | "dead";
}

export function createKeepAlive(start: Instant): KeepAlive {
  let saidAt: number = start;
  let heardAt: number = start;
  let pingedAt: number = start;
  let lookedAt: number = start;
  /** When nothing sounded last. What was silent for long until then was allowed to be. */
  let idleAt: number = start;

  const begin = (now: number) => {
    saidAt = now;
    heardAt = now;
    pingedAt = now;
  };
  return {
    begin,
    said(now) {
      saidAt = now;
    },
    heard(now) {
      heardAt = now;
    },
    pinged(now) {
      saidAt = now;
      pingedAt = now;
    },
    look(now, onAir) {
      const gap = now - lookedAt;
      lookedAt = now;
      if (gap > HELD_UP) heardAt = Math.min(now, heardAt + gap);
      const [quiet, dead] = onAir ? [PING_ON_AIR, DEAD_ON_AIR] : [PING_IDLE, DEAD_IDLE];
      if (!onAir) idleAt = now;
      // The next look would come too late.
      if (now - (onAir ? Math.max(heardAt, idleAt) : heardAt) + LOOK > dead) return "dead";
      const silence = now - Math.min(saidAt, heardAt);
      return silence >= quiet && now - pingedAt >= PING_AGAIN ? "ping" : "rest";
    },
  };
}
