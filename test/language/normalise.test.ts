import { expect } from "chai";
import fc from "fast-check";
import { normalise } from "../../src/language/normalise.js";

const spoken = (text: string) => normalise(text).spoken;

describe("normalise", () => {
  it("says short forms, numbers and signs in words", () => {
    expect(spoken("UBND P.12, TP. Đà Lạt: 1.250 ca Covid-19 (tăng 12,5%), 5K + vaccine v.v.")).to.equal(
      "Ủy ban nhân dân phường mười hai, thành phố Đà Lạt: một nghìn hai trăm năm mươi ca cô-vít mười chín, " +
        "tăng mười hai phẩy năm phần trăm, năm ca, cộng vắc-xin vân vân",
    );
  });

  it("finds short forms only where a word begins and ends", () => {
    expect(normalise("UBNDX xkm").unknown).to.deep.equal(["UBNDX", "xkm"]);
    expect(spoken("Kết thúc ở P. Mai họp")).to.equal("Kết thúc ở phường Mai họp");
    expect(spoken("kết thúc ở P.")).to.not.contain("phường");
  });

  it("keeps paragraphs apart", () => {
    expect(spoken("THÔNG BÁO\n\nMời họp.")).to.equal("Thông báo\nMời họp.");
  });

  it("shows each piece as it was written, before any cleaning", () => {
    const text = "**Mời** 25\u0000 hộ";
    expect(normalise(text).tokens).to.deep.equal([
      { source: "**Mời**", spoken: "Mời", kind: "word", known: true, start: 0, end: 7 },
      { source: " ", spoken: " ", kind: "space", known: true, start: 7, end: 8 },
      { source: "25\u0000", spoken: "hai mươi lăm", kind: "number", known: true, start: 8, end: 11 },
      { source: " ", spoken: " ", kind: "space", known: true, start: 11, end: 12 },
      { source: "hộ", spoken: "hộ", kind: "word", known: true, start: 12, end: 14 },
    ]);
  });

  it("names what it has no reading for, each once", () => {
    const { unknown } = normalise("Ứng dụng Blorptex và Blorptex mới, theo QXZT.");
    expect(unknown).to.deep.equal(["Blorptex", "QXZT"]);
  });

  it("lets the station's own readings win", () => {
    const lexicon = [
      { written: "Bluezone", spoken: "blu-dôn", anyCase: true },
      { written: "UBND", spoken: "Ủy ban" },
    ];
    expect(normalise("UBND mời cài BLUEZONE", { lexicon }).spoken).to.equal("Ủy ban mời cài blu-dôn");
  });

  it("finds a station's reading that was typed in decomposed letters", () => {
    const lexicon = [{ written: "Lang Biăng".normalize("NFD"), spoken: "Lang Bi-ăng" }];
    expect(normalise("núi Lang Biăng.", { lexicon }).spoken).to.equal("núi Lang Bi-ăng.");
  });

  it("warns of hidden signs and of sentences that nobody can follow", () => {
    const long = `Mời ${"bà con ".repeat(20)}họp.`;
    const { warnings } = normalise(`Tin\u202E vui. ${long}`);
    expect(warnings.map(({ words: _, ...place }) => place)).to.deep.equal([
      { kind: "hidden-characters", text: "U+202E", start: 3, end: 4 },
      { kind: "long-sentence", text: long.slice(0, 80), start: 10, end: 10 + long.length },
    ]);
  });

  it("reads any text: the pieces tile it and what is said is composed", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: "grapheme", maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (whole) => {
        const { tokens, spoken, seconds } = normalise(whole);
        let at = 0;
        for (const token of tokens) {
          expect(token.start).to.equal(at);
          expect(token.source).to.equal(whole.slice(token.start, token.end));
          at = token.end;
        }
        expect(at).to.equal(whole.length);
        expect(spoken).to.equal(spoken.normalize("NFC"));
        expect(seconds).to.be.at.least(0);
      }),
      { numRuns: 300 },
    );
  });

  it("says what it has said in the same words again", () => {
    const lines = fc.array(
      fc.tuple(
        fc.constantFrom("", "- ", "1. ", "2) ", "a) ", "b) ", "IV. "),
        fc.array(
          fc.constantFrom(
            ..."Mời,bà,con,UBND,12,10/7/2021,5h30,(ngày 25),ca,“tốt”,0263.3822.145,TP.,HỌP KHẨN,và,để,%".split(","),
          ),
          { minLength: 1, maxLength: 16 },
        ),
        fc.constantFrom("", "", ".", ",", ";", ":", "...", "!)"),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const text = all.map(([mark, words, sign]) => mark + words.join(" ") + sign).join("\n");
        const once = spoken(text);
        expect(spoken(once)).to.equal(once);
      }),
      { numRuns: 300 },
    );
  });

  it("ends a paragraph that runs on into the next with a stop", () => {
    expect(spoken("1. Giờ họp,\n2. nơi họp\n3. Kết quả")).to.equal("một. Giờ họp;\nhai. nơi họp.\nba. Kết quả");
  });

  it("reads the letters of items", () => {
    expect(normalise("a) Một\nb) Hai\nđ) Ba")).to.include({ spoken: "a. Một.\nbê. Hai.\nđê. Ba" });
  });

  it("finds a reading whichever way its tone marks were typed", () => {
    const lexicon = [{ written: "suối Hoà Thuỷ", spoken: "suối Hòa Thủy ở đầu làng" }];
    for (const typed of ["suối Hoà Thuỷ", "suối Hòa Thủy", "suối Hoà Thủy"])
      expect(normalise(typed, { lexicon }).spoken).to.equal("suối Hòa Thủy ở đầu làng");
  });

  it("takes time in proportion to the length, whatever the text", function () {
    // Quadratic work on so much would take minutes, so the test's own limit is proof enough.
    this.timeout(60_000);
    const units = ["a ", " ", "1.", ">", "- ", "[", "A. ", "\n", "\u0301", "<&", "1*", "😀"];
    for (const unit of units) {
      const { tokens } = normalise(unit.repeat(300_000 / unit.length));
      expect(tokens.length).to.be.at.least(1);
    }
  });
});
