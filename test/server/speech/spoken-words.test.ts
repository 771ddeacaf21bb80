import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { silentLog } from "../../../src/base/log.js";
import { normalise } from "../../../src/language/index.js";
import { SHIPPED } from "../../../src/language/lexicon/shipped.js";
import { createVoiceProcess, type VoiceProcess } from "../../../src/server/speech/voice-process.js";

const program = new URL("../../../src/server/speech/espeak-program", import.meta.url);
const { signal } = new AbortController();
/** The fastest that eSpeak speaks: only its phonemes are of interest. */
const SPEED = 450 / 130;
/** How eSpeak marks that it goes on in another language. */
const SWITCH = /\([a-z-]+\)/u;

/**
 * What is hard to read, the same words written out by a person, and what eSpeak makes of the raw text, which must not be heard:
 * another language, in brackets, or letters by their names.
 */
type Tricky = readonly [text: string, words: string, raw: string];

const TRICKY: readonly Tricky[] = [
  ["UBND P.12 kính mời bà con.", "Ủy ban nhân dân phường mười hai kính mời bà con.", "(en)"],
  ["Công văn số 12-CV/ThU của Thành ủy", "Công văn số mười hai của Thành ủy", "C V"],
  ["Thu BHXH tại TTYT.", "Thu bảo hiểm xã hội tại trung tâm y tế.", "B H X H"],
  ["Cúp điện 5h-7h30 tại TDP 4", "Cúp điện từ năm giờ đến bảy giờ ba mươi tại tổ dân phố bốn", "T D P"],
  ["Cài đặt VNeID và Bluezone.", "Cài đặt vi en i ai đi và blu dôn.", "(en)"],
  ["Theo dõi trang Facebook của phường", "Theo dõi trang phây búc của phường", "(en)"],
  [
    "Gọi CSGT, số 0263.3822.145",
    "Gọi cảnh sát giao thông, số không hai sáu ba, ba tám hai hai, một bốn năm",
    "C S G T",
  ],
  [
    "Hạn nộp thuế GTGT quý II/2021 là 30/7.",
    "Hạn nộp thuế giá trị gia tăng quý hai năm hai nghìn không trăm hai mươi mốt là ngày ba mươi tháng bảy.",
    "G T G T",
  ],
  [
    "Thành phần: BCH ĐTN, đại diện MTTQ",
    "Thành phần: Ban Chấp hành Đoàn Thanh niên, đại diện Mặt trận Tổ quốc",
    "M T T Q",
  ],
  ["Giá heo 60.000đ/kg, gas 450k.", "Giá heo sáu mươi nghìn đồng một ki lô gam, ga bốn trăm năm mươi nghìn.", "ca"],
  ["Nghỉ HAI ngày", "Nghỉ hai ngày", "H A I"],
];

/** Without stress, pauses and marks of language; numbers write one glide in another way than words. */
const plain = (phonemes: string): string => phonemes.replace(/\([a-z-]+\)|[ˈˌ\s_:|-]/gu, "").replaceAll("ɪ", "j");

describe("what the embedded voice says of a text that was read first", () => {
  let speaker: VoiceProcess;
  before(() => {
    speaker = createVoiceProcess({ program, title: "eSpeak NG", clock: systemClock, log: silentLog });
  });
  after(() => speaker.close());

  const phonemesOf = async (text: string): Promise<string> =>
    (await speaker.say({ text, voice: "vi", speed: SPEED }, signal)).phonemes ?? "";

  for (const [text, words, raw] of TRICKY) {
    it(`is words for “${text}”`, async () => {
      const { spoken, unknown } = normalise(text);
      expect(unknown).to.deep.equal([]);
      const [ours, byHand] = [await phonemesOf(spoken), await phonemesOf(words)];
      expect(plain(ours)).to.equal(plain(byHand));
      expect(ours).not.to.match(SWITCH);

      const alone = await phonemesOf(text);
      expect(plain(alone), "the raw text").not.to.equal(plain(byHand));
      if (SWITCH.test(raw)) expect(alone).to.contain(raw);
      else {
        const letters = plain(await phonemesOf(raw));
        expect(plain(alone)).to.contain(letters);
        expect(plain(ours)).not.to.contain(letters);
      }
    });
  }

  it("is Vietnamese for each reading of the lexicon", async function () {
    this.timeout(60_000);
    const foreign: string[] = [];
    for (const { written, spoken } of SHIPPED) {
      const phonemes = await phonemesOf(spoken);
      if (phonemes.trim() === "" || SWITCH.test(phonemes)) foreign.push(`${written}: ${spoken}`);
    }
    expect(foreign).to.deep.equal([]);
    expect(await phonemesOf("mi-crô-gam"), "a syllable that is none").to.match(SWITCH);
  });
});
