import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { instant, micros } from "../../src/base/units.js";
import { startHardware } from "../../src/relay/hardware.js";
import { createLineReader } from "../../src/relay/hardware-command.js";
import { createListening } from "../../src/relay/listening.js";
import { type Press, parsePress } from "../../src/relay/presses.js";
import { createLevelJudge, parseLevel, peakDb } from "../../src/relay/sound/levels.js";
import { createNullSink } from "../../src/relay/sound/sink.js";
import { until } from "./fake-server.js";
import { createPaperHouse, MORNING, peak } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);

describe("a button at the pole", () => {
  const playing = async (more = {}) => {
    const one = createPaperHouse();
    one.speaker.volume.confirm();
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 20_000, ...more })]);
    await one.play(4_000);
    return one;
  };
  const warn = (one: Awaited<ReturnType<typeof playing>>, id: string, inMs = 1_000) => {
    const at = one.now() + inMs * 1000;
    const cue = aCue(CLIP, at, { id: `${id}@20261123t010000z`, class: "emergency", durationMs: 2_000 });
    return one.order({ kind: "cue", cue }, { class: "emergency", confirmedBy: "Chủ tịch" });
  };

  it("silences what sounds within a fade, for good, and the journal says who", async () => {
    const one = await playing();
    one.speaker.pressed("stop");
    expect(peak((await one.play(3_000)).subarray(40 * 48))).to.equal(0);
    expect(one.brief()).to.deep.equal(["due buoi-sang", "started buoi-sang", "cut buoi-sang local-stop"]);
    expect(one.memory.played.get("buoi-sang@20261123t000000z")?.done).to.equal(true);
  });

  it("stops an emergency, too; a later one sounds again", async () => {
    const one = await playing();
    await warn(one, "bao");
    await one.play(2_000);
    one.speaker.pressed("stop");
    expect(peak((await one.play(2_000)).subarray(40 * 48))).to.equal(0);
    await warn(one, "lu");
    expect(peak(await one.play(2_000))).to.be.closeTo(1, 1e-3);
    expect(one.brief()).to.include("cut bao local-stop").and.include("started lu");
  });

  it("mutes what is not an emergency until it is pressed again, and each press is in the journal", async () => {
    const one = await playing();
    one.speaker.pressed("mute");
    expect(one.speaker.state(undefined).muted).to.equal(true);
    expect(peak((await one.play(3_000)).subarray(400 * 48))).to.equal(0);
    await warn(one, "bao");
    expect(peak((await one.play(2_000)).subarray(1_100 * 48))).to.be.closeTo(1, 1e-3);
    await one.play(2_000);
    one.speaker.pressed("mute");
    expect(one.speaker.state(undefined).muted).to.equal(false);
    expect(peak(await one.play(1_000))).to.be.closeTo(0.8, 1e-3);
    expect(one.brief()).to.deep.equal([
      ...["due buoi-sang", "started buoi-sang", "muted  local-mute".replace("  ", " "), "due bao"],
      ...["interrupted buoi-sang preempted", "started bao despite-local-mute", "finished bao", "resumed buoi-sang"],
      "muted local-unmute",
    ]);
  });

  it("says muted for what began and ended while muted, and gives way to the station's word", async () => {
    const one = createPaperHouse();
    one.speaker.pressed("mute");
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 1_000 })]);
    expect(peak(await one.play(4_000))).to.equal(0);
    expect(one.brief().slice(1)).to.deep.equal([
      "due buoi-sang",
      "muted buoi-sang local-mute",
      "muted buoi-sang local-mute",
    ]);
    await one.order({ kind: "mute", muted: false });
    expect(one.speaker.state(undefined).muted).to.equal(false);
  });

  it("tells from where on it is heard what began while it was muted, once", async () => {
    const one = createPaperHouse();
    one.speaker.volume.confirm();
    await one.order({ kind: "mute", muted: true });
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 6_000 })]);
    expect(peak(await one.play(4_000))).to.equal(0);
    await one.order({ kind: "mute", muted: false });
    expect(peak(await one.play(1_000))).to.be.above(0.1);
    one.speaker.pressed("mute");
    await one.play(500);
    one.speaker.pressed("mute");
    await one.play(4_000);
    expect(one.brief().filter((line) => line.includes("buoi-sang"))).to.deep.equal([
      "due buoi-sang",
      "muted buoi-sang muted",
      "resumed buoi-sang unmuted",
      "finished buoi-sang",
    ]);
  });

  it("is understood in the words of the programs that read it", () => {
    const cases: [line: string, press: Press | undefined][] = [
      ["stop", "stop"],
      ["mute", "mute"],
      ["x", "stop"],
      ["event: FALLING EDGE offset: 17 timestamp: [    1234.567]", "stop"],
      ['1234.567890123\tfalling\tgpiochip0 17 "GPIO17"', "stop"],
      ["Event: time 1700000000.123456, type 1 (EV_KEY), code 113 (KEY_MUTE), value 1", "mute"],
      ["Event: time 1700000000.123456, type 1 (EV_KEY), code 128 (KEY_STOP), value 1", "stop"],
      ["Event: time 1700000000.123456, type 1 (EV_KEY), code 113 (KEY_MUTE), value 0", undefined],
      ["Event: time 1700000000.123456, type 1 (EV_KEY), code 113 (KEY_MUTE), value 2", undefined],
      ["Event: time 1700000000.123456, -------------- SYN_REPORT ------------", undefined],
      ["Input driver version is 1.0.1", undefined],
      ["  Event code 113 (KEY_MUTE)", undefined],
      ["", undefined],
    ];
    for (const [line, press] of cases) expect(parsePress(line, "stop"), line).to.equal(press);
  });

  it("is read by a program that is started again when it ends, bounces once, and is gone with the loudspeaker", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-button-"));
    const script = join(folder, "button");
    await writeFile(script, `#!${process.execPath}\nconsole.log("stop\\nstop\\nnot a press at all");`);
    await chmod(script, 0o700);
    const presses: Press[] = [];
    let at = 0;
    const clock = { ...systemClock, now: () => instant(at) };
    const { stop: end } = startHardware({
      ...{ clock, log: silentLog, random: () => 0.01, button: script },
      onPress(press) {
        presses.push(press);
        at += 1_000;
      },
      onLevel() {},
    });
    await until("two lives of the button", () => presses.length >= 2);
    end();
    expect(presses.slice(0, 2)).to.deep.equal(["stop", "stop"]);
    await rm(folder, { recursive: true, force: true });
  });

  it("cannot flood the loudspeaker with lines", () => {
    let lines = 0;
    const take = createLineReader({ now: () => instant(5) }, (line) => {
      lines += 1;
      expect(line.length).to.be.at.most(1_000);
    });
    for (let turn = 0; turn < 50; turn++) take(`${"x".repeat(100_000)}\n${"y\n".repeat(1_000)}`);
    expect(lines).to.equal(100);
  });
});

describe("the ear of a loudspeaker", () => {
  it("reads levels, and nothing else for one", () => {
    expect(parseLevel("-42.5 dB")).to.equal(-42.5);
    expect(parseLevel("lavfi.astats.Overall.RMS_level=-30.25")).to.equal(-30.25);
    expect(parseLevel("-inf")).to.equal(-200);
    for (const line of ["frame:12 pts:5 pts_time:0.5", "", "loud", "1e9", "12345"])
      expect(parseLevel(line)).to.equal(undefined);
    expect(peakDb(Int16Array.of(0, -32_768, 5))).to.be.closeTo(0, 1e-9);
    expect(peakDb(new Int16Array(4))).to.equal(-200);
  });

  it("tells at once of samples that nobody ordered, and once while they last", () => {
    const one = createPaperHouse();
    let on = false;
    const listening = createListening({
      house: one.house,
      clock: one.clock,
      log: silentLog,
      isOn: () => on,
      isAudible: () => on,
    });
    const sink = listening.around(createNullSink());
    const loud = new Int16Array(960).fill(8_000);
    sink.write(new Int16Array(960), micros(0));
    expect(one.lines).to.deep.equal([]);
    for (let block = 0; block < 500; block++) {
      sink.write(loud, micros(0));
      one.clock.advance(20);
    }
    expect(one.lines).to.have.length(1);
    expect(one.lines[0]).to.include({ event: "unordered", cue: "", why: "output" });
    expect(one.lines[0]?.levelDb).to.be.closeTo(-12.2, 0.1);
    on = true;
    sink.write(loud, micros(0));
    expect(one.lines).to.have.length(1);
  });

  it("hands nothing but silence to its output while nothing is on, whatever it plays", async () => {
    const one = createPaperHouse();
    const listening = createListening({
      house: one.house,
      clock: one.clock,
      log: silentLog,
      isOn: one.speaker.isOn,
      isAudible: () => true,
    });
    const sink = listening.around(createNullSink());
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 1_500 })]);
    for (let block = 0; block < 300; block++)
      sink.write(
        Int16Array.from(await one.play(20), (sample) => sample * 32_767),
        micros(0),
      );
    expect(one.brief()).to.deep.equal(["due buoi-sang", "started buoi-sang", "finished buoi-sang"]);
  });

  const METER = { above: -50, unorderedAfter: 2_000, notHeardAfter: 15_000, tail: 3_000 };
  const findings = (levels: (at: number) => readonly [levelDb: number, isOn: boolean], seconds: number) => {
    const judge = createLevelJudge(METER);
    const told: string[] = [];
    for (let at = 0; at < seconds * 1000; at += 100) {
      const one = judge.take(instant(at), ...levels(at));
      if (one) told.push(`${at} ${one.finding} ${one.levelDb}`);
    }
    return told;
  };

  it("takes an echo, a passing horn and pauses of speech for nothing", () => {
    expect(findings((at) => [at < 12_500 ? -20 : -70, at < 10_000], 60)).to.deep.equal([]);
    expect(findings((at) => [at % 10_000 < 1_500 ? -15 : -70, false], 60)).to.deep.equal([]);
    expect(findings((at) => [at % 10_000 < 5_000 ? -60 : -15, true], 60)).to.deep.equal([]);
  });

  it("hears a stranger in the amplifier, and that nothing comes out of it", () => {
    expect(findings((at) => [at < 30_000 ? -70 : -18.5, false], 60)).to.deep.equal(["32000 unordered -18.5"]);
    expect(findings((at) => [-70, at > 10_000], 60)).to.deep.equal(["25100 not-heard -70"]);
  });

  it("writes into the journal what the meter hears, and which sound is not heard", async () => {
    const one = createPaperHouse();
    const listening = createListening({
      house: one.house,
      clock: one.clock,
      log: silentLog,
      isOn: one.speaker.isOn,
      isAudible: one.speaker.isAudible,
    });
    one.setProgramme([
      aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 30_000 }),
      aCue(CLIP, MORNING * 1000 + 32_000_000, { id: "tin-sau@20261123t010032z", durationMs: 30_000 }),
    ]);
    for (let second = 0; second < 65; second++) {
      await one.play(1_000);
      listening.hear("-80");
    }
    expect(one.brief().filter((line) => line.startsWith("failed"))).to.deep.equal([
      "failed buoi-sang not-heard",
      "failed tin-sau not-heard",
    ]);
  });
});
