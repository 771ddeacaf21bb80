/**
 * A loudspeaker that is a file: 16-bit WAV with a broadcast extension chunk (EBU Tech 3285), and beside it `FILE.json`,
 * which gives the server time of sample 0. Valid at every moment; after five minutes a new one begins and one old one stays.
 *
 * Written at once and in order (a few kilobytes into the page cache), so that a killed program leaves a file that can be read.
 *
 * @module
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Log } from "../../base/log.js";
import { type Micros, micros, toEpoch } from "../../base/units.js";
import { uint32, WAV_HEADER, wavHeader } from "../../base/wav.js";
import { RATE } from "../../receiver/samples.js";
import type { Sink } from "./sink.js";

/** Samples in a file, at most: five minutes. */
const MAX_SAMPLES = 300 * RATE;
/**
 * Every ten seconds the neighbour file notes where the server clock is, since the output's own clock differs a little. In
 * the first ten seconds it does so each second: meanwhile the server's clock is still being learnt, and with it `startedAtUs`.
 */
const MARK_EVERY = 10 * RATE;
const LEARNING = 10 * RATE;
/** The server time of a block may differ from the file's own count by this much, µs; beyond it a new file begins. */
const JUMP = 50_000;
const BEXT = 602;
const HEADER = WAV_HEADER + 8 + BEXT;

interface OpenFile {
  readonly descriptor: number;
  startedAt: Micros;
  samples: number;
  readonly marks: [sample: number, atUs: number][];
}

/** @param file where to write; the file before it is `FILE.previous.wav` for `FILE.wav` */
export function createWavSink(file: string, log: Log): Sink {
  let current: OpenFile | undefined;
  let failed = false;
  mkdirSync(dirname(file), { recursive: true });

  const finish = () => {
    if (current) closeSync(current.descriptor);
    current = undefined;
  };
  const begin = (at: Micros): OpenFile => {
    finish();
    rotate(file);
    const opened: OpenFile = { descriptor: openSync(file, "w"), startedAt: at, samples: 0, marks: [[0, at]] };
    writeSync(opened.descriptor, header(at), 0, HEADER, 0);
    describe(file, opened);
    current = opened;
    return opened;
  };
  const put = (opened: OpenFile, samples: Int16Array) => {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    writeSync(opened.descriptor, bytes, 0, bytes.length, HEADER + opened.samples * 2);
    opened.samples += samples.length;
    const data = opened.samples * 2;
    writeSync(opened.descriptor, uint32(HEADER - 8 + data), 0, 4, 4);
    writeSync(opened.descriptor, uint32(data), 0, 4, HEADER - 4);
  };
  const mark = (opened: OpenFile, at: Micros) => {
    if (opened.samples <= LEARNING) opened.startedAt = micros(at - (opened.samples * 1e6) / RATE);
    opened.marks.push([opened.samples, at]);
    describe(file, opened);
  };
  const guarded = (work: () => void) => {
    try {
      work();
      failed = false;
    } catch (thrown) {
      if (!failed) log.error("relay.wav-failed", { file, thrown });
      failed = true;
      current = undefined;
    }
  };

  return {
    write(samples, at) {
      guarded(() => {
        let opened = current ?? begin(at);
        const apart = at - (opened.startedAt + (opened.samples * 1e6) / RATE);
        const marked = opened.marks.at(-1)?.[0] ?? 0;
        if (Math.abs(apart) > JUMP || opened.samples + samples.length > MAX_SAMPLES) opened = begin(at);
        else if (opened.samples - marked >= (opened.samples <= LEARNING ? RATE : MARK_EVERY)) mark(opened, at);
        put(opened, samples);
      });
    },
    skip(count) {
      const opened = current;
      if (!opened) return;
      guarded(() => {
        for (let left = Math.min(count, MAX_SAMPLES - opened.samples); left > 0; left -= RATE)
          put(opened, new Int16Array(Math.min(left, RATE)));
      });
    },
    idle() {},
    latencyMs: () => undefined,
    state: () => (failed ? "failed" : "ok"),
    async close() {
      finish();
    },
  };
}

const previousOf = (file: string) => `${file.replace(/\.wav$/, "")}.previous.wav`;

function rotate(file: string): void {
  for (const ending of ["", ".json"])
    if (existsSync(file + ending)) renameSync(file + ending, previousOf(file) + ending);
}

function describe(file: string, { startedAt, marks }: OpenFile): void {
  const text = JSON.stringify({ startedAtUs: startedAt, sampleRate: RATE, marks });
  writeFileSync(`${file}.json.new`, `${text}\n`);
  renameSync(`${file}.json.new`, `${file}.json`);
}

/** With a `bext` chunk, which has the time of sample 0 as samples since midnight UTC, and no sound yet. */
function header(startedAt: Micros): Uint8Array {
  const content = new Uint8Array(BEXT);
  const view = new DataView(content.buffer);
  const text = (offset: number, value: string) => content.set(new TextEncoder().encode(value), offset);
  const date = new Date(toEpoch(startedAt)).toISOString();
  text(0, "Loa Phuong");
  text(256, "loa relay");
  text(320, date.slice(0, 10));
  text(330, date.slice(11, 19));
  view.setBigUint64(338, BigInt(Math.round((startedAt % 86_400e6) * 0.048)), true);
  view.setUint16(346, 1, true);
  return wavHeader(0, RATE, [{ id: "bext", content }]);
}
