/**
 * `loa notice`: whether notices reach their recipients.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { reasonOf } from "../../base/errors.js";
import { messageOf, type Notice } from "../../domain/notice.js";
import { loadStation, stationFolder } from "../../server/config.js";
import { recipientsOf } from "../../server/notice-recipients.js";
import { createTimeOf } from "../../server/notices.js";
import { type Command, misuse, textOf } from "../command.js";

export const notice: Command = {
  usage: ["notice test [TÊN-NGƯỜI-NHẬN]"],
  flags: [["--station", { vi: "thư mục đài", en: "the station's folder" }]],
  options: { station: { type: "string" } },
  async run(given, io) {
    const [action, named, extra] = given.positionals;
    if (action !== "test") throw misuse({ vi: "Hãy chọn test.", en: "Say test." });
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
    const station = loadStation(folder, { env: io.env });
    const recipients = recipientsOf(station, io.clock);
    const chosen = named === undefined ? recipients : recipients.filter(({ name }) => name === named);
    if (chosen.length === 0) {
      const names = recipients.map(({ name }) => name).join(", ");
      io.error(`Không có người nhận nào như vậy. Đang có / there are: ${names || "–"} (notices.recipients)\n`);
      return 1;
    }
    const { name } = station.settings.station;
    const test: Notice = { kind: "test", at: io.clock.date(), title: TITLE };
    const id = randomBytes(12).toString("hex");
    const parcel = { ...messageOf(name, [test], createTimeOf(station.settings.zone)), id, station: name };
    const tries = await Promise.allSettled(
      chosen.map((one) => one.deliver({ ...parcel, notices: [{ ...test, id }] }, io.signal)),
    );
    for (const [index, tried] of tries.entries()) {
      const who = chosen[index]?.name;
      io.out(tried.status === "fulfilled" ? `✓ ${who}: đã nhận / taken\n` : `✗ ${who}: ${reasonOf(tried.reason)}\n`);
    }
    return tries.every(({ status }) => status === "fulfilled") ? 0 : 1;
  },
};

const TITLE = {
  vi: "Tin thử: đài gửi được tin nhắn đến bạn.",
  en: "A test: the station can send you notices.",
};
