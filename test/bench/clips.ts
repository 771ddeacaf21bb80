/**
 * What a clip costs: from a text to something that can be approved, and from a long recording, beside a bare encoder.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock.js";
import { withWorkshop } from "../../src/cli/workshop.js";
import { normalise } from "../../src/language/index.js";
import { settingsSchema } from "../../src/server/config/settings.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import type { Bench } from "./cell.js";
import { speechText } from "./speech-text.js";
import type { Row } from "./table.js";
import { childCpuSeconds, cpuSeconds, median } from "./usage.js";

/** By the estimate, to which the embedded voice adds about a tenth: 60 s as spoken. */
const ESTIMATED_SECONDS = 54;
/** Just under what may be uploaded: 15 minutes. */
const RECORDING_SECONDS = 895;
/** Wall clock from the text's arrival to a clip that can be approved, seconds. */
const GOAL_SECONDS = 3;
/** Texts spoken one after the other once the voice is awake. */
const WARM = { short: 3, long: 9 } as const;

export async function measureClips(bench: Bench): Promise<readonly Row[]> {
  return [...(await measureTexts(bench)), ...(await measureRecording(bench))];
}

interface Said {
  readonly seconds: number;
  readonly speech: number;
}

/** Through the station's own door, as the panel does it: write a text, wait until it can be approved. */
async function sayOne({ call }: WholeHouse, number: number): Promise<Said> {
  const id = `tin-${number}`;
  const text = speechText(ESTIMATED_SECONDS, number);
  const begun = performance.now();
  await call("POST", "/announcements", { id, title: id, topic: "thu", text });
  const clip = await eventually(`the sound of ${id}`, 60_000, async () => {
    const it = await call<Made>("GET", `/announcements/${id}`);
    if (it.state === "failed") throw new Error(JSON.stringify(it.problem));
    return it.state === "ready" && it.clip;
  });
  return { seconds: (performance.now() - begun) / 1000, speech: clip.durationMs / 1000 };
}

interface Made {
  readonly state: string;
  readonly clip?: { readonly durationMs: number };
  readonly problem?: unknown;
}

async function measureTexts(bench: Bench): Promise<readonly Row[]> {
  const colds: Said[] = [];
  const warms: Said[] = [];
  for (let repetition = 0; repetition < bench.repetitions; repetition++) {
    const house = await openHouse();
    try {
      colds.push(await sayOne(house, 1));
      for (let turn = 0; turn < (bench.long ? WARM.long : WARM.short); turn++)
        warms.push(await sayOne(house, 2 + turn));
    } finally {
      await house.close();
    }
  }
  return [rowOf("first text since the start", colds), rowOf("every further text", warms)];
}

function rowOf(what: string, said: readonly Said[]): Row {
  const taken = median(said.map(({ seconds }) => seconds));
  const speech = median(said.map((one) => one.speech));
  const most = Math.max(...said.map(({ seconds }) => seconds));
  return {
    what: `${what}: text to clip, ${speech.toFixed(0)} s of speech`,
    figure: `${taken.toFixed(2)} s${said.length > 1 ? `, most ${most.toFixed(2)} s of ${said.length}` : ""}`,
    goal: `≤ ${GOAL_SECONDS} s`,
    reached: taken <= GOAL_SECONDS,
  };
}

/** CPU of everything the pipeline does with a long recording, beside one pass of the same ffmpeg that only encodes it. */
async function measureRecording(bench: Bench): Promise<readonly Row[]> {
  const io = {
    ...{ clock: systemClock, random: Math.random, fetch, env: process.env, cwd: bench.folder, stdin: process.stdin },
    ...{ out: () => {}, error: (text: string) => process.stderr.write(text), signal: new AbortController().signal },
  };
  const settings = settingsSchema.parse({ station: { name: "bench" }, voices: { order: ["espeak"] } });
  return withWorkshop(settings, io, async ({ voices, pipeline }) => {
    const { path = "" } = pipeline.describe();
    const spoken = normalise(speechText(ESTIMATED_SECONDS, 1)).spoken;
    const { file } = await voices.speak(spoken, {}, io.signal);
    const recording = join(bench.folder, "recording.mp3");
    const length = ["-t", String(RECORDING_SECONDS)];
    run(path, ["-stream_loop", "-1", "-i", file, ...length, "-c:a", "libmp3lame", "-b:a", "64k", recording]);

    const begun = performance.now();
    const own = await costOf(() => pipeline.makeClip(recording, { name: "recording.mp3", trusted: false }, io.signal));
    const seconds = (performance.now() - begun) / 1000;
    const encoded = join(bench.folder, "bare.opus");
    const bare = await costOf(() => run(path, ["-i", recording, ...BARE, encoded]));
    return [
      {
        what: `recording of ${(RECORDING_SECONDS / 60).toFixed(1)} min to clip: CPU`,
        figure: `${own.toFixed(2)} s (${seconds.toFixed(1)} s by the clock)`,
        against: `bare encode, same effort ${bare.toFixed(2)} s`,
        ratio: own / bare,
      },
    ];
  });
}

/** One pass, no loudness, no check; with the effort that the pipeline spends on a recording of this length. */
const BARE = [
  ...["-ar", "48000", "-ac", "1", "-c:a", "libopus", "-b:a", "32k", "-vbr", "constrained"],
  ...["-compression_level", "3", "-frame_duration", "20", "-application", "audio"],
];

/** CPU of this process and of every program that it started and that has ended, seconds. */
async function costOf(work: () => unknown): Promise<number> {
  const used = () => cpuSeconds(process.pid) + childCpuSeconds(process.pid);
  const before = used();
  await work();
  return used() - before;
}

function run(program: string, argv: readonly string[]): void {
  const { status, stderr } = spawnSync(program, ["-nostdin", "-y", "-v", "error", ...argv], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
