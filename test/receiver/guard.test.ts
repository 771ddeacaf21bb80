import { expect } from "chai";
import { micros } from "../../src/base/units.js";
import { announcementId, areaId, receiverId } from "../../src/domain/ids.js";
import { localTime } from "../../src/domain/local-time.js";
import { policySchema } from "../../src/domain/policy.js";
import { type Order, orderSchema } from "../../src/protocol/orders.js";
import { isStopped, judgeOrder, judgeStart, type Scene, type Standing, stopReaches } from "../../src/receiver/guard.js";
import { emptyMemory, type Fact, type Memory, remember, type Stop } from "../../src/receiver/memory.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { aClaim } from "./a-claim.js";

/** 10:00 in Vietnam. */
const NOON = Date.UTC(2026, 10, 23, 3) * 1000;
const NIGHT = Date.UTC(2026, 10, 23, 15, 30) * 1000;
const identity = { receiver: receiverId("loa-1"), areas: [areaId("to-3"), areaId("phuong")] };

const anOrder = (more: Partial<Record<keyof Order, unknown>> = {}): Order =>
  orderSchema.parse({
    v: 1,
    id: "order0001",
    audience: { kind: "all" },
    epoch: 2,
    sequence: 10,
    issuedAt: NOON,
    notBefore: NOON - 5e6,
    notAfter: NOON + 60e6,
    class: "ordinary",
    body: { kind: "volume", percent: 50 },
    by: {},
    ...more,
  });
const standing = (more: Partial<Standing> = {}): Standing => ({
  ...identity,
  now: micros(NOON),
  trusted: true,
  verified: "0123456789abcdef",
  ...more,
});
const knowing = (...facts: Fact[]): Memory => {
  const memory = emptyMemory();
  for (const fact of facts) remember(memory, fact);
  return memory;
};
const why = (verdict: { kind: string; why?: string }) => verdict.why ?? verdict.kind;
const stop = { kind: "stop", scope: { kind: "all" } };

describe("the guard of orders", () => {
  const cases: [name: string, order: Order, standing: Standing, memory: Memory, expected: string][] = [
    ["obeys a good order", anOrder(), standing(), knowing(), "play"],
    [
      "obeys a mute by a clock that it does not trust",
      anOrder({ body: { kind: "mute", muted: true } }),
      standing({ trusted: false }),
      knowing(),
      "play",
    ],
    [
      "lets nobody end a mute by a clock that it does not trust",
      anOrder({ body: { kind: "mute", muted: false } }),
      standing({ trusted: false }),
      knowing(),
      "untrusted-clock",
    ],
    [
      "obeys a stop for an area while it does not know where it stands",
      anOrder({
        audience: { kind: "areas", areas: ["xa-la"] },
        body: { kind: "stop", scope: { kind: "areas", areas: ["xa-la"] } },
      }),
      standing({ areas: [] }),
      knowing(),
      "play",
    ],
    ["refuses a bad signature", anOrder(), standing({ verified: false }), knowing(), "signature"],
    [
      "refuses what is meant for others",
      anOrder({ audience: { kind: "receivers", receivers: ["loa-2"] } }),
      standing(),
      knowing(),
      "audience",
    ],
    [
      "obeys what is meant for a parent area",
      anOrder({ audience: { kind: "areas", areas: ["phuong"] } }),
      standing(),
      knowing(),
      "play",
    ],
    ["refuses what is out of date", anOrder(), standing({ now: micros(NOON + 61e6) }), knowing(), "expired"],
    ["refuses what is far too early", anOrder({ notBefore: NOON + 20e6 }), standing(), knowing(), "too-early"],
    [
      "refuses an order seen before",
      anOrder(),
      standing(),
      knowing({ kind: "order", id: "order0001", epoch: 2, sequence: 10 }),
      "seen",
    ],
    [
      "refuses a lower number",
      anOrder(),
      standing(),
      knowing({ kind: "order", id: "order0002", epoch: 2, sequence: 11 }),
      "replayed",
    ],
    [
      "refuses a lower epoch with a higher number",
      anOrder({ sequence: 99 }),
      standing(),
      knowing({ kind: "order", id: "order0002", epoch: 3, sequence: 1 }),
      "replayed",
    ],
    ["refuses to guess the time", anOrder(), standing({ trusted: false }), knowing(), "untrusted-clock"],
    ["obeys a stop without knowing the time", anOrder({ body: stop }), standing({ trusted: false }), knowing(), "play"],
    [
      "obeys a stop with a lower number",
      anOrder({ body: stop, sequence: 1 }),
      standing(),
      knowing({ kind: "order", id: "order0002", epoch: 2, sequence: 11 }),
      "play",
    ],
    [
      "refuses a stop played again",
      anOrder({ body: stop }),
      standing(),
      knowing({ kind: "order", id: "order0001", epoch: 1, sequence: 1 }),
      "seen",
    ],
    [
      "refuses a stop from yesterday",
      anOrder({ body: stop }),
      standing({ now: micros(NOON + 86_401e6) }),
      knowing(),
      "expired",
    ],
  ];
  for (const [name, order, at, memory, expected] of cases)
    it(name, () => {
      expect(why(judgeOrder(order, at, memory))).to.equal(expected);
    });
});

describe("the guard of sounds", () => {
  const policy = policySchema.parse({
    area: "phuong",
    quiet: [{ from: localTime("21:00"), to: localTime("05:30") }],
  });
  const scene = (now: number, more: Partial<Scene> = {}): Scene => ({
    identity,
    place: { zone: "Asia/Ho_Chi_Minh", areas: identity.areas, sensitive: false, policies: [policy] },
    now: micros(now),
    trusted: true,
    ...more,
  });
  const at = (time: number, more = {}) => aClaim("tin-mau", sampleAt(time), more);

  it("lets a sound begin by day", () => {
    expect(why(judgeStart(at(NOON), scene(NOON), knowing()))).to.equal("play");
  });

  it("refuses every class in a quiet hour but an emergency that a person has confirmed", () => {
    const urgent = { class: "emergency" };
    expect(why(judgeStart(at(NIGHT), scene(NIGHT), knowing()))).to.equal("quiet-hours");
    expect(why(judgeStart(at(NIGHT, { class: "priority" }), scene(NIGHT), knowing()))).to.equal("quiet-hours");
    expect(why(judgeStart(at(NIGHT, urgent), scene(NIGHT), knowing()))).to.equal("quiet-hours");
    expect(why(judgeStart(at(NIGHT, { ...urgent, confirmed: true }), scene(NIGHT), knowing()))).to.equal("play");
  });

  it("holds the default quiet hours where it has no policy at all", () => {
    const nowhere = scene(NIGHT, { place: { zone: "Asia/Ho_Chi_Minh", areas: [], sensitive: true, policies: [] } });
    expect(why(judgeStart(at(NIGHT), nowhere, knowing()))).to.equal("quiet-hours");
  });

  it("plays nothing twice, nothing recalled, nothing late, and nothing by a clock that it does not trust", () => {
    const done: Fact[] = [
      { kind: "started", key: "tin-mau", at: NOON },
      { kind: "done", key: "tin-mau" },
    ];
    const recall: Fact = {
      kind: "stop",
      scope: { kind: "announcement", announcement: announcementId("tin-mau") },
      issuedAt: NOON,
    };
    expect(why(judgeStart(at(NOON), scene(NOON), knowing(...done)))).to.equal("played");
    expect(why(judgeStart(at(NOON + 60e6), scene(NOON), knowing(recall)))).to.equal("recalled");
    expect(why(judgeStart(at(NOON), scene(NOON + 10e6), knowing()))).to.equal("late");
    expect(why(judgeStart(at(NOON), scene(NOON, { trusted: false }), knowing()))).to.equal("untrusted-clock");
  });

  it("drops what was due when a stop for this place was issued, and nothing later or elsewhere", () => {
    const due = at(NOON - 1e6);
    const all: Stop = { scope: { kind: "all" }, issuedAt: NOON };
    const elsewhere: Stop = { scope: { kind: "areas", areas: [areaId("khac")] }, issuedAt: NOON };
    const here: Stop = { scope: { kind: "areas", areas: [areaId("phuong")] }, issuedAt: NOON };
    expect(isStopped(due, all, identity)).to.equal(true);
    expect(isStopped(due, here, identity)).to.equal(true);
    expect(isStopped(due, elsewhere, identity)).to.equal(false);
    expect(isStopped(at(NOON + 60e6), all, identity)).to.equal(false);
    expect(why(judgeStart(due, scene(NOON), knowing({ kind: "stop", ...all })))).to.equal("stopped");
  });

  it("drops what is live and was ordered before a stop, though its first chunk lies ahead of that", () => {
    const all: Stop = { scope: { kind: "all" }, issuedAt: NOON };
    const live = (issuedAt: number) =>
      aClaim("live-7", sampleAt(micros(NOON + 60e6)), { issuedAt: micros(issuedAt), content: { kind: "live" } });
    expect(isStopped(live(NOON - 1), all, identity)).to.equal(true);
    expect(isStopped(live(NOON + 1), all, identity)).to.equal(false);
  });

  it("lets a fresh stop silence what began meanwhile, and an old one only what it knew", () => {
    const all: Stop = { scope: { kind: "all" }, issuedAt: NOON };
    const meanwhile = at(NOON + 2e6);
    const when = (now: number) => ({ identity, now: micros(now) });
    expect(stopReaches(meanwhile, all, when(NOON + 3e6))).to.equal(true);
    expect(stopReaches(meanwhile, all, when(NOON + 3_600e6))).to.equal(false);
    expect(stopReaches(at(NOON - 1e6), all, when(NOON + 3_600e6))).to.equal(true);
  });
});
