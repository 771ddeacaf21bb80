import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { silentLog } from "../../../src/base/log.js";
import { createAccess } from "../../../src/server/api/access.js";
import { createPanelSocket } from "../../../src/server/api/panel-socket.js";
import { FakeClock } from "../../support/fake-clock.js";
import { someAccounts } from "../../support/some-accounts.js";
import { createFakeControl } from "./fake-control.js";

export const TOKEN = "a-token-of-the-station-1234567890";
export const withToken = { authorization: `Bearer ${TOKEN}` };

/** A panel's socket over the fake control, and ways to open panels at it. */
export async function startPanels() {
  const clock = new FakeClock();
  const people = someAccounts(clock);
  const fake = createFakeControl(undefined, people.verbs);
  const access = createAccess({ token: TOKEN, clock, control: fake.control });
  const door = createPanelSocket({ control: fake.control, access, clock, log: silentLog });
  const http = createServer();
  http.on("upgrade", (request, socket, head) => {
    if (!door.handleUpgrade(request, socket, head)) socket.destroy();
  });
  http.listen(0, "127.0.0.1").unref();
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;

  /** A panel and a way to read what it is told, one message at a time. */
  function open(headers: Record<string, string> = withToken, path = "/ws/panel") {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const told: string[] = [];
    const waiting: ((text: string) => void)[] = [];
    socket.on("message", (data) => (waiting.shift() ?? ((text) => told.push(text)))(data.toString()));
    const next = async () =>
      JSON.parse(told.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve))));
    return { socket, next };
  }
  const close = async () => {
    door.close();
    await new Promise((resolve) => http.close(resolve));
  };
  return { ...fake, access, people, clock, close, door, open };
}
