import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Manifest } from "../../../src/protocol/update.js";
import { until } from "../fake-server.js";
import { aDevice, type Device } from "./a-device.js";
import { aMaker, aPackage, tinyProgram } from "./a-package.js";

/** Larger than a few pieces of a download, and not to be pressed. */
const noise = Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * index * 2654435761) >>> 24));
const aLargeProgram = () => [...tinyProgram(), { path: "noise.wasm", content: noise }];

describe("an update of the program", () => {
  const maker = aMaker();
  let device: Device;
  let packed: Awaited<ReturnType<typeof aPackage>>;

  const publish = async (more: Partial<Manifest> = {}, files = aLargeProgram()) => {
    packed = await aPackage(device.state, files, more);
    device.packages.set(packed.manifest.sha256, packed.bytes);
    return maker.sign(packed.manifest);
  };
  const step = (wanted: string) => until(wanted, () => device.steps().at(-1) === wanted);

  beforeEach(() => {
    device = aDevice();
  });
  afterEach(() => device.close());

  it("is fetched in pieces, laid beside the program, run when it is quiet, and kept when it is well", async () => {
    const signed = await publish();
    device.world.quiet = false;
    const old = device.start();
    old.updating.welcome();
    expect(old.order(signed)).to.equal(undefined);
    await step("waiting");
    expect(device.ranges.length).to.be.greaterThan(3);
    expect([device.world.restarts, device.slots.current()]).to.deep.equal([0, "base"]);
    device.world.quiet = true;
    await until("a new start", () => device.world.restarts === 1);
    await device.stop();

    const fresh = device.start({ version: "2.0.0" });
    expect(fresh.program).to.equal(packed.manifest.sha256);
    fresh.updating.welcome();
    await step("updated");
    expect(device.steps()).to.deep.equal(["fetching", "waiting", "trying", "trying", "updated"]);
    expect(device.reports.at(-1)).to.include({ version: "2.0.0", sha256: packed.manifest.sha256, rollout: "dot-1" });
    expect(device.slots.choose()).to.deep.equal({ program: packed.manifest.sha256, trial: false });
  });

  it("waits while something sounds or is about to, and goes on where it was", async () => {
    const signed = await publish();
    device.world.busy = true;
    const { order } = device.start();
    order(signed);
    await step("fetching");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(device.ranges).to.deep.equal([]);
    device.world.busy = false;

    await step("trying");
  });

  it("is not begun anew when the network goes in the middle, nor when the program does", async () => {
    const signed = await publish();
    device.world.piecesLeft = 2;
    device.start().order(signed);
    await step("failed: network");
    await device.stop();
    device.world.piecesLeft = Number.POSITIVE_INFINITY;
    device.start();
    await step("trying");

    const starts = device.ranges.map((range) => Number(/=(\d+)/.exec(range)?.[1]));
    expect(starts).to.deep.equal([...new Set(starts)]);
  });

  it("goes on at once when the network is back", async () => {
    const signed = await publish();
    device.world.piecesLeft = 0;
    const { order, updating } = device.start();
    order(signed);
    await step("failed: network");
    device.world.piecesLeft = Number.POSITIVE_INFINITY;
    updating.welcome();

    await step("trying");
  });

  describe("is refused", () => {
    const refused = async (more: Partial<Manifest>, given = {}) => device.start(given).order(await publish(more));

    it("when nobody would go back from it", async () => {
      expect(await refused({}, { isLaunched: false })).to.equal("no-launcher");
    });
    it("when it needs a newer Node", async () => {
      expect(await refused({ minNode: "22.0.0" })).to.equal("node-version");
    });
    it("when it leaves a state folder that this program cannot read", async () => {
      expect(await refused({ stateFormat: 2 })).to.equal("state-format");
    });
    for (const version of ["1.0.0", "0.9.9", "0.10.0"])
      it(`when it is ${version} and 1.0.0 runs, unless the order names it`, async () => {
        const signed = await publish({ version });
        const { order } = device.start();
        expect(order(signed)).to.equal("version");
        expect(order({ ...signed, downgradeTo: "0.0.1" })).to.equal("version");
        expect(order({ ...signed, downgradeTo: version })).to.equal(undefined);
      });
    it("when its manifest is out of its limits", async () => {
      const { order } = device.start();
      const { manifest } = await aPackage(device.state);
      for (const wrong of [{ bytes: 1e12 }, { files: 1e6 }, { sha256: "../../x" }, { version: "2" }, { v: 2 }])
        expect(order(maker.sign(JSON.stringify({ ...manifest, ...wrong })))).to.equal("manifest");
      expect(order(maker.sign("{"))).to.equal("manifest");
    });
    it("when its signature does not fit, and then no key is believed", async () => {
      const signed = await publish();
      const { order } = device.start();
      const other = JSON.stringify({ ...packed.manifest, version: "3.0.0" });
      expect(order({ ...signed, manifest: other })).to.equal("update-signature");
      expect(order({ ...signed, signature: "" })).to.equal("update-signature");
      expect(order({ ...aMaker(2).sign(packed.manifest) })).to.equal(undefined);
    });
    it("when another than the known maker signed it, also after a new start", async () => {
      const signed = await publish();
      expect(device.start().order(signed)).to.equal(undefined);
      await device.stop();
      expect(device.start({ program: "base" }).order(aMaker(2).sign(packed.manifest))).to.equal("update-key");
    });
    it("when the file of the key is damaged", async () => {
      writeFileSync(join(device.state, "update-keys.json"), "");
      expect(device.start().order(await publish())).to.equal("update-key");
    });
    it("for good when what was fetched has another hash, again and again", async () => {
      const signed = await publish();
      device.packages.set(packed.manifest.sha256, Buffer.alloc(packed.bytes.length));
      device.start().order(signed);

      await step("refused: hash");
      expect(device.steps().filter((one) => one === "failed: hash").length).to.be.greaterThan(0);
    });
    it("for good when the package is not what its maker says of it", async () => {
      const signed = await publish({ files: 9 });
      device.start().order(signed);

      await step("refused: package");
      expect(device.slots.choose().program).to.equal("base");
    });
  });

  it("takes the keys that the program names once it has proved itself, and not before", async () => {
    const next = aMaker(2);
    const signed = await publish({ keys: [next.publicKey as never] });
    device.start().order(signed);
    await step("trying");
    expect(readFileSync(join(device.state, "update-keys.json"), "utf8")).to.include(maker.publicKey);
    await device.stop();
    const { updating, order } = device.start({ version: "2.0.0" });
    updating.welcome();
    await step("updated");

    expect(order({ ...(await publish({ version: "3.0.0" })), rollout: "dot-2" })).to.equal("update-key");
    expect(order({ ...next.sign(packed.manifest), rollout: "dot-2" })).to.equal(undefined);
  });

  for (const [lack, why] of [
    [{ sink: "failed" }, "no-sink"],
    [{ clock: "untrusted" }, "no-clock"],
    [{}, "not-connected"],
  ] as const)
    it(`does not count as well with ${why}, and says so to the launcher`, async () => {
      device.start().order(await publish());
      await step("trying");
      await device.stop();
      Object.assign(device.world, lack);
      const { updating } = device.start({ version: "2.0.0" });
      if (why !== "not-connected") updating.welcome();

      await until(why, () => device.slots.trial()?.lacks === why);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(device.slots.trial()?.sha256).to.equal(packed.manifest.sha256);
    });

  it("that was gone back from is told, and not tried again without a new rollout", async () => {
    const signed = await publish();
    device.start().order(signed);
    await step("trying");
    await device.stop();
    const trial = device.slots.trial();
    if (trial) device.slots.rollBack(trial, "crashed");

    const { updating, order, program } = device.start();
    updating.welcome();
    expect(program).to.equal("base");
    expect(device.steps().at(-1)).to.equal("rolled-back: crashed");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([order(signed), device.slots.current()]).to.deep.equal(["rolled-back", "base"]);
    expect(order({ ...signed, rollout: "dot-2" })).to.equal(undefined);
    await step("trying");
  });

  it("can be taken back while it is fetched or waits, and no more once it is tried", async () => {
    device.world.quiet = false;
    const { order, updating } = device.start();
    order(await publish());
    await step("waiting");
    updating.drop("dot-0");
    updating.drop("dot-1");
    device.world.quiet = true;
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect([device.world.restarts, device.reports.at(-1)]).to.deep.equal([0, { version: "1.0.0" }]);
  });

  it("gives way to a newer order", async () => {
    const first = await publish();
    device.world.busy = true;
    const { order } = device.start();
    order(first);
    const second = await publish({ version: "3.0.0" }, tinyProgram("2;"));
    device.world.busy = false;
    order({ ...second, rollout: "dot-2" });
    await step("trying");

    expect(device.slots.trial()).to.include({ rollout: "dot-2", version: "3.0.0" });
  });

  it("that runs already is just said to", async () => {
    device.start().order(await publish());
    await step("trying");
    await device.stop();
    const { updating, order } = device.start({ version: "2.0.0" });
    updating.welcome();
    await step("updated");
    order({ ...maker.sign(packed.manifest), rollout: "dot-2" });

    expect(device.reports.at(-1)).to.include({ rollout: "dot-2", step: "updated" });
  });

  it("is not fetched while the disk has no room for it", async () => {
    device.world.free = 64 * 1024 * 1024;
    device.start().order(await publish());
    await step("failed: disk-full");
    expect(device.ranges).to.deep.equal([]);
    device.world.free = 1e9;

    await step("trying");
  });

  it("is told to have failed when the disk takes nothing at all", async () => {
    mkdirSync(join(device.programs, "wanted.json.new"));
    device.start().order(await publish());

    expect(device.steps()).to.deep.equal(["failed: disk"]);
  });
});
