import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../../src/base/log.js";
import { type ApiOptions, createApi } from "../../../src/server/api/create-api.js";
import { FakeClock } from "../../support/fake-clock.js";
import { someAccounts } from "../../support/some-accounts.js";
import { createFakeControl } from "./fake-control.js";

export const TOKEN = "a-token-of-the-station-1234567890";

/** Whoever holds the station's token, as the verbs are told. */
export const atTheMachine = (name = "người giữ mã đài") => ({ name, from: "127.0.0.1", factor: "station" as const });

/** The API on a real port with a fake control behind it. `close` is called by the test that started it. */
export async function startApi(change: Partial<ApiOptions> & { clipPath?: string } = {}) {
  const clock = new FakeClock();
  const logged: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), "loa-api-"));
  await mkdir(join(folder, "panel"));
  await writeFile(join(folder, "panel", "index.html"), "<p>Bảng điều khiển</p>");
  const people = someAccounts(clock);
  const fake = createFakeControl(change.clipPath, people.verbs);
  const { answer, access } = createApi({
    control: fake.control,
    token: TOKEN,
    clock,
    log: createLog(clock, (line) => logged.push(line)),
    quarantine: join(folder, "quarantine"),
    panel: join(folder, "panel"),
    isCrowded: () => false,
    random: () => 0.5,
    ...change,
  });
  const http = createServer(answer).listen(0, "127.0.0.1");
  await once(http, "listening");
  // A test that fails before it closes must not keep the run alive.
  http.unref();
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  /** A request with the station's token, unless `token` says otherwise. */
  async function ask(method: string, path: string, options: Ask = {}) {
    const { body, headers = {}, token = TOKEN } = options;
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" || body instanceof Buffer ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  }

  async function close() {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await rm(folder, { recursive: true });
  }
  const waiting = () => readdir(join(folder, "quarantine"));
  /** A request of a browser that is logged in with this secret. */
  const askAs = (secret: string, method: string, path: string, options: Omit<Ask, "token"> = {}) =>
    ask(method, path, { ...options, token: "", headers: { ...options.headers, cookie: `${access.cookie}=${secret}` } });
  /** As a browser does that is logged in with this secret, or not yet: fetch cannot say Host and Origin. */
  const browse = (secret: string, method: string, path: string, { body, headers = {} }: Omit<Ask, "token"> = {}) =>
    new Promise<Awaited<ReturnType<typeof ask>>>((resolve, reject) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const all = {
        ...(text === "" ? {} : { "content-type": "application/json" }),
        ...{ "content-length": String(Buffer.byteLength(text)), cookie: `${access.cookie}=${secret}`, ...headers },
      };
      const asked = request({ port, method, path, headers: all }, async (answer) => {
        let said = "";
        for await (const piece of answer.setEncoding("utf8")) said += piece;
        const pairs = answer.rawHeaders.flatMap((name, at, raw) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""]] : []));
        const told = { headers: new Headers(pairs as [string, string][]), text: said, json: () => JSON.parse(said) };
        resolve({ status: answer.statusCode ?? 0, ...told });
      });
      asked.on("error", reject).end(text);
    });
  return { ...fake, access, ask, askAs, browse, people, clock, close, http, logged, port, url, waiting };
}
interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string;
}
