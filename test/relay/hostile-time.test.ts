import { expect } from "chai";
import { policySchema } from "../../src/domain/policy.js";
import { aChirp } from "./a-chirp.js";
import { until } from "./fake-server.js";
import { aCue, openYard, type Yard } from "./yard.js";

const HOUR = 3_600e6;

/** Wall time in Việt Nam at an instant, µs, as a policy writes it. */
const wall = (at: number) => new Date(at / 1000 + 7 * 3_600_000).toISOString().slice(11, 16);

describe("a loudspeaker between which and its server somebody bends the time", () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await openYard();
  });
  afterEach(() => yard.close());

  /** It is a quiet hour now; in five hours, when it is not, something is planned. The bent time says that it is then. */
  async function underAttack(id: string, more: object) {
    const { server } = yard;
    const now = server.now();
    const sha256 = server.addClip(aChirp(300));
    const quiet = [{ from: wall(now - HOUR), to: wall(now + HOUR) }];
    server.world.bendUs = 5 * HOUR;
    server.setProgramme(id, [aCue(sha256, now + 5 * HOUR + 2.5e6, { durationMs: 300 })], {
      policies: [policySchema.parse({ area: "phuong", quiet, quietSensitive: quiet })],
      from: now - HOUR,
      issuedAt: now - HOUR,
    });
    await yard.start(id, { machineClock: () => "none", ...more });
    await until("its clips", () => server.heard(id, "clips").some(({ have }) => have.length > 0));
  }

  it("stays silent in the quiet hour, and says that it knows the time", async () => {
    await underAttack("loa-a", {});
    await new Promise((resolve) => setTimeout(resolve, 4_000));

    expect(yard.server.journal("loa-a")).to.deep.equal([]);
    const state = yard.server.heard("loa-a", "state").at(-1);
    expect([state?.clock, state?.now]).to.deep.equal(["trusted", []]);
    expect(yard.server.heard("loa-a", "state").some(({ health }) => health?.clockSource === "server")).to.equal(true);
  });

  it("would have been made to sound without the signed time", async () => {
    await underAttack("loa-b", { timeTrust: "none" });

    await until("the sound", () => yard.server.journal("loa-b").some(({ event }) => event === "started"));
  });

  it("takes no order while no signed time comes, but obeys a stop", async () => {
    const { server } = yard;
    server.setProgramme("loa-c", []);
    const deaf = { keyIds: () => ["key"], verify: () => false };
    await yard.start("loa-c", { machineClock: () => "none", timeTrust: deaf });
    await until("its greeting", () => server.heard("loa-c", "clips").length > 0);
    const volume = server.order("loa-c", { kind: "volume", percent: 30 });
    const stop = server.order("loa-c", { kind: "stop", scope: { kind: "all" } });
    await until("its answers", () => server.heard("loa-c", "ack").length === 2);

    const answers = new Map(server.heard("loa-c", "ack").map(({ order, ok, why }) => [order, `${ok} ${why}`]));
    expect(answers.get(volume)).to.equal("false untrusted-clock");
    expect(answers.get(stop)).to.equal("true undefined");
    expect(server.heard("loa-c", "state").every(({ clock }) => clock === "untrusted")).to.equal(true);
  });
});
