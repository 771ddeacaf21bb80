import { readFileSync } from "node:fs";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { estimateSeconds } from "../../src/language/duration.js";
import { createVoiceProcess } from "../../src/server/speech/voice-process.js";
import { secondsSaid } from "../support/seconds-said.js";
import { SPOKEN_TEXTS } from "../support/spoken-texts.js";

interface Measured {
  readonly name: string;
  readonly voice: string;
  readonly speed: number;
  readonly seconds: number;
}

const measured: readonly Measured[] = JSON.parse(readFileSync("test/golden/voice-seconds.json", "utf8"));
const textOf = (name: string): string => SPOKEN_TEXTS[name] ?? "";
const off = (estimate: number, seconds: number): number => Math.abs(estimate / seconds - 1);

describe("estimateSeconds", () => {
  const text = "Mời bà con đến nhà văn hóa họp tổ dân phố.";

  it("grows with the text and with its pauses", () => {
    expect(estimateSeconds("")).to.equal(0);
    expect(estimateSeconds(`${text}\n${text}`)).to.be.above(estimateSeconds(`${text} ${text}`));
    expect(estimateSeconds(`${text} ${text}`)).to.be.above(2 * estimateSeconds(text));
  });

  it("halves when the voice speaks twice as fast", () => {
    expect(estimateSeconds(text, 2)).to.be.closeTo(estimateSeconds(text) / 2, 1e-9);
    expect(() => estimateSeconds(text, 0)).to.throw(RangeError);
  });

  it("gives a ward's usual pace, 140 to 190 syllables a minute", () => {
    const paragraph = Array(6).fill(text).join(" ");
    expect((11 * 6) / (estimateSeconds(paragraph) / 60)).to.be.within(140, 190);
  });

  it("knows a voice with or without its provider, and takes an unmeasured one for the northern", () => {
    const [south, north] = ["vi-vn-x-south", "vi"].map((voice) => estimateSeconds(text, 1, voice));
    expect(south).to.not.equal(north);
    expect(estimateSeconds(text, 1, "espeak:vi-vn-x-south")).to.equal(south);
    expect(estimateSeconds(text, 1, "google:vi-VN")).to.equal(north);
  });

  it("is at most a tenth off what every accent took for every kind of text at every speed", () => {
    expect(new Set(measured.map(({ name }) => name)).size).to.equal(Object.keys(SPOKEN_TEXTS).length);
    expect(measured.length).to.be.at.least(100);
    for (const { name, voice, speed, seconds } of measured)
      expect(off(estimateSeconds(textOf(name), speed, voice), seconds), `${name} ${voice} ${speed}`).to.be.at.most(0.1);
  });
});

describe("the seconds that were measured", () => {
  const speaker = createVoiceProcess({
    program: new URL("../../src/server/speech/espeak-program", import.meta.url),
    title: "eSpeak NG",
    clock: systemClock,
    log: silentLog,
  });
  after(() => speaker.close());

  for (const [name, voice, speed] of [
    ["storm", "vi", 1],
    ["figures", "vi-vn-x-south", 1.5],
    ["lost", "vi-vn-x-central", 0.65],
  ] as const) {
    it(`are still what ${voice} takes for “${name}” at speed ${speed}`, async () => {
      const row = measured.find((each) => each.name === name && each.voice === voice && each.speed === speed);
      expect(await secondsSaid(speaker, textOf(name), { voice, speed })).to.be.closeTo(row?.seconds ?? 0, 0.05);
    });
  }

  it("foretell a text that was not among them, at the edges of what the voice can do", async () => {
    const text =
      "Đêm nay trời trở lạnh, có nơi dưới mười độ. Bà con giữ ấm cho cụ già, cháu nhỏ; che chắn chuồng trại, không đốt than trong phòng kín vì rất dễ ngạt khí. Có việc gấp xin gọi một một năm.";
    for (const speed of [0.65, 1, 2])
      expect(
        off(estimateSeconds(text, speed), await secondsSaid(speaker, text, { voice: "vi", speed })),
        `${speed}`,
      ).to.be.below(0.1);
  });
});
