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

/** What is hard to read, the same words written out by a person, and what must not be heard: letters, or English. */
interface Tricky {
  readonly text: string;
  readonly words: string;
  /** What eSpeak makes of the raw text: these letters by their names, or words of this language. */
  readonly raw: { readonly letters: string } | { readonly language: string };
}

const TRICKY: readonly Tricky[] = [
  {
    text: "UBND P.12 kính mời bà con.",
    words: "Ủy ban nhân dân phường mười hai kính mời bà con.",
    raw: { language: "en" },
  },
  {
    text: "Công văn số 12-CV/ThU của Thành ủy",
    words: "Công văn số mười hai của Thành ủy",
    raw: { letters: "C V" },
  },
  {
    text: "Thu BHXH tại TTYT.",
    words: "Thu bảo hiểm xã hội tại trung tâm y tế.",
    raw: { letters: "B H X H" },
  },
  {
    text: "Cúp điện 5h-7h30 tại TDP 4",
    words: "Cúp điện từ năm giờ đến bảy giờ ba mươi tại tổ dân phố bốn",
    raw: { letters: "T D P" },
  },
  {
    text: "Cài đặt VNeID và Bluezone.",
    words: "Cài đặt vi en i ai đi và blu dôn.",
    raw: { language: "en" },
  },
  {
    text: "Theo dõi trang Facebook của phường",
    words: "Theo dõi trang phây búc của phường",
    raw: { language: "en" },
  },
  {
    text: "Gọi CSGT, số 0263.3822.145",
    words: "Gọi cảnh sát giao thông, số không hai sáu ba, ba tám hai hai, một bốn năm",
    raw: { letters: "C S G T" },
  },
  {
    text: "Hạn nộp thuế GTGT quý II/2021 là 30/7.",
    words: "Hạn nộp thuế giá trị gia tăng quý hai năm hai nghìn không trăm hai mươi mốt là ngày ba mươi tháng bảy.",
    raw: { letters: "G T G T" },
  },
  {
    text: "Thành phần: BCH ĐTN, đại diện MTTQ",
    words: "Thành phần: Ban Chấp hành Đoàn Thanh niên, đại diện Mặt trận Tổ quốc",
    raw: { letters: "M T T Q" },
  },
  {
    text: "Giá heo 60.000đ/kg, gas 450k.",
    words: "Giá heo sáu mươi nghìn đồng một ki lô gam, ga bốn trăm năm mươi nghìn.",
    raw: { letters: "ca" },
  },
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

  for (const { text, words, raw } of TRICKY) {
    it(`is words for “${text}”`, async () => {
      const { spoken, unknown } = normalise(text);
      expect(unknown).to.deep.equal([]);
      const [ours, byHand] = [await phonemesOf(spoken), await phonemesOf(words)];
      expect(plain(ours)).to.equal(plain(byHand));
      expect(ours).not.to.match(SWITCH);

      const alone = await phonemesOf(text);
      expect(plain(alone), "the raw text").not.to.equal(plain(byHand));
      if ("language" in raw) expect(alone).to.contain(`(${raw.language})`);
      else {
        const letters = plain(await phonemesOf(raw.letters));
        expect(plain(alone)).to.contain(letters);
        expect(plain(ours)).not.to.contain(letters);
      }
    });
  }

  it("is a word where capitals only stress it", async () => {
    expect(plain(await phonemesOf("Nghỉ HAI ngày"))).to.contain(plain(await phonemesOf("H A I")));
    expect(await phonemesOf(normalise("Nghỉ HAI ngày").spoken)).to.equal(await phonemesOf("Nghỉ hai ngày"));
  });

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
