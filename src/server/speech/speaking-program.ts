/**
 * What every speaking program does besides speaking: it gives way to the rest of the machine, answers requests one after
 * another, and ends when the server is gone.
 *
 * @module
 */
import { setPriority } from "node:os";
import type { FromProgram, SayRequest, Sound } from "./voice-messages.js";

/** The lowest usual priority but one: making speech must never delay what is on air. */
const NICE = 10;
/** Quieter than this is silence at the edge of a phrase: about -50 dB. */
const SILENCE = 100;

/**
 * Serves requests until the channel closes.
 *
 * @param prepare loads the voice; what it throws is told to the server as the reason why this program cannot work here
 */
export async function serve(prepare: () => Promise<(request: SayRequest) => Sound | Promise<Sound>>): Promise<void> {
  process.once("disconnect", () => process.exit(0));
  setPriority(NICE);
  const say = await prepare().catch(async (thrown: unknown) => {
    await tell({ kind: "unfit", reason: textOf(thrown) });
    process.exit(1);
  });
  let last: Promise<void> = Promise.resolve();
  process.on("message", (request: SayRequest) => {
    last = last.then(async () => tell(await answer(say, request)));
  });
  await tell({ kind: "ready" });
}

async function answer(say: (request: SayRequest) => Sound | Promise<Sound>, request: SayRequest): Promise<FromProgram> {
  const { id } = request;
  try {
    const sound = await say(request);
    return { kind: "said", id, sound: { ...sound, samples: trimmed(sound.samples) } };
  } catch (thrown) {
    return { kind: "refused", id, reason: textOf(thrown) };
  }
}

const tell = (message: FromProgram): Promise<void> =>
  new Promise((resolve) => {
    // A failed send means that the server is gone; `disconnect` ends the program.
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

/** Pauses are made by the server, the same for every voice. */
function trimmed(samples: Int16Array): Int16Array {
  const start = samples.findIndex((sample) => Math.abs(sample) > SILENCE);
  const end = samples.findLastIndex((sample) => Math.abs(sample) > SILENCE);
  return start < 0 ? new Int16Array(0) : samples.slice(start, end + 1);
}

const textOf = (thrown: unknown): string => String(thrown instanceof Error ? thrown.message : thrown).slice(0, 500);
