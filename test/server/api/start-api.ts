import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../../src/base/log.js";
import { type ApiOptions, createApi } from "../../../src/server/api/create-api.js";
import { FakeClock } from "../../support/fake-clock.js";
import { createFakeControl } from "./fake-control.js";

export const TOKEN = "a-token-of-the-station-1234567890";

/** The API on a real port with a fake control behind it. `close` is called by the test that started it. */
export async function startApi(change: Partial<ApiOptions> & { clipPath?: string } = {}) {
  const clock = new FakeClock();
  const logged: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), "loa-api-"));
  const fake = createFakeControl(change.clipPath);
  const { answer, access } = createApi({
    control: fake.control,
    token: TOKEN,
    clock,
    log: createLog(clock, (line) => logged.push(line)),
    quarantine: join(folder, "quarantine"),
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
  return { ...fake, access, ask, clock, close, http, logged, port, url, waiting };
}
interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string;
}
