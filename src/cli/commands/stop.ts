/**
 * `loa stop`: silence.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { stopSchema } from "../../server/api/requests.js";
import { orderedView } from "../../server/api/views.js";
import { type Command, exactly, type Given, misuse, textOf, textsOf } from "../command.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";

export const stop: Command = {
  usage: ["stop [--area ĐỊA-BÀN]... [--receiver LOA]... [--announcement BẢN-TIN]"],
  flags: [
    ["", { vi: "không có cờ nào: dừng tất cả", en: "without a flag: stop everything" }],
    ["--area", { vi: "chỉ trong địa bàn này", en: "only in this area" }],
    ["--receiver", { vi: "chỉ loa này", en: "only this loudspeaker" }],
    [
      "--announcement",
      { vi: "thu hồi bản tin này: dừng và không bao giờ phát lại", en: "recall this announcement: stop it for good" },
    ],
    ...STATION_FLAGS,
  ],
  options: {
    area: { type: "string", multiple: true },
    receiver: { type: "string", multiple: true },
    announcement: { type: "string" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    exactly(given, []);
    const body = readArguments(stopSchema, { scope: scopeOf(given) }, NAMES);
    const client = await openStationClient(given, io);
    const { receivers, away } = await client.call("POST", "/stop", { body, answer: orderedView });
    if (receivers.length === 0 && body.scope.kind !== "all") throw new Fault("not-found", NOBODY);
    io.out(`Đã ra lệnh dừng cho ${receivers.length} loa.\nOrdered ${receivers.length} loudspeakers to stop.\n`);
    if (away.length > 0) io.out(`Đang mất liên lạc, sẽ nghe lệnh khi nối lại / away: ${away.join(", ")}\n`);
    return 0;
  },
};

const NAMES = {
  "/scope/areas": "--area",
  "/scope/receivers": "--receiver",
  "/scope/announcement": "--announcement",
};
const NOBODY = {
  vi: "Không có loa nào ở nơi đã nói nên không có loa nào dừng. Hãy xem lại mã bằng loa device list, hoặc dừng tất cả: loa stop",
  en: "There is no loudspeaker where you said, so none was stopped. Check the ids with loa device list, or stop everything: loa stop",
};

function scopeOf(given: Given) {
  const areas = textsOf(given, "area");
  const receivers = textsOf(given, "receiver");
  const announcement = textOf(given, "announcement");
  const scopes = [
    ...(areas.length > 0 ? [{ kind: "areas", areas }] : []),
    ...(receivers.length > 0 ? [{ kind: "receivers", receivers }] : []),
    ...(announcement === undefined ? [] : [{ kind: "announcement", announcement }]),
  ];
  if (scopes.length > 1)
    throw misuse({
      vi: "Chỉ dùng một trong --area, --receiver, --announcement.",
      en: "Use only one of --area, --receiver, --announcement.",
    });
  return scopes[0] ?? { kind: "all" };
}
