import { every } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { micros, ms, seconds } from "../../src/base/units.js";
import { timeText } from "../../src/protocol/signed-time.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { createTimekeeper } from "../../src/relay/link/timekeeper.js";
import { startOutput } from "../../src/relay/sound/output.js";
import { crystal } from "./crystal.js";
import { FakeClock } from "./fake-clock.js";

/** How long a message takes in each direction, ms; asked anew for each. */
export interface Way {
  readonly up: () => number;
  readonly down: () => number;
}

/** A sounding on the timeline, samples: what comes out is a tone of exactly 48 samples a period. */
interface Sounding {
  readonly from: number;
  readonly to: number;
}

/** What one loudspeaker let be heard of one sounding, in true time. */
export interface Heard {
  /** By how much its first and its last sample came later than planned, ms. */
  readonly first: number;
  readonly last: number;
  /** The largest step from one sample to the next between its beginning and its end, of full scale. */
  readonly largestStep: number;
  /** How many samples of the timeline a block took at most and at least, of those it should. */
  readonly fastest: number;
  readonly slowest: number;
}

const SERVER = 1_795_428_600_000_000;
const BLOCK = 960;
/** Nobody lies here; what a signature is worth is tried elsewhere. */
const SIGNED = { keyId: "key", signature: "signature" };
/** Half of full scale, one period. */
const TONE = Float32Array.from({ length: 48 }, (_, index) => 0.5 * Math.sin((2 * Math.PI * index) / 48));
/** The steepest step of {@link TONE}, of full scale. */
export const STEEPEST = 0.5 * 2 * Math.sin(Math.PI / 48);

/** Rises and falls over ten milliseconds, as what the play-head begins and ends. */
const edge = (sample: number, { from, to }: Sounding) => Math.min(1, (sample - from) / 480, (to - sample) / 480);

/**
 * Loudspeakers of a ward at accelerated time: the real clock filter, timekeeper and output of each, over a network and on
 * crystals as told; only the card and the sound are made up, so that the true instant of every sample is known.
 */
export function openWard(soundings: readonly { readonly at: number; readonly seconds: number }[]) {
  const truth = new FakeClock();
  const plan: readonly Sounding[] = soundings.map(({ at, seconds }) => {
    const from = sampleAt(micros(SERVER + at * 1e6));
    return { from, to: from + seconds * 48_000 };
  });
  const serverTime = () => micros(Math.round(SERVER + truth.now() * 1000));
  const planned = (sample: number) => (sample / 48 - SERVER / 1000) as number;
  const around = (sample: number, before: number) =>
    plan.some(({ from, to }) => sample >= from - before && sample < to);

  const add = ({ ppm, way, cardPpm }: { ppm: number; way: Way; cardPpm?: number }) => {
    let nonces = 0;
    const isSilent = () => !around(sampleAt(time.now()), 5 * 48_000);
    const clock = crystal(truth, ppm, SERVER / 1000 + 400);
    const heard: Heard[] = [];
    const time = createTimekeeper({
      clock,
      log: silentLog,
      send(message) {
        if (message.t !== "time") return true;
        const { c1, nonce } = message.p;
        truth.after(ms(way.up()), () => {
          const s2 = serverTime();
          truth.after(ms(way.down()), () => {
            if (nonce !== undefined) time.answerSigned({ ...SIGNED, text: timeText({ epoch: 1, at: s2, nonce }) });
            time.answer({ c1, s2, s3: s2 });
          });
        });
        return true;
      },
      isBusy: () => around(sampleAt(time.now()), 60 * 48_000),
      plausible: () => ({ from: Number.MAX_SAFE_INTEGER, to: 0 }),
      machineClock: () => "none",
      trust: { keyIds: () => [SIGNED.keyId], verify: () => true },
      nonce: () => String(++nonces).padStart(22, "A"),
      isSilent,
      isHushedAt: () => false,
    });
    const stopSigning = every(truth, seconds(60), () => {
      const at = serverTime();
      truth.after(ms(way.down()), () => time.hear({ epoch: 1, at, signature: new Uint8Array(64) }));
    });
    const card = createCard(truth, { cpu: ppm, own: cardPpm, heard, plan, planned });
    let from = 0;
    let take = 0;
    const output = startOutput({
      clock,
      sink: { ...card.sink, write: (samples) => card.write(samples, from, take) },
      delayMs: () => 0,
      serverTime: (at) => (time.trusted() ? time.at(at) : undefined),
      render(at, target) {
        [from, take] = [at, target.length];
        const now = plan.find((one) => at + take > one.from && at < one.to);
        target.fill(0);
        if (!now) return;
        for (let index = Math.max(0, now.from - at); index < Math.min(take, now.to - at); index++)
          target[index] = (TONE[(at + index - now.from) % 48] ?? 0) * edge(at + index, now);
      },
      isSilent,
      onStall: () => {},
    });
    time.welcome(1);
    return { heard, close: () => Promise.all([stopSigning(), time.close(), output.close()]) };
  };
  return { truth, add };
}
export type WardLoudspeaker = ReturnType<ReturnType<typeof openWard>["add"]>;

interface CardOptions {
  readonly cpu: number;
  /** How fast the card's own crystal is; left out where it counts with the machine's and cannot be asked. */
  readonly own: number | undefined;
  readonly heard: Heard[];
  readonly plan: readonly Sounding[];
  readonly planned: (sample: number) => number;
}

/** Knows the true instant at which each sample of the device is heard. */
function createCard(truth: FakeClock, { cpu, own, heard, plan, planned }: CardOptions) {
  const rate = 1 + (own ?? cpu) / 1e6;
  /** A card that can be asked begins late, and its player holds what comes before. */
  const begins = own === undefined ? 0 : 80;
  let device = 0;
  let start: number | undefined;
  const heardAt = (sample: number) => (start ?? 0) + begins + sample / 48 / rate;
  let now:
    | { sounding: Sounding; first: number; step: number; before: number; fastest: number; slowest: number }
    | undefined;

  const finish = (last: number) => {
    if (!now) return;
    const { first, step: largestStep, fastest, slowest, sounding } = now;
    heard.push({ first, last: heardAt(last) - planned(sounding.to), largestStep, fastest, slowest });
    now = undefined;
  };
  return {
    sink: {
      skip(count: number) {
        device += count;
      },
      idle() {},
      latencyMs: () =>
        own === undefined ? undefined : (heardAt(device) - truth.now()) * (1 + cpu / 1e6) + Math.sin(device),
      state: () => "ok" as const,
      close: async () => {},
    },
    /** A block that was taken from `take` samples of the timeline from `from` on. */
    write(samples: Int16Array, from: number, take: number) {
      start ??= truth.now();
      const position = (sample: number) => device + ((sample - from) * samples.length) / take;
      const begun = plan.find((one) => one.from >= from && one.from < from + take);
      if (begun) {
        const first = heardAt(position(begun.from)) - planned(begun.from);
        now = { sounding: begun, first, step: 0, before: 0, fastest: 1, slowest: 1 };
      }
      if (now) follow(now, samples, { from, take });
      if (now && now.sounding.to < from + take) finish(position(now.sounding.to));
      device += samples.length;
    },
  };
}

function follow(
  now: { step: number; before: number; fastest: number; slowest: number },
  samples: Int16Array,
  { take }: { from: number; take: number },
) {
  for (const sample of samples) {
    const step = Math.abs(sample - now.before) / 32_767;
    if (step > now.step) now.step = step;
    now.before = sample;
  }
  now.fastest = Math.max(now.fastest, take / BLOCK);
  now.slowest = Math.min(now.slowest, take / BLOCK);
}
