/**
 * What `loa device` does to look after loudspeakers: alarms, tests, repairs, complaints, and who has been silent.
 *
 * @module
 */
import { z } from "zod";
import { newRepairSchema, repairClosingSchema, silentQuerySchema, testSchema } from "../server/api/care-requests.js";
import {
  type AlarmView,
  alarmView,
  type ComplaintView,
  complaintView,
  type RepairView,
  repairView,
  type SilentView,
  silentView,
} from "../server/api/care-views.js";
import { placeChangeSchema } from "../server/api/requests.js";
import { receiverView } from "../server/api/views.js";
import { type ExitCode, exactly, type Given, type Io, misuse, textOf, wholeNumber } from "./command.js";
import { receiver } from "./device-keys.js";
import { readArguments } from "./read-arguments.js";
import type { StationClient } from "./station-client.js";

type Action = (given: Given, io: Io, client: () => Promise<StationClient>) => Promise<ExitCode>;

/** Prints a list, a line each, or as JSON when that was asked for. */
const lister =
  <Row>(path: string, row: z.ZodType<Row>, lineOf: (row: Row) => string): Action =>
  async (given, io, client) => {
    exactly(given, []);
    const rows = await (await client()).call("GET", path, { answer: z.array(row) });
    if (given.values.json === true) io.out(`${JSON.stringify(rows, null, 2)}\n`);
    else for (const one of rows) io.out(`${lineOf(one)}\n`);
    return 0;
  };

const alarmLine = ({ id, since, times, isThere, acknowledgedBy, words }: AlarmView): string =>
  [
    id,
    `từ ${since}`,
    `${times} lần`,
    isThere ? "còn" : "tạm hết",
    acknowledgedBy === undefined ? "chưa ai xác nhận" : `${acknowledgedBy} đã biết`,
    words.vi,
  ].join("\t");
const repairLine = ({ number, receiver: id, excludes, openedAt, openedBy, closedAt, text }: RepairView): string =>
  [
    number,
    id,
    closedAt === undefined ? (excludes ? "ngừng sử dụng" : "chờ sửa") : `xong ${closedAt}`,
    `${openedBy}, ${openedAt}`,
    text,
  ].join("\t");
const complaintLine = ({ number, at, pole, receiver: id, place, what, closedAt }: ComplaintView): string =>
  [number, at, id ?? pole ?? "chưa rõ loa", place, closedAt === undefined ? "chưa đóng" : "đã trả lời", what].join(
    "\t",
  );
const silentLine = ({ receiver: id, name, area, pole, lastSound, days, state }: SilentView): string =>
  [id, name, area, pole ?? "", lastSound === undefined ? "chưa từng phát" : `${days} ngày`, state].join("\t");

export const CARE_ACTIONS: Readonly<Record<string, Action>> = {
  alarms: lister("/alarms", alarmView, alarmLine),
  async acknowledge(given, io, client) {
    const [id = ""] = exactly(given, ["CẢNH-BÁO"]);
    const path = `/alarms/${encodeURIComponent(id)}/acknowledgement`;
    const { acknowledgedBy } = await (await client()).call("POST", path, { answer: alarmView });
    io.out(`${acknowledgedBy} đã biết cảnh báo ${id}.\n${acknowledgedBy} has taken notice of ${id}.\n`);
    return 0;
  },
  async test(given, io, client) {
    const [id] = exactly(given, ["LOA"]).map((text) => receiver(text));
    const seconds = textOf(given, "seconds");
    const lengthMs = seconds === undefined ? {} : { lengthMs: Number(seconds) * 1000 };
    const body = readArguments(testSchema, lengthMs, { "/lengthMs": "--seconds" });
    await (await client()).call("POST", `/receivers/${id}/test`, { body, answer: z.undefined() });
    io.out(`Đã ra lệnh thử tiếng ở ${id}.\nOrdered a pip at ${id}.\n`);
    return 0;
  },
  async restart(given, io, client) {
    const [id] = exactly(given, ["LOA"]).map((text) => receiver(text));
    await (await client()).call("POST", `/receivers/${id}/restart`, { answer: z.undefined() });
    io.out(`Đã ra lệnh khởi động lại ${id}.\nOrdered ${id} to start anew.\n`);
    return 0;
  },
  async overlap(given, io, client) {
    const off = given.values.off === true;
    const [id = "", group = ""] = exactly(given, off ? ["LOA"] : ["LOA", "NHÓM"]);
    const mode = given.values.turns === true ? "turns" : "step";
    const wish = { overlap: off ? null : { group, mode } };
    const body = readArguments(placeChangeSchema, wish, { "/overlap/group": "NHÓM" });
    await (await client()).call("PATCH", `/receivers/${receiver(id)}`, { body, answer: receiverView });
    io.out(off ? `${id}: không thuộc nhóm nào / in no group\n` : `${id}: ${group}, ${mode}\n`);
    return 0;
  },
  exclude: (given, io, client) => openRepair(given, io, { client, excludes: true }),
  repair: (given, io, client) => openRepair(given, io, { client, excludes: false }),
  async mended(given, io, client) {
    const [number = "", ...done] = given.positionals;
    if (wholeNumber(number) === undefined)
      throw misuse({ vi: "Hãy ghi số phiếu sửa chữa (loa device repairs).", en: "Give the number of the repair." });
    const words = done.join(" ");
    const body = readArguments(repairClosingSchema, words === "" ? {} : { done: words }, { "/done": "VIỆC-ĐÃ-LÀM" });
    const closed = await (await client()).call("POST", `/repairs/${number}/closing`, { body, answer: repairView });
    io.out(`Đã đóng phiếu ${number} của ${closed.receiver}.\nClosed repair ${number} of ${closed.receiver}.\n`);
    return 0;
  },
  repairs: lister("/repairs?open=true", repairView, repairLine),
  complaints: lister("/complaints?open=true", complaintView, complaintLine),
  async silent(given, io, client) {
    const wish = textOf(given, "days");
    const { days } = readArguments(silentQuerySchema, wish === undefined ? {} : { days: wish }, { "/days": "--days" });
    return lister(`/silent-receivers?days=${days}`, silentView, silentLine)(given, io, client);
  },
};

interface Opening {
  readonly client: () => Promise<StationClient>;
  readonly excludes: boolean;
}

async function openRepair(given: Given, io: Io, { client, excludes }: Opening): Promise<ExitCode> {
  const [id = "", ...words] = given.positionals;
  const wish = { receiver: receiver(id), text: words.join(" "), excludes };
  const body = readArguments(newRepairSchema, wish, { "/text": "LÝ-DO" });
  const { number } = await (await client()).call("POST", "/repairs", { body, answer: repairView });
  io.out(
    excludes
      ? `Phiếu ${number}: ${id} im ngay và ngừng sử dụng. Sửa xong: loa device mended ${number}\nRepair ${number}: ${id} is silent and out of service. When it is mended: loa device mended ${number}\n`
      : `Phiếu ${number} cho ${id}. Sửa xong: loa device mended ${number}\nRepair ${number} for ${id}. When it is mended: loa device mended ${number}\n`,
  );
  return 0;
}

export const CARE_USAGE = [
  "device alarms [--json]",
  "device acknowledge CẢNH-BÁO",
  "device overlap LOA NHÓM [--turns] | LOA --off",
  "device test LOA [--seconds GIÂY]",
  "device restart LOA",
  "device exclude LOA LÝ-DO",
  "device repair LOA LÝ-DO",
  "device mended SỐ-PHIẾU [VIỆC-ĐÃ-LÀM]",
  "device repairs [--json]",
  "device complaints [--json]",
  "device silent [--days NGÀY] [--json]",
] as const;
