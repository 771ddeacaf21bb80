/**
 * `loa tls`: the station's own authority and its server's certificate.
 *
 * @module
 */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { systemWords } from "../../base/system-words.js";
import { readPanelFile } from "../../server/config/panel-file.js";
import type { Findings } from "../../server/config/read-file.js";
import { readSettings } from "../../server/config/station-json.js";
import { ConfigProblem, loadStation, type Settings, stationFolder } from "../../server/config.js";
import { makeOwnCertificates, OWN_TLS, renewOwnCertificate } from "../../server/own-certificates.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io, misuse, textOf } from "../command.js";
import { namesOfThisMachine, setTlsSettings, TLS_SETTINGS } from "../tls.js";

const ACTIONS: Readonly<Record<string, (given: Given, io: Io) => Promise<ExitCode>>> = {
  async init(given, io) {
    const { folder, settings } = settingsOf(given, io);
    const asked =
      given.positionals.length > 0 ? given.positionals : [...settings.listen.names, ...namesOfThisMachine()];
    const { names } = await makeOwnCertificates(folder, {
      ...{ title: settings.station.name, names: asked, now: io.clock.date() },
    });
    io.out(
      `Đã lập nơi cấp chứng chỉ và chứng chỉ cho / made an authority and a certificate for: ${names.join(", ")}\n`,
    );
    if (given.values.set === true) {
      const former = await setTlsSettings(folder, names);
      io.out(
        `Đã ghi vào config/station.json; tệp cũ: ${former}\nThe settings are written; the former file is beside.\n`,
      );
    } else
      io.out(
        `Hãy ghi vào config/station.json (hoặc chạy lại với --set) / write into config/station.json:\n${JSON.stringify(TLS_SETTINGS, null, 2)}\n`,
      );
    io.out(NEXT);
    return 0;
  },
  async renew(given, io) {
    const { folder } = settingsOf(given, io);
    const keyFile = textOf(given, "authority-key");
    const { names } = await renewOwnCertificate(folder, {
      now: io.clock.date(),
      ...(given.positionals.length > 0 ? { names: given.positionals } : {}),
      ...(keyFile === undefined ? {} : { authorityKey: await readKey(resolve(io.cwd, keyFile)) }),
    });
    io.out(`Đã gia hạn chứng chỉ cho / renewed the certificate for: ${names.join(", ")}\n`);
    io.out(
      "Đài đang chạy tự dùng chứng chỉ mới trong một phút. Loa và trình duyệt không phải làm gì.\nA running station takes it up within a minute; loudspeakers and browsers notice nothing.\n",
    );
    return 0;
  },
  async show(given, io) {
    exactly(given, []);
    const { tls } = loadStation(folderOf(given, io), { env: io.env });
    if (tls.certificate === undefined) {
      io.out("Đài chưa nghe bằng TLS.\nThe station does not listen with TLS.\n");
      return 1;
    }
    const { subjectAltName = "", validTo, fingerprint256 } = new X509Certificate(tls.certificate.chain);
    io.out(
      `Tên / names: ${subjectAltName}\nHạn / until: ${new Date(validTo).toISOString()}\nSHA-256: ${fingerprint256}\n`,
    );
    return 0;
  },
};

const NEXT = `
1. Cho máy khác gọi vào: đặt "listen": { "host": "0.0.0.0" } rồi chạy lại đài.
2. Trình duyệt: cài ${OWN_TLS.authority} làm nơi cấp tin cậy trên máy của cán bộ; tệp này đưa cho ai cũng được.
3. Loa mới: chép tệp đó sang loa, ghép bằng loa relay --authority TỆP … . Loa đã ghép trước khi có TLS phải ghép lại.
4. ${OWN_TLS.authorityKey} là khóa của nơi cấp, có trong bản sao lưu. Mất hoặc lộ thì phải làm lại từ đầu và ghép lại mọi loa.

1. To let other machines in set "listen": { "host": "0.0.0.0" } and start the station again.
2. Browsers: install ${OWN_TLS.authority} as a trusted authority on the officers' machines; anybody may have this file.
3. New loudspeakers: copy it there and pair with loa relay --authority FILE … . Those paired before TLS must be paired again.
4. ${OWN_TLS.authorityKey} is the authority's key; backups hold it. Once lost or leaked, everything has to be made and paired anew.
`;

const folderOf = (given: Given, io: Io): string =>
  resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));

/** Of the settings alone: the certificates may be missing, or over. @throws ConfigProblem when they are wrong */
function settingsOf(given: Given, io: Io): { readonly folder: string; readonly settings: Settings } {
  const folder = folderOf(given, io);
  const findings: Findings = [];
  const panel = readPanelFile(folder, findings);
  // Listening beyond this machine without TLS is just what is being mended.
  const read = readSettings(folder, { env: { ...io.env, LOA_ALLOW_REMOTE: "1" } }, { findings, panel });
  if (read === undefined || findings.length > 0) throw new ConfigProblem(findings);
  return { folder, settings: read.value };
}

const readKey = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((error: unknown) => {
    const { vi, en } = systemWords(error);
    throw misuse({ vi: `Không đọc được ${path}: ${vi}.`, en: `${path} cannot be read: ${en}.` });
  });

export const tls: Command = {
  usage: ["tls init [TÊN-MIỀN|ĐỊA-CHỈ …] [--set]", "tls renew [TÊN-MIỀN|ĐỊA-CHỈ …] [--authority-key TỆP]", "tls show"],
  flags: [
    ["--station", { vi: "thư mục đài", en: "the station's folder" }],
    ["--set", { vi: "ghi luôn vào config/station.json", en: "write config/station.json, too" }],
    ["--authority-key", { vi: "khóa của nơi cấp, khi cất ở nơi khác", en: "the authority's key, when kept elsewhere" }],
  ],
  options: { station: { type: "string" }, set: { type: "boolean" }, "authority-key": { type: "string" } },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io);
  },
};
