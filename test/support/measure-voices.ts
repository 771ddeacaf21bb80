/**
 * Measures how long the embedded voice takes over {@link SPOKEN_TEXTS}. Run by hand after a change to the voice or to where
 * it breathes, and commit what it writes:
 *
 *     npx tsx test/support/measure-voices.ts > test/golden/voice-seconds.json
 *
 * Each text is said by each accent at each speed, phrase by phrase and with the pauses between them, as an announcement is;
 * what is counted is the samples of the finished sound. A few minutes of work for one core.
 *
 * @module
 */
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { createVoiceProcess } from "../../src/server/speech/voice-process.js";
import { secondsSaid } from "./seconds-said.js";
import { SPOKEN_TEXTS } from "./spoken-texts.js";

const VOICES = ["vi", "vi-vn-x-central", "vi-vn-x-south"];
const SPEEDS = [0.65, 1, 1.5];

const program = new URL("../../src/server/speech/espeak-program", import.meta.url);
const speaker = createVoiceProcess({ program, title: "eSpeak NG", clock: systemClock, log: silentLog });
const rows = [];
for (const [name, text] of Object.entries(SPOKEN_TEXTS)) {
  for (const voice of VOICES) {
    for (const speed of SPEEDS) {
      const seconds = await secondsSaid(speaker, text, { voice, speed });
      rows.push({ name, voice, speed, seconds: Math.round(seconds * 1000) / 1000 });
    }
  }
}
await speaker.close();
process.stdout.write(`[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n]\n`);
