/**
 * `loa doctor`: what is wrong with the machine and the station, in words.
 *
 * @module
 */
import { resolve } from "node:path";
import { stationFolder } from "../../server/config.js";
import { machineFiles, writeDurably } from "../../server/store/disk.js";
import { makeBundle } from "../bundle.js";
import { type Command, misuse, textOf } from "../command.js";
import { examine, isWell } from "../doctor.js";
import { withWorkshop } from "../workshop.js";

const MARK = { ok: "✓", warn: "!", bad: "✗" } as const;
/** What the voices are asked to say. */
const WORD = "Xin chào.";

export const doctor: Command = {
  usage: ["doctor [ĐÀI] [--bundle TỆP]"],
  flags: [
    [
      "--bundle",
      {
        vi: "ghi thêm một tệp để gửi người giúp từ xa; không có bí mật, không có dữ liệu cá nhân",
        en: "also write a file for somebody who helps from far away; no secrets, no personal data",
      },
    ],
  ],
  options: { bundle: { type: "string" } },
  async run(given, io) {
    const [named, extra] = given.positionals;
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
    const bundle = textOf(given, "bundle");
    if (bundle !== undefined) {
      const path = resolve(io.cwd, bundle);
      const content = await makeBundle(folder, { diagnoses, surroundings: { env: io.env }, now: io.clock.date() });
      await writeDurably(machineFiles, path, `${JSON.stringify(content, null, 2)}\n`);
      io.out(`Đã ghi ${path}. Hãy mở ra xem trước khi gửi.\n  Written; look into it before you send it.\n`);
    }
    return isWell(diagnoses) ? 0 : 1;
  },
};
