import { setMaxListeners } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { ms } from "../../../src/base/units.js";
import { createGoogleVoice } from "../../../src/server/speech/google-voice.js";
import { FakeClock } from "../../support/fake-clock.js";
import { type Answer, letTimePass, startDouble } from "../../support/http-double.js";
import { tinyMp3 } from "../../support/tiny-mp3.js";

const mp3 = (response: ServerResponse, bytes = tinyMp3(3)) =>
  response.writeHead(200, { "content-type": "audio/mpeg" }).end(bytes);
const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end("no");

describe("the Google voice", () => {
  let folder: string;
  let files = 0;
  let close = async () => {};
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-google-"));
  });
  afterEach(() => close());
  after(() => rm(folder, { recursive: true }));

  async function start(answer: Answer) {
    const clock = new FakeClock();
    const double = await startDouble(answer);
    close = double.close;
    const voice = createGoogleVoice({ clock, random: () => 0.5, log: silentLog, host: double.url, timeout: ms(8000) });
    const stop = new AbortController();
    const speak = async (text = "Xin chào bà con.") => {
      const file = join(folder, `${files++}.mp3`);
      await letTimePass(clock, voice.speak(text, { choice: voice.choose({}), file }, stop.signal));
      return readFile(file);
    };
    const reason = (text?: string) =>
      speak(text).then(
        () => "spoke",
        (thrown: { reason: string }) => thrown.reason,
      );
    return { clock, double, voice, stop, speak, reason };
  }

  it("asks for the text in Vietnamese and keeps the MP3", async () => {
    const { double, speak, voice } = await start((response) => mp3(response));
    expect(await speak()).to.deep.equal(tinyMp3(3));
    expect(Object.fromEntries(double.asked[0]?.url.searchParams ?? [])).to.include({ q: "Xin chào bà con.", tl: "vi" });
    expect(voice.choose({ voice: "x", speed: 2 })).to.deep.equal({ provider: "google", voice: "vi", speed: 1 });
  });

  it("asks for at most 199 units at a time, two requests at once, and joins the answers in order", async () => {
    let open = 0;
    let mostOpen = 0;
    let held: (() => void)[] = [];
    const { double, speak } = await start((response, { url }, number) => {
      mostOpen = Math.max(mostOpen, ++open);
      response.once("finish", () => {
        open -= 1;
      });
      held.push(() => mp3(response, tinyMp3(1, Number(/\d+/.exec(url.searchParams.get("q") ?? "")?.[0]))));
      if (held.length < 2 && number < 8) return;
      // The later of two is answered first.
      for (const answer of held.reverse()) answer();
      held = [];
    });
    const sentences = Array.from({ length: 9 }, (_, number) => `Câu ${number} ${"dài ".repeat(40)}hết.`);
    expect(await speak(sentences.join(" "))).to.deep.equal(Buffer.concat(sentences.map((_, mark) => tinyMp3(1, mark))));
    expect(mostOpen).to.equal(2);
    for (const { url } of double.asked) expect(url.searchParams.get("q")?.length).to.be.below(200);
  });

  it("leaves a tag before the frames out", async () => {
    const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5]);
    const { speak } = await start((response) => mp3(response, Buffer.concat([tag, tinyMp3(2)])));
    expect(await speak()).to.deep.equal(tinyMp3(2));
  });

  it("tries again after an error of the server and a broken connection", async () => {
    const { double, speak } = await start((response, _, number) => {
      if (number === 0) return status(503)(response);
      if (number === 1) return response.destroy();
      return mp3(response);
    });
    expect(await speak()).to.deep.equal(tinyMp3(3));
    expect(double.asked).to.have.length(3);
  });

  it("tries three times more and then gives up", async () => {
    const { double, reason } = await start(status(503));
    expect(await reason()).to.equal("server-error");
    expect(double.asked).to.have.length(4);
  });

  it("waits as long as a 429 asks for, and gives up when that is too long", async () => {
    const times: number[] = [];
    const patient = await start((response, _, number) => {
      times.push(patient.clock.now());
      return number === 0 ? status(429, { "retry-after": "7" })(response) : mp3(response);
    });
    await patient.speak();
    expect((times[1] ?? 0) - (times[0] ?? 0)).to.be.within(7000, 7500);
    await close();
    const impatient = await start(status(429, { "retry-after": "3600" }));
    expect(await impatient.reason()).to.equal("rate-limited");
    expect(impatient.double.asked).to.have.length(1);
  });

  const failures: Record<string, { answer: Answer; reason: string; calls: number }> = {
    "a page of HTML": {
      answer: (response) =>
        response.writeHead(200, { "content-type": "audio/mpeg" }).end("<html>Are you human?</html>"),
      ...{ reason: "not-audio", calls: 1 },
    },
    "nothing at all": { answer: (response) => mp3(response, Buffer.alloc(0)), reason: "not-audio", calls: 1 },
    "sound that breaks off inside a frame": {
      answer: (response) => mp3(response, tinyMp3(3).subarray(0, 250)),
      ...{ reason: "truncated", calls: 4 },
    },
    "less than it promised": {
      answer: (response) => {
        response.writeHead(200, { "content-length": 288 }).write(tinyMp3(1));
        setImmediate(() => response.destroy());
      },
      ...{ reason: "truncated", calls: 4 },
    },
    "more than is allowed": {
      answer: (response) => mp3(response, Buffer.alloc(2_000_001)),
      ...{ reason: "too-large", calls: 1 },
    },
    "a way to another host": {
      answer: status(302, { location: "http://127.0.0.2:1/sorry" }),
      ...{ reason: "redirected", calls: 1 },
    },
    "no to the request": { answer: status(403), reason: "refused", calls: 1 },
    "nothing, ever": { answer: () => undefined, reason: "timeout", calls: 1 },
    "half of it, then nothing": {
      answer: (response) => response.writeHead(200).write(tinyMp3(1)),
      ...{ reason: "timeout", calls: 1 },
    },
  };
  for (const [what, { answer, reason: expected, calls }] of Object.entries(failures)) {
    it(`fails with “${expected}” when the answer is ${what}`, async () => {
      const { double, reason, clock } = await start(answer);
      expect(await reason()).to.equal(expected);
      expect(double.asked).to.have.length(calls);
      expect(clock.armed).to.equal(0);
    });
  }

  it("is offline at once when nobody listens, and when the name is unknown", async () => {
    const { double, reason, clock } = await start((response) => mp3(response));
    await double.close();
    close = async () => {};
    expect(await reason()).to.equal("offline");
    expect(clock.now()).to.be.below(2000);
    const options = { clock, random: () => 0, log: silentLog, host: "http://nowhere.invalid" };
    const lost = createGoogleVoice(options).speak(
      "Xin chào",
      { choice: { provider: "google", voice: "vi", speed: 1 }, file: "x" },
      new AbortController().signal,
    );
    expect(await letTimePass(clock, lost).catch((thrown: { reason: string }) => thrown.reason)).to.equal("offline");
  });

  it("is left alone after a failure, longer each time, until it works", async () => {
    let works = false;
    const { clock, double, voice, reason, speak } = await start((response) => works && mp3(response));
    expect(await reason()).to.equal("timeout");
    expect(voice.problem()?.vi).to.contain("tạm nghỉ");
    expect(await reason()).to.equal("resting");
    expect(double.asked).to.have.length(1);
    clock.advance(30_000);
    expect(voice.problem()).to.equal(undefined);
    expect(await reason()).to.equal("timeout");
    clock.advance(30_000);
    expect(await reason()).to.equal("resting");
    clock.advance(30_000);
    works = true;
    await speak();
    works = false;
    expect(await reason()).to.equal("timeout");
    clock.advance(30_000);
    expect(voice.problem()).to.equal(undefined);
  });

  it("is not left alone when only one text was refused", async () => {
    const { voice, reason } = await start(status(400));
    expect(await reason()).to.equal("refused");
    expect(voice.problem()).to.equal(undefined);
  });

  it("makes the other texts wait no longer than one does when the service hangs", async () => {
    const { clock, double, voice, stop } = await start(() => undefined);
    setMaxListeners(0, stop.signal);
    const speak = (number: number) =>
      voice.speak(`Bản tin ${number}.`, { choice: voice.choose({}), file: join(folder, `n${number}`) }, stop.signal);
    const all = Array.from({ length: 20 }, (_, number) =>
      speak(number).catch((thrown: { reason: string }) => thrown.reason),
    );
    const reasons = await letTimePass(clock, Promise.all(all));
    expect(new Set(reasons)).to.deep.equal(new Set(["timeout", "resting"]));
    expect(double.asked).to.have.length(2);
    expect(clock.now()).to.be.below(9000);
  });

  it("stops when it is told to, with nothing left under way", async () => {
    const { clock, reason, stop } = await start((_response, _asked, number) => {
      if (number === 1) stop.abort(Object.assign(new Error("enough"), { reason: "enough" }));
    });
    expect(await reason("Một câu. Hai câu. Ba câu.")).to.equal("enough");
    expect(clock.armed).to.equal(0);
  });

  it("never runs what the service sends", async () => {
    const { reason } = await start((response) => response.writeHead(200).end('xxxxx(globalThis.PWNED=true,"")'));
    expect(await reason()).to.equal("not-audio");
    expect(globalThis).to.not.have.property("PWNED");
  });
});
