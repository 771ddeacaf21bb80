/**
 * `loa play`: sounds at once.
 *
 * @module
 */
import { playSchema } from "../../server/api/requests.js";
import { orderedView } from "../../server/api/views.js";
import { type Command, exactly, misuse, textOf, textsOf } from "../command.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";

export const play: Command = {
  usage: [
    "play BẢN-TIN|--playlist DANH-SÁCH --area ĐỊA-BÀN... [--receiver LOA]... [--class LOẠI] [--confirmed-by TÊN]",
  ],
  flags: [
    ["--playlist", { vi: "phát cả danh sách thay cho một bản tin", en: "play a whole playlist" }],
    ["--area", { vi: "phát trong địa bàn này", en: "sound in this area" }],
    ["--receiver", { vi: "phát ở loa này", en: "sound at this loudspeaker" }],
    [
      "--class",
      {
        vi: "ordinary (thông thường), priority (ưu tiên) hoặc emergency (khẩn cấp)",
        en: "ordinary, priority or emergency",
      },
    ],
    [
      "--confirmed-by",
      { vi: "người xác nhận tin khẩn cấp trong giờ yên tĩnh", en: "who confirms an emergency in quiet hours" },
    ],
    ...STATION_FLAGS,
  ],
  options: {
    playlist: { type: "string" },
    area: { type: "string", multiple: true },
    receiver: { type: "string", multiple: true },
    class: { type: "string" },
    "confirmed-by": { type: "string" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    const playlist = textOf(given, "playlist");
    const [announcement] = exactly(given, playlist === undefined ? ["BẢN-TIN"] : []);
    const targets = { areas: textsOf(given, "area"), receivers: textsOf(given, "receiver") };
    if (targets.areas.length + targets.receivers.length === 0) throw misuse(NOWHERE);
    const confirmedBy = textOf(given, "confirmed-by");
    const wish = {
      content: playlist === undefined ? { kind: "announcement", announcement } : { kind: "playlist", playlist },
      targets,
      class: textOf(given, "class") ?? "ordinary",
      ...(confirmedBy === undefined ? {} : { confirmedBy }),
    };
    const body = readArguments(playSchema, wish, NAMES);
    const client = await openStationClient(given, io);
    const { receivers, away } = await client.call("POST", "/play", { body, answer: orderedView });
    io.out(`Đã ra lệnh phát cho ${receivers.length} loa.\nOrdered ${receivers.length} loudspeakers to play.\n`);
    if (away.length > 0)
      io.out(
        `Đang mất liên lạc, chỉ phát nếu kịp nối lại / away, will play only if back in time: ${away.join(", ")}\n`,
      );
    return 0;
  },
};

const NAMES = {
  "/content/announcement": "BẢN-TIN",
  "/content/playlist": "--playlist",
  "/targets/areas": "--area",
  "/targets/receivers": "--receiver",
  "/class": "--class",
  "/confirmedBy": "--confirmed-by",
};
const NOWHERE = {
  vi: "Hãy nói phát ở đâu: --area hoặc --receiver.",
  en: "Say where to sound: --area or --receiver.",
};
