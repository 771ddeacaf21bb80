/**
 * From the microphone to the loudspeaker: knocks of known pitch are spoken at known instants, go through a whole station to a
 * virtual loudspeaker, and are looked for in what it let be heard. The browser's own part before its encoder (10 to 40 ms) is not in it.
 *
 * @module
 */
import { type LiveMode, liveModeSchema } from "../../src/domain/live.js";
import { speak } from "../support/a-voice.js";
import { pitch } from "../support/tones.js";
import { onset, stretch } from "../support/wav.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";
import type { Bench } from "./cell.js";
import { pause } from "./child.js";
import type { Row } from "./table.js";
import { percentile } from "./usage.js";

/** A knock each so often, as long as that, seconds; its pitch tells which it was. */
const EVERY = 0.5;
const LENGTH = 0.06;
const pitchOf = (knock: number) => 700 + 100 * (knock % 8);
/** The first ones are not counted: the loudspeaker is just being opened. */
const FIRST = 3;
const GOALS: Readonly<Record<LiveMode, number | undefined>> = { fast: 400, normal: 1_000, robust: undefined };

function voice(time: number): number {
  const knock = Math.floor(time / EVERY);
  const since = time - knock * EVERY;
  return since < LENGTH ? 0.5 * Math.sin(2 * Math.PI * pitchOf(knock) * since) : 0;
}

export async function measureLive(bench: Bench): Promise<readonly Row[]> {
  const house = await openHouse();
  try {
    await house.addRelay("loa-1");
    await house.holdsEverything("loa-1");
    const rows: Row[] = [];
    for (const mode of liveModeSchema.options) {
      const delays = await delaysOf(house, mode, bench.long ? 60 : 12);
      rows.push(rowOf(mode, delays));
      await pause(1_500);
    }
    return rows;
  } finally {
    await house.close();
  }
}

async function delaysOf(house: WholeHouse, mode: LiveMode, seconds: number): Promise<readonly number[]> {
  const { spokenAt, ended, finish } = await speak(house, { mode }, voice);
  await pause(seconds * 1000);
  finish();
  await ended;
  await pause(2_500);
  const heard = await house.heard("loa-1");
  const knocks = Array.from({ length: Math.floor(seconds / EVERY) - 2 * FIRST }, (_, index) => index + FIRST);
  return knocks.flatMap((knock) => {
    const said = spokenAt + knock * EVERY * 1000;
    const delay = delayOf(heard, said, pitchOf(knock));
    return delay === undefined ? [] : [delay];
  });
}

/** When a knock of that pitch begins in what was heard after it was said, ms; nothing when it was lost. */
function delayOf(heard: Awaited<ReturnType<WholeHouse["heard"]>>, said: number, hz: number): number | undefined {
  // A knock of the same pitch comes four seconds later.
  for (let from = 100; from < 3_000; ) {
    const found = onset(stretch(heard, said + from, 3_000 - from), 0.1);
    if (found < 0) return undefined;
    const at = from + found / 48;
    if (Math.abs(pitch(stretch(heard, said + at + 5, 40)) - hz) < 40) return at;
    from = at + 80;
  }
  return undefined;
}

const rowOf = (mode: LiveMode, delays: readonly number[]): Row => {
  const goal = GOALS[mode];
  const middle = percentile(delays, 0.5);
  return {
    what: `microphone to loudspeaker, ${mode}, ${delays.length} knocks`,
    figure: `p50 ${middle.toFixed(0)} ms, max ${Math.max(...delays).toFixed(0)} ms`,
    ...(goal === undefined ? {} : { goal: `p50 ≤ ${goal} ms`, reached: middle <= goal }),
  };
};
