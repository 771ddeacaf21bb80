import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { SignedManifest, UpdateReport } from "../../../src/protocol/update.js";
import { openSlots } from "../../../src/relay/update/slots.js";
import { aChirp } from "../a-chirp.js";
import { until } from "../fake-server.js";
import { aCue, openYard, type Yard } from "../yard.js";
import { aMaker, aPackage } from "./a-package.js";

describe("a loudspeaker that is updated over the network", () => {
  let yard: Yard;
  let programs: string;
  let signed: SignedManifest;
  let sha256: string;

  beforeEach(async () => {
    yard = await openYard();
    programs = join(yard.folder, "a", "programs");
    const { bytes, manifest } = await aPackage(yard.folder);
    sha256 = yard.server.addClip(bytes);
    signed = aMaker().sign(manifest);
  });
  afterEach(() => yard.close());

  const start = (name = "base", version = "1.0.0") => yard.start("a", { slot: { folder: programs, name }, version });
  const order = () => yard.server.order("a", { kind: "update", rollout: "dot-1", ...signed });
  const told = () => yard.server.heard("a", "update").at(-1) as UpdateReport | undefined;
  const step = (wanted: string) => until(wanted, () => told()?.step === wanted);
  const wasFetched = () => yard.server.requests.some(({ url }) => url === `/updates/${sha256}`);
  const trusted = () => until("a clock", () => yard.server.heard("a", "state").at(-1)?.clock === "trusted");

  it("says what it runs, fetches, asks to be started again, and comes back on trial", async () => {
    const old = await start();
    await trusted();
    expect(told()).to.deep.equal({ version: "1.0.0" });
    order();

    expect(await old.done).to.equal(75);
    expect(openSlots(programs).choose()).to.deep.equal({ program: sha256, trial: true });
    await start(sha256, "2.0.0");
    await step("trying");
    await until("its version", () => told()?.version === "2.0.0");
  });

  it("refuses an update without a launcher, and goes on", async () => {
    await yard.start("a", { version: "1.0.0" });
    await trusted();
    const id = order();

    const ack = await until("an answer", () => yard.server.heard("a", "ack").find((one) => one.order === id));
    expect(ack).to.include({ ok: false, why: "no-launcher" });
    expect(existsSync(programs)).to.equal(false);
  });

  it("neither fetches while something sounds nor starts anew before something planned", async () => {
    const clip = yard.server.addClip(aChirp(2_000));
    const relay = await start();
    await trusted();
    const at = yard.soon(1500);
    yard.server.setProgramme("a", [
      aCue(clip, at, { durationMs: 2000 }),
      aCue(clip, at + 300e6, { id: "buoi-sang@20261123t010000z" }),
    ]);
    await yard.sounding("a");
    order();
    await yard.ended("a");
    expect(wasFetched()).to.equal(false);
    await until("what was planned", () => yard.server.journal("a").some(({ event }) => event === "finished"));
    await step("waiting");

    const ended = await Promise.race([relay.done, new Promise((resolve) => setTimeout(resolve, 2500))]);
    expect(ended).to.equal(undefined);
  }).timeout(30_000);
});
