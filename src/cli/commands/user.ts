/**
 * `loa user`: the people of a station, looked after by whoever sits at its machine.
 *
 * @module
 */
import { z } from "zod";
import { accountIdSchema } from "../../domain/person.js";
import { ROLES } from "../../domain/role.js";
import {
  type AccountView,
  accountView,
  invitationView,
  linkView,
  newAccountSchema,
  rolesSchema,
} from "../../server/api/account-views.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io, textOf, textsOf } from "../command.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS, type StationClient } from "../station-client.js";

type Action = (given: Given, io: Io, client: () => Promise<StationClient>) => Promise<ExitCode>;

const ACTIONS: Readonly<Record<string, Action>> = {
  async list(given, io, client) {
    exactly(given, []);
    const accounts = await (await client()).call("GET", "/accounts", { answer: z.array(accountView) });
    if (given.values.json === true) io.out(`${JSON.stringify(accounts, null, 2)}\n`);
    else if (accounts.length === 0)
      io.out("Chưa có tài khoản nào: loa user setup\nThere are no accounts yet: loa user setup\n");
    else for (const account of accounts) io.out(`${lineOf(account)}\n`);
    return 0;
  },
  async roles(given, io) {
    exactly(given, []);
    for (const { id, title, duty } of Object.values(ROLES)) io.out(`${id}\t${title.vi}: ${duty.vi} / ${title.en}\n`);
    return 0;
  },
  async setup(given, io, client) {
    exactly(given, []);
    const station = await client();
    const { path } = await station.call("POST", "/set-up/link", { answer: linkView });
    tellLink(io, station, path, "Đường dẫn tạo tài khoản đầu tiên / link for the first account");
    return 0;
  },
  async invite(given, io, client) {
    const [name] = exactly(given, ["HỌ-TÊN"]);
    const id = textOf(given, "id");
    const body = readArguments(
      newAccountSchema,
      { name, roles: rolesIn(given), ...(id === undefined ? {} : { id }) },
      NAMES,
    );
    const station = await client();
    const { account, path } = await station.call("POST", "/accounts", { body, answer: invitationView });
    tellLink(io, station, path, `Đưa đường dẫn này cho ${account.name} (${account.id}) / hand this link to them`);
    return 0;
  },
  async role(given, io, client) {
    const [id = ""] = exactly(given, ["TÊN-ĐĂNG-NHẬP"]);
    const body = readArguments(rolesSchema, { roles: rolesIn(given) }, NAMES);
    const account = await (await client()).call("PUT", `/accounts/${known(id)}/roles`, { body, answer: accountView });
    io.out(`${lineOf(account)}\nNgười này phải đăng nhập lại. They must log in again.\n`);
    return 0;
  },
  async reset(given, io, client) {
    const [id = ""] = exactly(given, ["TÊN-ĐĂNG-NHẬP"]);
    const station = await client();
    const { account, path } = await station.call("POST", `/accounts/${known(id)}/reset`, { answer: invitationView });
    tellLink(io, station, path, `Mật khẩu và yếu tố thứ hai của ${account.name} đã bị hủy / all proofs are void`);
    return 0;
  },
  disable: (given, io, client) => setDisabled(given, io, { client, disabled: true }),
  enable: (given, io, client) => setDisabled(given, io, { client, disabled: false }),
};

interface Closing {
  readonly client: () => Promise<StationClient>;
  readonly disabled: boolean;
}

async function setDisabled(given: Given, io: Io, { client, disabled }: Closing): Promise<ExitCode> {
  const [id = ""] = exactly(given, ["TÊN-ĐĂNG-NHẬP"]);
  const asked = { body: { disabled }, answer: accountView };
  io.out(`${lineOf(await (await client()).call("PUT", `/accounts/${known(id)}/disabled`, asked))}\n`);
  return 0;
}

/** `ward-operator@xuan-huong`, or `auditor` for the whole station. */
const rolesIn = (given: Given) =>
  textsOf(given, "role").map((text) => {
    const [role = "", area] = text.split("@", 2);
    return { role, ...(area === undefined ? {} : { area }) };
  });

const NAMES = { "/name": "HỌ-TÊN", "/id": "--id", "/roles": "--role" };

const known = (id: string): string =>
  readArguments(z.strictObject({ id: accountIdSchema }), { id }, { "/id": "TÊN-ĐĂNG-NHẬP" }).id;

const STATES = { invited: "chờ nhận lời mời / invited", active: "đang dùng / active", disabled: "đã khóa / disabled" };

const lineOf = ({ id, name, roles, state, secondFactor }: AccountView): string =>
  [
    id,
    name,
    STATES[state],
    secondFactor ? "có yếu tố thứ hai / second factor" : "chỉ mật khẩu / password only",
    roles.map(({ role, area }) => `${role}@${area ?? "*"}`).join(" ") || "chưa có vai trò / no role",
  ].join("\t");

const tellLink = (io: Io, { server }: StationClient, path: string, what: string) =>
  io.out(`${what}:\n  ${new URL(path, server)}\nDùng một lần, có hạn. For a single use; it expires.\n`);

export const user: Command = {
  usage: [
    "user list [--json]",
    "user roles",
    "user setup",
    "user invite HỌ-TÊN [--id TÊN-ĐĂNG-NHẬP] [--role VAI-TRÒ[@ĐỊA-BÀN]]...",
    "user role TÊN-ĐĂNG-NHẬP --role VAI-TRÒ[@ĐỊA-BÀN]...",
    "user reset TÊN-ĐĂNG-NHẬP",
    "user disable TÊN-ĐĂNG-NHẬP",
    "user enable TÊN-ĐĂNG-NHẬP",
  ],
  flags: [
    ["--role", { vi: "vai trò ở một địa bàn (cả đài khi không nói); xem loa user roles", en: "a role, at an area" }],
    ["--id", { vi: "tên đăng nhập; lấy theo họ tên khi bỏ trống", en: "name to log in by" }],
    ...STATION_FLAGS,
  ],
  options: {
    role: { type: "string", multiple: true },
    id: { type: "string" },
    json: { type: "boolean" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io, () => openStationClient(given, io));
  },
};
