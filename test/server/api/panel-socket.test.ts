import { once } from "node:events";
import { expect } from "chai";
import { WebSocket } from "ws";
import { eventually } from "../../support/whole-house.js";
import { startPanels, TOKEN, withToken } from "./start-panels.js";

/** More changes than sockets and machine hold for a panel that reads nothing (about 20 MB). */
const MANY = 60_000;

describe("the panel's socket", () => {
  it("sends a snapshot, then each change with the next number", async () => {
    const { change, close, open } = await startPanels();
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

  it("watches the station only while a panel is open", async () => {
    const { listeners, close, open } = await startPanels();
    expect(listeners.size).to.equal(0);
    const [one, other] = [open(), open()];
    await Promise.all([one.next(), other.next()]);
    expect(listeners.size).to.equal(1);

    one.socket.terminate();
    other.socket.terminate();
    await eventually("nobody to watch", 5_000, () => listeners.size === 0);
    expect(await open().next()).to.include({ kind: "snapshot" });
    expect(listeners.size).to.equal(1);
    await close();
    expect(listeners.size).to.equal(0);
  });

  it("tells each panel who else has a thing open, also one that comes later", async () => {
    const { close, open } = await startPanels();
    const as = (name: string) => open({ ...withToken, "loa-person": name });
    const [hoa, minh] = [as("Hoa"), as("Minh")];
    expect([(await hoa.next()).kind, (await minh.next()).kind]).to.deep.equal(["snapshot", "snapshot"]);

    hoa.socket.send(JSON.stringify({ open: { kind: "announcement", id: "tin" } }));
    const told = { kind: "presence", thing: { kind: "announcement", id: "tin" } };
    const names = (message: { people: { name: string }[] }) => message.people.map(({ name }) => name);
    const [atHoa, atMinh] = [await hoa.next(), await minh.next()];
    expect(atMinh).to.deep.include(told);
    expect([names(atHoa), names(atMinh)]).to.deep.equal([["Hoa"], ["Hoa"]]);
    const late = as("Lan");
    expect((await late.next()).kind).to.equal("snapshot");
    expect(names(await late.next())).to.deep.equal(["Hoa"]);

    hoa.socket.close();
    expect(names(await minh.next())).to.deep.equal([]);
    await close();
  });

  it("lets a browser in by its cookie, and a program by saying the token first", async () => {
    const { access, close, open, people } = await startPanels();

    const { secret } = await people.first();
    const browser = open({ cookie: `${access.cookie}=${secret}` });
    const program = open({});
    await once(program.socket, "open");
    program.socket.send(JSON.stringify({ token: TOKEN }));

    expect(await browser.next()).to.include({ kind: "snapshot" });
    expect(await program.next()).to.include({ kind: "snapshot" });
    await close();
  });

  it("closes who says a wrong token, nonsense, or nothing for five seconds", async () => {
    const { clock, close, open } = await startPanels();
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
    const { close, open } = await startPanels();
    const refused = async (headers: Record<string, string>) => {
      const [, response] = await once(open({ ...withToken, ...headers }).socket, "unexpected-response");
      return response.statusCode;
    };

    expect(await refused({ origin: "http://evil.example" })).to.equal(403);
    expect(await refused({ host: "evil.example" })).to.equal(403);
    await close();
  });

  it("leaves other paths to other doors", async () => {
    const { close, open } = await startPanels();

    const [error] = await once(open(withToken, "/ws/receiver").socket, "error");

    expect(String(error)).to.contain("socket hang up");
    await close();
  });

  it("gives a panel that fell behind a fresh snapshot instead of old changes", async () => {
    const { change, close, control, open } = await startPanels();
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
    const { clock, close, open } = await startPanels();
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
    const { clock, close, door, listeners, open } = await startPanels();
    await open().next();

    await close();
    door.close();

    expect(clock.armed).to.equal(0);
    expect(listeners.size).to.equal(0);
  });

  it("tells each panel only what its people may know, and ends with their session", async () => {
    const { access, change, clock, close, open, people } = await startPanels();
    await people.first();
    const drafter = await people.person("Cộng tác viên", [{ role: "contributor" }]);
    const auditor = await people.person("Giám sát", [{ role: "auditor" }]);
    const { socket, next } = open({ cookie: `${access.cookie}=${auditor.secret}` });
    const quiet = open({ cookie: `${access.cookie}=${drafter.secret}` });
    const told: unknown[] = [];
    quiet.socket.on("message", (data) => told.push(data));
    await once(quiet.socket, "open");

    expect(await next()).to.include({ kind: "snapshot" });
    change();
    expect(await next()).to.include({ kind: "receiver" });
    // A contributor sees the station, but is told of no loudspeakers: only, now and then, that something changed.
    clock.advance(15_000);
    const heard = () => told.map((data) => JSON.parse(String(data)));
    while (heard().length < 3) await once(quiet.socket, "message");
    expect(heard()[0]).to.deep.include({ kind: "snapshot", receivers: [], alarms: [] });
    expect(heard().slice(1)).to.deep.equal([{ kind: "alive" }, { kind: "untold", n: 1 }]);
    const closed = once(socket, "close");
    await people.verbs.endSessionsOf(auditor.account.id, { name: "Chủ đài" });
    expect((await closed)[0]).to.equal(1008);
    await close();
  });

  it("ends for a program once its owner is gone or may no longer what they might", async () => {
    const { clock, close, open, people } = await startPanels();
    await people.first();
    const BOSS = { name: "Chủ đài" };
    const watch = async (name: string) => {
      const { account } = await people.person(name, [{ role: "auditor" }]);
      const grants = [{ permission: "inspect" as const }];
      const { secret } = await people.verbs.createProgramToken(account.id, { name, grants, days: 1 }, BOSS);
      const panel = open({ authorization: `Bearer ${secret}` });
      expect(await panel.next()).to.include({ kind: "snapshot" });
      return { id: account.id, closed: once(panel.socket, "close"), socket: panel.socket };
    };
    const [gone, lesser, kept] = [await watch("Một"), await watch("Hai"), await watch("Ba")];

    await people.verbs.setDisabled(gone.id, true, BOSS);
    await people.verbs.setRoles(lesser.id, [{ role: "contributor" }], { expected: "*", by: BOSS });
    clock.advance(15_000);

    expect((await gone.closed)[0]).to.equal(1008);
    expect((await lesser.closed)[0]).to.equal(1008);
    expect(kept.socket.readyState).to.equal(WebSocket.OPEN);
    await close();
  });

  it("lets somebody in who is logged in while strangers hold as many sockets as they can get", async () => {
    const { access, close, open, people } = await startPanels();
    const { secret } = await people.first();
    const strangers = Array.from({ length: 60 }, () => open({}));
    const ends = await Promise.all(
      strangers.map(
        ({ socket }) =>
          new Promise<string>((resolve) =>
            socket.once("open", () => resolve("waits")).on("error", () => resolve("refused")),
          ),
      ),
    );
    expect(ends.filter((one) => one === "waits")).to.have.length(50);

    const { next } = open({ cookie: `${access.cookie}=${secret}` });

    expect(await next()).to.include({ kind: "snapshot" });
    await close();
  });
});
