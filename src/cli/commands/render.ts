/**
 * `loa render`: a text as a sound file, without a server.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Fault, type Words } from "../../base/errors.js";
import type { VoiceChoice } from "../../domain/announcement.js";
import { normalise } from "../../language/index.js";
import { settingsSchema } from "../../server/config/settings.js";
import { loadStation, type Settings, stationFolder } from "../../server/config.js";
import { type Command, exactly, type Given, type Io, misuse, textOf } from "../command.js";
import { keptReadings } from "../kept-readings.js";
import { readInput } from "../text-parts.js";
import { wavOfClip } from "../wav-of-clip.js";
import { withWorkshop } from "../workshop.js";

/** What is spoken with where there is no station: the embedded voice, which needs no network. */
const PLAIN = { station: { name: "loa render" }, voices: { order: ["espeak"] } };

export const render: Command = {
  usage: ["render TỆP|- -o RA.opus|RA.wav [--voice GIỌNG] [--station ĐÀI]"],
  flags: [
    [
      "-o, --output",
      { vi: "tệp ra: .opus, hoặc .wav 48 kHz 16 bit", en: "the file to write: .opus, or .wav 48 kHz 16 bit" },
    ],
    ["--voice", { vi: "nhà cung cấp hoặc giọng, ví dụ espeak hay espeak:vi-vn-x-south", en: "provider or voice" }],
    ["--station", { vi: "thư mục đài có cài đặt giọng đọc", en: "a station with settings of voices" }],
  ],
  options: { output: { type: "string", short: "o" }, voice: { type: "string" }, station: { type: "string" } },
  async run(given, io) {
    const [input = ""] = exactly(given, ["TỆP"]);
    const output = textOf(given, "output");
    if (output === undefined || !/\.(?:opus|wav)$/.test(output)) throw misuse(NO_OUTPUT);
    const options = await keptReadings(given, io, voiceOf(given));
    const { spoken, seconds, measured } = normalise(await readInput(input, io), options);
    if (spoken === "") throw new Fault("invalid", NO_WORDS);
    const target = resolve(io.cwd, output);
    const said = await withWorkshop(settingsOf(given, io), io, async ({ voices, pipeline, clips }) => {
      const wish = voiceOf(given);
      if (!voices.list().some(({ choice }) => isWished(choice, wish))) throw misuse(noVoice(voices.list()));
      const speech = await voices.speak(spoken, wish, io.signal);
      const clip = await pipeline.makeClip(speech.file, { name: output, trusted: true }, io.signal);
      const bytes = await readFile(clips.pathOf(clip.sha256));
      await writeFile(target, output.endsWith(".wav") ? await wavOfClip(bytes) : bytes).catch((cause: unknown) => {
        throw new Fault("unavailable", notWritten(output), { reason: "disk", cause });
      });
      return { clip, voice: speech.voice };
    });
    const { durationMs, loudnessLufs } = said.clip;
    io.out(
      `${output}: ${(durationMs / 1000).toFixed(1)} giây (ước tính ${seconds.toFixed(0)}${measured ? "" : ", giọng này chưa đo"}), ${loudnessLufs.toFixed(1)} LUFS, giọng ${said.voice.provider}:${said.voice.voice}\n`,
    );
    return 0;
  },
};

/** `espeak`, or a voice of it as `espeak:vi-vn-x-south`. */
function voiceOf(given: Given): { provider?: string; voice?: string } {
  const [provider, voice] = (textOf(given, "voice") ?? "").split(":");
  return { ...(provider ? { provider } : {}), ...(voice ? { voice } : {}) };
}

const isWished = (choice: VoiceChoice, wish: ReturnType<typeof voiceOf>) =>
  (wish.provider === undefined || choice.provider === wish.provider) &&
  (wish.voice === undefined || choice.voice === wish.voice);

function noVoice(offers: readonly { readonly choice: VoiceChoice }[]): Words {
  const names = offers.map(({ choice }) => `${choice.provider}:${choice.voice}`).join(", ");
  return { vi: `Không có giọng đó. Các giọng có: ${names}`, en: `There is no such voice. There are: ${names}` };
}

const notWritten = (output: string): Words => ({
  vi: `Không ghi được ${output}. Hãy xem thư mục đó có không, có được ghi vào không và đĩa còn chỗ không.`,
  en: `${output} cannot be written. See that its folder exists, that you may write there and that the disk has room.`,
});

function settingsOf(given: Given, io: Io): Settings {
  const named = textOf(given, "station");
  const folder = resolve(io.cwd, stationFolder(named ?? (io.env.LOA_STATION || io.cwd), {}));
  if (named !== undefined || existsSync(join(folder, "config", "station.json")))
    return loadStation(folder, { env: io.env }).settings;
  return settingsSchema.parse(PLAIN);
}

const NO_OUTPUT = {
  vi: "Hãy ghi tệp ra bằng -o, tên kết thúc bằng .opus hoặc .wav.",
  en: "Name the file to write with -o; it ends in .opus or .wav.",
};
const NO_WORDS = { vi: "Không có chữ nào để đọc.", en: "There are no words to read." };
