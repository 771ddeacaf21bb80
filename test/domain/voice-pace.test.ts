import { expect } from "chai";
import fc from "fast-check";
import { expectedVoice, learned, paceFactor, type VoicePace, voicePaceSchema } from "../../src/domain/voice-pace.js";
import { checkProperty } from "../support/check-property.js";

const VOICE = "google:vi";
const after = (clips: readonly (readonly [seconds: number, estimated: number])[]) =>
  clips.reduce<VoicePace | undefined>(
    (pace, [seconds, estimated]) => learned(pace, { voice: VOICE, seconds, estimated }) ?? pace,
    undefined,
  );
const factorAfter = (...clips: readonly (readonly [number, number])[]) => {
  const pace = after(clips);
  return pace && paceFactor(pace);
};

describe("the pace of a voice", () => {
  it("is known after its first clip, and is the median of its last nine", () => {
    expect(factorAfter([12, 10])).to.equal(1.2);
    expect(factorAfter([12, 10], [14, 10])).to.be.closeTo(1.3, 1e-9);
    expect(
      factorAfter(
        ...Array.from({ length: 20 }, () => [8, 10] as const),
        ...Array.from({ length: 5 }, () => [12, 10] as const),
      ),
    ).to.equal(1.2);
  });

  it("is not moved by one clip that is quite different", () => {
    expect(factorAfter([12, 10], [12, 10], [60, 10])).to.equal(1.2);
  });

  it("learns nothing from clips of a few words", () => {
    expect(factorAfter([1.5, 1])).to.equal(undefined);
    expect(factorAfter([12, 10], [3, 1])).to.equal(1.2);
    expect(factorAfter([12, 0])).to.equal(undefined);
  });

  it("stays within what can be understood and can always be kept, whatever the clips", () => {
    const clip = fc.tuple(fc.double({ min: 0, max: 7200 }), fc.double({ min: 0, max: 7200 }));
    checkProperty(
      fc.property(fc.array(clip, { minLength: 1, maxLength: 30 }), (clips) => {
        const pace = after(clips);
        if (pace === undefined) return;
        expect(voicePaceSchema.safeParse(pace).success).to.equal(true);
        expect(paceFactor(pace)).to.be.within(0.5, 2);
      }),
    );
  });

  it("brings the estimate within a tenth of a voice that speaks steadily, after a few clips", () => {
    const steady = fc.array(
      fc.tuple(fc.double({ min: 8, max: 300, noNaN: true }), fc.double({ min: -0.05, max: 0.05, noNaN: true })),
      {
        minLength: 3,
        maxLength: 12,
      },
    );
    checkProperty(
      fc.property(fc.double({ min: 0.6, max: 1.8, noNaN: true }), steady, (speed, clips) => {
        const factor = factorAfter(
          ...clips.map(([estimated, noise]) => [estimated * speed * (1 + noise), estimated] as const),
        );
        expect(Math.abs((factor ?? 0) / speed - 1)).to.be.at.most(0.1);
      }),
    );
  });
});

describe("the voice that will speak", () => {
  const offer = (provider: string, voice: string, works = true) => ({ choice: { provider, voice, speed: 1 }, works });
  const offers = [
    offer("google", "vi", false),
    offer("piper", "vais"),
    offer("espeak", "vi"),
    offer("espeak", "vi-vn-x-south"),
  ];
  const named = (wish: Parameters<typeof expectedVoice>[1]) => {
    const voice = expectedVoice(offers, wish);
    return voice && `${voice.provider}:${voice.voice} ${voice.speed}`;
  };

  it("is the first that works, unless another is wished", () => {
    expect(named({})).to.equal("piper:vais 1");
    expect(named({ provider: "", voice: "", speed: 1.5 })).to.equal("piper:vais 1.5");
    expect(named({ provider: "espeak", voice: "vi-vn-x-south" })).to.equal("espeak:vi-vn-x-south 1");
    expect(named({ provider: "espeak", voice: "unknown" })).to.equal("espeak:vi 1");
    expect(named({ voice: "vi-vn-x-south" })).to.equal("espeak:vi-vn-x-south 1");
  });

  it("is another one when the wished one does not work, and none when none does", () => {
    expect(named({ provider: "google", voice: "vi" })).to.equal("piper:vais 1");
    expect(expectedVoice([offer("google", "vi", false)], {})).to.equal(undefined);
  });
});
