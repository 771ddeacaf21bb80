/**
 * A text as a sound file, phrase by phrase, with the pauses that the text asks for.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { PAUSE_SECONDS, splitSentences } from "../../language/index.js";
import type { Sound } from "./voice-messages.js";
import { createWavFile, type WavFile } from "./wav-file.js";

export interface SpokenFileOptions {
  /** Must not exist yet. */
  readonly file: string;
  /** 1 is normal; pauses shrink as the voice quickens. */
  readonly speed: number;
  /** Says one phrase; all phrases come at the same rate. */
  readonly say: (phrase: string) => Promise<Sound>;
}

/**
 * Writes the text to a WAV file: 16 bit, mono, as many samples a second as the voice gives.
 *
 * @throws Fault "invalid" when there is nothing to say; whatever `say` throws, with the file left unfinished
 */
export async function writeSpoken(text: string, { file, speed, say }: SpokenFileOptions): Promise<void> {
  let wav: WavFile | undefined;
  let pause = 0;
  try {
    for (const phrase of splitSentences(text)) {
      const { samples, rate } = await say(phrase.text);
      wav ??= await createWavFile(file, rate);
      await wav.silence(pause);
      await wav.write(samples);
      pause = PAUSE_SECONDS[phrase.pause] / speed;
    }
    if (wav === undefined) throw nothingToSay();
    await wav.finish();
  } finally {
    await wav?.close();
  }
}

/** The answer to a text without a single word. */
export const nothingToSay = (): Fault =>
  new Fault(
    "invalid",
    {
      vi: "Nội dung không có từ nào để đọc. Hãy nhập nội dung bản tin.",
      en: "The text has no words to say. Write something.",
    },
    { reason: "nothing-to-say" },
  );
