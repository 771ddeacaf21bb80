/**
 * Listens to what this loudspeaker really hands to its output and, where there is a meter, to what the amplifier makes of it.
 * Sound that nobody ordered is an alarm (R5); so is silence where something sounds.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Log } from "../base/log.js";
import { NOT_HEARD_AFTER_MS } from "../protocol/limits.js";
import type { House } from "./house.js";
import { createLevelJudge, parseLevel, peakDb } from "./sound/levels.js";
import type { Sink } from "./sound/sink.js";

/** What the output gets while nothing is on is exactly nothing; a rounding error is not more than this, dB. */
const BUS = { above: -80, unorderedAfter: 0, notHeardAfter: Number.POSITIVE_INFINITY, tail: 0 };
/** A meter hears the room, the mains and the echo of the street, and speech makes pauses. */
const METER = { above: -50, unorderedAfter: 2_000, notHeardAfter: NOT_HEARD_AFTER_MS, tail: 3_000 };

export interface ListeningParts {
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  /** What was rendered last belongs to an order. */
  readonly isOn: () => boolean;
  /** What sounds is meant to be heard: not muted, and not at volume zero. */
  readonly isAudible: () => boolean;
}

export interface Listening {
  /** The same output, listened to. */
  around(sink: Sink): Sink;
  /** A line of the meter. */
  hear(line: string): void;
}

export function createListening({ house, clock, log, isOn, isAudible }: ListeningParts): Listening {
  const bus = createLevelJudge(BUS);
  const meter = createLevelJudge(METER);
  /** What the meter was last asked about. */
  let metered: string | undefined;

  const tell = (judged: ReturnType<typeof bus.take>, where: "output" | "meter") => {
    if (!judged) return;
    const { finding, levelDb } = judged;
    const { journal, time, head } = house;
    log.error(`relay.${finding}`, { where, levelDb });
    const now = { at: time.now(), clockErrorUs: time.errorUs() };
    if (finding === "unordered") journal.write({ event: "unordered", cue: "", levelDb, why: where, ...now });
    else journal.write({ event: "failed", cue: head.sounding()?.claim.key ?? "", levelDb, why: "not-heard", ...now });
  };

  return {
    around: (sink) => ({
      ...sink,
      write(samples, at) {
        const on = isOn();
        tell(bus.take(clock.now(), on ? 0 : peakDb(samples), on), "output");
        sink.write(samples, at);
      },
    }),
    hear(line) {
      const levelDb = parseLevel(line);
      if (levelDb === undefined) return;
      const cue = house.head.sounding()?.claim.key;
      // Each sounding is judged by itself: the station believes that one without such a line was heard.
      if (cue !== metered) meter.renew();
      metered = cue;
      // What is on, but muted, may be silent, and may not be loud.
      tell(meter.take(clock.now(), levelDb, isOn() && isAudible()), "meter");
    },
  };
}
