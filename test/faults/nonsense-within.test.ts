import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as fc from "fast-check";
import { systemClock } from "../../src/base/clock.js";
import { createLog } from "../../src/base/log.js";
import type { Order } from "../../src/protocol/orders.js";
import { encodeSeal } from "../../src/protocol/seal.js";
import type { Purpose } from "../../src/protocol/signing.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { aChirp } from "../relay/a-chirp.js";
import { type FakeServer, startFakeServer, until } from "../relay/fake-server.js";
import { aCue } from "../relay/yard.js";
import { encodeChunk } from "../support/encode-chunk.js";
import { type Happening, violations } from "../support/history.js";
import { historyOfJournal } from "../support/journal-history.js";
import { createListeningSink } from "../support/listening-sink.js";
import { SEED, WITHIN } from "./length.js";

const ID = "loa-a";
const LENGTH = 600;
/** Things said in one round; between rounds it gets the time to do what follows from them. */
const AT_ONCE = 25;
const DAY = 86_400e6;

/** What is said: a text frame, a binary one, or something that the station itself signed and no one could mean. */
type Said =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: Uint8Array }
  | {
      readonly kind: "signed";
      readonly t: "order" | "keys" | "days";
      readonly purpose: Purpose;
      readonly text: string;
    };

const id = fc.constantFrom("loa-a", "loa-b", "phuong", "", "a".repeat(64), "Ộ", "..", "__proto__");
const number = fc.oneof(
  fc.constantFrom(0, -1, 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1, 1e308, 0.5),
  fc.integer(),
  fc.integer({ min: 0, max: 3_600_000 }),
);
/** What an order may be numbered with, and leave higher numbers for others. */
const low = fc.integer({ min: -1, max: 1_000 });
const hash = fc.constantFrom("a".repeat(64), "0".repeat(64), "A".repeat(64), "../../etc/passwd");
const anything = fc.oneof(fc.jsonValue(), fc.object({ maxDepth: 2 }), number, id, hash);
/** Any of the fields, with something of the right kind or of no kind at all. */
const body = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, right]) => [
        name,
        fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: anything }),
      ]),
    ),
    { requiredKeys: [] },
  );

const cue = body({
  ...{ id: fc.constantFrom("x@20261129t000000z", "y", "x@", "cue-1@20261129t000000z"), title: fc.string() },
  ...{ class: fc.constantFrom("ordinary", "priority", "emergency"), order: number, at: number, durationMs: number },
  ...{ notAfter: number, resume: fc.constantFrom("continue", "restart", "drop") },
  items: fc.array(
    body({
      ...{ sha256: hash, bytes: number, announcement: id, offsetMs: number, durationMs: number, gainDb: number },
    }),
    { maxLength: 3 },
  ),
});
const orderBody = fc.oneof(
  body({ kind: fc.constant("cue"), cue }),
  body({ kind: fc.constant("cancel"), cues: fc.array(id, { maxLength: 3 }) }),
  body({ kind: fc.constantFrom("volume", "mute"), percent: fc.constantFrom(-1, 101, 1e308), muted: fc.string() }),
  body({ kind: fc.constantFrom("close", "restart", "update-stop", "test", "policy", "nhảy"), stream: number }),
  body({
    ...{ kind: fc.constant("open"), stream: fc.constantFrom(7, 8, -1, 2 ** 32), class: fc.constant("emergency") },
    ...{ title: fc.string(), preSkip: number, maxMs: number, sealKey: fc.string(), cue },
  }),
  body({ kind: fc.constant("update"), rollout: id, manifest: fc.string(), key: fc.string(), signature: fc.string() }),
);
const instant = fc
  .constantFrom(0, -30e6, 60e6, -DAY, DAY)
  .map((by) => Math.round((performance.timeOrigin + performance.now()) * 1000 + by));
const order = body({
  ...{ v: fc.constantFrom(1, 2), id: fc.stringMatching(/^[0-9a-z]{8,12}$/), epoch: low, sequence: low },
  audience: fc.constantFrom({ kind: "all" }, { kind: "receivers", receivers: ["loa-a"] }, { kind: "areas", areas: [] }),
  ...{ issuedAt: instant, notBefore: instant, notAfter: instant, class: fc.constantFrom("ordinary", "emergency") },
  ...{ body: orderBody, by: fc.object({ maxDepth: 1 }), confirmedBy: fc.string(), policyVersion: fc.string() },
});
const notice = body({
  ...{ v: fc.constant(1), serial: number, issuedAt: instant, notAfter: instant },
  keys: fc.array(body({ keyId: id, publicKey: fc.string(), until: number }), { maxLength: 9 }),
});

const date = fc.constantFrom("2026-11-28", "2026-02-30", "0000-01-01", "9999-12-31", "");
/** The head of a day of the log, or nearly. */
const dayHead = body({
  ...{ v: fc.constant(1), day: date, lines: number, first: number, last: number },
  ...{ head: hash, previous: hash },
});
const keyId = fc.constantFrom("0".repeat(16), "no key");

/** A message of the right name whose body has the right shape, and nonsense in it. */
const message = fc
  .oneof(
    fc.record({ t: fc.constant("time"), p: body({ c1: number, s2: number, s3: number }) }),
    fc.record({ t: fc.constant("signed-time"), p: body({ text: fc.string(), keyId: id, signature: fc.string() }) }),
    fc.record({ t: fc.constant("programme"), p: body({ revision: number, sha256: hash, keyId: id, signature: id }) }),
    fc.record({
      t: fc.constant("clips"),
      p: body({ want: fc.array(body({ sha256: hash, bytes: number, deadline: number })), rate: number }),
    }),
    fc.record({ t: fc.constant("reported"), p: body({ journal: fc.string(), upTo: fc.constantFrom(0, -1) }) }),
    fc.record({
      t: fc.constant("days"),
      p: body({ heads: fc.array(body({ text: fc.json(), keyId, signature: fc.string() }), { maxLength: 3 }) }),
    }),
    fc.record({ t: fc.constant("days-wanted"), p: body({ after: fc.oneof(date, fc.string()) }) }),
    fc.record({ t: fc.constant("challenge"), p: body({ nonce: fc.string(), now: number }) }),
    fc.record({ t: fc.constantFrom("order", "keys"), p: body({ text: fc.json(), keyId: id, signature: id }) }),
  )
  .map((value): Said => ({ kind: "text", text: JSON.stringify(value) }));
const chunk = fc
  .record({
    at: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
    stream: fc.constantFrom(0, 7, 8, 2 ** 32 - 1),
    sequence: fc.constantFrom(0, 1, 2, 2 ** 32 - 1),
    discontinuity: fc.boolean(),
    last: fc.boolean(),
    packet: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  })
  .map((one) => encodeChunk({ type: "loudspeaker", ...one, at: one.at as never }));
const seal = fc
  .record({
    stream: fc.constantFrom(7, 8, 2 ** 32 - 1),
    first: fc.constantFrom(0, 1, 5, 2 ** 32 - 1),
    last: fc.constantFrom(0, 1, 2 ** 32 - 1),
    signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  })
  .map(encodeSeal);
const binary = fc
  .oneof(chunk, seal, fc.uint8Array({ maxLength: 100 }))
  .map((bytes): Said => ({ kind: "binary", bytes }));
const signed = fc.oneof(
  order.map((text): Said => ({ kind: "signed", t: "order", purpose: "order", text: JSON.stringify(text) })),
  notice.map((text): Said => ({ kind: "signed", t: "keys", purpose: "key", text: JSON.stringify(text) })),
  dayHead.map((text): Said => ({ kind: "signed", t: "days", purpose: "day", text: JSON.stringify(text) })),
);
const said = fc.oneof(
  { weight: 3, arbitrary: message },
  { weight: 2, arbitrary: binary },
  { weight: 3, arbitrary: signed },
);

/** An order that restarts the program, or notices that take the station's own key away, are no nonsense but obeyed. */
const isMeant = (one: Said): boolean =>
  one.kind === "signed" &&
  (one.t === "keys" ? /"keyId":"[0-9a-f]{16}"/.test(one.text) : one.text.includes('"restart"'));

describe(`nonsense inside of messages that are well formed (LOA_SEED=${SEED})`, function () {
  this.timeout(120_000 + WITHIN * 20);
  const sink = createListeningSink(() => Date.now() * 1000, 1);
  const bugs: string[] = [];
  const crashes: unknown[] = [];
  const onCrash = (thrown: unknown) => crashes.push(thrown);
  let folder: string;
  let server: FakeServer;
  let relay: Relay;
  before(async () => {
    process.on("uncaughtExceptionMonitor", onCrash);
    folder = await mkdtemp(join(tmpdir(), "loa-nonsense-"));
    server = await startFakeServer();
    const log = createLog(systemClock, (line) => {
      if (/TypeError|RangeError|order-failed/.test(line)) bugs.push(line);
    });
    relay = await runRelay({
      ...{ server: server.url, pair: `code-${ID}`, out: sink, state: join(folder, "relay"), clock: systemClock, log },
      ...{ random: () => 0, machineClock: () => "rtc" },
    });
    await until("the time", () => server.heard(ID, "state").at(-1)?.clock === "trusted");
    // Without one, the quiet hours of every station hold, and this runs at night, too.
    server.setProgramme(ID, []);
    await until("the programme", () => server.requests.some(({ url }) => url.includes("programme")));
  });
  after(async () => {
    process.off("uncaughtExceptionMonitor", onCrash);
    await relay.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const connected = () => until("a connection", () => server.sockets.get(ID)?.readyState === 1, 70_000);
  const say = (one: Said) => {
    const socket = server.sockets.get(ID);
    if (one.kind === "text") return socket?.send(one.text);
    if (one.kind === "binary") return socket?.send(one.bytes);
    const signed = server.sign(one.purpose, one.text);
    return server.send(ID, one.t === "days" ? { t: one.t, p: { heads: [signed] } } : { t: one.t, p: signed });
  };

  it(`makes a whole loudspeaker neither sound nor stumble nor forget its station, ${WITHIN} times`, async () => {
    const sample = fc.sample(fc.tuple(said), { seed: SEED, numRuns: WITHIN });
    for (const [index, [one]] of sample.entries()) {
      if (!isMeant(one)) say(one);
      if (index % AT_ONCE !== 0) continue;
      await new Promise((resolve) => setTimeout(resolve, 20));
      await connected();
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(bugs).to.deep.equal([]);
    expect(crashes).to.deep.equal([]);

    // What is true is obeyed, and heard once; nothing else was.
    await connected();
    const sha256 = server.addClip(aChirp(LENGTH));
    // Whoever holds the line may slow its fetching down; the station says anew how fast.
    server.send(ID, { t: "clips", p: { want: [], rate: 1_000_000 } });
    const cues = [1, 2].map((n) =>
      aCue(sha256, server.now() + n * 4_000_000, { id: `that-${n}@20261129t000000z`, durationMs: LENGTH }),
    );
    const more: Partial<Order> = { epoch: 2 ** 40, sequence: 1 };
    for (const [index, cue] of cues.entries())
      server.order(ID, { kind: "cue", cue }, { ...more, id: `that0000${index}`, sequence: index + 1 });
    const answers = () => server.heard(ID, "ack").filter(({ order: of }) => of.startsWith("that"));
    await until("the answers", () => answers().length === 2);
    expect(answers().map(({ ok, why }) => why ?? ok)).to.deep.equal([true, true]);
    await until("the end", () => server.journal(ID).filter(({ event }) => event === "finished").length === 2, 20_000);
    const history: Happening[] = [
      { kind: "approved", at: 0, announcement: "tin-mau" },
      ...cues.map((cue): Happening => ({ kind: "ordered", at: 0, cue: cue.id, receivers: [ID] })),
      ...historyOfJournal(ID, server.journal(ID)),
      ...sink.heard.map(
        ({ trusted, trustedEnd }): Happening => ({
          ...{ kind: "sounded", receiver: ID, at: trusted / 1000, until: trustedEnd / 1000 },
        }),
      ),
    ];
    const { zone, areas, sensitive, policies } = server.programmeFor(ID, []);
    const place = { zone, areas, sensitive, policies };
    expect(violations(history, { placeOf: () => place })).to.deep.equal([]);
    expect(sink.heard, "stretches of sound").to.have.length(2);
  });
});
