/**
 * Asks a running station, as the person at this machine.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { Fault, type FaultCode, type Words } from "../base/errors.js";
import { parseServer } from "../relay/link/addresses.js";
import { loadStation, pathsOf, stationFolder } from "../server/config.js";
import { type Given, type Io, misuse, textOf } from "./command.js";
import { type Ask, fetchOwn, ownTlsOf } from "./own-station.js";

/** The flags of every command that asks a running station. */
export const STATION_OPTIONS = {
  station: { type: "string" },
  server: { type: "string" },
  by: { type: "string" },
} as const;

export const STATION_FLAGS = [
  ["--station", { vi: "thư mục đài, nơi có mã truy cập", en: "the station's folder, which holds the token" }],
  [
    "--server",
    { vi: "địa chỉ máy chủ, khi khác cấu hình của đài", en: "the server's address, when not the configured one" },
  ],
  ["--by", { vi: "tên người thực hiện, ghi vào nhật ký", en: "name of the acting person, for the log" }],
] as const;

export interface StationClient {
  /** The station's address, with a slash at its end. */
  readonly server: string;
  /** Calls one door below `/api/v1`. @throws Fault with the words of the station, or when it does not answer */
  call<T>(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, ask: Asked<T>): Promise<T>;
  /** The bytes that a door answers with. @throws Fault as {@link StationClient.call} */
  fetchFile(path: string): Promise<Uint8Array>;
}
interface Asked<T> {
  /** Bytes are sent as they are. */
  readonly body?: unknown;
  /** Reads the answer. */
  readonly answer: z.ZodType<T>;
}

/** The station that the flags, the environment or the working directory name. */
export async function openStationClient(given: Given, io: Io): Promise<StationClient> {
  const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
  const named = serverOf(given);
  const { server, ask } = named === undefined ? ownDoor(folder, io) : { server: named, ask: io.fetch };
  const token = await readToken(pathsOf(folder).token);
  const person = textOf(given, "by") ?? io.env.USER ?? "loa";

  const answerTo = (method: string, path: string, body?: unknown) =>
    ask(new URL(`api/v1${path}`, server), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "loa-person": encodeURIComponent(person),
        // A command says how one thing shall be, however it was before.
        ...(method === "GET" || method === "POST" ? {} : { "if-match": "*" }),
        ...(body === undefined
          ? {}
          : { "content-type": isFile(body) ? "application/octet-stream" : "application/json" }),
      },
      ...(body === undefined ? {} : { body: isFile(body) ? body : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw notThere(server, cause, named === undefined);
    });

  return {
    server,
    async fetchFile(path) {
      const response = await answerTo("GET", path);
      if (!response.ok) throw faultIn(await response.text(), server);
      return new Uint8Array(await response.arrayBuffer());
    },
    async call(method, path, { body, answer }) {
      const response = await answerTo(method, path, body);
      const text = await response.text();
      if (!response.ok) throw faultIn(text, server);
      const read = answer.safeParse(text === "" ? undefined : parsed(text));
      if (!read.success) throw notThere(server, read.error);
      return read.data;
    },
  };
}

const isFile = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array;

/** @throws Fault for exit code 2 */
function serverOf(given: Given): string | undefined {
  const text = textOf(given, "server");
  if (text === undefined) return undefined;
  try {
    return parseServer(text).href;
  } catch (thrown) {
    throw thrown instanceof Fault ? misuse(thrown.words) : thrown;
  }
}

/** The address at which this machine's station listens by its settings, and how to ask it there. */
export function ownDoor(
  folder: string,
  { env, fetch }: Pick<Io, "env" | "fetch">,
): { readonly server: string; readonly ask: Ask } {
  const { settings, tls } = loadStation(folder, { env });
  const { host, port } = settings.listen;
  const near = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const address = `${near.includes(":") ? `[${near}]` : near}:${port}/`;
  if (tls.certificate === undefined) return { server: `http://${address}`, ask: fetch };
  return { server: `https://${address}`, ask: fetchOwn(ownTlsOf(tls)) };
}

function readToken(path: string): Promise<string> {
  return readFile(path, "utf8").then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new Fault(
        "unavailable",
        {
          vi: `Không đọc được mã của đài trong ${path}. Mã có sau khi đài chạy lần đầu: loa serve`,
          en: `The station's token in ${path} cannot be read. It is there once the station has run: loa serve`,
        },
        { cause },
      );
    },
  );
}

const problemSchema = z.object({ code: z.string(), detail: z.string(), en: z.object({ detail: z.string() }) });

function faultIn(text: string, server: string): Fault {
  const problem = problemSchema.safeParse(parsed(text)).data;
  if (problem === undefined) return notThere(server, text.slice(0, 200));
  return new Fault(problem.code as FaultCode, { vi: problem.detail, en: problem.en.detail });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever answers there is no station; the caller says so.
    return undefined;
  }
}

/** @param byItsSettings whether the address is the one in the station's settings, which a flag at its start overrides */
const notThere = (server: string, cause: unknown, byItsSettings = false): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Không có đài nào trả lời ở ${server}. Lệnh chưa được thực hiện. Hãy kiểm tra đài có đang chạy không: loa serve${byItsSettings ? ELSEWHERE.vi : ""}`,
      en: `No station answers at ${server}. Nothing was done. See whether the station runs: loa serve${byItsSettings ? ELSEWHERE.en : ""}`,
    },
    { cause },
  );

const ELSEWHERE: Words = {
  vi: "\nĐài chạy ở cổng khác với config/station.json (--port, LOA_PORT) thì thêm --server, ví dụ: --server http://127.0.0.1:8081",
  en: "\nIf it listens elsewhere than config/station.json says (--port, LOA_PORT), add --server, such as: --server http://127.0.0.1:8081",
};
