import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { WebSocket } from "ws";
import { silentLog } from "../../../src/base/log.js";
import { createAccess } from "../../../src/server/api/access.js";
import { createPanelSocket } from "../../../src/server/api/panel-socket.js";
import { FakeClock } from "../../support/fake-clock.js";
import { createFakeControl } from "./fake-control.js";

const TOKEN = "a-token-of-the-station-1234567890";
/** More changes than sockets and machine hold for a panel that reads nothing (about 20 MB). */
const MANY = 60_000;
const withToken = { authorization: `Bearer ${TOKEN}` };

describe("the panel's socket", () => {
  async function start() {
    const clock = new FakeClock();
    const fake = createFakeControl();
    const access = createAccess({ token: TOKEN, clock });
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
    return { ...fake, access, clock, close, door, open };
  }

  it("sends a snapshot, then each change with the next number", async () => {
    const { change, close, open } = await start();
    const { next } = open();

    const snapshot = await next();
    change();
    change();

    expect(snapshot).to.include({ kind: "snapshot", n: 0 });
    expect(snapshot.receivers[0].id).to.equal("loa-1");
    expect(await next()).to.include({ kind: "receiver", n: 1 });
    expect(await next()).to.include({ kind: "receiver", n: 2 });
    await close();
  });

  it("lets a browser in by its cookie, and a program by saying the token first", async () => {
    const { access, close, open } = await start();

    const browser = open({ cookie: `loa_station=${access.newCookie()}` });
    const program = open({});
    await once(program.socket, "open");
    program.socket.send(JSON.stringify({ token: TOKEN }));

    expect(await browser.next()).to.include({ kind: "snapshot" });
    expect(await program.next()).to.include({ kind: "snapshot" });
    await close();
  });

  it("closes who says a wrong token, nonsense, or nothing for five seconds", async () => {
    const { clock, close, open } = await start();
    const closedAfter = async (say: (socket: WebSocket) => void) => {
      const { socket } = open({});
      await once(socket, "open");
      const closed = once(socket, "close");
      say(socket);
      const [code] = await closed;
      return code;
    };

    expect(await closedAfter((socket) => socket.send('{"token":"wrong"}'))).to.equal(1008);
    expect(await closedAfter((socket) => socket.send("{"))).to.equal(1008);
    expect(await closedAfter((socket) => socket.send("x".repeat(2000)))).to.equal(1009);
    expect(await closedAfter(() => clock.advance(5_000))).to.equal(1008);
    await close();
  });

  it("refuses other web pages and foreign names before anything is said", async () => {
    const { close, open } = await start();
    const refused = async (headers: Record<string, string>) => {
      const [, response] = await once(open({ ...withToken, ...headers }).socket, "unexpected-response");
      return response.statusCode;
    };

    expect(await refused({ origin: "http://evil.example" })).to.equal(403);
    expect(await refused({ host: "evil.example" })).to.equal(403);
    await close();
  });

  it("leaves other paths to other doors", async () => {
    const { close, open } = await start();

    const [error] = await once(open(withToken, "/ws/receiver").socket, "error");

    expect(String(error)).to.contain("socket hang up");
    await close();
  });

  it("gives a panel that fell behind a fresh snapshot instead of old changes", async () => {
    const { change, close, control, open } = await start();
    const { socket, next } = open();
    await next();
    socket.pause();

    for (let i = 0; i < MANY; i++) change();
    socket.resume();
    let last = await next();
    let changes = 0;
    while (last.kind !== "snapshot") {
      changes += 1;
      last = await next();
    }

    expect(last).to.include({ n: control.snapshot().n });
    expect(changes).to.be.lessThan(MANY);
    await close();
  });

  it("drops a panel that answers nothing any more", async () => {
    const { clock, close, open } = await start();
    const { socket, next } = open();
    await next();
    socket.pause();
    const closed = once(socket, "close");

    clock.advance(15_000);
    clock.advance(15_000);
    clock.advance(15_000);
    socket.resume();

    await closed;
    await close();
  });

  it("leaves no timer and no listener behind when it is closed", async () => {
    const { clock, close, door, listeners, open } = await start();
    await open().next();

    await close();
    door.close();

    expect(clock.armed).to.equal(0);
    expect(listeners.size).to.equal(0);
  });
});
