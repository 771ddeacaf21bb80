import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import type { VoicePace } from "../../src/domain/voice-pace.js";
import { estimateSeconds, normalise } from "../../src/language/index.js";
import { createPacing } from "../../src/server/pacing.js";
import { fakeRecords } from "../support/fake-records.js";

const TEXT = "Kính mời bà con đến nhà văn hóa họp tổ dân phố lúc mười chín giờ tối nay. Xin cảm ơn bà con.";
const GOOGLE = { provider: "google", voice: "vi", speed: 1 };
const ESPEAK = { provider: "espeak", voice: "vi", speed: 1 };

describe("pacing", () => {
  const start = () => {
    const paces = fakeRecords<string, VoicePace>(({ voice }) => voice);
    const list = () => [GOOGLE, ESPEAK].map((choice) => ({ choice, title: { vi: "", en: "" }, works: true }));
    return { paces, pacing: createPacing({ voices: { list }, paces, log: silentLog }) };
  };

  it("says that a voice is not measured until it has made a clip, and then estimates as long as it took", () => {
    const { pacing } = start();
    expect(normalise(TEXT, pacing.optionsFor()).measured).to.equal(false);
    expect(pacing.paceOf(GOOGLE)).to.deep.equal({ measured: false });

    const seconds = estimateSeconds(TEXT) * 0.8;
    pacing.learn({ voice: GOOGLE, text: TEXT, seconds });

    const read = normalise(TEXT, pacing.optionsFor());
    expect(read.measured).to.equal(true);
    expect(read.seconds).to.be.closeTo(seconds, 0.01);
    expect(pacing.paceOf(GOOGLE)).to.deep.equal({ measured: true, factor: 0.8 });
  });

  it("knows at one speed what it learned at another", () => {
    const { pacing } = start();
    pacing.learn({ voice: { ...GOOGLE, speed: 0.5 }, text: TEXT, seconds: estimateSeconds(TEXT, 0.5) * 1.2 });

    const { seconds } = normalise(TEXT, pacing.optionsFor({ speed: 2 }));
    expect(seconds).to.be.closeTo(estimateSeconds(TEXT, 2) * 1.2, 0.01);
  });

  it("learns nothing of the embedded voice, which was measured", () => {
    const { pacing, paces } = start();
    pacing.learn({ voice: ESPEAK, text: TEXT, seconds: 60 });
    expect(paces.all()).to.deep.equal([]);
    expect(pacing.paceOf(ESPEAK)).to.deep.equal({ measured: true });
    expect(normalise(TEXT, pacing.optionsFor(ESPEAK))).to.deep.include({
      measured: true,
      seconds: estimateSeconds(TEXT),
    });
  });

  it("goes on when the disk takes no lesson", async () => {
    const paces = { get: () => undefined, put: () => Promise.reject(new Error("disk full")) };
    const pacing = createPacing({ voices: { list: () => [] }, paces, log: silentLog });
    pacing.learn({ voice: GOOGLE, text: TEXT, seconds: 12 });
    await Promise.resolve();
    expect(pacing.optionsFor()).to.deep.equal({});
  });
});
