/**
 * `loa backup`: a station copied, checked and brought back.
 *
 * @module
 */
import { resolve } from "node:path";
import { nearest } from "../../base/nearest.js";
import { stationFolder } from "../../server/config.js";
import { createBackup, restoreBackup, verifyBackup } from "../backup.js";
import { type Command, type ExitCode, exactly, type Given, type Io, misuse, textOf } from "../command.js";

const ACTIONS: Readonly<Record<string, (given: Given, io: Io) => Promise<ExitCode>>> = {
  async create(given, io) {
    const [to = ""] = exactly(given, ["NƠI-LƯU"]);
    const { folder, files, bytes } = await createBackup(stationOf(given, io), resolve(io.cwd, to), io.clock);
    io.out(`Đã sao lưu ${files} tệp (${bytes} byte) vào ${folder}.\nBacked up ${files} files (${bytes} bytes).\n`);
    return 0;
  },
  async verify(given, io) {
    const [folder = ""] = exactly(given, ["BẢN-SAO"]);
    const check = await verifyBackup(resolve(io.cwd, folder));
    for (const { path, words } of check.problems) io.error(`${path}: ${words.vi} / ${words.en}\n`);
    io.out(
      check.ok
        ? `Bản sao lưu ${check.madeAt} nguyên vẹn: ${check.files} tệp.\nThe backup is whole: ${check.files} files.\n`
        : "Bản sao lưu không nguyên vẹn.\nThe backup is not whole.\n",
    );
    return check.ok ? 0 : 1;
  },
  async restore(given, io) {
    const [folder = "", to = ""] = exactly(given, ["BẢN-SAO", "ĐÀI"]);
    const replace = given.values.replace === true;
    const { former } = await restoreBackup(resolve(io.cwd, folder), resolve(io.cwd, to), { replace, clock: io.clock });
    io.out("Đã khôi phục đài.\nThe station was restored.\n");
    if (former !== undefined) io.out(`Đài cũ nằm trong ${former}.\nThe former one is in ${former}.\n`);
    return 0;
  },
};

const stationOf = (given: Given, io: Io) =>
  resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));

export const backup: Command = {
  usage: ["backup create NƠI-LƯU [--station ĐÀI]", "backup verify BẢN-SAO", "backup restore BẢN-SAO ĐÀI [--replace]"],
  flags: [
    ["--station", { vi: "thư mục đài cần sao lưu", en: "the station to back up" }],
    [
      "--replace",
      { vi: "thay đài đang có; đài cũ được giữ lại bên cạnh", en: "replace a station; the former one is kept beside" },
    ],
  ],
  options: { station: { type: "string" }, replace: { type: "boolean" } },
  async run(given, io) {
    const [name = "", ...positionals] = given.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action !== undefined) return action({ ...given, positionals }, io);
    const meant = nearest(name, Object.keys(ACTIONS));
    throw misuse({
      vi: `Hãy chọn create, verify hoặc restore.${meant ? ` Có phải ${meant}?` : ""}`,
      en: `Say create, verify or restore.${meant ? ` Did you mean ${meant}?` : ""}`,
    });
  },
};
