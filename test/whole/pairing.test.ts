import { expect } from "chai";
import type { LogLine } from "../../src/domain/log-line.js";
import { pairingWords } from "../../src/relay/link/identity.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { type DeviceKey, newDeviceKey } from "../support/device-key.js";
import { type DeviceLink, linkDevice } from "../support/device-link.js";
import { AT_THE_MACHINE, whoDid } from "../support/who-did.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("a device and its place", () => {
  let house: WholeHouse;
  const links: DeviceLink[] = [];
  beforeEach(async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
  });
  afterEach(async () => {
    for (const { socket } of links.splice(0)) socket.terminate();
    await house.close();
  });

  const view = async (id = "cot-1"): Promise<ReceiverView | undefined> =>
    (await house.call<ReceiverView[]>("GET", "/receivers")).find((one) => one.id === id);
  const newCode = async (door = "pairing", id = "cot-1") =>
    (await house.call<{ code: string }>("POST", `/receivers/${id}/${door}`)).code;
  const pair = async (code: string, { publicKey }: DeviceKey) => {
    const response = await fetch(`${house.server.url}/api/v1/pair`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, publicKey, name: "may-thu" }),
    });
    const answer = (await response.json()) as { receiver: string; orderKeys: object[]; reason?: string };
    return { status: response.status, ...answer };
  };
  const confirm = (words: readonly string[], id = "cot-1") => house.call("POST", `/receivers/${id}/confirm`, { words });
  /** A device that is paired and confirmed. */
  const install = async (key = newDeviceKey(), door = "pairing"): Promise<DeviceKey> => {
    await pair(await newCode(door), key);
    await confirm((await view())?.waiting?.words ?? []);
    return key;
  };
  const link = async (key: DeviceKey, more: object = {}): Promise<DeviceLink> => {
    const made = await linkDevice(house.server.url, { receiver: "cot-1", key, ...more });
    links.push(made);
    return made;
  };
  const outcome = async (key: DeviceKey, more: object = {}) => {
    const result = await (await link(key, more)).outcome;
    return typeof result === "string" ? result : "welcome";
  };
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: Error) => error.message,
    );
  const logged = async (kind: string): Promise<LogLine[]> =>
    (await house.call<{ lines: LogLine[] }>("GET", "/log?limit=1000")).lines.filter((line) => line.kind === kind);

  it("shows the same six words at both ends, and lets nobody in before they are confirmed", async () => {
    const key = newDeviceKey();
    const code = await newCode();
    const answer = await pair(code, key);
    const shown = await pairingWords({ ...answer, code, publicKey: key.publicKey } as never);

    expect(answer).to.include({ status: 201, receiver: "cot-1" });
    expect(answer.orderKeys).to.have.lengthOf(1);
    expect((await view())?.waiting).to.deep.include({ name: "may-thu", words: shown });
    expect((await view())?.paired).to.equal(false);
    expect(await outcome(key)).to.equal("4003 unconfirmed");
    await confirm(shown);
    expect(await outcome(key)).to.equal("welcome");
    expect(await view()).to.deep.include({ paired: true, connected: true });
    expect((await view())?.waiting).to.equal(undefined);
    expect((await logged("receiver.confirmed"))[0]).to.include({ receiver: "cot-1" });
  });

  it("refuses other words than those of the device that waits, or none", async () => {
    expect(await failure(confirm(["con mèo"])))
      .to.include("409")
      .and.include("nothing-to-confirm");
    const key = newDeviceKey();
    await pair(await newCode(), key);
    expect(await failure(confirm(["con mèo", "con voi", "quả cam", "xe đạp", "cầu treo", "nón lá"])))
      .to.include("409")
      .and.include("words-differ");
    expect(await outcome(key)).to.equal("4003 unconfirmed");
  });

  it("takes a code once: a second device with it is refused, the first may repeat", async () => {
    const [first, second] = [newDeviceKey(), newDeviceKey()];
    const code = await newCode();
    const answers = [await pair(code, first), await pair(code, second), await pair(code.toLowerCase(), first)];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 403, 201]);
    expect(answers[1]?.reason).to.equal("bad-code");
    await confirm((await view())?.waiting?.words ?? []);
    expect(await outcome(first)).to.equal("welcome");
    expect(await outcome(second, { bootId: "b" })).to.equal("4003 wrong-proof");
    expect((await pair(code, first)).status).to.equal(201);
    expect((await view())?.waiting).to.equal(undefined);
    expect(await logged("receiver.paired")).to.have.lengthOf(1);
  });

  it("lets only one of two devices win that come with one code in the same moment", async () => {
    const code = await newCode();
    const keys = [newDeviceKey(), newDeviceKey(), newDeviceKey()];
    const answers = await Promise.all(keys.map((key) => pair(code, key)));

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 403, 403]);
  });

  it("takes no code that a newer one has replaced", async () => {
    const replaced = await newCode();
    await newCode();
    expect((await pair(replaced, newDeviceKey())).reason).to.equal("bad-code");
  });

  it("goes on after a restart of the server in the middle of a pairing", async () => {
    const key = newDeviceKey();
    const code = await newCode();
    await house.restartServer();
    await pair(code, key);
    const { words = [] } = (await view())?.waiting ?? {};
    await house.restartServer();

    expect(await outcome(key)).to.equal("4003 unconfirmed");
    expect((await pair(code, key)).status).to.equal(201);
    expect((await view())?.waiting?.words).to.deep.equal(words);
    await confirm(words);
    await house.restartServer();
    expect(await outcome(key)).to.equal("welcome");
  });

  it("refuses a proof by another key, for another nonce, for another receiver or start, and a replayed one", async () => {
    const key = await install();
    const first = await link(key);
    await first.outcome;
    await house.call("POST", "/receivers", { id: "cot-2", name: "Cột 2", area: "phuong", kind: "fixed" });

    expect(await outcome(newDeviceKey(), { bootId: "b" })).to.equal("4003 wrong-proof");
    expect(await outcome(key, { nonce: "x".repeat(32) })).to.equal("4003 wrong-proof");
    expect(await outcome(key, { proof: first.proof })).to.equal("4003 wrong-proof");
    expect(await outcome(key, { receiver: "cot-2" })).to.equal("4003 not-paired");
    expect(await outcome(key, { receiver: "cot-3" })).to.equal("4003 unknown-receiver");
    expect((await view())?.connected).to.equal(true);
  });

  it("revokes a device at once and for ever; a reset one may be paired again", async () => {
    const key = await install();
    const connected = await link(key);
    const welcome = await connected.outcome;
    const token = typeof welcome === "string" ? "" : welcome.token;
    const fetchProgramme = () =>
      fetch(`${house.server.url}/programme`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      );
    await eventually("a programme", 10_000, async () => (await fetchProgramme()) === 200);
    await house.call("POST", "/receivers/cot-1/revocation", undefined, { "loa-person": "An" });

    expect(await connected.closed).to.equal("4003 revoked");
    expect(await fetchProgramme()).to.equal(401);
    expect(await outcome(key)).to.equal("4003 revoked");
    expect((await pair(await newCode(), key)).reason).to.equal("revoked");
    await house.restartServer();
    expect(await outcome(key)).to.equal("4003 revoked");
    expect(await outcome(await install())).to.equal("welcome");
    expect((await logged("receiver.revoked"))[0]).to.include({ receiver: "cot-1", by: "An" });
  });

  it("lets a replacement take over place, history and settings, and buries the old key when it is confirmed", async () => {
    const old = await install();
    await house.call("PATCH", "/receivers/cot-1", { outputDelayMs: 120 }, { "if-match": "*" });
    const before = await link(old);
    await before.outcome;
    const young = newDeviceKey();
    await pair(await newCode("replacement"), young);
    expect((await view())?.connected).to.equal(true);
    await confirm((await view())?.waiting?.words ?? []);

    expect(await before.closed).to.equal("4003 replaced");
    expect(await outcome(old)).to.equal("4003 revoked");
    expect(await outcome(young, { bootId: "b" })).to.equal("welcome");
    expect(await view()).to.deep.include({ id: "cot-1", name: "Cột 1", outputDelayMs: 120, paired: true });
    expect((await logged("receiver.confirmed")).map(({ receiver }) => receiver)).to.deep.equal(["cot-1", "cot-1"]);
  });

  it("offers no replacement for a place without a device", async () => {
    expect(await failure(newCode("replacement")))
      .to.include("409")
      .and.include("no-device");
    expect(await failure(house.call("POST", "/receivers/cot-1/revocation"))).to.include("no-device");
    expect(await failure(house.call("POST", "/receivers/cot-1/clearance"))).to.include("not-quarantined");
  });

  it("moves a device to another place when a person confirms it there", async () => {
    const key = await install();
    await house.call("POST", "/receivers", { id: "cot-2", name: "Cột 2", area: "phuong", kind: "fixed" });
    await pair(await newCode("pairing", "cot-2"), key);
    expect(await outcome(key)).to.equal("welcome");
    await confirm((await view("cot-2"))?.waiting?.words ?? [], "cot-2");

    expect((await view())?.paired).to.equal(false);
    expect(await outcome(key, { receiver: "cot-2" })).to.equal("welcome");
  });

  it("replaces a connection of the same start at once", async () => {
    const key = await install();
    const first = await link(key);
    await first.outcome;
    expect(await outcome(key)).to.equal("welcome");
    expect(await first.closed).to.equal("4001 replaced");
  });

  it("sends both away when two devices show one key, and lets neither in until a person has looked", async () => {
    const key = await install();
    const first = await link(key, { bootId: "boot-1" });
    await first.outcome;
    const second = await link(key, { bootId: "boot-2" });

    expect(await second.outcome).to.equal("4009 two-devices");
    expect(await first.closed).to.equal("4009 two-devices");
    expect(await outcome(key, { bootId: "boot-1" })).to.equal("4009 quarantined");
    expect((await view())?.quarantined).to.have.property("since");
    const troubles = async () =>
      (await house.call<{ receiver: string; trouble: string }[]>("GET", "/alarms")).map(
        ({ receiver, trouble }) => `${receiver} ${trouble}`,
      );
    await eventually("the alarm", 30_000, async () => (await troubles()).includes("cot-1 key-twice"));
    await eventually("the line in the log", 5000, async () => (await logged("receiver.quarantined")).length === 1);
    await house.restartServer();
    expect(await outcome(key, { bootId: "boot-3" })).to.equal("4009 quarantined");
    await house.call("POST", "/receivers/cot-1/clearance");
    expect(await whoDid(house, "receiver.cleared")).to.deep.equal([AT_THE_MACHINE]);
    expect(await outcome(key, { bootId: "boot-1" })).to.equal("welcome");
  });

  it("takes an old link that does not answer for dead, and lets the device in that was started anew", async () => {
    const key = await install();
    const dead = await link(key, { bootId: "before-the-power-cut" });
    await dead.outcome;
    dead.socket.pause();
    const began = performance.now();

    expect(await outcome(key, { bootId: "after" })).to.equal("welcome");
    expect(performance.now() - began).to.be.within(2500, 8000);
    expect((await view())?.quarantined).to.equal(undefined);
  });
});
