import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { Fault, type Words } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import type { Provider } from "../../../src/server/speech/provider.js";
import { createVoices } from "../../../src/server/speech/voices.js";
import { FakeClock } from "../../support/fake-clock.js";

/** A provider that writes what it was asked for, unless `fails` says why not. */
function aProvider(name: string, voices = ["mặc định"], fails: () => Fault | undefined = () => undefined) {
  const spoken: string[] = [];
  const trouble: { words?: Words } = {};
  const provider: Provider = {
    name,
    extension: "wav",
    fingerprint: "1",
    voices: voices.map((voice) => ({ voice, title: { vi: voice, en: voice } })),
    problem: () => trouble.words,
    choose: (wish) => ({
      provider: name,
      voice: voices.includes(wish.voice ?? "") ? (wish.voice ?? "") : (voices[0] ?? ""),
      speed: wish.speed ?? 1,
    }),
    async speak(text, { choice, file }) {
      spoken.push(text);
      await writeFile(file, `${name} ${choice.voice} ${choice.speed}: ${text}`);
      const fault = fails();
      if (fault) throw fault;
    },
    async close() {},
  };
  return { provider, spoken, trouble };
}
const down = () => new Fault("unavailable", { vi: "Mất mạng.", en: "No network." }, { reason: "offline" });

describe("the chain of voices", () => {
  let folder: string;
  const { signal } = new AbortController();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-voices-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const chain = (...providers: { provider: Provider }[]) =>
    createVoices({
      cacheFolder: join(folder, "cache"),
      providers: providers.map(({ provider }) => provider),
      clock: new FakeClock(),
      log: silentLog,
    });
  const kept = () => readdir(join(folder, "cache"));

  it("lets the first voice speak and tells which one it was", async () => {
    const voices = chain(aProvider("google"), aProvider("espeak"));
    const { file, voice } = await voices.speak("Xin chào", {}, signal);
    expect(voice).to.deep.equal({ provider: "google", voice: "mặc định", speed: 1 });
    expect(await readFile(file, "utf8")).to.equal("google mặc định 1: Xin chào");
  });

  it("asks the wished provider first, and the one that has the wished voice", async () => {
    const voices = chain(aProvider("google"), aProvider("espeak", ["bắc", "nam"]));
    const wished = async (wish: object) => (await voices.speak("Xin chào", wish, signal)).voice;
    expect(await wished({ provider: "espeak" })).to.deep.equal({ provider: "espeak", voice: "bắc", speed: 1 });
    expect(await wished({ voice: "nam", speed: 0.8 })).to.deep.equal({ provider: "espeak", voice: "nam", speed: 0.8 });
    expect(await wished({ provider: "none" })).to.include({ provider: "google" });
  });

  it("falls to the next voice, keeping the speed but not the voice of the wish, and leaves nothing half made", async () => {
    const google = aProvider("google", ["vi"], down);
    const voices = chain(google, aProvider("espeak", ["bắc", "vi"]));
    const { file, voice } = await voices.speak("Xin chào", { provider: "google", voice: "vi", speed: 0.8 }, signal);
    expect(voice).to.deep.equal({ provider: "espeak", voice: "bắc", speed: 0.8 });
    expect(google.spoken).to.have.length(1);
    expect(await kept()).to.deep.equal([basename(file)]);
  });

  it("passes over a voice that says it does not work, but still uses what it said before", async () => {
    const google = aProvider("google");
    const voices = chain(google, aProvider("espeak"));
    const before = await voices.speak("Xin chào", {}, signal);
    google.trouble.words = down().words;
    expect(await voices.speak("Xin chào", {}, signal)).to.deep.equal(before);
    expect((await voices.speak("Tin mới", {}, signal)).voice.provider).to.equal("espeak");
    expect(voices.list().map(({ works, problem }) => [works, problem?.en])).to.deep.equal([
      [false, "No network."],
      [true, undefined],
    ]);
  });

  it("remembers what was said, also for the next start, by text, voice and speed", async () => {
    const first = aProvider("espeak", ["bắc", "nam"]);
    const a = await chain(first).speak("Xin chào", {}, signal);
    const again = aProvider("espeak", ["bắc", "nam"]);
    const voices = chain(again);
    expect((await voices.speak("Xin chào", {}, signal)).file).to.equal(a.file);
    expect(again.spoken).to.deep.equal([]);
    for (const wish of [{ voice: "nam" }, { speed: 1.2 }]) await voices.speak("Xin chào", wish, signal);
    await voices.speak("xin chào", {}, signal);
    expect(again.spoken).to.have.length(3);
  });

  it("finds a text again that was typed in decomposed letters", async () => {
    const espeak = aProvider("espeak");
    const voices = chain(espeak);
    await voices.speak("phường một", {}, signal);
    await voices.speak(" phường một\n".normalize("NFD"), {}, signal);
    expect(espeak.spoken).to.deep.equal(["phường một"]);
  });

  it("speaks once for many who ask for the same at once", async () => {
    const espeak = aProvider("espeak");
    const voices = chain(espeak);
    const all = await Promise.all(Array.from({ length: 5 }, () => voices.speak("Xin chào", {}, signal)));
    expect(new Set(all.map(({ file }) => file)).size).to.equal(1);
    expect(espeak.spoken).to.have.length(1);
  });

  it("keeps the draft's owner informed when no voice could speak", async () => {
    const trouble = await chain(aProvider("google", ["vi"], down), aProvider("espeak", ["vi"], down))
      .speak("Xin chào", {}, signal)
      .catch((thrown: unknown) => thrown);
    expect(trouble).to.include({ code: "unavailable", reason: "no-voice" });
    expect(trouble)
      .to.have.nested.property("words.vi")
      .that.contains("Mất mạng.")
      .and.contains("Bản thảo vẫn được giữ");
  });

  it("does not hide a bug behind the next voice", async () => {
    const broken = aProvider("google");
    broken.provider.speak = async () => {
      throw new TypeError("a bug");
    };
    const spoken = chain(broken, aProvider("espeak")).speak("Xin chào", {}, signal);
    expect(await spoken.catch((thrown: unknown) => thrown)).to.be.instanceOf(TypeError);
  });

  it("refuses a text without words and one that is too long", async () => {
    const voices = chain(aProvider("espeak"));
    for (const text of ["", " \n…!"]) {
      expect(await voices.speak(text, {}, signal).catch((thrown: unknown) => thrown)).to.include({ code: "invalid" });
    }
    const long = await voices.speak("a".repeat(60_001), {}, signal).catch((thrown: unknown) => thrown);
    expect(long).to.include({ code: "too-large" });
  });

  it("stops when it is told to, and serves the others that wait for the same", async () => {
    const stop = new AbortController();
    const slow = aProvider("espeak");
    const write = slow.provider.speak;
    let calls = 0;
    slow.provider.speak = async (text, to, given) => {
      if (calls++ > 0) return write(text, to, given);
      return new Promise((_, reject) => given.addEventListener("abort", () => reject(given.reason)));
    };
    const voices = chain(slow);
    const stopped = voices.speak("Xin chào", {}, stop.signal).catch((thrown: Error) => thrown.message);
    // Only then the other: whoever comes first is the one that speaks.
    while (calls === 0) await new Promise((resolve) => setImmediate(resolve));
    const waiting = voices.speak("Xin chào", {}, signal);
    stop.abort(new Error("enough"));
    expect(await stopped).to.equal("enough");
    expect(await readFile((await waiting).file, "utf8")).to.contain("Xin chào");
    expect(await kept()).to.have.length(1);
  });
});
