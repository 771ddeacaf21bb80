/**
 * Reads `config/station.json` with what environment and flags change in it.
 *
 * @module
 */

import { join } from "node:path";
import { z } from "zod";
import type { Words } from "../../base/errors.js";
import { explain } from "./explain.js";
import type { Path } from "./json.js";
import { type Flags, type Override, overridesOf, strangeVariables, withOverrides } from "./overrides.js";
import { PANEL_JSON, type PanelFile } from "./panel-file.js";
import type { Finding } from "./problem.js";
import { type Findings, findingIn, locate, type ReadFile, textOf } from "./read-file.js";
import { type Settings, settingsSchema } from "./settings.js";

/** Name below the station's folder. */
export const STATION_JSON = "config/station.json";

/** What a program is told from outside when it starts. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags?: Flags;
}

/** @returns `undefined` when something is wrong: `findings` say what */
export function readSettings(
  folder: string,
  { env, flags = {} }: Surroundings,
  { findings, panel }: { readonly findings: Findings; readonly panel: PanelFile },
): (ReadFile<Settings> & { readonly warnings: readonly Words[] }) | undefined {
  const text = textOf(join(folder, STATION_JSON), STATION_JSON, findings);
  if (text === undefined) {
    if (findings.length === 0) findings.push({ file: STATION_JSON, words: noStation(folder) });
    return undefined;
  }
  const located = locate(text, STATION_JSON, findings);
  if (located === undefined) return undefined;
  const inPanel = Object.entries(panel.settings).map(
    ([key, value]): Override => ({ source: PANEL_JSON, path: key.split("."), value }),
  );
  const overrides = [...inPanel, ...overridesOf(env, flags)];
  const inFile = findingIn(STATION_JSON, located);
  /** An override's mistake is told under the name of its variable or flag. */
  const finding = (path: Path, words: Words): Finding => {
    const source = overrides.findLast((override) => override.path.join() === path.join())?.source;
    if (source === PANEL_JSON) return { file: source, path: `/${path.join("/")}`, words };
    return source === undefined ? inFile(path, words) : { file: source, words };
  };
  const whole = withOverrides(located.value, overrides);
  const read = z.core.safeParse(settingsSchema, whole);
  if (!read.success) {
    findings.push(...explain(settingsSchema, whole, read.error.issues).map(({ path, words }) => finding(path, words)));
    return undefined;
  }
  const warnings = [...strangeVariables(env)];
  findings.push(...checkZone(read.data, finding), ...checkHost(read.data, env, { finding, warnings }));
  findings.push(...checkVirtual(read.data, finding));
  return { value: read.data, finding, warnings };
}

type Tell = (path: Path, words: Words) => Finding;

function checkZone({ zone }: Settings, finding: Tell): Finding[] {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return [];
  } catch {
    // Intl throws for exactly one reason here, and the finding names it.
    return [
      finding(["zone"], {
        vi: `máy này không biết múi giờ «${zone}»; ví dụ đúng: Asia/Ho_Chi_Minh`,
        en: `this machine does not know the time zone "${zone}"; an example: Asia/Ho_Chi_Minh`,
      }),
    ];
  }
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

function checkHost(
  { listen: { host, tls } }: Settings,
  env: Surroundings["env"],
  { finding, warnings }: { readonly finding: Tell; readonly warnings: Words[] },
): Finding[] {
  if (isLoopback(host) || tls !== undefined) return [];
  if (env.LOA_ALLOW_REMOTE !== "1") return [finding(["listen", "host"], notRemote(host))];
  warnings.push({
    vi: `Máy khác gọi được vào đài qua ${host}, và mã truy cập đi qua mạng không mã hóa. Chỉ dùng trong mạng riêng đã khóa, hoặc sau một máy chủ TLS.`,
    en: `Other machines can reach the station at ${host}, and the access token crosses the network unencrypted. Only for a closed network, or behind a TLS proxy.`,
  });
  return [];
}

const notRemote = (host: string): Words => ({
  vi: `«${host}» cho máy khác gọi vào, mà đường truyền không mã hóa: ai nghe được mã truy cập sẽ điều khiển được loa. Hãy ghi chứng chỉ vào "listen": { "tls": … }; hoặc để 127.0.0.1 và đặt máy chủ TLS (ví dụ Caddy) trên cùng máy; hoặc, chỉ trong mạng riêng đã khóa, đặt biến LOA_ALLOW_REMOTE=1`,
  en: `"${host}" lets other machines in over an unencrypted network: whoever overhears the access token controls the loudspeakers. Name a certificate in "listen": { "tls": … }; or keep 127.0.0.1 and put a TLS proxy (such as Caddy) on this machine; or, only on a closed network, set LOA_ALLOW_REMOTE=1`,
});

function checkVirtual({ virtual }: Settings, finding: Tell): Finding[] {
  return virtual.flatMap(({ id }, index) =>
    virtual.findIndex((other) => other.id === id) === index
      ? []
      : [finding(["virtual", index, "id"], { vi: `mã «${id}» đã dùng ở trên`, en: `the id "${id}" is used above` })],
  );
}

const noStation = (folder: string): Words => ({
  vi: `không có tệp này, nên ${folder} không phải thư mục đài. Hãy tạo đài mới: loa init ${folder}`,
  en: `is missing, so ${folder} is not a station. Make a new one: loa init ${folder}`,
});
