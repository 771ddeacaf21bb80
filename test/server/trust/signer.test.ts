import { verify as checks, createPublicKey } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { silentLog } from "../../../src/base/log.js";
import type { Signed } from "../../../src/protocol/orders.js";
import { signedBytes } from "../../../src/protocol/signing.js";
import { type Signer, startSigner } from "../../../src/server/trust/signer.js";
import { type SignerLink, startSignerProgram } from "../../../src/server/trust/signer-link.js";
import { failureOf } from "../../support/failure-of.js";
import { FakeClock } from "../../support/fake-clock.js";

const fits = ({ text, signature }: Signed, publicKey: string): boolean =>
  checks(
    null,
    signedBytes("order", text),
    createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } }),
    Buffer.from(signature, "base64url"),
  );

describe("the signer", () => {
  let folder = "";
  const started: Signer[] = [];
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "loa-signer-")), "keys");
  });
  afterEach(async () => {
    for (const signer of started.splice(0)) signer.close();
    await rm(join(folder, ".."), { recursive: true, force: true });
  });
  const start = async (more: Partial<Parameters<typeof startSigner>[0]> = {}) => {
    const options = { folder, places: [], overlapUs: 1e12, clockOffsetUs: 0 };
    const signer = await startSigner({ options, clock: systemClock, random: () => 0, log: silentLog, ...more });
    started.push(signer);
    return signer;
  };
  const stop = () => {
    const issuedAt = Math.round(systemClock.date() * 1000);
    return JSON.stringify({
      ...{ v: 1, id: "orderorder", audience: { kind: "all" }, epoch: 1, sequence: 1, issuedAt },
      ...{ notBefore: issuedAt, notAfter: issuedAt + 60e6, class: "emergency", by: {}, policyVersion: "" },
      body: { kind: "stop", scope: { kind: "all" } },
    });
  };

  it("makes a key that only the station's user may read, and signs with the same one after a restart", async () => {
    const first = await start();
    const [key] = first.orderKeys();
    const signed = await first.sign("order", stop());
    expect(fits(signed, key?.publicKey ?? "")).to.equal(true);
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    expect((await stat(join(folder, `${key?.keyId}.pem`))).mode & 0o777).to.equal(0o600);
    first.close();

    expect((await start()).orderKeys()).to.deep.equal([key]);
  });

  it("says what is wrong with a key that others may read, and with one that is missing", async () => {
    const first = await start();
    const file = join(folder, `${first.orderKeys()[0]?.keyId}.pem`);
    first.close();
    await rm(file);
    expect(await failureOf(start())).to.include({ code: "unavailable", reason: "order-key" });
    await writeFile(file, "none", { mode: 0o644 });
    expect(await failureOf(start())).to.include({ code: "unavailable", reason: "order-key" });
  });

  it("signs on after its program was killed, what was asked meanwhile included", async () => {
    const links: SignerLink[] = [];
    const signer = await start({
      start: (events) => {
        const link = startSignerProgram(events);
        links.push(link);
        return link;
      },
    });
    links[0]?.end();
    const signed = await Promise.all([signer.sign("order", stop(), "stop"), signer.sign("order", stop())]);
    expect(signed.map(({ signature }) => signature.length)).to.deep.equal([86, 86]);
    expect(links).to.have.length(2);
  });

  it("fails in plain words when the program does not answer, and starts another", async () => {
    const clock = new FakeClock();
    let starts = 0;
    let ended = 0;
    const signer = await start({
      clock,
      start: ({ onAnswer, onEnd }) => {
        starts += 1;
        return {
          ask: ({ id }) =>
            id === 0 &&
            queueMicrotask(() => onAnswer({ id, kind: "standing", standing: { active: "a", keys: [], notices: [] } })),
          end: () => {
            ended += 1;
            onEnd("SIGKILL");
          },
        };
      },
    });
    const failure = failureOf(signer.sign("order", "x"));
    clock.advance(5_000);
    expect(await failure).to.include({ code: "unavailable", reason: "signer" });
    clock.advance(100);
    expect([starts, ended]).to.deep.equal([2, 1]);
  });

  it("lets a stop pass everything that waits", async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const signer = await start({
      start: ({ onAnswer }) => ({
        ask: ({ id, task }) => {
          if (task.kind === "open")
            queueMicrotask(() => onAnswer({ id, kind: "standing", standing: { active: "a", keys: [], notices: [] } }));
          if (task.kind !== "sign") return;
          asked.push(task.text);
          answers.push(() => onAnswer({ id, kind: "signed", keyId: "a", signature: "s" }));
        },
        end: () => {},
      }),
    });
    const all = [
      ...Array.from({ length: 20 }, (_, index) => signer.sign("programme", `programme ${index}`)),
      signer.sign("order", "cue"),
      signer.sign("order", "stop", "stop"),
    ];
    while (answers.length > 0) answers.shift()?.();
    await Promise.all(all);
    // Two programmes are with the program already; nothing else goes before.
    expect(asked.indexOf("stop")).to.be.below(4);
  });
});
