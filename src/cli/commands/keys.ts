/**
 * `loa keys`: the keys that the station signs its orders with.
 *
 * @module
 */
import { z } from "zod";
import { type OrderKeyView, orderKeyView } from "../../server/api/views.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io } from "../command.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS, type StationClient } from "../station-client.js";

type Action = (given: Given, io: Io, client: () => Promise<StationClient>) => Promise<ExitCode>;

const answer = z.array(orderKeyView);

const ACTIONS: Readonly<Record<string, Action>> = {
  async list(given, io, client) {
    exactly(given, []);
    show(await (await client()).call("GET", "/keys", { answer }), given, io);
    return 0;
  },
  async rotate(given, io, client) {
    exactly(given, []);
    const keys = await (await client()).call("POST", "/keys/rotate", { answer });
    io.out(
      "Đã đổi khóa ký lệnh. Loa đang kết nối đã được báo; loa vắng mặt được báo khi quay lại, trước khi khóa cũ hết hạn.\n",
    );
    io.out(
      "The order key has changed. Loudspeakers are told, those away when they come back before the old key ends.\n",
    );
    show(keys, given, io);
    return 0;
  },
  async retire(given, io, client) {
    const [key = ""] = exactly(given, ["MÃ-KHÓA"]);
    const keys = await (await client()).call("POST", `/keys/${encodeURIComponent(key)}/retire`, { answer });
    io.out(
      "Đã hủy khóa; loa chỉ biết khóa này phải ghép lại.\nRetired; whoever knows no other key must be paired again.\n",
    );
    show(keys, given, io);
    return 0;
  },
};

function show(keys: readonly OrderKeyView[], given: Given, io: Io): void {
  if (given.values.json === true) io.out(`${JSON.stringify(keys, null, 2)}\n`);
  else for (const key of keys) io.out(`${lineOf(key)}\n`);
}

const lineOf = ({ keyId, signs, madeAt, until }: OrderKeyView): string =>
  [
    keyId,
    signs ? "đang ký lệnh / signs" : "còn tin được / still believed",
    `tạo lúc / made ${madeAt}`,
    ...(until === undefined ? [] : [`đến / until ${until}`]),
  ].join("\t");

export const keys: Command = {
  usage: ["keys list [--json]", "keys rotate", "keys retire MÃ-KHÓA"],
  flags: STATION_FLAGS,
  options: { json: { type: "boolean" }, ...STATION_OPTIONS },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io, () => openStationClient(given, io));
  },
};
