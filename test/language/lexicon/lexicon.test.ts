import { expect } from "chai";
import * as z from "zod/mini";
import { type LexiconEntry, lexiconEntrySchema, readingKey } from "../../../src/domain/lexicon.js";
import { SHIPPED } from "../../../src/language/lexicon/shipped.js";
import { createLexicon } from "../../../src/language/lexicon.js";
import { normalise } from "../../../src/language/normalise.js";
import { isSyllable } from "../../../src/language/syllable.js";

/** What is said for the first form that stands in the text; `?` when it is doubtful, nothing when none stands there. */
function readingIn(text: string, form: string, own: readonly LexiconEntry[] = []): string | undefined {
  const lexicon = createLexicon(own);
  const at = text.indexOf(form);
  return lexicon.find(text, at)?.spoken ?? (lexicon.doubtful(text, at) === undefined ? undefined : "?");
}

/** Each means something in a pattern. */
const SIGNS = [..."\\^$.*+?()[]{}/-"];

describe("the shipped readings", () => {
  it("are many, each with its source, and each as strict as a station's own", () => {
    expect(SHIPPED.length).to.be.at.least(400);
    for (const entry of SHIPPED) {
      expect(z.safeParse(lexiconEntrySchema, entry).error, entry.written).to.equal(undefined);
      expect(entry.note, entry.written).to.be.a("string").with.length.above(10);
      expect(entry.kind, entry.written).to.be.a("string");
    }
  });

  it("say nothing twice about the same form at the same place", () => {
    const keys = SHIPPED.map(readingKey);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).to.deep.equal([]);
  });

  it("are said in Vietnamese syllables, but for one name that is known as it sounds", () => {
    const words = SHIPPED.flatMap(({ spoken, regions = {} }) => [spoken, ...Object.values(regions)]).flatMap(
      (said) => said?.match(/[\p{L}\p{M}]+/gu) ?? [],
    );
    expect([...new Set(words.filter((word) => !isSyllable(word)))]).to.deep.equal(["blu"]);
  });

  it("are read again as they are, and hold nothing unknown", () => {
    const changed = SHIPPED.flatMap(({ spoken, regions = {} }) => [spoken, ...Object.values(regions)]).filter(
      (said) => {
        const sentence = `Mời bà con đọc ${said} nhé`;
        const again = normalise(sentence);
        return again.spoken !== sentence || again.unknown.length > 0;
      },
    );
    expect(changed).to.deep.equal([]);
  });

  it("hold no short form in what they say", () => {
    const lexicon = createLexicon([]);
    const left = SHIPPED.filter(({ spoken }) =>
      [...spoken.matchAll(/[\p{L}\p{M}]+/gu)].some(({ index }) => {
        const found = lexicon.find(spoken, index);
        return found !== undefined && found.spoken.toLowerCase() !== found.entry.written.toLowerCase();
      }),
    );
    expect(left.map(({ written }) => written)).to.deep.equal([]);
  });
});

describe("a short form with several meanings", () => {
  const cases: readonly [text: string, form: string, said: string | undefined][] = [
    ["BTC hội thi mời bà con", "BTC", "ban tổ chức"],
    ["giá BTC trên sàn tiền ảo giảm", "BTC", "bít-coi"],
    ["Thông tư của BTC về ngân sách", "BTC", "Bộ Tài chính"],
    ["TT Y tế Đà Lạt", "TT", "trung tâm"],
    ["theo TT số 15 của Bộ", "TT", "thông tư"],
    ["TT Liên Nghĩa", "TT", "thị trấn"],
    ["TT HĐND phường", "TT", "Thường trực"],
    ["học viên TT chiều nay", "TT", "?"],
    ["CA phường Lâm Viên", "CA", "công an"],
    ["MỘT CA MỔ THÀNH CÔNG", "CA", undefined],
    ["sáng nay CA đến nhà", "CA", "?"],
    ["Lưu: VT, BTG.", "VT", "văn thư"],
    ["mua VT cho công trình", "VT", "?"],
    ["P.12, Q.3", "P.", "phường"],
    ["P. Cam Ly", "P.", "phường"],
    ["họp tại P.205", "P.", "phòng"],
    ["P. Y tế thành phố", "P.", "phòng"],
    ["P. Giám đốc Sở", "P.", "phó"],
    ["ông Nguyễn Văn P. đi vắng", "P.", undefined],
    ["TL. CHỦ TỊCH", "TL.", "Thừa lệnh"],
    ["TL 725 bị sạt lở", "TL", "tỉnh lộ"],
    ["xem TL đính kèm", "TL", "?"],
    ["ĐT: 0263 3822 145", "ĐT", "điện thoại"],
    ["ĐT 725 ngập", "ĐT", "đường tỉnh"],
    ["QL20 thông xe", "QL", "quốc lộ"],
    ["T/M BAN THƯỜNG VỤ", "T/M", "Thay mặt"],
    ["K/T CHỦ TỊCH", "K/T", "Ký thay"],
    ["Q. CHỦ TỊCH", "Q.", "Quyền"],
    ["Q. Ba Đình", "Q.", "quận"],
    ["BCH Đảng bộ", "BCH", "Ban Chấp hành"],
    ["BCH Quân sự phường", "BCH", "Ban Chỉ huy"],
    ["BCH họp", "BCH", "?"],
    ["T. Lâm Đồng", "T.", "tỉnh"],
    ["anh T. Lê vắng", "T.", undefined],
    ["Đ/c: 12 Trần Phú", "Đ/c", "địa chỉ"],
    ["Đ/c Lê Văn Tám", "Đ/c", "đồng chí"],
    ["ứng dụng AI vào cải cách", "AI", "ây-ai"],
    ["AI CŨNG PHẢI GIỮ VỆ SINH", "AI", undefined],
    ["TU DƯỠNG ĐẠO ĐỨC", "TU", undefined],
    ["Nghị quyết của TU", "TU", "Tỉnh ủy"],
    ["km 25", "km", "ki-lô-mét"],
  ];
  for (const [text, form, said] of cases)
    it(`${text} → ${form}: ${said ?? "no short form"}`, () => {
      expect(readingIn(text, form)).to.equal(said);
    });
});

describe("where a form begins and ends", () => {
  it("goes by Vietnamese letters, marks and digits", () => {
    for (const text of ["UBNDX", "XUBND", "đUBND", "UBNDđ", "UBNDế", "UBND2", "ĐUBND"])
      expect(readingIn(text, "UBND"), text).to.equal(undefined);
    for (const text of ["UBND", "(UBND)", "“UBND”", "UBND,", "tại UBND/HĐND"])
      expect(readingIn(text, "UBND"), text).to.equal("Ủy ban nhân dân");
  });

  it("takes the longest form", () => {
    expect(readingIn("TP.HCM mưa", "TP")).to.equal("thành phố Hồ Chí Minh");
    expect(readingIn("Covid-19", "Covid")).to.equal("cô-vít mười chín");
  });

  it("keeps capitals apart unless told otherwise", () => {
    expect(readingIn("FACEBOOK", "FACEBOOK")).to.equal("phây-búc");
    expect(readingIn("ubnd", "ubnd")).to.equal(undefined);
  });
});

describe("a station's own readings", () => {
  const own = (entry: Partial<LexiconEntry>): LexiconEntry => ({ written: "UBND", spoken: "ủy ban", ...entry });

  it("win over the shipped ones, and the later over the earlier", () => {
    expect(readingIn("UBND", "UBND", [own({}), own({ spoken: "ủy ban phường" })])).to.equal("ủy ban phường");
  });

  it("leave the shipped one in force where their condition does not hold", () => {
    const entries = [own({ context: { before: ["phường"] } })];
    expect(readingIn("UBND phường", "UBND", entries)).to.equal("ủy ban");
    expect(readingIn("UBND tỉnh", "UBND", entries)).to.equal("Ủy ban nhân dân");
  });

  it("are found in composed letters however they were typed", () => {
    const entries = [own({ written: "Lang Biăng X".normalize("NFD"), spoken: "Lang Bi-ăng ích" })];
    expect(readingIn("núi Lang Biăng X.", "Lang", entries)).to.equal("Lang Bi-ăng ích");
  });

  it("are found wherever the tone mark was typed, in the form and beside it", () => {
    const entries = [own({ written: "hoà thuý xyz", spoken: "thử", context: { before: ["văn hoá"] } })];
    expect(normalise("Ở hòa thúy xyz văn hóa", { lexicon: entries }).spoken).to.equal("Ở thử văn hóa");
    expect(normalise("Ở hoà thuý xyz văn hoá", { lexicon: entries }).spoken).to.equal("Ở thử văn hóa");
  });

  it("take every sign in a condition as it stands, never as a pattern", () => {
    const entries = [
      own({ written: "XYZ", spoken: "thử", context: { after: ["(a+)+$", "a|b", "Covid-19", ...SIGNS] } }),
    ];
    expect(readingIn("aaaa XYZ", "XYZ", entries)).to.equal("?");
    for (const word of ["a|b", "Covid-19", ...SIGNS])
      expect(readingIn(`${word} XYZ`, "XYZ", entries), word).to.equal("thử");
  });

  it("are said as the region does", () => {
    const lexicon = createLexicon([], { region: "north" });
    expect(lexicon.find("4G", 0)?.spoken).to.equal("bốn gờ");
    expect(createLexicon([], { region: "south" }).find("4G", 0)?.spoken).to.equal("bốn giê");
  });
});
