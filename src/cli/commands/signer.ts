/**
 * `loa signer`: the program that holds the order key, as a user of its own. The server then has no file of the key that it
 * could read, and neither has whoever breaks into it.
 *
 * @module
 */
import { resolve } from "node:path";
import { createLog } from "../../base/log.js";
import { loadRules, stationFolder } from "../../server/config.js";
import { signerOptionsOf } from "../../server/signer-options.js";
import { openSignerDoor } from "../../server/trust/signer-door.js";
import { type Command, misuse, textOf } from "../command.js";
import { ended } from "../ended.js";

export const signer: Command = {
  usage: ["signer [ĐÀI] --keys THƯ-MỤC --socket TỆP"],
  flags: [
    [
      "--keys",
      {
        vi: "thư mục khóa ký lệnh, chỉ người dùng của chương trình này vào được",
        en: "folder of the order keys, for the user of this program alone",
      },
    ],
    [
      "--socket",
      {
        vi: "nơi máy chủ gọi vào, như trust.signer trong station.json",
        en: "where the server asks, as trust.signer in station.json",
      },
    ],
  ],
  options: { keys: { type: "string" }, socket: { type: "string" } },
  async run(given, io) {
    const [station, extra] = given.positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const keys = textOf(given, "keys");
    const socket = textOf(given, "socket");
    if (keys === undefined || socket === undefined)
      throw misuse({ vi: "Còn thiếu --keys hoặc --socket.", en: "--keys or --socket is missing." });
    const rules = loadRules(stationFolder(station, io.env), { env: io.env });
    const door = await openSignerDoor({
      socket: resolve(io.cwd, socket),
      options: signerOptionsOf(rules, resolve(io.cwd, keys), io.clock),
      log: createLog(io.clock, (line) => io.error(`${line}\n`)),
    });
    io.out(`Chương trình ký lệnh đang nghe ở ${resolve(io.cwd, socket)}. Nhấn Ctrl+C để dừng.\n`);
    await ended(io.signal);
    await door.close();
    return 0;
  },
};
