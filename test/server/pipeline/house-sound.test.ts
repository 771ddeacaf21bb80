import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { seconds } from "../../../src/base/units.js";
import { runFfmpeg } from "../../../src/server/pipeline/ffmpeg.js";
import { makeHouseSound, readFront } from "../../../src/server/pipeline/house-sound.js";
import { FakeClock } from "../../support/fake-clock.js";
import { BUNDLED, encode, sine, voice, wav } from "./sounds.js";

describe("ffmpeg, should a file deceive the probe", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-house-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const shop = () => ({ ffmpeg: BUNDLED, folder, clock: systemClock, signal: new AbortController().signal });
  const reading = { name: "x", mostSeconds: 900, trusted: true };

  for (const demuxer of ["mp3", "mov", "wav", "flac", "ogg", "matroska", "aac"]) {
    it(`still reads no neighbour through a list, as ${demuxer}`, async () => {
      await encode(voice(1), join(folder, "neighbour.mp3"));
      for (const list of [
        "ffconcat version 1.0\nfile neighbour.mp3\n",
        "#EXTM3U\n#EXTINF:1,\nneighbour.mp3\n#EXT-X-ENDLIST\n",
      ]) {
        await writeFile(join(folder, "in"), list);
        const answer = await readFront(shop(), { demuxer, claimedSeconds: 0 }, reading).catch(
          (thrown: unknown) => thrown,
        );
        expect(answer).to.include({ code: "invalid" });
      }
    });
  }

  it("is cut off at the longest length allowed", async () => {
    await writeFile(join(folder, "in"), wav(sine(8)));
    const probe = { demuxer: "wav", claimedSeconds: 1 };
    const answer = await readFront(shop(), probe, { ...reading, mostSeconds: 2 }).catch((thrown: unknown) => thrown);
    expect(answer).to.include({ reason: "too-long" });
  });

  it("is killed when it takes too long", async () => {
    const clock = new FakeClock();
    await writeFile(join(folder, "in"), wav(sine(1)));
    const step = {
      folder,
      inputOptions: ["-re"],
      input: "in",
      outputOptions: ["-f", "null"],
      output: "-",
      limit: seconds(5),
    };
    const running = runFfmpeg(BUNDLED, step, { clock, signal: new AbortController().signal }).catch(
      (thrown: unknown) => thrown,
    );
    setImmediate(() => clock.advance(5_000));
    expect(await running).to.include({ code: "unavailable", reason: "too-slow" });
    expect(clock.armed).to.equal(0);
  });

  it("gives a tone, which needs no limiter, its loudness at the first try", async () => {
    await writeFile(join(folder, "in"), wav(sine(3)));
    const front = await readFront(shop(), { demuxer: "wav", claimedSeconds: 3 }, reading);
    const made = await makeHouseSound(shop(), front, { bitrate: 32, name: "x" });
    expect(made.measured.lufs).to.be.within(-16.3, -15.7);
    expect(made.samples).to.equal(3 * 48_000);
  });
});
