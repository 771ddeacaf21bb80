import { createHash } from "node:crypto";
import { expect } from "chai";
import { CHUNK_HEADER } from "../../src/protocol/chunk.js";
import { makeKey, signWith } from "../../src/server/trust/ed25519.js";
import { pitch, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import { type Overheard, startWireAttacker } from "../support/wire-attacker.js";

/** What the station orders while it is attacked, and what was overheard before, Hz. */
const ORDERED = 600;
const STOLEN = 2400;

const text = (message: object): Overheard => ({ isBinary: false, data: Buffer.from(JSON.stringify(message)) });
const typeOf = ({ isBinary, data }: Overheard): string => (isBinary ? `${data[0]}` : JSON.parse(data.toString()).t);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the whole house, with somebody on the wire who knows everything but the order key", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let attacker: Awaited<ReturnType<typeof startWireAttacker>>;
  beforeEach(async () => {
    house = await openHouse();
    attacker = await startWireAttacker(house.server.url);
    await house.record("cu", tone(2, STOLEN));
    await house.record("moi", tone(3, ORDERED));
    await house.call("POST", "/receivers", { id: "loa-1", name: "loa-1", area: "phuong", kind: "fixed" });
    const { code } = await house.call<{ code: string }>("POST", "/receivers/loa-1/pairing");
    await house.startRelay("loa-1", code, { clipBudget: 0, via: attacker.url });
    await eventually("its trusted clock", 15_000, async () => {
      const [it] = await house.call<{ reported?: { clock: string } }[]>("GET", "/receivers");
      return it?.reported?.clock === "trusted";
    });
  });
  afterEach(async () => {
    await house.close();
    await attacker.close();
  });

  const play = (announcement: string) =>
    house.call("POST", "/play", { content: { kind: "announcement", announcement }, targets: { areas: ["phuong"] } });
  /** The pitches that were sounded from a server time on, 50 ms by 50 ms; silence left out. */
  const soundedFrom = async (time: number) => {
    await pause(1_500);
    const heard = await house.heard("loa-1");
    const pitches: number[] = [];
    for (let at = time; at < Date.now() - 500; at += 50) {
      const piece = stretch(heard, at, 50);
      if (rms(piece) > 0.001) pitches.push(Math.round(pitch(piece) / 100) * 100);
    }
    return pitches;
  };

  it("sounds nothing but what its station orders, whatever is replayed, spliced, swapped or forged", async () => {
    const begun = Date.now();
    await play("cu");
    await pause(4_500);
    expect(await soundedFrom(begun), "the recording holds something worth stealing").to.include(STOLEN);

    // Everything that was ever said, again, backwards, and with each number of an order raised.
    const all = attacker.overheard.filter((frame) => !["welcome", "challenge", "bye"].includes(typeOf(frame)));
    expect(all.map(typeOf)).to.include.members(["order", "4", "193"]);
    const from = Date.now();
    attacker.say(...all);
    await pause(1_000);
    attacker.say(...[...all].reverse());
    attacker.say(...all.map(withRaisedNumbers));

    // Orders and keys of the attacker's own.
    const key = makeKey();
    const order = JSON.parse(
      all.find((frame) => typeOf(frame) === "order" && frame.data.includes("open"))?.data.toString() ?? "",
    ).p;
    const now = Date.now() * 1000;
    const forged = JSON.stringify({
      ...JSON.parse(order.text),
      ...{ id: "forged000001", sequence: 900_000_000, issuedAt: now, notBefore: now, notAfter: now + 60e6 },
    });
    const notice = JSON.stringify({
      ...{ v: 1, serial: 1, issuedAt: now },
      keys: [{ keyId: key.keyId, publicKey: key.publicKey }],
    });
    const keys = { text: notice, keyId: key.keyId, signature: signWith(key, "key", notice) };
    attacker.say(
      text({ t: "keys", p: keys }),
      text({ t: "keys", p: { ...keys, keyId: order.keyId } }),
      text({ t: "order", p: { text: forged, keyId: "", signature: "" } }),
      text({ t: "order", p: { text: forged, keyId: key.keyId, signature: signWith(key, "order", forged) } }),
      text({ t: "order", p: { text: forged, keyId: order.keyId, signature: signWith(key, "order", forged) } }),
      text({ t: "order", p: { text: forged, keyId: order.keyId, signature: order.signature } }),
      ...all.filter(({ isBinary }) => isBinary),
    );
    await pause(3_000);
    expect(await soundedFrom(from), "after replay and forgery").to.deep.equal([]);

    // The clock: every plain answer says that it is still the time of the recording.
    const past = (Date.now() - begun) * 1000;
    attacker.tricks.frame = (frame) => (typeOf(frame) === "time" ? withTime(frame, -past) : frame);
    await pause(2_000);
    attacker.say(...all);
    await pause(2_000);
    expect(await soundedFrom(from), "after the clock was turned back").to.deep.equal([]);

    // Into what the station streams now, the packets of the recording.
    const packets = all
      .filter(({ data, isBinary }) => isBinary && data[0] === 4)
      .map(({ data }) => data.subarray(CHUNK_HEADER));
    let spliced = 0;
    attacker.tricks.frame = (frame) => {
      if (!frame.isBinary || frame.data[0] !== 4) return frame;
      spliced += 1;
      const packet = packets[spliced % packets.length] ?? Buffer.alloc(1);
      return spliced % 3 === 0
        ? { isBinary: true, data: Buffer.concat([frame.data.subarray(0, CHUNK_HEADER), packet]) }
        : frame;
    };
    const live = Date.now();
    await play("moi");
    await pause(5_000);
    expect(spliced).to.be.above(50);
    expect(await soundedFrom(live), "while packets were spliced in").to.deep.equal([]);

    // The same order untouched is heard: the loudspeaker is not merely deaf.
    delete attacker.tricks.frame;
    const clean = Date.now();
    await play("moi");
    await pause(5_000);
    const heard = await soundedFrom(clean);
    expect(heard.length).to.be.above(40);
    // At the ramps of a sound its pitch is a guess.
    expect(heard.every((hz) => Math.abs(hz - ORDERED) <= 200)).to.equal(true);
    await tellsTheStation();
  });

  it("takes neither a changed programme nor an older one, and goes on with what it holds", async () => {
    type Row = { programme: { held: number }; refused?: { what: string; why: string } };
    const row = async () => (await house.call<Row[]>("GET", "/receivers"))[0];
    await eventually("its first programme", 15_000, async () => ((await row())?.programme.held ?? 0) > 0);
    const before = (await row())?.programme.held ?? 0;
    const old = attacker.overheard.findLast((frame) => typeOf(frame) === "programme");
    // Of the attacker's own making, under a revision and a hash that fit it: only the signature tells.
    const document = JSON.parse(String(attacker.programmes.at(-1)));
    const evil = Buffer.from(JSON.stringify({ ...document, revision: 900, volume: 100, policies: [] }));
    const sha256 = createHash("sha256").update(evil).digest("hex");
    let real: Overheard | undefined;
    attacker.tricks.answer = (path, body) => (path === "/programme" ? evil : body);
    attacker.tricks.frame = (frame) => {
      if (typeOf(frame) !== "programme") return frame;
      real = frame;
      const message = JSON.parse(frame.data.toString());
      return text({ ...message, p: { ...message.p, revision: 900, sha256 } });
    };
    await house.scheduleOnce("moi", 60_000);
    const refusal = async () => {
      const { refused } = (await row()) ?? {};
      return refused?.what === "programme" && refused;
    };
    expect(await eventually("the refusal", 15_000, refusal)).to.include({ why: "signature" });
    expect((await row())?.programme.held).to.equal(before);

    attacker.tricks.answer = (path, body) => (path === "/programme" ? (attacker.programmes[0] ?? body) : body);
    delete attacker.tricks.frame;
    if (old && real) attacker.say(real, old);
    await pause(2_000);
    expect((await row())?.programme.held, "an older document under the new name").to.equal(before);

    delete attacker.tricks.answer;
    await eventually("the real one", 30_000, async () => ((await row())?.programme.held ?? 0) > before);
  });

  /** What was refused stands in the station's log, with the reason. */
  async function tellsTheStation() {
    const [it] = await house.call<{ refused?: { what: string; why: string } }[]>("GET", "/receivers");
    expect(it?.refused?.what).to.equal("order");
    expect(["unsigned", "unknown-key", "signature", "replayed", "expired", "seen"]).to.include(it?.refused?.why);
  }
});

/** The order with a higher number and a later end, under its old signature. */
function withRaisedNumbers(frame: Overheard): Overheard {
  if (typeOf(frame) !== "order") return frame;
  const message = JSON.parse(frame.data.toString());
  const order = JSON.parse(message.p.text);
  const raised = {
    ...order,
    id: `${order.id}x`,
    sequence: order.sequence + 1_000_000,
    notAfter: order.notAfter + 3_600e6,
  };
  return text({ ...message, p: { ...message.p, text: JSON.stringify(raised) } });
}

function withTime(frame: Overheard, by: number): Overheard {
  const message = JSON.parse(frame.data.toString());
  return text({ ...message, p: { ...message.p, s2: message.p.s2 + by, s3: message.p.s3 + by } });
}
