import { expect } from "chai";
import * as fc from "fast-check";
import { receiverId } from "../../../src/domain/ids.js";
import type { HelloBody } from "../../../src/protocol/messages.js";
import { parseReceiverMessage, parseServerMessage } from "../../../src/protocol/messages.js";
import { createAuthenticator } from "../../../src/server/trust/authenticate.js";
import { checkProperty } from "../../support/check-property.js";
import { newDeviceKey } from "../../support/device-key.js";
import { FakeClock } from "../../support/fake-clock.js";
import { aHello, startStation } from "./support/station.js";

const nonceIn = ({ messages }: { messages: readonly { t: string; p: object }[] }): string => {
  const [first] = messages;
  return first?.t === "challenge" && "nonce" in first.p ? String(first.p.nonce) : "";
};

describe("fan-out: the challenge", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station?.close());
  const key = newDeviceKey();
  const authenticate = createAuthenticator((receiver) =>
    receiver === "loa-1" ? [{ publicKey: key.publicKey, standing: "confirmed" }] : undefined,
  );

  it("comes first, to everybody, and never twice the same", async () => {
    station = await startStation();
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const listener = station.connect();
        await listener.heard("challenge");
        return nonceIn(listener);
      }),
    );
    expect(new Set(nonces).size).to.equal(20);
    for (const nonce of nonces) expect(nonce).to.match(/^[A-Za-z0-9_-]{32}$/);
  });

  it("is answered by a proof for this very connection", async () => {
    station = await startStation({ authenticate });
    const [one, two] = [station.connect(), station.connect()];
    await Promise.all([one.heard("challenge"), two.heard("challenge")]);
    const proof = key.proof(nonceIn(one), "loa-1", "boot");
    two.say(aHello("loa-1", { proof }));
    expect(await two.closed()).to.deep.equal({ code: 4003, reason: "wrong-proof" });
    one.say(aHello("loa-1", { proof }));
    await one.heard("welcome");
  });

  it("does not let in whoever speaks no version of ours", async () => {
    station = await startStation({ authenticate });
    const listener = station.connect();
    await listener.heard("challenge");
    listener.say(aHello("loa-1", { versions: [2, 3], proof: key.proof(nonceIn(listener), "loa-1", "boot") }));
    expect(await listener.closed()).to.deep.equal({ code: 4003, reason: "version" });
  });

  it("lets nobody in who is revoked while the proof is checked", async () => {
    let isRevoked = false;
    const slow = createAuthenticator(() => {
      const standing = isRevoked ? "revoked" : "confirmed";
      isRevoked = true;
      return [{ publicKey: key.publicKey, standing }];
    });
    const hello = { ...aHello("loa-1").p, proof: key.proof("n", "loa-1", "boot") } as HelloBody;
    expect(await slow(hello, "n")).to.deep.equal({ ok: false, why: "revoked" });
  });

  it("survives an authenticator that fails", async () => {
    station = await startStation({
      authenticate: async () => {
        throw new TypeError("a bug");
      },
    });
    const listener = station.connect();
    await listener.opened();
    listener.say(aHello("loa-1"));
    expect((await listener.closed()).code).to.equal(1011);
  });

  it("asks the older connection of another start, and takes three seconds of silence for its end", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const old = await station.join("loa-1", { bootId: "one" });
    old.socket.pause();
    const young = station.connect();
    await young.opened();
    young.say(aHello("loa-1", { bootId: "two" }));
    while (station.fanout.metrics().received < 2) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_900);
    expect(station.events).to.deep.equal(["hello loa-1"]);
    clock.advance(200);
    await young.heard("welcome");
    expect(station.events).to.deep.equal(["hello loa-1", "gone loa-1 replaced", "hello loa-1"]);
  });

  it("lets the one who waits in at once when the older one leaves", async () => {
    station = await startStation();
    const old = await station.join("loa-1", { bootId: "one" });
    old.socket.pause();
    const young = station.connect();
    await young.opened();
    young.say(aHello("loa-1", { bootId: "two" }));
    young.say({ t: "time", p: { c1: 5 } });
    while (station.fanout.metrics().received < 3) await new Promise((resolve) => setImmediate(resolve));
    old.socket.terminate();
    await young.heard("time");
    expect(station.events[0]).to.equal("hello loa-1");
    expect(station.events).to.have.lengthOf(3);
  });

  it("sends both away when the older one is alive", async () => {
    station = await startStation();
    const old = await station.join("loa-1", { bootId: "one" });
    const young = station.connect();
    await young.opened();
    young.say(aHello("loa-1", { bootId: "two" }));
    expect(await young.closed()).to.deep.equal({ code: 4009, reason: "two-devices" });
    expect(await old.closed()).to.deep.equal({ code: 4009, reason: "two-devices" });
    expect(station.events).to.deep.equal(["hello loa-1", "gone loa-1 two-devices", "two devices loa-1"]);
    expect(station.fanout.isConnected(receiverId("loa-1"))).to.equal(false);
  });
});

describe("hello and challenge, as strangers may write them", () => {
  it("are read, ignored or refused as malformed, and nothing else", () => {
    const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.boolean());
    const body = fc.oneof(
      field,
      fc.dictionary(fc.constantFrom("versions", "receiver", "proof", "bootId", "nonce", "now", "x"), field),
    );
    const message = fc.record({ t: fc.constantFrom("hello", "challenge", "helo"), p: body });
    checkProperty(
      fc.property(message, (value) => {
        for (const parse of [parseReceiverMessage, parseServerMessage]) {
          try {
            parse(JSON.stringify(value));
          } catch (thrown) {
            expect(thrown).to.have.property("code", "invalid");
          }
        }
      }),
    );
  });

  it("never let in what the key did not sign", async () => {
    const key = newDeviceKey();
    const authenticate = createAuthenticator(() => [{ publicKey: key.publicKey, standing: "confirmed" }]);
    const good = key.proof("nonce", "loa-1", "boot");
    const text = fc.stringMatching(/^[A-Za-z0-9_-]{86}$/);
    await fc.assert(
      fc.asyncProperty(text, fc.string(), fc.string({ maxLength: 64 }), async (proof, nonce, bootId) => {
        const hello = { ...aHello("loa-1").p, bootId } as HelloBody;
        expect(await authenticate({ ...hello, proof }, nonce)).to.deep.equal({ ok: false, why: "wrong-proof" });
        const isSame = nonce === "nonce" && bootId === "boot";
        expect((await authenticate({ ...hello, proof: good }, nonce)).ok).to.equal(isSame);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });
});
