import { verify as checks, createPublicKey } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { silentLog } from "../../../src/base/log.js";
import { type Purpose, signedBytes } from "../../../src/protocol/signing.js";
import { type Signer, startSigner } from "../../../src/server/trust/signer.js";
import { connectSigner, openSignerDoor } from "../../../src/server/trust/signer-door.js";
import { failureOf } from "../../support/failure-of.js";

const stop = () => {
  const issuedAt = Math.round(systemClock.date() * 1000);
  return JSON.stringify({
    ...{ v: 1, id: "orderorder", audience: { kind: "all" }, epoch: 1, sequence: 1, issuedAt },
    ...{ notBefore: issuedAt, notAfter: issuedAt + 60e6, class: "emergency", by: {}, policyVersion: "" },
    body: { kind: "stop", scope: { kind: "all" } },
  });
};
const fits = (publicKey: string, purpose: Purpose, text: string, signature: string): boolean =>
  checks(
    null,
    signedBytes(purpose, text),
    createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } }),
    Buffer.from(signature, "base64url"),
  );

describe("a signer of its own, behind a socket", () => {
  let root: string;
  const signers: Signer[] = [];
  const doors: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loa-signer-"));
  });
  afterEach(async () => {
    for (const signer of signers.splice(0)) signer.close();
    for (const door of doors.splice(0)) await door.close();
    await rm(root, { recursive: true, force: true });
  });
  const socket = () => join(root, "signer.sock");
  const options = (folder: string) => ({ folder, places: [], overlapUs: 1e12, clockOffsetUs: 0 });
  const openDoor = async () => {
    const door = await openSignerDoor({ socket: socket(), options: options(join(root, "keys")), log: silentLog });
    doors.push(door);
    return door;
  };
  const start = async () => {
    const signer = await startSigner({
      ...{ clock: systemClock, random: () => 0, log: silentLog, start: connectSigner(socket()) },
      // What the server says of keys is not asked.
      options: options(join(root, "the-servers-own")),
    });
    signers.push(signer);
    return signer;
  };

  it("signs for the server with keys that it finds by itself, and leaves it none", async () => {
    await openDoor();
    const signer = await start();
    const text = stop();
    const { signature } = await signer.sign("order", text);
    expect(fits(signer.orderKeys()[0]?.publicKey ?? "", "order", text, signature)).to.equal(true);
    expect(await readdir(root)).to.have.members(["keys", "signer.sock"]);
    expect((await stat(socket())).mode & 0o777).to.equal(0o660);
    expect((await stat(join(root, "keys"))).mode & 0o777).to.equal(0o700);
    for (const file of await readdir(join(root, "keys")))
      expect((await stat(join(root, "keys", file))).mode & 0o077, file).to.equal(0);
  });

  it("refuses what its rules refuse, in words, and goes on", async () => {
    await openDoor();
    const signer = await start();
    expect(await failureOf(signer.sign("order", "{}"))).to.include({ code: "forbidden" });
    expect((await signer.sign("order", stop())).signature).to.have.length(86);
  });

  it("is found again after it was started anew, with the same key", async () => {
    const first = await openDoor();
    const signer = await start();
    const [key] = signer.orderKeys();
    await first.close();
    const waiting = signer.sign("order", stop());
    await openDoor();
    expect((await waiting).keyId).to.equal(key?.keyId);
  });

  it("signs a programme of megabytes", async () => {
    await openDoor();
    const signer = await start();
    const text = JSON.stringify({ v: 1, filler: '"'.repeat(3_000_000) });
    // It is no programme, and it is refused for that, not for its length.
    expect(await failureOf(signer.sign("programme", text))).to.include({ code: "forbidden" });
  });

  it("ends a connection that speaks nonsense, and no other", async () => {
    await openDoor();
    const signer = await start();
    for (const nonsense of ["GET / HTTP/1.1\r\n\r\n", '{"id":1,"task":{"kind":"key"}}\n', '{"id":-1}\n']) {
      const stranger = connect(socket());
      stranger.on("error", () => {});
      stranger.write(nonsense);
      await once(stranger, "close");
    }
    expect((await signer.sign("order", stop())).signature).to.have.length(86);
  });
});
