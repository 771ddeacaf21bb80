import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import type { OrderBody, Signed } from "../../src/protocol/orders.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { aChirp } from "../relay/a-chirp.js";
import { type FakeServer, startFakeServer, until } from "../relay/fake-server.js";
import { aCue } from "../relay/yard.js";
import { makeAuthority } from "../support/certificates.js";
import { type Happening, violations } from "../support/history.js";
import { historyOfJournal } from "../support/journal-history.js";
import { createListeningSink } from "../support/listening-sink.js";
import { testLog } from "../support/whole-house.js";

const ID = "loa-a";
const LENGTH = 600;
/** Whatever could sound by then has sounded. */
const SETTLED = 2_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A whole loudspeaker that was paired with its station over TLS. Then somebody with the station's true certificate, but not its
 * order key, stands in its place; what the station itself signed may be in that hand, too.
 */
describe("a thief with the true certificate of a station", function () {
  this.timeout(90_000);
  const { authority, issue } = makeAuthority();
  const tls = { server: issue(), authority: authority.certificate };
  const clip = aChirp(LENGTH);
  const told: Happening[] = [{ kind: "approved", at: 0, announcement: "tin-mau" }];
  const sink = createListeningSink(() => Date.now() * 1000, 1);
  let folder: string;
  let station: FakeServer;
  let thief: FakeServer;
  let relay: Relay;
  let sha256: string;
  let cues = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-thief-"));
    station = await startFakeServer({ tls });
    sha256 = station.addClip(clip);
    station.setProgramme(ID, [aCueIn(3_600_000)]);
    relay = await runRelay({
      ...{ server: station.url, pair: `code-${ID}`, out: sink, state: join(folder, "relay"), clock: systemClock },
      ...{ log: testLog, random: () => 0, machineClock: () => "rtc", authority: authority.certificate },
    });
    await until("the clip", () => station.heard(ID, "clips").at(-1)?.have.length === 1);
    await until("the time", () => station.heard(ID, "state").at(-1)?.clock === "trusted");
    await station.away();
    // Its orders bear other names than the thief's.
    station.world.orders = 500;
    thief = await startFakeServer({ tls, port: station.port });
    thief.addClip(clip);
    const key = station.keys.get(ID) ?? "";
    thief.keys.set(ID, key);
    await until("it to take the thief for its station", () => thief.sockets.has(ID), 20_000);
  });
  after(async () => {
    await relay?.close();
    await thief?.close();
    await station?.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  const aCueIn = (ms: number) => {
    cues += 1;
    const at = Math.round((Date.now() + ms) * 1000);
    return aCue(sha256, at, { id: `cue-${cues}@20261129t000000z`, durationMs: LENGTH });
  };
  const cueBody = (): OrderBody => ({ kind: "cue", cue: aCueIn(1_200) });
  /** What the loudspeaker answered to an order. */
  const answerTo = (id: string) =>
    until(`an answer to ${id}`, () => thief.heard(ID, "ack").find(({ order }) => order === id));
  const silentWhile = async (task: () => Promise<unknown>) => {
    await task();
    await pause(SETTLED);
    expect(sink.heard, "stretches of sound").to.have.length(0);
  };
  const say = (p: Signed) => thief.send(ID, { t: "order", p });

  it("orders nothing with a key of its own", () =>
    silentWhile(async () => {
      const { id, signed } = thief.write(cueBody());
      say(signed);
      expect(await answerTo(id)).to.include({ ok: false, why: "unknown-key" });
    }));

  it("orders nothing in the name of the station's key", () =>
    silentWhile(async () => {
      const { id, signed } = thief.write(cueBody());
      say({ ...signed, keyId: station.orderKeys[0]?.keyId ?? "" });
      expect(await answerTo(id)).to.include({ ok: false, why: "signature" });
    }));

  it("orders nothing without a signature", () =>
    silentWhile(async () => {
      const { id, signed } = thief.write(cueBody());
      say({ ...signed, signature: "" });
      expect(await answerTo(id)).to.include({ ok: false, why: "unsigned" });
    }));

  it("opens no stream, so that its chunks are nobody's", () =>
    silentWhile(async () => {
      const open: OrderBody = {
        ...{ kind: "open", stream: 77, class: "emergency", title: "", preSkip: 312, maxMs: 60_000 },
        sealKey: thief.sealKey,
      };
      const { id, signed } = thief.write(open, { class: "emergency", confirmedBy: "Kẻ trộm (thử)" });
      say({ ...signed, keyId: station.orderKeys[0]?.keyId ?? "" });
      thief.feed(ID, 77, { clip, at: thief.now() + 500_000 });
      expect(await answerTo(id)).to.include({ ok: false, why: "signature" });
    }));

  it("passes on nothing that the station signed for another loudspeaker", () =>
    silentWhile(async () => {
      const { id, signed } = station.write(cueBody(), {
        audience: { kind: "receivers", receivers: ["loa-b" as never] },
      });
      say(signed);
      expect(await answerTo(id)).to.include({ ok: false, why: "audience" });
    }));

  it("passes on nothing whose time is over", () =>
    silentWhile(async () => {
      const now = thief.now();
      const { id, signed } = station.write(cueBody(), {
        issuedAt: now - 90e6,
        notBefore: now - 95e6,
        notAfter: now - 30e6,
      });
      say(signed);
      expect(await answerTo(id)).to.include({ ok: false, why: "expired" });
    }));

  it("has no programme of its own taken, nor a changed one", () =>
    silentWhile(async () => {
      thief.setProgramme(ID, [aCueIn(1_200)], { revision: 900 });
      const refused = () => thief.heard(ID, "holds").find(({ refused: it }) => it?.revision === 900)?.refused;
      expect(await until("a refusal of the programme", refused)).to.include({ why: "unknown-key" });
    }));

  it("has no older programme of the station taken", () =>
    silentWhile(async () => {
      // As old as the one that it holds, by its number; signed by the station, with something that would sound now.
      const older = station.programmeFor(ID, [aCueIn(1_500)], { revision: 1 });
      thief.passOn(ID, station.sign("programme", JSON.stringify(older)), 800);
      const refused = () => thief.heard(ID, "holds").find(({ refused: it }) => it?.revision === 800)?.refused;
      expect(await until("a refusal of the programme", refused)).to.include({ why: "older-revision" });
    }));

  it("changes no clip behind its name", () =>
    silentWhile(async () => {
      const wanted = "b".repeat(64);
      thief.addClip(clip, wanted);
      const cue = aCue(wanted, thief.now() + 1_500_000, {
        id: "sai@20261129t000000z",
        durationMs: LENGTH,
        notAfter: thief.now() + 2_500_000,
      });
      const { id, signed } = station.write({ kind: "cue", cue });
      say(signed);
      expect(await answerTo(id)).to.include({ ok: true });
      const missed = () => thief.journal(ID).find((line) => line.cue === cue.id && line.event === "missed");
      expect(await until("its line in the journal", missed)).to.include({ why: "no-audio" });
      const failed = () =>
        thief
          .heard(ID, "clips")
          .at(-1)
          ?.failed?.find((one) => one.sha256 === wanted);
      expect(await until("the clip among the failed ones", failed, 30_000)).to.include({ why: "hash" });
    }));

  it("is heard when it passes on what the station orders now, for the loudspeaker is not merely deaf; and once only", async () => {
    const body = cueBody();
    const { id, signed } = station.write(body, { sequence: 1_000 });
    say(signed);
    expect(await answerTo(id)).to.include({ ok: true });
    if (body.kind === "cue") told.push({ kind: "ordered", at: Date.now(), cue: body.cue.id, receivers: [ID] });
    await until("its end", () => thief.journal(ID).some(({ event }) => event === "finished"));
    say(signed);
    const earlier = station.write(cueBody(), { sequence: 999 });
    say(earlier.signed);
    expect(await answerTo(earlier.id)).to.include({ ok: false, why: "replayed" });
    await pause(SETTLED);
    expect(sink.heard, "stretches of sound").to.have.length(1);
    const sounded = sink.heard.map(
      ({ trusted, trustedEnd }): Happening => ({
        ...{ kind: "sounded", receiver: ID, at: trusted / 1000, until: trustedEnd / 1000 },
      }),
    );
    const history = [...told, ...historyOfJournal(ID, thief.journal(ID)), ...sounded];
    const { zone, areas, sensitive, policies } = station.programmeFor(ID, []);
    const place = { zone, areas, sensitive, policies };
    expect(violations(history, { placeOf: () => place })).to.deep.equal([]);
  });
});
