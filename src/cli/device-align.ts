/**
 * `loa device align`: two loudspeakers sound pips in turns, a telephone records them, and the station says what to set.
 *
 * @module
 */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { Fault } from "../base/errors.js";
import { systemWords } from "../base/system-words.js";
import { MEGABYTE } from "../base/units.js";
import type { ReceiverId } from "../domain/ids.js";
import { alignmentView, metresSchema, proposalView } from "../server/api/alignment-routes.js";
import { type ExitCode, exactly, type Given, type Io, misuse, textOf } from "./command.js";
import { receiver } from "./device-keys.js";
import { readArguments } from "./read-arguments.js";
import type { StationClient } from "./station-client.js";

type Client = () => Promise<StationClient>;

/** Two minutes of the largest format that telephones write are less, bytes. */
const MOST_BYTES = 50 * MEGABYTE;

/** `device align A B`: A is the reference, B is set. One step at a time, so that a person can walk between them. */
export async function align(given: Given, io: Io, client: Client): Promise<ExitCode> {
  const [reference, id] = exactly(given, ["LOA-MỐC", "LOA"]).map((text) => receiver(text));
  if (reference === undefined || id === undefined)
    throw misuse({ vi: "Cần hai loa.", en: "Two receivers are needed." });
  const recording = textOf(given, "recording");
  const confirm = given.values.confirm === true;
  if (recording !== undefined) await judge(given, io, { client, id, recording });
  if (confirm) return setIt(io, client, id);
  return recording === undefined ? start(io, client, { reference, id }) : 0;
}

async function start(io: Io, client: Client, { reference, id }: { reference: ReceiverId; id: ReceiverId }) {
  const station = await client();
  const begun = await station.call("POST", `/receivers/${id}/alignment`, {
    body: { reference },
    answer: alignmentView,
  });
  const at = new Date(begun.pipsAt).toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
  io.out(`Tiếng bíp bắt đầu lúc / the pips begin at ${at} (+07:00).\n${begun.words.vi}\n${begun.words.en}\n`);
  io.out(`Sau đó / then: loa device align ${reference} ${id} --recording TỆP --metres-a MÉT --metres-b MÉT\n`);
  return 0 as const;
}

interface Judging {
  readonly client: Client;
  readonly id: ReceiverId;
  readonly recording: string;
}

async function judge(given: Given, io: Io, { client, id, recording }: Judging): Promise<void> {
  const wish = { reference: textOf(given, "metres-a"), other: textOf(given, "metres-b") };
  const known = Object.fromEntries(Object.entries(wish).filter(([, text]) => text !== undefined));
  const metres = readArguments(metresSchema, known, { "/reference": "--metres-a", "/other": "--metres-b" });
  const file = await readRecording(resolve(io.cwd, recording));
  const query = new URLSearchParams({ reference: String(metres.reference), other: String(metres.other) });
  const door = `/receivers/${id}/alignment/recording?${query}`;
  const { words } = await (await client()).call("POST", door, { body: file, answer: proposalView });
  io.out(`${words.vi}\n${words.en}\n`);
  if (given.values.confirm !== true)
    io.out(`Áp dụng / to set it: loa device align ${given.positionals.join(" ")} --confirm\n`);
}

async function setIt(io: Io, client: Client, id: ReceiverId) {
  await (await client()).call("POST", `/receivers/${id}/alignment/confirmation`, { answer: z.undefined() });
  io.out(`Đã áp dụng cho ${id} và ghi vào nhật ký.\nSet for ${id}, and written into the log.\n`);
  return 0 as const;
}

async function readRecording(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if ((await stat(path)).size <= MOST_BYTES) return Uint8Array.from(await readFile(path));
  } catch (cause) {
    const why = systemWords(cause);
    throw new Fault(
      "invalid",
      { vi: `Không đọc được ${path}: ${why.vi}`, en: `${path} cannot be read: ${why.en}` },
      { cause },
    );
  }
  throw new Fault("too-large", {
    vi: `${path} lớn quá 50 MB; hãy ghi ngắn lại. Không có gì được gửi.`,
    en: `${path} is larger than 50 MB; record less. Nothing was sent.`,
  });
}

export const ALIGN_USAGE = "device align LOA-MỐC LOA [--recording TỆP] [--metres-a MÉT] [--metres-b MÉT] [--confirm]";
export const ALIGN_FLAGS = [
  ["--recording", { vi: "bản ghi tiếng bíp của hai loa", en: "a recording of the pips of both" }],
  ["--metres-a", { vi: "số mét từ chỗ ghi âm đến loa mốc", en: "metres from the recording to the reference" }],
  ["--metres-b", { vi: "số mét từ chỗ ghi âm đến loa cần chỉnh", en: "metres from the recording to the other" }],
  ["--confirm", { vi: "áp dụng điều vừa đề nghị", en: "set what was proposed" }],
] as const;
export const ALIGN_OPTIONS = {
  recording: { type: "string" },
  "metres-a": { type: "string" },
  "metres-b": { type: "string" },
  confirm: { type: "boolean" },
} as const;
