/**
 * Any Piper/VITS voice that the station drops in as a folder: one `.onnx` model, `tokens.txt`, `espeak-ng-data/`.
 *
 * @module
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { Fault, type Words } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { type Instant, later, seconds } from "../../base/units.js";
import { named, type Provider } from "./provider.js";
import { writeSpoken } from "./spoken-file.js";
import { createVoiceProcess, type VoiceProcessOptions } from "./voice-process.js";

export type PiperOptions = Pick<VoiceProcessOptions, "clock" | "log"> & {
  /** The folder of the voice; its name is the voice's name. */
  readonly dir: string;
  readonly title?: string;
  /** The module that speaks, in tests. */
  readonly module?: string;
};

/** A voice that could not start is not tried again for so long. */
const REST = seconds(60);
/** A neural voice on a small machine may need as long for a phrase as the phrase lasts. */
const PATIENCE = seconds(60);

/** One voice; speeds from 0.5 to 2. A missing module or a wrong folder is a {@link Provider.problem}, never a crash. */
export function createPiperVoice({ dir, clock, log, title, module = "sherpa-onnx-node" }: PiperOptions): Provider {
  const voice = basename(dir).slice(0, 64) || "piper";
  const model = modelIn(dir);
  const program = new URL("./piper-program", import.meta.url);
  const arguments_ = [join(dir, model ?? ""), dir];
  const speaker = createVoiceProcess({
    ...{ program, clock, log, arguments: arguments_ },
    title: title ?? `Piper ${voice}`,
    patience: PATIENCE,
  });
  let unfit: { readonly words: Words; readonly until: Instant } | undefined;

  const problem = (): Words | undefined => {
    if (!isInstalled(module)) return MISSING_MODULE;
    const missing =
      model === undefined ? "*.onnx" : ["tokens.txt", "espeak-ng-data"].find((name) => !existsSync(join(dir, name)));
    if (missing !== undefined) return missingFile(dir, missing);
    return unfit !== undefined && clock.now() < unfit.until ? unfit.words : undefined;
  };

  return {
    name: "piper",
    extension: "wav",
    fingerprint: model ?? "",
    voices: [{ voice, title: named(title ?? `Piper, ${voice}`) }],
    problem,
    choose: ({ speed = 1 }) => ({ provider: "piper", voice, speed }),
    async speak(text, { choice, file }, signal) {
      const words = problem();
      if (words !== undefined) throw new Fault("unavailable", words, { reason: "unfit" });
      const { speed } = choice;
      try {
        await writeSpoken(text, { file, speed, say: (phrase) => speaker.say({ text: phrase, voice, speed }, signal) });
        unfit = undefined;
      } catch (thrown) {
        if (thrown instanceof Fault && thrown.code === "unavailable") {
          unfit = { words: thrown.words, until: later(clock.now(), REST) };
        }
        throw thrown;
      }
    },
    close: speaker.close,
  };
}

function modelIn(dir: string): string | undefined {
  if (!existsSync(dir)) return undefined;
  const models = readdirSync(dir).filter((name) => name.endsWith(".onnx"));
  return models.length === 1 ? models[0] : undefined;
}

function isInstalled(module: string): boolean {
  try {
    return createRequire(import.meta.url).resolve(module) !== "";
  } catch (thrown) {
    if (codeOf(thrown) === "MODULE_NOT_FOUND") return false;
    throw thrown;
  }
}

const MISSING_MODULE: Words = {
  vi: "Máy này chưa có thư viện sherpa-onnx-node nên không dùng được giọng Piper. Hãy chạy lại npm ci, không dùng --omit=optional.",
  en: "This machine lacks sherpa-onnx-node, so Piper voices do not work. Run npm ci again without --omit=optional.",
};

const missingFile = (dir: string, name: string): Words => ({
  vi: `Thư mục giọng Piper ${dir} phải có đúng một tệp *.onnx, tệp tokens.txt và thư mục espeak-ng-data; thiếu ${name}.`,
  en: `The Piper voice folder ${dir} must hold exactly one *.onnx, tokens.txt and espeak-ng-data/; ${name} is missing.`,
});
