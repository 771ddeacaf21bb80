/**
 * A radio set: keeps listening to a station, through lost connections, and holds the last seconds of it as packets of house sound.
 *
 * @module
 */
import type { Readable } from "node:stream";
import { backoff } from "../../base/backoff.js";
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { seconds, until } from "../../base/units.js";
import { RADIO_SILENT_MS, type RadioPacket, type RadioSource, type Tuned } from "../../domain/radio.js";

/** What a station sends. */
export interface Received {
  readonly bytes: Readable;
  /** It comes in pieces of seconds, each in one go: it has to be brought to its own pace. */
  readonly isInPieces: boolean;
}

export interface RadioOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** The station's bytes, as it sends them. @throws RadioFailure */
  readonly open: (source: RadioSource, signal: AbortSignal) => Promise<Received>;
  /** Makes house sound of them until they end. */
  readonly relayRadio: (
    input: Received,
    listener: {
      readonly onPacket: (packet: Uint8Array) => void;
      readonly onSilence: (isSilent: boolean) => void;
    },
    signal: AbortSignal,
  ) => Promise<void>;
}

/** Packets that are held at most, 8 s: what nobody took is not of now any more. */
const MOST_HELD = 400;
/** A connection by which nothing has come for so long is made anew. */
const STALLED = seconds(10);
/** Silence is told once it has lasted two seconds. */
const TOLD_AFTER_MS = 2_000;
const RETRY = { base: seconds(1), cap: seconds(15) };

/** @returns what tunes to stations, each time with a connection of its own */
export function createRadio({ clock, random, log, open, relayRadio }: RadioOptions) {
  return {
    tune(source: RadioSource): Tuned {
      const held: RadioPacket[] = [];
      let connection = new AbortController();
      let isClosed = false;
      let failures = 0;
      let heardAt = clock.now();
      let silentSince: ReturnType<Clock["now"]> | undefined;
      let problem: string | undefined;
      let cancelRetry = () => {};

      const listen = async () => {
        const mine = new AbortController();
        connection = mine;
        heardAt = clock.now();
        silentSince = undefined;
        let isBreak = true;
        let broken: Error | undefined;
        try {
          const input = await open(source, mine.signal);
          // What is wrong with the line says more than what the sound program makes of it.
          input.bytes.once("error", (error) => {
            broken = error;
          });
          await relayRadio(
            input,
            {
              onPacket(packet) {
                held.push({ packet, isBreak });
                if (held.length > MOST_HELD) held.shift();
                isBreak = false;
                heardAt = clock.now();
                failures = 0;
                problem = undefined;
              },
              onSilence(isSilent) {
                silentSince = isSilent ? clock.now() : undefined;
              },
            },
            mine.signal,
          );
          throw new Error("ended");
        } catch (thrown) {
          const why = broken ?? thrown;
          // A line that still brings something nobody takes would stay open for ever.
          mine.abort(new Error("over"));
          if (isClosed) return;
          problem = why instanceof Error ? why.message : "failed";
          log.warn("radio.not-heard", { source: source.id, problem, failures });
          cancelRetry = clock.after(backoff(failures++, { ...RETRY, random }), () => void listen());
        }
      };
      const stopWatching = every(clock, seconds(1), () => {
        if (until(heardAt, clock.now()) > STALLED) connection.abort(new Error("nothing comes"));
      });
      void listen();

      return {
        take: (count) => held.splice(0, count),
        held: () => held.length,
        isSilent: () => silentSince !== undefined && until(silentSince, clock.now()) > RADIO_SILENT_MS - TOLD_AFTER_MS,
        problem: () => problem,
        close() {
          if (isClosed) return;
          isClosed = true;
          stopWatching();
          cancelRetry();
          connection.abort(new Error("closed"));
        },
      };
    },
  };
}
