/**
 * `loa doctor`: what is wrong with the machine and the station, in words.
 *
 * @module
 */
import { resolve } from "node:path";
import { stationFolder } from "../../server/config.js";
import { type Command, misuse } from "../command.js";
import { examine, isWell } from "../doctor.js";
import { withWorkshop } from "../workshop.js";

const MARK = { ok: "✓", warn: "!", bad: "✗" } as const;
/** What the voices are asked to say. */
const WORD = "Xin chào.";

export const doctor: Command = {
  usage: ["doctor [ĐÀI]"],
  async run({ positionals }, io) {
    const [named, extra] = positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const folder = resolve(io.cwd, stationFolder(named ?? (io.env.LOA_STATION || io.cwd), {}));
    const diagnoses = await examine(folder, {
      surroundings: { env: io.env },
      clock: io.clock,
      nodeVersion: process.versions.node,
      testFfmpeg: ({ settings }) =>
        withWorkshop(settings, io, async ({ pipeline }) => {
          const { problem, path, version = "" } = pipeline.describe();
          return problem ?? { vi: `ffmpeg ${version}: ${path}`, en: `ffmpeg ${version}: ${path}` };
        }),
      testVoices: ({ settings }) =>
        withWorkshop(settings, io, async ({ voices }) => {
          const { voice } = await voices.speak(WORD, {}, io.signal);
          return { vi: `Giọng đọc ${voice.provider} nói được.`, en: `The voice ${voice.provider} can speak.` };
        }),
    });
    for (const { state, words } of diagnoses) io.out(`${MARK[state]} ${words.vi}\n  ${words.en}\n`);
    return isWell(diagnoses) ? 0 : 1;
  },
};
