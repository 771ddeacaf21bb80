import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { ms } from "../../src/base/units.js";
import { createAddresses } from "../../src/relay/link/addresses.js";
import { openConnection } from "../../src/relay/link/connection.js";
import { createDialler } from "../../src/relay/link/dial.js";
import { pairingWords } from "../../src/relay/link/identity.js";
import { newDeviceKey } from "../support/device-key.js";
import { FakeClock } from "../support/fake-clock.js";
import { aChirp } from "./a-chirp.js";
import { until } from "./fake-server.js";
import { aCue, openYard, type Yard } from "./yard.js";

describe("a relay and its place", () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await openYard();
  });
  afterEach(() => yard.close());

  const fileOf = (name: string) => join(yard.folder, "loa-a", name);
  const failure = (more: object = {}) =>
    yard.start("loa-a", { out: "null", ...more }).then(
      () => "started",
      (thrown: { code: string; reason: string }) => `${thrown.code} ${thrown.reason}`,
    );

  it("makes its key once, keeps it to itself, and shows the words of its pairing", async () => {
    const shown: (readonly string[])[] = [];
    const onUnconfirmed = ({ words }: { words: readonly string[] }) => void shown.push(words);
    await (await yard.start("loa-a", { out: "null", onUnconfirmed })).close();
    await (await yard.start("loa-a", { out: "null", pair: undefined, onUnconfirmed })).close();
    const { x, d } = JSON.parse(await readFile(fileOf("identity.json"), "utf8")) as { x: string; d: string };
    const facts = { code: "code-loa-a", receiver: "loa-a" as never, publicKey: x, orderKeys: yard.server.orderKeys };

    expect((await stat(fileOf("identity.json"))).mode & 0o777).to.equal(0o600);
    expect(yard.server.keys.get("loa-a")).to.equal(x);
    expect(await readFile(fileOf("credentials.json"), "utf8")).not.to.include(d);
    expect(shown).to.deep.equal([await pairingWords(facts)]);
  });

  for (const [what, pairing] of [
    ["the line breaks after the server has answered", "lost"],
    ["half an answer comes", "half"],
    ["somebody else answers with a page", "page"],
  ] as const)
    it(`tries on with the same key when ${what}`, async () => {
      yard.server.world.pairing = pairing;
      expect(await failure()).to.match(/^unavailable /);
      const key = yard.server.keys.get("loa-a");
      yard.server.world.pairing = "whole";
      await yard.start("loa-a", { out: "null" });
      await until("the connection", () => yard.server.sockets.has("loa-a"));

      expect(yard.server.keys.get("loa-a")).to.equal(key);
      expect(yard.server.paired).to.deep.equal(["code-loa-a", "code-loa-a"]);
    });

  it("needs a new code when its key is gone, or when it was paired before keys", async () => {
    await (await yard.start("loa-a", { out: "null" })).close();
    await rm(fileOf("identity.json"));
    expect(await failure({ pair: undefined })).to.equal("forbidden not-paired");
    await writeFile(
      fileOf("credentials.json"),
      JSON.stringify({ server: yard.server.url, receiver: "loa-a", token: "x" }),
    );
    expect(await failure({ pair: undefined })).to.equal("forbidden not-paired");
    await rm(fileOf("identity.json.copy"));
    await writeFile(fileOf("identity.json"), "{");
    expect(await failure()).to.equal("forbidden identity");
  });

  /** A connection by a clock of its own. Every hello is answered with the refusal of the fake server. */
  function connect() {
    const clock = new FakeClock();
    const told = { unconfirmed: 0, refused: 0, lost: 0 };
    const key = newDeviceKey();
    const connection = openConnection({
      ...{ addresses: createAddresses([new URL(yard.server.url)]), dialler: createDialler(clock, {}) },
      ...{ clock, log: silentLog, random: () => 0 },
      hello: (nonce) => ({
        t: "hello",
        p: {
          ...{ versions: [1], receiver: "loa-a" as never, bootId: "b", proof: key.proof(nonce, "loa-a", "b") },
          ...{ software: "test", bufferMs: 0, leadMs: 0, programmeRevision: 0, journal: "j" },
        },
      }),
      onMessage: () => {},
      onSignedTime: () => {},
      onChunk: () => {},
      onSeal: () => {},
      onUnconfirmed() {
        told.unconfirmed += 1;
      },
      onRefused() {
        told.refused += 1;
      },
      onLost() {
        told.lost += 1;
      },
      onAir: () => false,
    });
    return { clock, told, connection };
  }

  it("asks again every second or two while nobody has confirmed it", async () => {
    yard.server.world.refuse = "unconfirmed";
    const { clock, told, connection } = connect();
    for (let time = 1; time <= 5; time++) {
      await until("the refusal", () => told.unconfirmed === time);
      clock.advance(ms(900));
      expect(told.unconfirmed).to.equal(time);
      clock.advance(ms(200));
    }
    connection.close();
    expect(told.refused).to.equal(0);
  });

  it("stays, and comes back rarely, while its place is in quarantine", async () => {
    Object.assign(yard.server.world, { refusal: 4009, refuse: "quarantined" });
    const { clock, told, connection } = connect();
    for (let time = 1; time <= 4; time++) {
      await until("the refusal", () => told.lost === time);
      clock.advance(ms(60_000));
    }
    connection.close();
    expect(told.refused).to.equal(0);
  });

  it("waits with its downloads for another token when the server does not take the one it has", async () => {
    const clip = aChirp(300);
    const sha256 = yard.server.addClip(clip);
    await yard.start("loa-a", { out: "null" });
    await until("the connection", () => yard.server.sockets.has("loa-a"));
    yard.server.world.expired.add("loa-a");
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(60_000))]);
    await until("the refused download", () => yard.server.requests.some(({ url }) => url.startsWith("/clips/")));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const asked = yard.server.requests.filter(({ url }) => url.startsWith("/clips/")).length;
    yard.server.world.expired.clear();
    yard.server.sockets.get("loa-a")?.terminate();
    await until("the clip", () =>
      yard.server.heard("loa-a", "clips").some(({ have }) => have.includes(sha256 as never)),
    );

    expect(asked).to.equal(1);
    expect(yard.server.heard("loa-a", "clips").some(({ failed }) => failed.length > 0)).to.equal(false);
  });
});
