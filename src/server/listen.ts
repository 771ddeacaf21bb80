/**
 * Opens the station's one port.
 *
 * @module
 */
import { once } from "node:events";
import type { Server } from "node:http";
import { Server as TlsServer } from "node:https";
import { type AddressInfo, isIPv6 } from "node:net";
import { Fault, type Words } from "../base/errors.js";
import { codeOf } from "../base/system-words.js";

/** Connections that wait to be accepted: the whole city may come back at once (somaxconn of Debian 12). */
const BACKLOG = 4096;

/** Where to listen; port 0 is any free one. */
export interface Where {
  readonly host: string;
  readonly port: number;
}

/** What stands for "every address of this machine", and one of them by which it is reached from here. */
const NEAR: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * Listens and returns an address, at which this machine reaches it, as a URL.
 *
 * @throws Fault "unavailable", reason `port`, when the machine does not give the port
 */
export async function listen(http: Server, where: Where): Promise<string> {
  http.listen({ ...where, backlog: BACKLOG });
  try {
    await once(http, "listening");
  } catch (cause) {
    throw new Fault("unavailable", wordsFor(cause, where), { reason: "port", cause });
  }
  const { port } = http.address() as AddressInfo;
  const host = NEAR[where.host] ?? where.host;
  return `${http instanceof TlsServer ? "https" : "http"}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function wordsFor(cause: unknown, { host, port }: Where): Words {
  const code = codeOf(cause) ?? String(cause);
  if (code === "EADDRINUSE")
    return {
      vi: `Cổng ${port} ở ${host} đang có chương trình khác dùng nên đài chưa chạy. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng --port hay LOA_PORT.`,
      en: `Port ${port} at ${host} is in use by another program, so the station does not run. Stop that program, or choose another port with --port or LOA_PORT.`,
    };
  if (code === "EACCES")
    return {
      vi: `Máy không cho chương trình này dùng cổng ${port} nên đài chưa chạy. Hãy chọn cổng từ 1024 trở lên bằng --port hay LOA_PORT.`,
      en: `This program may not use port ${port}, so the station does not run. Choose a port from 1024 up with --port or LOA_PORT.`,
    };
  return {
    vi: `Không lắng nghe được ở ${host}:${port} (${code}) nên đài chưa chạy. Hãy xem lại listen trong config/station.json, --host và --port.`,
    en: `Cannot listen at ${host}:${port} (${code}), so the station does not run. Look at listen in config/station.json, --host and --port.`,
  };
}
