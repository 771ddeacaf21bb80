import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { layDevices } from "../support/known-devices.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import { CROWD } from "./length.js";

const RECEIVERS = fileURLToPath(new URL(`../bench/simulated-receivers${extname(import.meta.url)}`, import.meta.url));
/** Whoever loses the station comes back within so long, ms, in the test; real ones take up to the `spreadMs` of their welcome. */
const JITTER = 3_000;
/** After the last of them could have tried, ms: one process plays them all, on the same machine as the station. */
const BACK_WITHIN = 20_000 + CROWD * 10;

/** Whoever is silent for half a minute is taken for dead, and the last of ten thousand takes longer than that. */
const PING = 10_000;
/** Ten thousand keys are read first, ms. */
const ANSWERS_WITHIN = 120_000;

interface Told {
  readonly event: string;
  readonly what?: string;
  readonly open?: number;
  readonly lost?: number;
}

/** Receivers in a program of their own; what they tell is kept. */
function startCrowd(port: number, devices: string) {
  const argv = [
    `port=${port}`,
    `count=${CROWD}`,
    "inflight=50",
    `jitter=${JITTER}`,
    `ping=${PING}`,
    `devices=${devices}`,
  ];
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, RECEIVERS, ...argv], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const told: Told[] = [];
  if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => told.push(JSON.parse(line)));
  return {
    told,
    /** How many are connected, and how many connections were lost so far. */
    async count(): Promise<Told> {
      const before = told.length;
      child.stdin?.write("had\n");
      return eventually("an answer", ANSWERS_WITHIN, () => told.slice(before).find(({ event }) => event === "had"));
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

describe(`${CROWD} receivers that lose their station in the same moment`, function () {
  this.timeout(180_000 + CROWD * 50);
  let house: WholeHouse;
  let crowd: ReturnType<typeof startCrowd> | undefined;
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  before(async () => {
    // The station is found at the same place when it is back.
    house = await openHouse({ config: { listen: { port } } });
    await house.restartServer(async () => {
      await writeFile(join(house.folder, "devices.json"), JSON.stringify(await layDevices(house.folder, CROWD)));
    });
  });
  after(async () => {
    await crowd?.close();
    await house.close();
  });

  /** By their own count: they may be asked often. */
  const open = async () => (await crowd?.count())?.open ?? 0;
  const connected = async () =>
    (await house.call<{ connected: boolean }[]>("GET", "/receivers")).filter((one) => one.connected).length;

  it("all come back, none is refused for good, and a stop that is given meanwhile gets to every one", async () => {
    crowd = startCrowd(port, join(house.folder, "devices.json"));
    await eventually("all of them", BACK_WITHIN, async () => (await open()) === CROWD);

    await house.restartServer();
    await eventually("the first of them", 60_000, async () => (await open()) > CROWD / 20);
    const early = await open();
    const { order } = await house.call<{ order: string }>("POST", "/stop", {});
    await eventually("all of them again", BACK_WITHIN, async () => (await open()) === CROWD);
    const had = () => crowd?.told.some(({ event, what }) => event === "all" && what === "stop");
    await eventually("the stop at all of them", 30_000, had);

    expect(early, "connected when it was stopped").to.be.below(CROWD);
    const counted = await crowd.count();
    expect(counted.open).to.equal(CROWD);
    // A few come back while it is still closing, and lose it once more.
    expect(counted.lost, "connections that were lost").to.be.within(CROWD, CROWD * 1.05);
    expect(await connected(), "by the station's own account").to.equal(CROWD);
    expect(await house.call("GET", "/log/verification")).to.include({ ok: true });
    expect(order).to.be.a("string");
  });
});
