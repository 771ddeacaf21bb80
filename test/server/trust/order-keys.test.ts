import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { pairedKeyring } from "../../../src/receiver/keyring.js";
import { createTrust } from "../../../src/relay/trust.js";
import { makeKey, pemOf, signWith } from "../../../src/server/trust/ed25519.js";
import { openOrderKeys } from "../../../src/server/trust/order-keys.js";

const DAY = 86_400e6;

describe("the station's order keys", () => {
  let folder = "";
  const world = { now: 1e15 };
  beforeEach(async () => {
    world.now = 1e15;
    folder = join(await mkdtemp(join(tmpdir(), "loa-keys-")), "keys");
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

  const open = (more: { keyFile?: string; formerKeyFile?: string } = {}) =>
    openOrderKeys({ folder, now: () => world.now, overlapUs: 30 * DAY, ...more });
  /** A loudspeaker that was paired now. */
  const pairedWith = (keys: ReturnType<typeof open>) =>
    createTrust({
      ring: pairedKeyring(keys.standing().keys),
      keep: () => {},
      now: () => world.now,
      log: silentLog,
    });
  type Speaker = ReturnType<typeof pairedWith>;
  const connect = (speaker: Speaker, keys: ReturnType<typeof open>) => {
    for (const notice of keys.standing().notices) speaker.take(notice);
  };
  const obeys = (speaker: Speaker, keys: ReturnType<typeof open>) => {
    const key = keys.signingKey();
    const found = speaker.verify("order", { text: "x", keyId: key.keyId, signature: signWith(key, "order", "x") });
    return found.keyId === false ? found.doubt : "obeys";
  };

  it("change: the new one signs, the old one holds for the overlap and is refused after it", () => {
    const keys = open();
    const speaker = pairedWith(keys);
    const old = keys.signingKey();
    keys.rotate(30 * DAY);
    expect(keys.standing().keys.map(({ keyId }) => keyId)).to.have.length(2);
    expect(obeys(speaker, keys)).to.equal("unknown-key");
    connect(speaker, keys);
    expect(obeys(speaker, keys)).to.equal("obeys");
    const signedByOld = { text: "x", keyId: old.keyId, signature: signWith(old, "order", "x") };
    expect(speaker.verify("order", signedByOld).keyId).to.equal(old.keyId);
    world.now += 30 * DAY + 1;
    expect(speaker.verify("order", signedByOld)).to.include({ doubt: "retired-key" });
    expect(keys.standing().keys).to.have.length(1);
  });

  it("reach who missed several changes, as long as one of its keys still holds", () => {
    const keys = open();
    const speaker = pairedWith(keys);
    for (const days of [5, 5, 5]) {
      world.now += days * DAY;
      keys.rotate(30 * DAY);
    }
    connect(speaker, keys);
    expect(obeys(speaker, keys)).to.equal("obeys");
  });

  it("are unknown to who was away through the whole overlap, and no notice helps it", () => {
    const keys = open();
    const speaker = pairedWith(keys);
    keys.rotate(30 * DAY);
    const told = keys.standing().notices;
    world.now += 31 * DAY;
    expect(keys.standing().notices).to.deep.equal([]);
    // Not even the real notice, kept by somebody: the key that signed it may be anybody's by now.
    for (const notice of told) speaker.take(notice);
    expect(obeys(speaker, keys)).to.equal("unknown-key");
  });

  it("end at once when they are retired, but never the one that signs", () => {
    const keys = open();
    const speaker = pairedWith(keys);
    const old = keys.signingKey();
    expect(() => keys.retire(old.keyId)).to.throw();
    keys.rotate(30 * DAY);
    connect(speaker, keys);
    keys.retire(old.keyId);
    connect(speaker, keys);
    expect(speaker.keyIds()).to.deep.equal([keys.signingKey().keyId]);
    expect(() => keys.retire("0123456789abcdef")).to.throw();
  });

  it("are the old or the new ones after a power cut at any moment of a change", async () => {
    const keys = open();
    const before = keys.signingKey().keyId;
    const ring = await readFile(join(folder, "ring.json"), "utf8");
    const after = keys.rotate(30 * DAY).active;
    // Cut before the ring was written: the new key lies there, and nobody knows it.
    await writeFile(join(folder, "ring.json"), ring);
    await writeFile(join(folder, "ring.json.new"), '{"v":1,"serial"');
    expect(open().standing().active).to.equal(before);
    expect((await readdir(folder)).sort()).to.deep.equal([`${before}.pem`, "ring.json"].sort());
    const again = open();
    again.rotate(30 * DAY);
    expect(open().standing().active).to.equal(again.standing().active).and.not.to.equal(after);
  });

  it("may lie in a file that the administrator names, and are introduced when it names another", async () => {
    const [first, second] = [makeKey(), makeKey()];
    const fileOf = (name: string) => join(folder, "..", name);
    await writeFile(fileOf("first.pem"), pemOf(first), { mode: 0o600 });
    await writeFile(fileOf("second.pem"), pemOf(second), { mode: 0o600 });
    const keys = open({ keyFile: fileOf("first.pem") });
    expect(keys.signingKey().keyId).to.equal(first.keyId);
    expect(await readdir(folder)).to.deep.equal(["ring.json"]);
    expect(() => keys.rotate(DAY)).to.throw();
    const speaker = pairedWith(keys);

    expect(() => open({ keyFile: fileOf("second.pem") })).to.throw();
    const next = open({ keyFile: fileOf("second.pem"), formerKeyFile: fileOf("first.pem") });
    connect(speaker, next);
    expect(obeys(speaker, next)).to.equal("obeys");
  });
});
