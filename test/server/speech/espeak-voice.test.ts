import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { silentLog } from "../../../src/base/log.js";
import { createEspeakVoice } from "../../../src/server/speech/espeak-voice.js";
import { createVoiceProcess, type VoiceProcess } from "../../../src/server/speech/voice-process.js";
import { readWav } from "../../support/read-wav-file.js";

const program = new URL("../../../src/server/speech/espeak-program", import.meta.url);
const { signal } = new AbortController();
const SENTENCE = "Mời bà con nhân dân phường một họp.";

describe("the embedded voice", () => {
  let speaker: VoiceProcess;
  const say = (text: string, { voice = "vi", speed = 1 } = {}) => speaker.say({ text, voice, speed }, signal);

  before(() => {
    speaker = createVoiceProcess({ program, title: "eSpeak NG", clock: systemClock, log: silentLog });
  });
  after(() => speaker.close());

  it("speaks Vietnamese", async () => {
    const { samples, rate, phonemes = "" } = await say(SENTENCE);
    expect(rate).to.equal(22_050);
    expect(phonemes.replace(/\s+/g, " ").trim()).to.equal("m ˈəː j b ˈaː k ˌɔ n ɲ ˈə n z ˈə n f ˈyə ŋ m ˈo t̪ h ˈɔ p");
    // Eight syllables; spelling the letters out would take three times as long.
    expect(samples.length / rate).to.be.within(1.6, 3.2);
  });

  it("hears no difference between composed and decomposed letters", async () => {
    const [composed, decomposed] = [await say(SENTENCE), await say(SENTENCE.normalize("NFD"))];
    expect(decomposed.phonemes).to.equal(composed.phonemes);
  });

  it("has three accents", async () => {
    const heard = new Set<string | undefined>();
    for (const voice of ["vi", "vi-vn-x-central", "vi-vn-x-south"])
      heard.add((await say(SENTENCE, { voice })).phonemes);
    expect(heard.size).to.equal(3);
  });

  it("refuses a voice that it does not have, and goes on", async () => {
    const refused = await say(SENTENCE, { voice: "nobody" }).catch((thrown: unknown) => thrown);
    expect(refused).to.include({ code: "unavailable", reason: "refused" });
    expect((await say(SENTENCE)).samples.length).to.be.above(0);
  });

  it("takes markup for text and never for a command", async () => {
    const plain = await say("Mời bà con họp");
    // As a command this would be five seconds of silence, and the figure would not be heard.
    const marked = await say('Mời <break time="5s"/> bà con họp');
    expect(marked.phonemes).to.contain("n ˈa m");
    expect(marked.samples.length / 22_050).to.be.below(plain.samples.length / 22_050 + 4);
    const phonetic = await say("Mời [[h@l'oU]] bà con họp &amp;");
    expect(phonetic.phonemes).to.contain("h ˈɔ p");
    const sign = await say("Mời < bà con họp");
    expect(sign.samples.length).to.be.closeTo(plain.samples.length, 4000);
  });

  it("gives nothing but silence as nothing", async () => {
    expect((await say("…")).samples.length).to.equal(0);
  });

  it("speaks faster and slower", async () => {
    const lengths = [];
    for (const speed of [0.7, 1, 1.5]) lengths.push((await say(SENTENCE, { speed })).samples.length);
    expect(lengths).to.deep.equal(lengths.toSorted((a, b) => b - a));
  });

  it("does not mix texts that are spoken together", async () => {
    const texts = ["một hai ba", "chợ Đà Lạt", "xin cảm ơn bà con", "tổ dân phố"];
    const alone = [];
    for (const text of texts) alone.push((await say(text)).phonemes);
    const together = await Promise.all(texts.map((text) => say(text)));
    expect(together.map(({ phonemes }) => phonemes)).to.deep.equal(alone);
  });

  it("is restarted when it is killed, and the phrase is asked for again", async () => {
    const expected = await say(SENTENCE);
    const before = speaker.pid() ?? 0;
    const speaking = Promise.all(Array.from({ length: 8 }, () => say(SENTENCE)));
    process.kill(before, "SIGKILL");
    for (const sound of await speaking) expect(sound.phonemes).to.equal(expected.phonemes);
    expect(speaker.pid()).to.not.equal(before);
  });
});

describe("createEspeakVoice", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-espeak-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("writes a WAV file with pauses between sentences and longer ones between paragraphs", async () => {
    const voice = createEspeakVoice({ clock: systemClock, log: silentLog });
    const file = join(folder, "a.wav");
    await voice.speak("Một. Hai.\nBa.", { choice: voice.choose({}), file }, signal);
    await voice.close();
    const { rate, samples } = readWav(await readFile(file));
    expect(rate).to.equal(22_050);
    const pauses = quietSeconds(samples).filter((seconds) => seconds > 0.3);
    expect(pauses).to.have.length(2);
    expect(pauses[0]).to.be.closeTo(0.4, 0.05);
    expect(pauses[1]).to.be.closeTo(0.8, 0.05);
  });

  it("does the nearest to a wish that it can", async () => {
    const voice = createEspeakVoice({ voice: "vi-vn-x-south", clock: systemClock, log: silentLog });
    expect(voice.choose({})).to.deep.equal({ provider: "espeak", voice: "vi-vn-x-south", speed: 1 });
    expect(voice.choose({ voice: "vi", speed: 0.5 })).to.deep.equal({ provider: "espeak", voice: "vi", speed: 0.62 });
    expect(voice.choose({ voice: "nobody" }).voice).to.equal("vi-vn-x-south");
    await voice.close();
  });
});

/** Lengths of the stretches in which nothing is heard. */
function quietSeconds(samples: Int16Array): number[] {
  const lengths: number[] = [];
  let quiet = 0;
  for (const sample of samples) {
    if (Math.abs(sample) <= 100) quiet += 1;
    else {
      lengths.push(quiet / 22_050);
      quiet = 0;
    }
  }
  return lengths;
}
