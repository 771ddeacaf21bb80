import { expect } from "chai";
import type { SpokenView } from "../../src/server/api/views.js";
import { startDouble } from "../support/http-double.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

const RATE = 16_000;
/** A slow voice: seconds for a word, and a rest after each request. */
const WORD = 0.42;
const REST = 0.3;

/** A tone of so many seconds, 16 bit mono. */
function wavOf(seconds: number): Buffer {
  const samples = Math.round(seconds * RATE);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++)
    wav.writeInt16LE(Math.round(9000 * Math.sin((at * 440 * 2 * Math.PI) / RATE)), 44 + at * 2);
  return wav;
}

const TEXTS = [
  "Kính mời bà con đến nhà văn hóa họp tổ dân phố lúc 19 giờ tối nay.",
  "Ngày mai trạm y tế tiêm vắc xin cho trẻ từ 6 đến 36 tháng tuổi, bà con nhớ mang theo sổ tiêm. Trân trọng.",
  "Nước sẽ ngừng chảy từ 8 giờ đến 16 giờ ngày 5/12 để sửa ống. Bà con chủ động trữ nước.",
];
const NEXT = "Chiều nay có mưa to, bà con ở ven suối cần đề phòng nước lên nhanh, không cho trẻ em ra suối chơi.";

describe("a voice that nobody has measured", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let close = async () => {};
  before(async () => {
    const double = await startDouble((response, { body }) => {
      const words = body.trim().split(/\s+/u).length;
      response.writeHead(200, { "Content-Type": "audio/wav" }).end(wavOf(words * WORD + REST));
    });
    close = double.close;
    const http = { url: double.url, body: "{text}", allowPrivate: true, voices: ["thu"] };
    house = await openHouse({ config: { voices: { order: ["http"], http } } });
  });
  after(async () => {
    await house.close();
    await close();
  });
  const read = (text: string, voice?: object) =>
    house.call<SpokenView>("POST", "/normalize", { text, ...(voice ? { voice } : {}) });

  it("is said to be so, and is estimated within a tenth once it has spoken, also after a restart", async () => {
    expect((await read(NEXT)).measured).to.equal(false);
    const before = await house.call<{ pace: object }[]>("GET", "/voices");
    expect(before.map(({ pace }) => pace)).to.deep.equal([{ measured: false }]);

    for (const [number, text] of TEXTS.entries()) await house.announce(`bai-${number}`, text);
    await house.restartServer();

    const estimate = await read(NEXT);
    expect(estimate.measured).to.equal(true);
    const { seconds: twiceAsFast } = await read(NEXT, { provider: "http", speed: 2 });
    expect(twiceAsFast * 2).to.be.closeTo(estimate.seconds, 0.01);
    const { durationMs } = await house.announce("bai-sau", NEXT);
    expect(durationMs / 1000 / estimate.seconds).to.be.within(0.9, 1.1);
    // What the embedded voice would take is far from that.
    const [voice] = await house.call<{ pace: { factor?: number } }[]>("GET", "/voices");
    expect(durationMs / 1000 / (estimate.seconds / (voice?.pace.factor ?? 1))).to.be.above(1.15);
  });
});
