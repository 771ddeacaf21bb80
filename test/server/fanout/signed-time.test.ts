import { expect } from "chai";
import { ms } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import type { Signed } from "../../../src/protocol/orders.js";
import { decodeSignedTime } from "../../../src/protocol/signed-time.js";
import { FakeClock } from "../../support/fake-clock.js";
import { startStation } from "./support/station.js";

const NONCE = "n".repeat(22);
const SIGNATURE = Buffer.alloc(64, 7).toString("base64url");

/** A signer that signs anything, and counts. */
function signer() {
  const texts: string[] = [];
  const sign = async (text: string): Promise<Signed> => {
    texts.push(text);
    return { text, keyId: "key", signature: SIGNATURE };
  };
  return { texts, timeSigning: { epoch: () => 3, sign } };
}

/** Lets promises and sockets do what they can do now. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("fan-out: signed time", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("answers a nonce with the time at which the question came, beside the plain answer", async () => {
    const { timeSigning } = signer();
    const sign = async (text: string) => {
      // The time goes on while the signature is made.
      station.setTime(9_000_000);
      return timeSigning.sign(text);
    };
    station = await startStation({ timeSigning: { epoch: () => 3, sign } });
    station.setTime(5_000_000);
    const receiver = await station.join("loa-1");
    receiver.say({ t: "time", p: { c1: 42, nonce: NONCE } });

    const p = { text: `3 5000000 ${NONCE}`, keyId: "key", signature: SIGNATURE };
    expect(await receiver.heard("signed-time")).to.deep.equal({ t: "signed-time", p });
    expect(await receiver.heard("time")).to.deep.equal({ t: "time", p: { c1: 42, s2: 5_000_000, s3: 5_000_000 } });
  });

  it("works at one question of each connection at a time", async () => {
    let answer = (_: Signed) => {};
    let asked = 0;
    const sign = (text: string) => {
      asked += 1;
      return new Promise<Signed>((resolve) => {
        answer = () => resolve({ text, keyId: "key", signature: SIGNATURE });
      });
    };
    station = await startStation({ timeSigning: { epoch: () => 1, sign } });
    const receiver = await station.join("loa-1");
    for (let c1 = 0; c1 < 50; c1++) receiver.say({ t: "time", p: { c1, nonce: NONCE } });
    await receiver.heard("time", 50);
    expect(asked).to.equal(1);
    answer({} as Signed);
    await receiver.heard("signed-time");
    receiver.say({ t: "time", p: { c1: 1, nonce: NONCE } });
    await receiver.heard("time", 51);

    expect(asked).to.equal(2);
  });

  it("gives the plain answer alone when there is no signature, and goes on", async () => {
    const sign = () => Promise.reject(new Error("no signer"));
    station = await startStation({ timeSigning: { epoch: () => 1, sign } });
    const receiver = await station.join("loa-1");
    receiver.say({ t: "time", p: { c1: 1, nonce: NONCE } });
    await receiver.heard("time");
    await receiver.settled();

    expect(receiver.messages.filter(({ t }) => t === "signed-time")).to.deep.equal([]);
  });

  it("tells an idle receiver the time with every second pong, in the same write, not older than five seconds", async () => {
    const clock = new FakeClock();
    const { timeSigning, texts } = signer();
    station = await startStation({ timeSigning }, clock);
    const receiver = await station.join("loa-1");
    let pongs = 0;
    receiver.socket.on("pong", () => {
      pongs += 1;
    });
    const before = station.fanout.metrics().writes;
    for (let ping = 1; ping <= 8; ping++) {
      for (let second = 0; second < 25; second++) {
        clock.advance(1000);
        station.setTime(1_000_000 + clock.now() * 1000);
        await Promise.resolve();
      }
      receiver.socket.ping();
      while (pongs < ping) await breathe();
    }
    const times = receiver.chunks.map((bytes) => decodeSignedTime(bytes));

    expect(times.map((time) => time?.epoch)).to.deep.equal([3, 3, 3, 3]);
    for (const [index, time] of times.entries())
      expect((time?.at ?? 0) / 1000 - 1000).to.be.within((index + 1) * 50_000 - 7_000, (index + 1) * 50_000);
    expect(station.fanout.metrics().writes - before).to.equal(8);
    expect(texts.length).to.be.within(38, 41);
  });

  it("tells everybody on air once a minute, and nobody who idles", async () => {
    const clock = new FakeClock();
    const { timeSigning } = signer();
    station = await startStation({ timeSigning }, clock);
    const names = Array.from({ length: 30 }, (_, index) => `loa-${index}`);
    const receivers = await Promise.all(names.map((id) => station.join(id)));
    station.openStream({ stream: 1, receivers: names.slice(0, 20).map(receiverId) });
    for (let second = 0; second < 185; second++) {
      clock.advance(ms(1000));
      if (second % 4 === 0) {
        for (const receiver of receivers) receiver.say({ t: "holds", p: { programmeRevision: 1 } });
        await Promise.all(receivers.map((receiver) => receiver.settled()));
      }
      await Promise.resolve();
    }
    await breathe();

    for (const receiver of receivers.slice(0, 20)) expect(receiver.chunks.length).to.be.within(3, 4);
    for (const receiver of receivers.slice(20)) expect(receiver.chunks).to.deep.equal([]);
  });

  it("tells no old time when signatures stop coming, and asks for none while nobody is there", async () => {
    const clock = new FakeClock();
    const { timeSigning, texts } = signer();
    let broken = false;
    const sign = (text: string) => (broken ? Promise.reject(new Error("dead")) : timeSigning.sign(text));
    station = await startStation({ timeSigning: { epoch: () => 1, sign } }, clock);
    clock.advance(60_000);
    expect(texts).to.deep.equal([]);
    const receiver = await station.join("loa-1");
    clock.advance(5_000);
    await breathe();
    broken = true;
    receiver.say({ t: "holds", p: { programmeRevision: 1 } });
    await receiver.settled();
    clock.advance(20_000);
    receiver.say({ t: "holds", p: { programmeRevision: 1 } });
    await receiver.settled();
    clock.advance(20_000);
    receiver.socket.ping();
    await receiver.settled();

    expect(receiver.chunks).to.deep.equal([]);
  });
});
