import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import { heardBy } from "../../src/relay/sound/alsa-card.js";
import { parseRate, parseStatus } from "../../src/relay/sound/alsa-status.js";
import { createPlayerSink } from "../../src/relay/sound/player-sink.js";

/** A card that was given ten seconds and has 130 ms of them before it. */
const statusText = ({ state = "RUNNING", owner = 4711, handed = 480_000, delay = 6_240 } = {}) =>
  `state: ${state}
owner_pid   : ${owner}
trigger_time: 8123.400120031
tstamp      : 8133.270551842
delay       : ${delay}
avail       : 120
avail_max   : 1440
-----
hw_ptr      : ${handed - 5_640}
appl_ptr    : ${handed}
`;
const RATE_TEXT = `access: RW_INTERLEAVED
format: S16_LE
subformat: STD
channels: 2
rate: 48000 (48000/1)
period_size: 960
buffer_size: 5760
`;

describe("what ALSA says of a card", () => {
  it("is read from a stream that runs", () => {
    expect(parseStatus(statusText())).to.deep.equal({ owner: 4711, handed: 480_000, waiting: 6_240 });
    expect(parseRate(RATE_TEXT)).to.equal(48_000);
  });

  it("is nothing for a stream that is closed, stands still, or says what cannot be", () => {
    for (const text of [
      "closed\n",
      "",
      statusText({ state: "XRUN" }),
      statusText({ state: "PREPARED" }),
      statusText({ delay: -12 }),
      statusText({ delay: 1_000_000, handed: 2_000_000 }),
      statusText({ delay: 500, handed: 400 }),
      statusText().replace(/^delay.*$/m, ""),
      statusText().replace(/^appl_ptr.*$/m, "appl_ptr    : many"),
    ])
      expect(parseStatus(text), text).to.equal(undefined);
    expect(parseRate("closed\n")).to.equal(undefined);
    expect(parseRate("rate: 0 (0/1)\n")).to.equal(undefined);
  });
});

describe("the card of a player", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loa-asound-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function put(stream: string, status: string, rate = RATE_TEXT) {
    const folder = join(root, stream);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "status"), status);
    await writeFile(join(folder, "hw_params"), rate);
  }

  it("is the one that the player opened; others, and microphones, are passed over", async () => {
    await put("card0/pcm0c/sub0", statusText({ handed: 96_000 }));
    await put("card0/pcm0p/sub0", "closed\n", "closed\n");
    await put("card1/pcm0p/sub0", statusText({ owner: 99, handed: 48_000 }));
    await put("card1/pcm3p/sub0", statusText({ delay: 4_410, handed: 48_510 }), RATE_TEXT.replace("48000", "44100"));

    expect(heardBy(4711, root)).to.equal(1);
    expect(heardBy(4712, root)).to.equal(undefined);
  });

  it("is unknown where there is no ALSA", () => {
    expect(heardBy(4711, join(root, "none"))).to.equal(undefined);
  });

  it("tells a player how long its last sample takes, until the card runs dry and counts anew", async () => {
    let heard: number | undefined = 0.75;
    const command = [process.execPath, "-e", "process.stdin.resume()"] as const;
    const sink = createPlayerSink({
      clock: systemClock,
      log: silentLog,
      random: () => 0,
      command,
      heardBy: () => heard,
    });
    sink.write(new Int16Array(48_000), micros(0));

    expect(sink.latencyMs()).to.equal(250);
    heard = undefined;
    expect(sink.latencyMs()).to.equal(undefined);
    heard = 0.1;
    expect(sink.latencyMs()).to.equal(undefined);
    heard = 0.9;
    expect(sink.latencyMs()).to.equal(undefined);
    await sink.close();
  });
});
