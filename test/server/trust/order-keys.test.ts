import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
  /** Each with its copy. */
  const filesIn = async () => {
    const names = (await readdir(folder)).sort();
    const copies = names.filter((name) => name.endsWith(".copy"));
    const files = names.filter((name) => !name.endsWith(".copy"));
    expect(copies).to.deep.equal(files.map((name) => `${name}.copy`));
    return files;
  };
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
    expect(await filesIn()).to.deep.equal([`${before}.pem`, "ring.json"].sort());
    const again = open();
    again.rotate(30 * DAY);
    expect(open().standing().active).to.equal(again.standing().active).and.not.to.equal(after);
  });

  for (const [how, damage] of [
    ["zeroed", (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ["torn", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 30), Buffer.alloc(bytes.length - 30)])],
    ["cut to nothing", () => Buffer.alloc(0)],
    ["another's", () => Buffer.from(pemOf(makeKey()))],
  ] as const)
    it(`come back, and say so, when one of their files or its copy is ${how}`, async () => {
      const { keyId } = open().signingKey();
      for (const name of [`${keyId}.pem`, "ring.json"])
        for (const file of [name, `${name}.copy`]) {
          const good = await readFile(join(folder, name));
          const bad = damage(good);
          await writeFile(join(folder, file), bad, { mode: 0o600 });
          const keys = open();
          expect(keys.signingKey().keyId, file).to.equal(keyId);
          expect(signWith(keys.signingKey(), "order", "x"), file).to.be.a("string");
          expect(keys.damaged, file).to.deep.equal(file === name ? [join(folder, name)] : []);
          if (file === name) expect(await readFile(join(folder, `${name}.bad`)), file).to.deep.equal(bad);
          await rm(join(folder, `${name}.bad`), { force: true });
          expect(open().damaged, file).to.deep.equal([]);
          expect(await filesIn(), file).to.have.length(2);
        }
    });

  it("are there still when a disk that fails did not let them come back at once", async () => {
    const { keyId } = open().signingKey();
    const name = join(folder, `${keyId}.pem`);
    await writeFile(name, "", { mode: 0o600 });
    await mkdir(`${name}.new`);
    expect(() => open()).to.throw();
    await rm(`${name}.new`, { recursive: true });
    expect(open().signingKey().keyId).to.equal(keyId);
  });

  it("are not believed when neither they nor their copies are what they were", async () => {
    const { keyId } = open().signingKey();
    for (const ending of ["", ".copy"])
      await writeFile(join(folder, `${keyId}.pem${ending}`), pemOf(makeKey()), { mode: 0o600 });
    expect(() => open()).to.throw();
  });

  it("leave nothing of a key that was ended, no copy and no damaged file", async () => {
    const keys = open();
    const former = keys.signingKey().keyId;
    await writeFile(join(folder, `${former}.pem`), "", { mode: 0o600 });
    const later = open();
    later.rotate(DAY);
    later.retire(former);
    expect((await readdir(folder)).filter((name) => name.startsWith(former))).to.deep.equal([]);
  });

  it("may lie in a file that the administrator names, and are introduced when it names another", async () => {
    const [first, second] = [makeKey(), makeKey()];
    const fileOf = (name: string) => join(folder, "..", name);
    await writeFile(fileOf("first.pem"), pemOf(first), { mode: 0o600 });
    await writeFile(fileOf("second.pem"), pemOf(second), { mode: 0o600 });
    const keys = open({ keyFile: fileOf("first.pem") });
    expect(keys.signingKey().keyId).to.equal(first.keyId);
    expect(await filesIn()).to.deep.equal(["ring.json"]);
    expect(() => keys.rotate(DAY)).to.throw();
    const speaker = pairedWith(keys);

    expect(() => open({ keyFile: fileOf("second.pem") })).to.throw();
    const next = open({ keyFile: fileOf("second.pem"), formerKeyFile: fileOf("first.pem") });
    connect(speaker, next);
    expect(obeys(speaker, next)).to.equal("obeys");
  });
});
