import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { createVoiceProcess, type VoiceProcess } from "../../../src/server/speech/voice-process.js";
import { FakeClock } from "../../support/fake-clock.js";

const program = new URL("../../support/odd-speaker", import.meta.url);

describe("a speaking program", () => {
  let folder: string;
  const open: VoiceProcess[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-voice-"));
  });
  afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));
  after(() => rm(folder, { recursive: true }));

  function start(argument: string[] = []) {
    const clock = new FakeClock();
    const speaker = createVoiceProcess({ program, arguments: argument, title: "thử", clock, log: silentLog });
    open.push(speaker);
    const stop = new AbortController();
    const say = (text: string) => speaker.say({ text, voice: "vi", speed: 1 }, stop.signal);
    const failure = (text: string) => say(text).catch((thrown: { reason: string }) => thrown.reason);
    return { clock, speaker, say, failure, stop };
  }

  it("is started by the first phrase and says it", async () => {
    const { speaker, say } = start();
    expect(speaker.pid()).to.equal(undefined);
    const { samples, rate, phonemes } = await say("xin");
    expect({ length: samples.length, value: samples[299], rate, phonemes }).to.deep.equal({
      ...{ length: 300, value: 1000, rate: 8000 },
      phonemes: "xin",
    });
    expect(speaker.pid()).to.be.a("number");
  });

  it("is started afresh when it dies, and asked again", async () => {
    const { say } = start([join(folder, "died")]);
    expect((await say("chết một lần")).phonemes).to.equal("chết một lần");
  });

  it("is given up when it dies twice over one phrase, and serves the next", async () => {
    const { say, failure } = start();
    expect(await failure("chết")).to.equal("crashed");
    expect((await say("xin")).phonemes).to.equal("xin");
  });

  it("is killed when it hangs, and the next phrase is served", async () => {
    const { clock, speaker, say, failure } = start();
    await say("xin");
    const first = speaker.pid();
    const hanging = failure("treo");
    await until(() => clock.armed === 1);
    clock.advance(20_000);
    await until(() => speaker.pid() !== undefined && speaker.pid() !== first && clock.armed === 1);
    // The start of the second run is waited for first, and only then the phrase.
    while ((await Promise.race([hanging, turn()])) === undefined) clock.advance(100);
    expect(await hanging).to.equal("hung");
    expect((await say("xin")).phonemes).to.equal("xin");
  });

  it("passes a refusal on without a restart", async () => {
    const { speaker, say, failure } = start();
    await say("xin");
    const before = speaker.pid();
    expect(await failure("từ chối")).to.equal("refused");
    expect(speaker.pid()).to.equal(before);
  });

  it("says why when it cannot work on this machine", async () => {
    const { say } = start(["unfit"]);
    const thrown = await say("xin").catch((thrown: unknown) => thrown);
    expect(thrown).to.include({ code: "unavailable", reason: "unfit" });
    expect(thrown).to.have.nested.property("words.en").that.contains("no voice here");
  });

  it("lets go of a phrase that nobody waits for, and of one whose turn has not come", async () => {
    const { say, stop, speaker } = start();
    await say("xin");
    const both = Promise.allSettled([say("treo"), say("xin")]);
    stop.abort(new Error("enough"));
    expect((await both).map((each) => each.status === "rejected" && each.reason.message)).to.deep.equal([
      "enough",
      "enough",
    ]);
    expect(speaker.pid()).to.be.a("number");
  });

  it("ends when nobody has asked for five minutes, and comes back", async () => {
    const { clock, speaker, say } = start();
    await say("xin");
    clock.advance(299_000);
    expect(speaker.pid()).to.be.a("number");
    clock.advance(1000);
    expect(speaker.pid()).to.equal(undefined);
    expect((await say("xin")).phonemes).to.equal("xin");
  });

  it("leaves no program and no timer behind when it is closed, and closes twice", async () => {
    const { clock, speaker, say, failure } = start();
    await say("xin");
    const pid = speaker.pid() ?? 0;
    await speaker.close();
    await speaker.close();
    expect(clock.armed).to.equal(0);
    expect(() => process.kill(pid, 0)).to.throw(/ESRCH/);
    expect(await failure("xin")).to.equal("closed");
  });
});

const turn = (): Promise<undefined> => new Promise((resolve) => setImmediate(() => resolve(undefined)));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}
