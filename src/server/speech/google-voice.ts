/**
 * The public voice of Google Translate: pleasant, but it needs the Internet and may be gone any day.
 *
 * Only the URL builder of google-tts-api is used. Its other functions evaluate the answer as a program.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { getAudioUrl } from "google-tts-api/dist/getAudioUrl.js";
import { type Ms, seconds } from "../../base/units.js";
import { LONGEST_PHRASE, splitSentences } from "../../language/index.js";
import { audioKind } from "./audio-kind.js";
import { CallFailure, faultOf } from "./call-failure.js";
import { type CallerOptions, createCaller } from "./caller.js";
import { download } from "./download.js";
import { type Mp3, readMp3 } from "./mp3.js";
import type { Provider } from "./provider.js";
import { together } from "./together.js";

export interface GoogleOptions extends Pick<CallerOptions, "clock" | "random" | "log"> {
  /** Where the endpoint is, without a slash at the end; for tests and for stations behind a gateway. */
  readonly host?: string;
  /** For one phrase. */
  readonly timeout?: Ms;
}

const TITLE = "Google";
const HOST = "https://translate.google.com";
/** More at once looks like an attack to the other side. */
const AT_ONCE = 2;
/** A phrase of 199 units lasts about 20 s: some 80 kB at the 32 kbit/s that is usual there. */
const MOST_BYTES = 2_000_000;

/**
 * A voice of one speed: a wish for another is answered with speed 1. The text is sent in phrases and their MP3 is joined.
 */
export function createGoogleVoice({ clock, random, log, host = HOST, timeout = seconds(8) }: GoogleOptions): Provider {
  const caller = createCaller({ clock, random, log, title: TITLE, atOnce: AT_ONCE });

  const fetchPhrase = async (phrase: string, signal: AbortSignal): Promise<Mp3> => {
    const url = new URL(getAudioUrl(phrase, { lang: "vi", slow: false, host }));
    const options = { url, clock, timeout, mostBytes: MOST_BYTES, allowPrivate: true };
    const { bytes } = await download(options, signal);
    if (audioKind(bytes) !== "mp3") throw new CallFailure("not-audio");
    const mp3 = readMp3(bytes);
    if (mp3 === undefined) throw new CallFailure("truncated", { detail: "broken inside a frame" });
    return mp3;
  };

  return {
    name: "google",
    extension: "mp3",
    fingerprint: "tw-ob",
    voices: [{ voice: "vi", title: { vi: "Google (cần Internet)", en: "Google (needs the Internet)" } }],
    problem: caller.problem,
    choose: () => ({ provider: "google", voice: "vi", speed: 1 }),
    async speak(text, { file }, signal) {
      const phrases = splitSentences(text, LONGEST_PHRASE);
      const pieces = await together(
        phrases.map((phrase) => (stop: AbortSignal) => caller.call(() => fetchPhrase(phrase.text, stop), stop)),
        signal,
      );
      const formats = new Set(pieces.map(({ format }) => format));
      if (formats.size !== 1) throw faultOf(new CallFailure("not-audio", { detail: "mixed formats" }), TITLE);
      await writeFile(file, Buffer.concat(pieces.map(({ frames }) => frames)));
    },
    async close() {},
  };
}
