import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createLog } from "../../../src/base/log.js";
import { ssmlOf } from "../../../src/language/index.js";
import { createHttpVoice, type HttpTemplate } from "../../../src/server/speech/http-voice.js";
import { FakeClock } from "../../support/fake-clock.js";
import { type Answer, letTimePass, startDouble } from "../../support/http-double.js";
import { tinyMp3 } from "../../support/tiny-mp3.js";

const WAV = Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVEfmt "), Buffer.alloc(40)]);
const json =
  (value: unknown): Answer =>
  (response) =>
    response.writeHead(200).end(JSON.stringify(value));

describe("a voice by template", () => {
  let folder: string;
  let files = 0;
  let close = async () => {};
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-http-"));
  });
  afterEach(() => close());
  after(() => rm(folder, { recursive: true }));

  async function start(answer: Answer, changes: Partial<HttpTemplate> = {}) {
    const clock = new FakeClock();
    const lines: string[] = [];
    const double = await startDouble(answer);
    close = double.close;
    const template: HttpTemplate = {
      ...{
        method: "POST",
        headers: {},
        voices: ["hn-nu", "sg-nam"],
        maxLetters: 1000,
        timeoutMs: 5000,
        allowPrivate: true,
      },
      ...changes,
      url: double.url + (changes.url ?? "/tts"),
    };
    const voice = createHttpVoice({
      ...{ template, clock, random: () => 0, env: { KEY: "s3cret" } },
      log: createLog(clock, (line) => lines.push(line), "debug"),
    });
    const speak = async (text = "Xin chào") => {
      const file = join(folder, `${files++}.audio`);
      const choice = { provider: "http", voice: "sg-nam", speed: 0.9 };
      await letTimePass(clock, voice.speak(text, { choice, file }, new AbortController().signal));
      return readFile(file);
    };
    const failure = (text?: string) =>
      speak(text).then(
        () => expect.fail("it spoke"),
        (thrown: Error & { reason: string }) => thrown,
      );
    return { double, voice, speak, failure, lines };
  }

  it("fills text, voice, speed and a secret, each so that it stays a value", async () => {
    const { double, speak } = await start((response) => response.end(WAV), {
      url: "/v1/{voice}?q={text}&s={{speed}}",
      headers: { Authorization: "Bearer {env:KEY}", "X-Text": "{text}" },
      body: '{"input":"{text}","voice":{"id":"{{voice}}"},"speed":{speed}}',
    });
    const text = 'Chào "bà con" & {voice}\n\\ {env:KEY}';
    expect(await speak(text)).to.deep.equal(WAV);
    const [asked] = double.asked;
    expect(JSON.parse(asked?.body ?? "")).to.deep.equal({ input: text, voice: { id: "sg-nam" }, speed: 0.9 });
    expect(asked?.url.pathname).to.equal("/v1/sg-nam");
    expect(Object.fromEntries(asked?.url.searchParams ?? [])).to.deep.equal({ q: text, s: "0.9" });
    expect(asked?.headers).to.include({
      authorization: "Bearer s3cret",
      "content-type": "application/json",
      "x-text": encodeURIComponent(text),
    });
  });

  it("fills forms and XML by their own rules", async () => {
    const type = (of: string) => ({ "content-type": of });
    const form = await start((response) => response.end(WAV), {
      headers: type("application/x-www-form-urlencoded"),
      body: "t={text}",
    });
    await form.speak("a&b=c d");
    expect(form.double.asked[0]?.body).to.equal("t=a%26b%3Dc%20d");
    await close();
    const xml = await start((response) => response.end(WAV), {
      headers: type("application/ssml+xml"),
      body: "<speak>{text}</speak>",
    });
    await xml.speak('<break/> & "x"');
    expect(xml.double.asked[0]?.body).to.equal("<speak>&lt;break/&gt; &amp; &quot;x&quot;</speak>");
  });

  it("hands the text over as SSML where the template asks for it: as a value in JSON, as markup in XML", async () => {
    const ssml = ssmlOf('Chào "bà con".');
    const google = await start((response) => response.end(WAV), { body: '{"input":{"ssml":"{ssml}"}}' });
    await google.speak('Chào "bà con".');
    expect(JSON.parse(google.double.asked[0]?.body ?? "")).to.deep.equal({ input: { ssml } });
    await close();
    const xml = await start((response) => response.end(WAV), {
      headers: { "content-type": "application/ssml+xml" },
      body: "{ssml}",
    });
    await xml.speak('Chào "bà con".');
    expect(xml.double.asked[0]?.body).to.equal(ssml);
  });

  it("finds the sound in a JSON answer", async () => {
    const { speak } = await start(json({ data: [{ audio: WAV.toString("base64") }] }), {
      responsePath: "data.0.audio",
    });
    expect(await speak()).to.deep.equal(WAV);
  });

  it("fetches the sound from the address in a JSON answer", async () => {
    const { double, speak } = await start(
      (response, { url }) => {
        if (url.pathname === "/file.wav") response.end(WAV);
        else json({ async: `${double.url}/file.wav` })(response, { url } as never, 0);
      },
      { responsePath: "async" },
    );
    expect(await speak()).to.deep.equal(WAV);
    expect(double.asked.map(({ url }) => url.pathname)).to.deep.equal(["/tts", "/file.wav"]);
  });

  it("follows a redirect on the same host only", async () => {
    const { speak } = await start((response, { url }) => {
      if (url.pathname === "/tts") response.writeHead(307, { location: "/other" }).end();
      else response.end(WAV);
    });
    expect(await speak()).to.deep.equal(WAV);
    await close();
    const away = await start((response) => response.writeHead(302, { location: "http://127.0.0.2/x" }).end());
    expect((await away.failure()).reason).to.equal("redirected");
  });

  it("sends a long text in parts and joins their MP3", async () => {
    const { double, speak } = await start((response, _, number) => response.end(tinyMp3(1, number)), {
      maxLetters: 50,
      body: "{text}",
      headers: { "content-type": "text/plain" },
    });
    const sound = await speak("Câu thứ nhất rất dài. Câu thứ hai. Câu thứ ba cũng khá dài đấy. Câu cuối.");
    expect(double.asked.map(({ body }) => body)).to.have.members([
      "Câu thứ nhất rất dài. Câu thứ hai.",
      "Câu thứ ba cũng khá dài đấy. Câu cuối.",
    ]);
    expect(sound).to.have.length(2 * 96);
    await close();
    const wav = await start((response) => response.end(WAV), { maxLetters: 50 });
    expect((await wav.failure("Câu dài. ".repeat(20))).reason).to.equal("too-long");
  });

  const wrong: Record<string, { answer: Answer; reason: string; changes?: Partial<HttpTemplate> }> = {
    HTML: { answer: (response) => response.end("<html></html>"), reason: "not-audio" },
    "JSON without the sound": {
      answer: json({ error: "quota" }),
      reason: "not-audio",
      changes: { responsePath: "data.audio" },
    },
    "JSON that leads into a prototype": {
      answer: json({}),
      reason: "not-audio",
      changes: { responsePath: "constructor.name" },
    },
    "no JSON": { answer: (response) => response.end("x"), reason: "not-audio", changes: { responsePath: "a" } },
    "a wrong key": { answer: (response) => response.writeHead(401).end(), reason: "refused" },
    silence: { answer: () => undefined, reason: "timeout" },
    "a missing secret": {
      answer: (response) => response.end(WAV),
      reason: "refused",
      changes: { url: "/{env:OTHER}" },
    },
  };
  for (const [what, { answer, reason, changes }] of Object.entries(wrong)) {
    it(`fails with “${reason}” for ${what}`, async () => {
      const { failure } = await start(answer, changes);
      expect((await failure()).reason).to.equal(reason);
    });
  }

  it("refuses private addresses unless they are allowed, however they are written", async () => {
    const { double, failure } = await start((response) => response.end(WAV), { allowPrivate: false });
    expect((await failure()).reason).to.equal("private-address");
    for (const host of ["localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"]) {
      const template = {
        url: `http://${host}:${new URL(double.url).port}/`,
        method: "GET" as const,
        headers: {},
        voices: [],
        maxLetters: 100,
        timeoutMs: 1000,
      };
      const clock = new FakeClock();
      const voice = createHttpVoice({ template, clock, random: () => 0, env: {}, log: createLog(clock, () => {}) });
      const speaking = voice.speak(
        "Xin chào",
        { choice: voice.choose({}), file: join(folder, "no") },
        new AbortController().signal,
      );
      // No time passes: looking a name up takes as long as it takes.
      const thrown = await speaking.catch((fault: { reason: string }) => fault);
      expect(thrown, host).to.include({ reason: "private-address" });
    }
    expect(double.asked).to.have.length(0);
  });

  it("tells neither key nor text to the log or to people", async () => {
    const { failure, lines } = await start((response) => response.writeHead(500).end(), {
      url: "/x?key={env:KEY}",
      headers: { authorization: "{env:KEY}" },
    });
    const thrown = await failure("Bản tin mật");
    expect(JSON.stringify([lines, thrown, String(thrown.cause), thrown.stack])).to.not.match(/s3cret|Bản tin mật/);
    expect(lines).to.not.deep.equal([]);
  });
});
