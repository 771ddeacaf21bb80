/**
 * `loa device`, as far as it is about which device has which place.
 *
 * @module
 */
import { z } from "zod";
import { type ReceiverId, receiverIdSchema } from "../domain/ids.js";
import { confirmSchema } from "../server/api/requests.js";
import { pairingView, type ReceiverView, receiverView } from "../server/api/views.js";
import { type ExitCode, exactly, type Given, type Io, misuse } from "./command.js";
import { readArguments } from "./read-arguments.js";
import type { StationClient } from "./station-client.js";

type Action = (given: Given, io: Io, client: () => Promise<StationClient>) => Promise<ExitCode>;

/** What a person at the loudspeaker is to run. */
export const pairingText = (code: string): string =>
  `Mã ghép, dùng một lần trong 10 phút / pairing code, good once for 10 minutes: ${code}\n` +
  `Trên máy của loa / at the loudspeaker: loa relay --server URL --pair ${code}\n` +
  "Sau đó so sáu từ và xác nhận / then compare the six words and confirm: loa device\n";

/** Reads the id of a receiver as a person wrote it. @throws Fault for exit code 2 */
export const receiver = (text = ""): ReceiverId => readArguments(receiverIdSchema, text, { "": "LOA" });

/** What stands between words as they are shown or typed; the station joins the pieces again, however they are cut. */
const BETWEEN_WORDS = /[\s·.,;]+/u;

const doorOf = (id: ReceiverId, door: string) => `/receivers/${id}/${door}`;

/** The devices that wait for a person to compare the words. */
export const showWaiting: Action = async (given, io, client) => {
  exactly(given, []);
  const receivers = await (await client()).call("GET", "/receivers", { answer: z.array(receiverView) });
  const waiting = receivers.filter((receiver) => receiver.waiting !== undefined);
  const quarantined = receivers.filter((receiver) => receiver.quarantined !== undefined);
  if (given.values.json === true) io.out(`${JSON.stringify(waiting, null, 2)}\n`);
  else {
    for (const receiver of waiting) io.out(waitingText(receiver, io.clock.date()));
    for (const { id, name } of quarantined) io.out(quarantinedText(id, name));
    if (waiting.length === 0) io.out("Không có thiết bị nào chờ xác nhận.\nNo device waits to be confirmed.\n");
  }
  return 0;
};

export const KEY_ACTIONS: Readonly<Record<string, Action>> = {
  async pair(given, io, client) {
    const id = receiver(exactly(given, ["LOA"])[0]);
    const { code } = await (await client()).call("POST", doorOf(id, "pairing"), { answer: pairingView });
    io.out(`${code}\n`);
    return 0;
  },
  async confirm(given, io, client) {
    const [name, ...said] = given.positionals;
    const words = said.flatMap((piece) => piece.split(BETWEEN_WORDS)).filter((word) => word !== "");
    if (name === undefined || words.length === 0)
      throw misuse({ vi: "Cần: device confirm LOA SÁU-TỪ.", en: "Needed: device confirm RECEIVER SIX-WORDS." });
    const id = receiver(name);
    const body = readArguments(confirmSchema, { words }, { "/words": "SÁU-TỪ" });
    await (await client()).call("POST", doorOf(id, "confirm"), { body, answer: receiverView });
    io.out(
      `Đã xác nhận thiết bị của ${id}; loa sẽ tự kết nối.\nConfirmed the device of ${id}; it connects by itself.\n`,
    );
    return 0;
  },
  async replace(given, io, client) {
    const id = receiver(exactly(given, ["LOA"])[0]);
    const { code } = await (await client()).call("POST", doorOf(id, "replacement"), { answer: pairingView });
    io.out(pairingText(code));
    return 0;
  },
  async revoke(given, io, client) {
    const id = receiver(exactly(given, ["LOA"])[0]);
    await (await client()).call("POST", doorOf(id, "revocation"), { answer: receiverView });
    io.out(
      `Đã thu hồi thiết bị của ${id}; khóa của nó không dùng lại được. Vị trí và nhật ký vẫn giữ.\n` +
        `Revoked the device of ${id}; its key is never taken again. The place and its log stay.\n`,
    );
    return 0;
  },
  async clear(given, io, client) {
    const id = receiver(exactly(given, ["LOA"])[0]);
    await (await client()).call("POST", doorOf(id, "clearance"), { answer: receiverView });
    io.out(`${id} hết cách ly.\n${id} is out of quarantine.\n`);
    return 0;
  },
};

function waitingText({ id, name, waiting }: ReceiverView, now: number): string {
  if (waiting === undefined) return "";
  const minutes = Math.max(0, Math.floor((now - Date.parse(waiting.pairedAt)) / 60_000));
  const words = waiting.words.join(" · ");
  return (
    `${id}\t${name}\tmáy «${waiting.name}», ghép ${minutes} phút trước / paired ${minutes} min ago\n` +
    `    ${words}\n    Giống ở loa thì chạy / if the loudspeaker shows the same: loa device confirm ${id} ${waiting.words.join(" ")}\n`
  );
}

const quarantinedText = (id: string, name: string): string =>
  `${id}\t${name}\tCÁCH LY: hai thiết bị dùng chung một khóa / QUARANTINED: two devices with one key\n` +
  `    Tìm thiết bị lạ, rồi / find the other device, then: loa device clear ${id}, hoặc / or: loa device revoke ${id}\n`;
