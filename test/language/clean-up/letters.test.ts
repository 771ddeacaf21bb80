import { expect } from "chai";
import fc from "fast-check";
import { clean, cleanTraced } from "../../../src/language/clean.js";
import { withUsualTones } from "../../../src/language/clean-up/tones.js";
import { isSyllable } from "../../../src/language/syllable.js";

describe("tone marks", () => {
  it("stand at one place whichever way they were typed", () => {
    const pairs =
      "hoà:hòa khoẻ:khỏe thuỷ:thủy Hoà:Hòa uỷ:ủy toạ:tọa loè:lòe luỹ:lũy hòan:hoàn hùynh:huỳnh qúy:quý qùa:quà gìa:già ngòai:ngoài";
    for (const pair of pairs.split(" ")) {
      const [typed = "", usual] = pair.split(":");
      expect(clean(typed)).to.equal(usual);
      expect(withUsualTones(typed)).to.equal(usual);
    }
  });

  it("stay where there is no choice", () => {
    const text = "quý quỳ hoàn khoét khuỷu thuở giếng gì gìn tùy của mùa lúa giữa quả huýt mía bìa";
    expect(clean(text)).to.equal(text);
  });

  it("never turn a syllable into none, and are not moved twice", () => {
    const letter = fc.constantFrom(..."qghtkuoaeyinỳýòóàáèéủỏảẻùúìí");
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 2, maxLength: 6 }), (word) => {
        const usual = withUsualTones(word);
        expect(usual).to.have.length(word.length);
        if (!isSyllable(word)) return;
        expect(isSyllable(usual), `${word} ${usual}`).to.equal(true);
        expect(withUsualTones(usual)).to.equal(usual);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("letters in disguise", () => {
  it("are exchanged inside Latin words, and the writer is told", () => {
    const text = "Phường mời bà сon đến Ηội trường";
    expect(clean(text)).to.equal("Phường mời bà con đến Hội trường");
    expect(cleanTraced(text).notes.map(({ kind, text: word }) => [kind, word])).to.deep.equal([
      ["look-alike-letters", "сon"],
      ["look-alike-letters", "Ηội"],
    ]);
  });

  it("take their marks along", () => {
    expect(clean("đо\u0309 đèn")).to.equal("đỏ đèn");
  });

  it("stay in words of their own alphabet and in units", () => {
    for (const text of ["привет", "5 μm", "góc α"]) {
      expect(clean(text)).to.equal(text);
      expect(cleanTraced(text).notes).to.deep.equal([]);
    }
  });

  it("are plain when they were full-width, styled, or the Icelandic letter", () => {
    expect(clean("ＵＢＮＤ　１２： 𝐌ời Ðà Lạt đi ðón")).to.equal("UBND 12: Mời Đà Lạt đi đón");
  });
});

describe("marks of word processors", () => {
  it("begin items", () => {
    expect(clean("Mang theo:\n\uF0B7\tthẻ;\no\tảnh;\n➢ đơn;\n-bút.")).to.equal(
      "Mang theo:\n\nthẻ;\n\nảnh;\n\nđơn;\n\nbút.",
    );
  });

  it("count on in one way", () => {
    expect(clean("1) Một\n2/ Hai\n(3) Ba\na) A\n(b) Bê\nIV/ Bốn\n1.2. Mục")).to.equal(
      "1. Một\n\n2. Hai\n\n3. Ba\n\na. A\n\nb. Bê\n\nIV. Bốn\n\n1.2. Mục",
    );
  });

  it("of markdown and HTML are gone", () => {
    expect(clean("\\*Xin\\* chào\\- <b>bà</b> con&nbsp;ơi<br>mời _vào_ nhà ''mới''")).to.equal(
      'Xin chào- bà con ơi mời vào nhà "mới"',
    );
    expect(clean("tệp mau_don_1 và 3 < 5 & 7 > 2")).to.equal("tệp mau_don_1 và 3 < 5 & 7 > 2");
  });

  it("of omission are one sign", () => {
    expect(clean("gạo, muối, ...)… rồi..... đi")).to.equal("gạo, muối,…)… rồi… đi");
  });
});
