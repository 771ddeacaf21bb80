import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { createPiperVoice } from "../../../src/server/speech/piper-voice.js";
import { FakeClock } from "../../support/fake-clock.js";
import { readWav } from "../../support/read-wav-file.js";
import { SAMPLES_PER_PHONEME, writeTinyPiper } from "../../support/tiny-piper.js";

const { signal } = new AbortController();

describe("a Piper voice", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-piper-"));
    await writeTinyPiper(join(folder, "vais1000"));
  });
  after(() => rm(folder, { recursive: true }));

  function start(dir: string, module?: string) {
    const clock = new FakeClock();
    const voice = createPiperVoice({ dir: join(folder, dir), clock, log: silentLog, ...(module ? { module } : {}) });
    const speak = (name: string) =>
      voice.speak("Xin chào bà con.", { choice: voice.choose({}), file: join(folder, name) }, signal);
    return { clock, voice, speak };
  }

  it("speaks from a folder with a model", async () => {
    const { voice, speak } = start("vais1000");
    expect(voice.problem()).to.equal(undefined);
    expect(voice.choose({ voice: "x", speed: 1.2 })).to.deep.equal({
      provider: "piper",
      voice: "vais1000",
      speed: 1.2,
    });
    await speak("a.wav");
    await voice.close();
    const { rate, samples } = readWav(await readFile(join(folder, "a.wav")));
    expect(rate).to.equal(22_050);
    // Four syllables have some dozen phonemes; Piper puts a sign between each two.
    expect(samples.length / SAMPLES_PER_PHONEME).to.be.within(15, 60);
    const crossings = samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length;
    expect((crossings / samples.length) * rate).to.be.closeTo(440, 5);
  });

  it("says what is missing in a wrong folder", async () => {
    await mkdir(join(folder, "empty"));
    expect(start("empty").voice.problem()?.vi).to.contain("thiếu *.onnx");
    expect(start("nowhere").voice.problem()?.vi).to.contain("thiếu *.onnx");
    await writeTinyPiper(join(folder, "half"));
    await rm(join(folder, "half", "tokens.txt"));
    expect(start("half").voice.problem()?.en).to.contain("tokens.txt is missing");
    expect(
      await start("half")
        .speak("b.wav")
        .catch((thrown: unknown) => thrown),
    ).to.include({ code: "unavailable" });
  });

  it("says so when the module is not installed", () => {
    expect(start("vais1000", "no-such-module").voice.problem()?.vi).to.contain("sherpa-onnx-node");
  });

  it("survives a model that ends its program, and leaves it alone for a while", async () => {
    await writeTinyPiper(join(folder, "bad"), { model_type: "vits" });
    const { clock, voice, speak } = start("bad");
    expect(voice.problem()).to.equal(undefined);
    expect(await speak("c.wav").catch((thrown: unknown) => thrown)).to.include({
      code: "unavailable",
      reason: "crashed",
    });
    expect(voice.problem()?.en).to.contain("sample_rate");
    clock.advance(60_000);
    expect(voice.problem()).to.equal(undefined);
    await voice.close();
  });
});
