import { expect } from "chai";
import fc from "fast-check";
import { createWaveform } from "../../../src/server/pipeline/waveform.js";
import { joined, silence, sine } from "./sounds.js";

const bytesOf = (samples: Int16Array) => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

describe("a waveform", () => {
  it("is the same however the bytes are cut", () => {
    const bytes = bytesOf(joined(sine(0.2), silence(0.1), sine(0.15, 0.9)));
    const whole = createWaveform(bytes.length / 2);
    whole.add(bytes);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 }), (lengths) => {
        const pieces = createWaveform(bytes.length / 2);
        let offset = 0;
        for (const length of [...lengths, bytes.length]) {
          pieces.add(bytes.subarray(offset, offset + length));
          offset += length;
        }
        expect(pieces.peaks()).to.deep.equal(whole.peaks());
        expect(pieces.samples()).to.equal(whole.samples());
        expect(pieces.silentShare()).to.equal(whole.silentShare());
      }),
      { numRuns: 30 },
    );
  });

  it("has about 50 peaks a second and never more than 2,000", () => {
    expect(createWaveform(48_000).peaks()).to.have.length(50);
    expect(createWaveform(48_000 * 3_600).peaks()).to.have.length(2_000);
    expect(createWaveform(10).peaks()).to.have.length(1);
  });

  it("reaches from 0 for silence to 255 for full scale", () => {
    const waveform = createWaveform(1_920);
    waveform.add(bytesOf(Int16Array.from({ length: 1_920 }, (_, i) => (i < 960 ? 0 : -32_768))));
    expect(waveform.peaks()).to.deep.equal([0, 255]);
  });

  it("counts what comes beyond the expected length into its last step", () => {
    const waveform = createWaveform(960);
    waveform.add(bytesOf(Int16Array.from({ length: 2_000 }, () => 16_384)));
    expect(waveform.peaks()).to.deep.equal([128]);
    expect(waveform.samples()).to.equal(2_000);
  });

  it("knows the share of silence", () => {
    const waveform = createWaveform(48_000);
    waveform.add(bytesOf(joined(sine(0.3), silence(0.7))));
    expect(waveform.silentShare()).to.be.closeTo(0.7, 0.01);
    expect(createWaveform(0).silentShare()).to.equal(1);
  });
});
