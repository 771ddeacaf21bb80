import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { createAddresses } from "../../src/relay/link/addresses.js";
import { openConnection } from "../../src/relay/link/connection.js";
import { createDialler } from "../../src/relay/link/dial.js";
import { FakeClock } from "../support/fake-clock.js";
import { aChirp } from "./a-chirp.js";
import { until } from "./fake-server.js";
import { aCue, openYard, type Yard } from "./yard.js";

describe("the link of a relay", () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await openYard();
  });
  afterEach(() => yard.close());

  it("pairs once, keeps the secret to itself, and needs no code at the next start", async () => {
    const first = await yard.start("loa-a", { out: "null" });
    await first.close();
    const { mode } = await stat(join(yard.folder, "loa-a", "credentials.json"));
    const again = await yard.start("loa-a", { out: "null", pair: undefined });

    expect(again.receiver).to.equal("loa-a");
    expect(mode & 0o777).to.equal(0o600);
    expect(yard.server.paired).to.deep.equal(["code-loa-a"]);
  });

  it("says what is wrong with a code, an address, an output, or no code at all", async () => {
    const failure = (more: object) =>
      yard.start("loa-b", { out: "null", ...more }).then(
        () => "started",
        (thrown: { code: string; reason: string }) => `${thrown.code} ${thrown.reason}`,
      );

    expect(await failure({ pair: "wrong" })).to.equal("forbidden pairing");
    expect(await failure({ pair: undefined })).to.equal("forbidden not-paired");
    expect(await failure({ server: "loa.example" })).to.equal("invalid server");
    expect(await failure({ out: "speaker" })).to.equal("invalid out");
    expect(await failure({ out: "pulse", path: "/nowhere" })).to.equal("unavailable player");
  });

  it("plays its programme on when the server keeps saying that it does not know it, for nobody signed that", async () => {
    const sha256 = yard.server.addClip(aChirp(300));
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(4_000), { durationMs: 300 })]);
    const first = await yard.start("loa-a", { out: "null" });
    await until("the clip", () => yard.server.heard("loa-a", "clips").some(({ have }) => have.length > 0));
    await first.close();
    yard.server.world.refuse = "unknown-receiver";
    const told: string[] = [];

    const relay = await yard.start("loa-a", { out: "null", onRefused: (why: string) => told.push(why) });
    await until("the refusals", () => told.length > 0, 15_000);
    yard.server.world.refuse = "";
    await relay.close();
    await yard.start("loa-a", { out: "null" });
    await until("its journal", () =>
      yard.server.heard("loa-a", "report").some(({ lines }) => lines.some(({ event }) => event === "finished")),
    );

    expect(told).to.deep.equal(["unknown-receiver"]);
  });

  it("goes on with a download where it was broken off, and reports what it holds", async () => {
    const clip = aChirp(2_000);
    const sha256 = yard.server.addClip(clip);
    const clips = join(yard.folder, "loa-a", "clips");
    await mkdir(clips, { recursive: true });
    await writeFile(join(clips, `${sha256}.part`), clip.subarray(0, 1_000));
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(60_000))]);

    await yard.start("loa-a", { out: "null" });
    await until("the clip", () =>
      yard.server.heard("loa-a", "clips").some(({ have }) => have.includes(sha256 as never)),
    );

    expect(yard.server.requests.find(({ url }) => url.startsWith("/clips/"))?.range).to.match(/^bytes=1000-\d+$/);
    expect(Uint8Array.from(await readFile(join(clips, `${sha256}.opus`)))).to.deep.equal(clip);
  });

  it("takes no log-in page for a programme or a clip, and keeps what it had of it", async () => {
    const clip = aChirp(2_000);
    const sha256 = yard.server.addClip(clip);
    const part = join(yard.folder, "loa-a", "clips", `${sha256}.part`);
    const asked = (what: string) => yard.server.requests.filter(({ url }) => url.startsWith(what)).length;
    yard.server.world.content = "page";
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(60_000))]);
    await yard.start("loa-a", { out: "null" });
    await until("its second try", () => asked("/programme") >= 2);
    expect(yard.server.heard("loa-a", "holds")).to.deep.equal([]);
    yard.server.world.content = "whole";
    await until("the programme", () => yard.server.heard("loa-a", "holds").length > 0);
    await until("the clip", () => yard.server.heard("loa-a", "clips").some(({ have }) => have.length === 1));

    const second = yard.server.addClip(aChirp(3_000));
    const other = part.replace(sha256, second);
    await writeFile(other, aChirp(3_000).subarray(0, 1_000));
    yard.server.world.content = "page";
    yard.server.send("loa-a", {
      t: "clips",
      p: {
        want: [{ sha256: second as never, bytes: aChirp(3_000).length, deadline: yard.server.now() + 60e6 }],
        rate: 100_000,
      },
    });
    await until("its tries at the clip", () => asked(`/clips/${second}`) >= 2);
    expect((await stat(other)).size).to.equal(1_000);
    yard.server.world.content = "whole";
    await until("the other clip", () => yard.server.heard("loa-a", "clips").some(({ have }) => have.length === 2));
  });

  it("waits as long as a busy server asks for, and reports no failure of the clip", async () => {
    const sha256 = yard.server.addClip(aChirp(300));
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(60_000))]);
    yard.server.world.content = "busy";
    await yard.start("loa-a", { out: "null" });
    const asked = (what: string) => yard.server.requests.filter(({ url }) => url.startsWith(what));
    await until("its second question", () => asked("/programme").length === 2);
    const [first, second] = asked("/programme").map(({ at }) => at);
    // By the server's own notes: whoever looks on may look late.
    expect(Number(second) - Number(first)).to.be.above(990);
    yard.server.world.content = "whole";
    await until("the clip", () => yard.server.heard("loa-a", "clips").some(({ have }) => have.length === 1));
    expect(yard.server.heard("loa-a", "clips").some(({ failed = [] }) => failed.length > 0)).to.equal(false);
  });

  it("resends its journal until the server has it", async () => {
    yard.server.world.acknowledge = false;
    const sha256 = yard.server.addClip(aChirp(300));
    yard.server.setProgramme("loa-a", [aCue(sha256, yard.soon(800), { durationMs: 300 })]);
    const first = await yard.start("loa-a", { out: "null" });
    await until("its journal", () => yard.server.journal("loa-a").some(({ event }) => event === "finished"));
    await first.close();
    yard.server.said.length = 0;
    yard.server.world.acknowledge = true;

    await yard.start("loa-a", { out: "null" });
    await until("its journal again", () => yard.server.journal("loa-a").length === 3);

    expect(yard.server.journal("loa-a").map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
  });

  it("finds out by silence that a link is dead: within six seconds on air, thirty idle", async () => {
    for (const [onAir, limit] of [
      [true, 6_000],
      [false, 30_000],
    ] as const) {
      const clock = new FakeClock();
      let lost = 0;
      const connection = openConnection({
        ...{
          addresses: createAddresses([new URL(yard.server.url)]),
          dialler: createDialler(clock, {}),
          clock,
          log: silentLog,
          random: () => 0,
        },
        hello: () => ({ t: "time", p: { c1: 1 } }),
        onMessage: () => {},
        onChunk: () => {},
        onSignedTime: () => {},
        onSeal: () => {},
        onRefused: () => {},
        onUnconfirmed: () => {},
        onLost: () => {
          lost += 1;
        },
        onAir: () => onAir,
      });
      const before = yard.server.said.length;
      yard.server.world.answerTime = false;
      await until("its first words", () => yard.server.said.length > before);
      clock.advance(limit - 500);
      expect(lost).to.equal(0);
      // No time for a pong to arrive: the clock is ahead of the wire.
      clock.advance(500);
      await until("the end of the link", () => lost === 1);
      connection.close();
    }
  });

  it("refuses orders it cannot judge and acknowledges each once it is on disk", async () => {
    const { server } = yard;
    server.setProgramme("loa-a", []);
    await yard.start("loa-a", { out: "null" });
    await until("the programme", () => server.heard("loa-a", "holds").length > 0);
    const volume = { kind: "volume", percent: 30 } as const;
    const good = server.order("loa-a", volume);
    const late = server.order("loa-a", volume, { notAfter: server.now() - 1e6 });
    const others = server.order("loa-a", volume, { audience: { kind: "areas", areas: ["khac" as never] } });
    server.send("loa-a", { t: "order", p: { text: "{}", keyId: "", signature: "" } });
    await until("four answers", () => server.heard("loa-a", "ack").length === 4);

    const answers = new Map(server.heard("loa-a", "ack").map(({ order, ok, why }) => [order, `${ok} ${why}`]));
    expect(answers.get(good)).to.equal("true undefined");
    expect(answers.get(late)).to.equal("false expired");
    expect(answers.get(others)).to.equal("false audience");
    expect(answers.get("")).to.equal("false malformed");
    expect(await readFile(join(yard.folder, "loa-a", "memory.ndjson"), "utf8")).to.include(good);
  });

  it("keeps an order that comes before its first clock exchange, and judges it when the time is known", async () => {
    const { server } = yard;
    server.world.answerTime = false;
    await yard.start("loa-a", { out: "null" });
    await until("its greeting", () => server.heard("loa-a", "clips").length > 0);
    const order = server.order("loa-a", { kind: "volume", percent: 30 });
    server.world.answerTime = true;
    const asked = server.heard("loa-a", "time")[0];
    server.send("loa-a", {
      t: "time",
      p: { c1: asked?.c1 ?? 0, s2: server.now() as never, s3: server.now() as never },
    });
    await until("its answer", () => server.heard("loa-a", "ack").length > 0);

    expect(server.heard("loa-a", "ack")[0]).to.include({ order, ok: true });
  });

  it("obeys a stop at once, by a clock that it does not trust and past more orders than may wait", async () => {
    const { server } = yard;
    server.world.answerTime = false;
    await yard.start("loa-a", { out: "null", machineClock: () => "none" });
    await until("its greeting", () => server.heard("loa-a", "clips").length > 0);
    for (let n = 0; n < 1100; n++) server.order("loa-a", { kind: "volume", percent: 30 });
    const order = server.order("loa-a", { kind: "stop", scope: { kind: "all" } }, { class: "emergency" });
    const sent = performance.now();
    await until("its answer", () => server.heard("loa-a", "ack").length > 0);

    expect(server.heard("loa-a", "ack")[0]).to.include({ order, ok: true });
    expect(performance.now() - sent).to.be.below(1_000);
  });
});
