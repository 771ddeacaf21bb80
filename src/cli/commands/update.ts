/**
 * `loa update`: new programs for the loudspeakers, from packing them to watching how they go out.
 *
 * @module
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { manifestSchema, readManifest, STATE_FORMAT } from "../../protocol/update.js";
import { newRolloutSchema, rolloutView } from "../../server/api/update-views.js";
import { signWith } from "../../server/trust/ed25519.js";
import { chosenAction } from "../chosen-action.js";
import {
  type Command,
  type ExitCode,
  exactly,
  type Given,
  type Io,
  misuse,
  numberOf,
  textOf,
  textsOf,
} from "../command.js";
import { programFiles, versionIn, writePackage } from "../pack-program.js";
import { readArguments } from "../read-arguments.js";
import { rolloutText } from "../rollout-text.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";
import {
  makeUpdateKey,
  manifestFileOf,
  readJson,
  readUpdateKey,
  signedFileOf,
  signedFileSchema,
} from "../update-files.js";

type Action = (given: Given, io: Io) => Promise<ExitCode>;

/** The checkout that this command runs from. */
const CHECKOUT = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");
const aboutSchema = z.object({ engines: z.object({ node: z.string() }) });

const ACTIONS: Readonly<Record<string, Action>> = {
  async key(given, io) {
    const [file = ""] = exactly(given, ["TỆP-KHÓA"]);
    const { publicKey } = makeUpdateKey(resolve(io.cwd, file));
    io.out(`Đã tạo khóa cập nhật ${file}. Hãy giữ ngoài máy chủ của đài và sao lưu riêng.\n`);
    io.out(`Made the update key ${file}. Keep it off the station's server, with a copy of its own.\n${publicKey}\n`);
    return 0;
  },
  async pack(given, io) {
    const [out = ""] = exactly(given, ["GÓI"]);
    const checkout = resolve(io.cwd, textOf(given, "from") ?? CHECKOUT);
    const file = resolve(io.cwd, out);
    const files = programFiles(checkout);
    const version = versionIn(files);
    const packed = await writePackage(files, file);
    const manifest = {
      ...{ v: 1, version, minNode: minNodeOf(checkout), stateFormat: STATE_FORMAT },
      ...packed,
    };
    const checked = readArguments(manifestSchema, manifest, {});
    writeFileSync(manifestFileOf(file), `${JSON.stringify(checked, null, 2)}\n`);
    io.out(
      `${out}: ${checked.version}, ${checked.files} tệp/files, ${checked.bytes} byte, SHA-256 ${checked.sha256}\n`,
    );
    return 0;
  },
  async sign(given, io) {
    const [name = ""] = exactly(given, ["GÓI"]);
    const keyFile = textOf(given, "key");
    if (keyFile === undefined) throw misuse({ vi: "Còn thiếu --key TỆP-KHÓA.", en: "--key FILE is missing." });
    const file = resolve(io.cwd, name);
    const manifest = JSON.stringify({
      ...readJson(manifestFileOf(file), z.object(manifestSchema.shape), `loa update pack ${name}`),
      ...(textsOf(given, "next-key").length > 0 ? { keys: textsOf(given, "next-key") } : {}),
    });
    if (!readManifest(manifest)) throw misuse({ vi: "--next-key không phải khóa.", en: "--next-key is no key." });
    const key = readUpdateKey(resolve(io.cwd, keyFile));
    const signed = { manifest, key: key.publicKey, signature: signWith(key, "update", manifest) };
    writeFileSync(signedFileOf(file), `${JSON.stringify(signed, null, 2)}\n`);
    io.out(`Đã ký / signed: ${signedFileOf(name)}\n`);
    return 0;
  },
  async publish(given, io) {
    const [name = ""] = exactly(given, ["GÓI"]);
    const file = resolve(io.cwd, name);
    const signed = readJson(signedFileOf(file), signedFileSchema, `loa update sign ${name} --key TỆP-KHÓA`);
    const manifest = readManifest(signed.manifest);
    if (!manifest || statSync(file).size !== manifest.bytes) throw otherPackage(name);
    const downgradeTo = textOf(given, "downgrade-to");
    const soakMinutes = numberOf(given, "soak", { least: 1, most: 10_080 });
    const body = readArguments(
      newRolloutSchema,
      {
        ...signed,
        ...stagesOf(given),
        ...(soakMinutes === undefined ? {} : { soakMinutes }),
        ...(downgradeTo === undefined ? {} : { downgradeTo }),
      },
      { "/stages": "--stages", "/downgradeTo": "--downgrade-to" },
    );
    const client = await openStationClient(given, io);
    await client.call("PUT", `/packages/${manifest.sha256}`, { body: readFileSync(file), answer: z.undefined() });
    io.out(rolloutText(await client.call("POST", "/rollouts", { body, answer: rolloutView })));
    return 0;
  },
  async status(given, io) {
    exactly(given, []);
    const client = await openStationClient(given, io);
    const rollouts = await client.call("GET", "/rollouts", { answer: z.array(rolloutView) });
    if (given.values.json === true) io.out(`${JSON.stringify(rollouts, null, 2)}\n`);
    else if (rollouts.length === 0) io.out("Chưa có đợt cập nhật nào.\nThere was no rollout yet.\n");
    else for (const rollout of rollouts) io.out(rolloutText(rollout));
    return 0;
  },
  async stop(given, io) {
    exactly(given, []);
    const client = await openStationClient(given, io);
    io.out(rolloutText(await client.call("POST", "/rollouts/stop", { answer: rolloutView })));
    return 0;
  },
};

/** Named loudspeakers are a first stage of their own; percentages come after them. */
function stagesOf(given: Given) {
  const receivers = textsOf(given, "receiver");
  const text = textOf(given, "stages");
  if (receivers.length === 0 && text === undefined) return {};
  const percents = (text ?? "").split(",").flatMap((one) => (one === "" ? [] : [{ percent: Number(one) }]));
  return { stages: [...(receivers.length > 0 ? [{ receivers }] : []), ...percents] };
}

function minNodeOf(checkout: string): string {
  const { engines } = readJson(resolve(checkout, "package.json"), aboutSchema, "npm ci");
  const [major = "0", minor = "0", patch = "0"] = engines.node.match(/\d+/g) ?? [];
  return `${major}.${minor}.${patch}`;
}

const otherPackage = (name: string) =>
  misuse({
    vi: `${name} không phải gói đã được ký. Hãy đóng gói và ký lại.`,
    en: `${name} is not the package that was signed. Pack and sign it anew.`,
  });

export const update: Command = {
  usage: [
    "update key TỆP-KHÓA",
    "update pack GÓI [--from THƯ-MỤC-NGUỒN]",
    "update sign GÓI --key TỆP-KHÓA [--next-key KHÓA]...",
    "update publish GÓI [--receiver LOA]... [--stages 5,25,100] [--soak PHÚT] [--downgrade-to PHIÊN-BẢN]",
    "update status [--json]",
    "update stop",
  ],
  flags: [
    ["--from", { vi: "thư mục nguồn đã biên dịch, khi khác nơi đang chạy", en: "the built checkout, when another" }],
    ["--key", { vi: "tệp khóa cập nhật", en: "file of the update key" }],
    ["--next-key", { vi: "khóa công khai có hiệu lực sau bản này", en: "public key that holds after this program" }],
    ["--receiver", { vi: "loa nhận trước tiên", en: "a loudspeaker that comes first" }],
    ["--stages", { vi: "phần trăm số loa ở từng nhóm", en: "share of all loudspeakers in each stage, percent" }],
    [
      "--soak",
      { vi: "số phút một nhóm phải chạy tốt trước nhóm sau", en: "minutes a stage must be well before the next" },
    ],
    ["--downgrade-to", { vi: "cho phép lùi về đúng phiên bản này", en: "allow to go back to exactly this version" }],
    ...STATION_FLAGS,
  ],
  options: {
    from: { type: "string" },
    key: { type: "string" },
    "next-key": { type: "string", multiple: true },
    receiver: { type: "string", multiple: true },
    stages: { type: "string" },
    soak: { type: "string" },
    "downgrade-to": { type: "string" },
    json: { type: "boolean" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io);
  },
};
