import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { PROGRAM_START } from "../../src/protocol/package-header.js";
import type { RolloutView } from "../../src/server/api/update-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { run } from "../cli/run.js";
import type { Happening } from "../support/history.js";
import { LENGTH_S, openProcessHouse } from "../support/process-house.js";
import { tone } from "../support/tones.js";
import { eventually } from "../support/whole-house.js";
import { KILLS, SEED } from "./length.js";

const LOA = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));

/** A station, a loudspeaker with its launcher, and a maker of programs: each a process of its own, over real sockets. */
describe("an update from the maker's desk to the pole", function () {
  this.timeout(300_000);
  let folder: string;
  let house: Awaited<ReturnType<typeof openProcessHouse>>;
  let device: ChildProcess | undefined;
  let url: string;

  /** Files that it wrote its samples into, one for each time that it had power, and when that was gone. */
  let recordings: string[];
  let deaths: Happening[];
  const launch = (...more: string[]) => {
    const file = join(folder, "out", `${recordings.length + 1}.wav`);
    recordings.push(file);
    device = spawn(
      process.execPath,
      [LOA, "relay-launcher", "--server", url, "--out", `wav:${file}`, "--state", join(folder, "loa"), ...more],
      // A group of its own: a power cut takes the launcher and its program at once.
      { detached: true, stdio: process.env.LOA_TEST_LOG ? "inherit" : "ignore" },
    );
  };
  const cutPower = async () => {
    if (device?.pid === undefined || device.exitCode !== null) return;
    const gone = once(device, "exit");
    process.kill(-device.pid, "SIGKILL");
    await gone;
    deaths.push({ kind: "killed", at: Date.now(), receiver: "loa-1" });
  };
  /** Holds the rules that never bend against all that was ordered, told and heard. */
  const judge = async () => {
    const files = recordings.flatMap((file) => [file, file.replace(/\.wav$/, ".previous.wav")]);
    const heard = files.map((file) => ({ receiver: "loa-1", file }));
    await sound();
    expect(await house.check({ more: deaths, recordings: heard }), "soundings").to.equal(2);
  };
  /** Plays it now: an update waits for a quarter of an hour without a plan. */
  const sound = async () => {
    await eventually("the time to be known", 30_000, async () => (await view())?.reported?.clock === "trusted");
    const content = { kind: "announcement", announcement: "tin" };
    const { occurrence } = await house.call<{ occurrence: string }>("POST", "/play", {
      ...{ class: "ordinary", content, targets: { areas: ["phuong"] } },
    });
    await eventually("its end", 30_000, async () =>
      (await house.readLog()).some((line) => line.occurrence === occurrence && line.kind === "finished"),
    );
  };
  const view = async () => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
  const rollout = async () => (await house.call<RolloutView[]>("GET", "/rollouts"))[0];
  const loa = async (...argv: string[]) => {
    const ran = await run(["update", ...argv], { cwd: folder });
    expect(ran.error).to.equal("");
    return ran.out;
  };
  /** Builds a checkout in which the program goes by this version, and does what `start` says instead of itself. */
  const make = async (version: string, start?: string) => {
    const checkout = join(folder, `nguon-${version}`);
    cpSync("dist/src", join(checkout, "dist/src"), { recursive: true });
    cpSync("package.json", join(checkout, "package.json"));
    symlinkSync(join(process.cwd(), "node_modules"), join(checkout, "node_modules"));
    writeFileSync(join(checkout, "dist/src/server/version.js"), `export const VERSION = "${version}";\n`);
    if (start !== undefined) writeFileSync(join(checkout, PROGRAM_START), start);
    await loa("pack", `goi-${version}`, "--from", checkout);
    await loa("sign", `goi-${version}`, "--key", "khoa.pem");
    await loa("publish", `goi-${version}`, "--stages", "100", "--soak", "1", "--station", house.station);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "loa-update-"));
    [recordings, deaths] = [[], []];
    house = await openProcessHouse(folder);
    await house.lay();
    house.serve();
    await house.answers();
    const { listen } = JSON.parse(readFileSync(join(house.station, "config", "station.json"), "utf8"));
    url = `http://127.0.0.1:${listen.port}`;
    await house.call("POST", "/receivers", { id: "loa-1", name: "loa-1", area: "phuong", kind: "fixed" });
    const { code } = await house.call<{ code: string }>("POST", "/receivers/loa-1/pairing");
    launch("--pair", code);
    const words = await eventually("pairing", 20_000, async () => (await view())?.waiting?.words);
    await house.call("POST", "/receivers/loa-1/confirm", { words });
    await eventually("a program", 20_000, async () => (await view())?.program);
    await house.approve("tin", (await house.upload("tin", tone(LENGTH_S, 700))).version);
    await sound();
    await loa("key", "khoa.pem");
  });
  afterEach(async () => {
    await cutPower();
    await house.killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it("arrives, proves itself and stays", async () => {
    expect((await view())?.program).to.include({ version: "0.1.0" });
    await make("9.9.9");
    await eventually("the new program", 120_000, async () => (await view())?.program?.step === "updated");

    expect((await view())?.program).to.include({ version: "9.9.9", step: "updated" });
    expect(await loa("status", "--station", house.station)).to.include("đã cập nhật 1");
    await eventually("the end of the rollout", 90_000, async () => (await rollout())?.state === "done");
    const kinds = (await house.readLog()).map(({ kind }) => kind).filter((kind) => kind.startsWith("update."));
    expect(kinds).to.deep.equal(["update.package", "update.started", "update.updated", "update.done"]);
    await judge();
  });

  it("is gone back from when it does not even start, and the rollout stops by itself", async () => {
    await make("9.9.9", "process.exit(3);\n");
    await eventually("the stop", 120_000, async () => (await rollout())?.state === "stopped");

    expect(await rollout()).to.include({ culprit: "loa-1", why: "crashed" });
    await eventually("the old program", 20_000, async () => (await view())?.connected);
    expect((await view())?.program).to.include({ version: "0.1.0", step: "rolled-back", why: "crashed" });
    await judge();
  });

  it("survives power cuts at any moment: always the old program or the new one, and in the end the new one", async () => {
    let random = SEED;
    const chance = () => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      return random / 2 ** 32;
    };
    await make("9.9.9");
    for (let cut = 0; cut < KILLS / 10; cut++) {
      await new Promise((resolve) => setTimeout(resolve, chance() * 6_000));
      // On trial three starts are all it has; there a cut is tried once.
      if ((await view())?.program?.step === "trying" && cut > 0) break;
      await cutPower();
      launch();
      const program = await eventually(`a program after cut ${cut}, seed ${SEED}`, 30_000, async () => {
        const it = await view();
        return it?.connected && it.program;
      });
      expect(program.version).to.be.oneOf(["0.1.0", "9.9.9"]);
    }

    await eventually("the new program", 120_000, async () => (await view())?.program?.step === "updated");
    expect((await view())?.program?.version).to.equal("9.9.9");
    await judge();
  });
});
