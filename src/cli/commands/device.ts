/**
 * `loa device`: the station's loudspeakers.
 *
 * @module
 */
import { z } from "zod";
import type { ReceiverId } from "../../domain/ids.js";
import { newPlaceSchema, volumeSchema } from "../../server/api/requests.js";
import { pairingView, type ReceiverView, receiverView } from "../../server/api/views.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io, misuse, textOf, wholeNumber } from "../command.js";
import { ALIGN_FLAGS, ALIGN_OPTIONS, ALIGN_USAGE, align } from "../device-align.js";
import { CARE_ACTIONS, CARE_USAGE } from "../device-care.js";
import { KEY_ACTIONS, pairingText, receiver, showWaiting } from "../device-keys.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS, type StationClient } from "../station-client.js";

type Action = (given: Given, io: Io, client: () => Promise<StationClient>) => Promise<ExitCode>;

const ACTIONS: Readonly<Record<string, Action>> = {
  ...KEY_ACTIONS,
  align,
  ...CARE_ACTIONS,
  async list(given, io, client) {
    exactly(given, []);
    const receivers = await (await client()).call("GET", "/receivers", { answer: z.array(receiverView) });
    if (given.values.json === true) io.out(`${JSON.stringify(receivers, null, 2)}\n`);
    else for (const receiver of receivers) io.out(`${lineOf(receiver)}\n`);
    return 0;
  },
  async add(given, io, client) {
    const [name] = exactly(given, ["TÊN"]);
    const area = textOf(given, "area");
    if (area === undefined) throw misuse({ vi: "Còn thiếu --area.", en: "--area is missing." });
    const id = textOf(given, "id");
    const kind = textOf(given, "kind") ?? "fixed";
    const body = readArguments(newPlaceSchema, { name, area, kind, ...(id === undefined ? {} : { id }) }, PLACE_NAMES);
    const station = await client();
    const place = await station.call("POST", "/receivers", { body, answer: receiverView });
    const { code } = await station.call("POST", `/receivers/${place.id}/pairing`, { answer: pairingView });
    io.out(`Đã thêm ${place.id}.\n${pairingText(code)}`);
    return 0;
  },
  async remove(given, io, client) {
    const [id] = exactly(given, ["LOA"]).map((text) => receiver(text));
    await (await client()).call("DELETE", `/receivers/${id}`, { answer: z.undefined() });
    io.out(`Đã gỡ ${id}; nhật ký của loa vẫn giữ.\nRemoved ${id}; its log stays.\n`);
    return 0;
  },
  async volume(given, io, client) {
    const [id = "", percent = ""] = exactly(given, ["LOA", "PHẦN-TRĂM"]);
    const body = readArguments(volumeSchema, { percent: wholeNumber(percent) ?? percent }, { "/percent": "PHẦN-TRĂM" });
    return order(io, client, { id: receiver(id), door: "volume", body });
  },
  async mute(given, io, client) {
    const [id = ""] = exactly(given, ["LOA"]);
    return order(io, client, { id: receiver(id), door: "mute", body: { muted: given.values.off !== true } });
  },
};

const PLACE_NAMES = { "/name": "TÊN", "/area": "--area", "/id": "--id", "/kind": "--kind" };

interface Ordered {
  readonly id: ReceiverId;
  readonly door: "volume" | "mute";
  readonly body: object;
}

async function order(io: Io, client: () => Promise<StationClient>, { id, door, body }: Ordered): Promise<ExitCode> {
  await (await client()).call("PUT", `/receivers/${id}/${door}`, { body, answer: receiverView });
  io.out(`Đã ra lệnh cho ${id}; xem loa xác nhận: loa device list\nOrdered ${id}; see it confirmed: loa device list\n`);
  return 0;
}

function linkOf({ paired, connected, lastSeen, waiting, quarantined }: ReceiverView): string {
  if (quarantined) return "cách ly";
  if (connected) return "đang kết nối";
  if (paired) return lastSeen === undefined ? "chưa kết nối từ khi máy chủ chạy" : `mất liên lạc từ ${lastSeen}`;
  return waiting ? "chờ xác nhận" : "chưa ghép";
}

function lineOf(receiver: ReceiverView): string {
  const { id, name, area, reported, condition, repair } = receiver;
  const doing = reported?.now.map(({ state, title, cue }) => `${state} ${title ?? cue}`).join("; ") || "im lặng";
  const said =
    reported === undefined ? "chưa báo gì" : `${doing}, ${reported.volume} %${reported.muted ? ", tắt tiếng" : ""}`;
  const how = repair ? `phiếu ${repair.number}: ${repair.text}` : condition.troubles.join(" ") || condition.state;
  return [id, name, area, linkOf(receiver), said, ...(how === "ok" ? [] : [how])].join("\t");
}

export const device: Command = {
  usage: [
    "device [--json]",
    "device list [--json]",
    "device add TÊN --area ĐỊA-BÀN [--id MÃ] [--kind fixed|van]",
    "device pair LOA",
    "device confirm LOA SÁU-TỪ",
    "device replace LOA",
    "device revoke LOA",
    "device clear LOA",
    "device remove LOA",
    "device volume LOA PHẦN-TRĂM",
    "device mute LOA [--off]",
    ...CARE_USAGE,
    ALIGN_USAGE,
  ],
  flags: [
    ["--off", { vi: "mở tiếng lại; ra khỏi nhóm", en: "let it sound again; take it out of its group" }],
    ["--turns", { vi: "cả nhóm phát lần lượt", en: "the whole group takes turns" }],
    ["--seconds", { vi: "tiếng bíp dài bao lâu, mặc định 2", en: "length of the pip, 2 when left out" }],
    ["--days", { vi: "im lặng từ bao nhiêu ngày, mặc định 3", en: "silent for how many days, 3 when left out" }],
    ...ALIGN_FLAGS,
    ...STATION_FLAGS,
  ],
  options: {
    ...ALIGN_OPTIONS,
    json: { type: "boolean" },
    area: { type: "string" },
    id: { type: "string" },
    kind: { type: "string" },
    off: { type: "boolean" },
    turns: { type: "boolean" },
    seconds: { type: "string" },
    days: { type: "string" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    if (given.positionals.length === 0) return showWaiting(given, io, () => openStationClient(given, io));
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io, () => openStationClient(given, io));
  },
};
