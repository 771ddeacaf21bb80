import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import { createPlayerSink } from "../../src/relay/sound/player-sink.js";
import { parseOut } from "../../src/relay/sound/players.js";
import { until } from "./fake-server.js";

describe("a player program", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-player-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A player that writes its process id, then what it plays, and dies when told so by a file. */
  async function start() {
    const script = join(folder, "player.mjs");
    const [pids, heard] = [join(folder, "pids"), join(folder, "heard")];
    await writeFile(
      script,
      `import { appendFileSync } from "node:fs";
       appendFileSync(${JSON.stringify(pids)}, process.pid + "\\n");
       process.stdin.on("data", (bytes) => appendFileSync(${JSON.stringify(heard)}, bytes));`,
    );
    const sink = createPlayerSink({
      ...{ clock: systemClock, log: silentLog, random: () => 0 },
      command: [process.execPath, script],
    });
    const players = async () => (await readFile(pids, "utf8").catch(() => "")).split("\n").filter(Boolean).map(Number);
    return { sink, heard, players };
  }
  const settled = async <T>(what: string, check: () => Promise<T | undefined | false>) => {
    let found: T | undefined | false;
    const look = async () => {
      found = await check();
      if (!found) setTimeout(look, 10);
    };
    await look();
    return until(what, () => found);
  };

  it("gets the samples as they are", async () => {
    const { sink, heard, players } = await start();
    await settled("a player", async () => (await players()).length === 1);
    sink.write(Int16Array.of(1, -2, 300), micros(0));
    await settled("sound", async () => (await readFile(heard).catch(() => Buffer.alloc(0))).length === 6);

    expect(sink.state()).to.equal("ok");
    expect((await readFile(heard)).toString("hex")).to.equal("0100feff2c01");
    await sink.close();
  });

  it("is started again when it dies, and is gone after closing", async () => {
    const { sink, players } = await start();
    const [first] = (await settled("a player", async () => (await players()).length === 1 && players())) as number[];
    process.kill(first ?? 0, "SIGKILL");
    const [, second] = (await settled("another", async () => (await players()).length === 2 && players())) as number[];
    await sink.close();

    expect(() => process.kill(second ?? 0, 0)).to.throw(/ESRCH/);
  });

  it("is chosen by a word, and never through a shell", () => {
    expect(parseOut("alsa:plughw:0")).to.deep.equal({ kind: "alsa", device: "plughw:0" });
    expect(parseOut("command:mpv --no-video -")).to.deep.equal({
      kind: "command",
      command: ["mpv", "--no-video", "-"],
    });
    expect(() => parseOut("wav:")).to.throw(/use auto, alsa/);
  });
});
