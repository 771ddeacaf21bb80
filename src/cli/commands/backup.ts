/**
 * `loa backup`: a station copied, checked and brought back.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { MEGABYTE } from "../../base/units.js";
import { listBackups, makeAutomaticBackup, type Occasion } from "../../server/backup/automatic.js";
import { createBackup, restoreBackup, verifyBackup } from "../../server/backup/backup.js";
import { loadStation, stationFolder } from "../../server/config.js";
import { automaticBackup } from "../../server/own-backups.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io, misuse, textOf } from "../command.js";

const ACTIONS: Readonly<Record<string, (given: Given, io: Io) => Promise<ExitCode>>> = {
  async create(given, io) {
    const station = stationOf(given, io);
    const [to, extra] = given.positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const { folder, files, bytes, packages } =
      to === undefined
        ? await makeAutomaticBackup(automaticBackup(loadStation(station, { env: io.env }), "by-hand"), io.clock)
        : await createBackup(station, resolve(io.cwd, to), io.clock);
    io.out(`Đã sao lưu ${files} tệp (${bytes} byte) vào ${folder}.\nBacked up ${files} files (${bytes} bytes).\n`);
    io.out(packagesText(packages));
    io.out(SECRETS);
    return 0;
  },
  async list(given, io) {
    exactly(given, []);
    const { folder } = automaticBackup(loadStation(stationOf(given, io), { env: io.env }), "by-hand");
    const kept = await listBackups(folder);
    for (const { name, occasion, files, bytes } of kept)
      io.out(`${join(folder, name)}\t${OCCASION[occasion]}\t${files} tệp\t${Math.ceil(bytes / MEGABYTE)} MB\n`);
    if (kept.length === 0) io.out(`Chưa có bản sao lưu nào trong / no backup yet in ${folder}\n`);
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
    io.out(ENTER_ANEW);
    if (former !== undefined) io.out(`Đài cũ nằm trong ${former}.\nThe former one is in ${former}.\n`);
    return 0;
  },
};

const OCCASION: Readonly<Record<Occasion, string>> = {
  daily: "hằng ngày / daily",
  upgrade: "trước khi nâng cấp / before an upgrade",
  "by-hand": "tự tay / by hand",
};
const SECRETS =
  "Bản sao có mọi bí mật của đài (mã truy cập, khóa ký lệnh, khóa TLS) và dữ liệu cá nhân: hãy cất như cất chính đài.\nIt holds every secret of the station and personal data: keep it like the station itself.\n";

const ENTER_ANEW =
  "Khi đài chạy lại, phiên đăng nhập, thư mời và mã ghép loa trong bản sao hết hiệu lực; mã của chương trình còn lại được liệt kê để xem lại.\n" +
  "When it runs again, sessions, invitations and pairing codes of the backup are over; tokens of programs still hold and are listed.\n";

const packagesText = (count: number): string =>
  count === 0
    ? "Đài không giữ gói chương trình loa nào.\nThe station keeps no program for loudspeakers.\n"
    : `Trong đó có ${count} gói chương trình loa; khóa cập nhật của người làm gói không nằm ở đài nên không có trong bản sao.\n` +
      `Programs for loudspeakers among them: ${count}. The update key of their maker is not kept at the station and not in the copy.\n`;

const stationOf = (given: Given, io: Io) =>
  resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));

export const backup: Command = {
  usage: [
    "backup create [NƠI-LƯU] [--station ĐÀI]",
    "backup list [--station ĐÀI]",
    "backup verify BẢN-SAO",
    "backup restore BẢN-SAO ĐÀI [--replace]",
  ],
  flags: [
    ["--station", { vi: "thư mục đài cần sao lưu", en: "the station to back up" }],
    [
      "--replace",
      { vi: "thay đài đang có; đài cũ được giữ lại bên cạnh", en: "replace a station; the former one is kept beside" },
    ],
  ],
  options: { station: { type: "string" }, replace: { type: "boolean" } },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io);
  },
};
