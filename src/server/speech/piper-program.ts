/**
 * A Piper/VITS voice from a folder, spoken by sherpa-onnx as a program of its own: a model that does not fit makes that
 * library end its whole process.
 *
 * Arguments: the model file, and the folder it lies in with `tokens.txt` and `espeak-ng-data/`.
 *
 * @module
 */
import { join } from "node:path";
import { serve } from "./speaking-program.js";
import type { SayRequest } from "./voice-messages.js";

/** What Piper itself uses. */
const NOISE = { noiseScale: 0.667, noiseScaleW: 0.8, lengthScale: 1 };

await serve(async () => {
  const [model = "", folder = ""] = process.argv.slice(2);
  const { default: sherpa } = await import("sherpa-onnx-node");
  const vits = { model, tokens: join(folder, "tokens.txt"), dataDir: join(folder, "espeak-ng-data"), ...NOISE };
  const voice = await sherpa.OfflineTts.createAsync({
    model: { vits, numThreads: 1, provider: "cpu" },
    maxNumSentences: 1,
  });

  return async ({ text, speed }: SayRequest) => {
    const { samples, sampleRate } = await voice.generateAsync({ text, sid: 0, speed });
    return { samples: toInt16(samples), rate: sampleRate };
  };
});

const toInt16 = (samples: Float32Array): Int16Array =>
  Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
