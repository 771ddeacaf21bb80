import { expect } from "chai";
import { clean, cleanTraced } from "../../../src/language/clean.js";

const HEADING = `ỦY BAN NHÂN DÂN
PHƯỜNG MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
__________
Số: 12/TB-UBND
Phường Mẫu, ngày 5 tháng 8 năm 2025`;
const BODY = "THÔNG BÁO\nVề việc họp tổ dân phố\nMời bà con đến dự.";
const SAID = "Thông báo\n\nVề việc họp tổ dân phố\n\nMời bà con đến dự.";
const LIST = "Nơi nhận:\n- Như trên;\n- Đài phường (để phát);\n- Lưu: VT.";
const SIGNED = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Mẫu";
const cuts = (text: string) =>
  cleanTraced(text).notes.map(({ kind, start, end }) => [kind, text.slice(start, end).trim()]);

describe("what surrounds an official document", () => {
  it("is cut, and each cut is named with its place", () => {
    const text = `${HEADING}\n${BODY}\n${LIST}`;
    expect(clean(text)).to.equal(SAID);
    expect(cuts(text)).to.deep.equal([
      ["heading-cut", HEADING],
      ["recipients-cut", LIST],
    ]);
  });

  it("is kept when a station wants to hear it", () => {
    const kept = clean(`${HEADING}\n${BODY}\n${LIST}`, { heading: "keep", recipients: "keep", signature: "keep" });
    expect(kept)
      .to.contain("Độc lập")
      .and.to.contain("Số: 12/TB-UBND")
      .and.to.contain("Nơi nhận")
      .and.to.contain("Lưu: VT");
  });

  it("has a heading of two columns on the same lines", () => {
    const heading = `UBND PHƯỜNG MẪU          CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN CHỈ ĐẠO               Độc lập – Tự do – Hạnh phúc
Số:    /TB-BCĐ            Mẫu, ngày     tháng 8 năm 2025`;
    expect(clean(`${heading}\n\n${BODY}`)).to.equal(SAID);
  });

  it("has a heading of the party's committees", () => {
    const heading =
      "ĐẢNG BỘ TỈNH MẪU\nĐẢNG ỦY PHƯỜNG MẪU\n*\nSố 15-CV/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nMẫu, ngày 2 tháng 7 năm 2025";
    expect(clean(`${heading}\n${BODY}`)).to.equal(SAID);
  });

  it("is not seen in a bulletin that only speaks of it", () => {
    for (const text of [
      "Nước Cộng hòa xã hội chủ nghĩa Việt Nam đón khách. Ai cũng vui.",
      "THÔNG BÁO KHẨN\nSố: 12 đường Mẫu bị ngập, mời bà con tránh.",
      "Nơi nhận: nhà văn hóa tổ bảy, từ tám giờ sáng.",
      "Nơi nhận quà:\nNhà văn hóa tổ bảy.\nGiờ nhận: tám giờ.",
    ])
      expect(cuts(text), text).to.deep.equal([]);
  });

  it("ends where the next document of the same paste begins", () => {
    const one = `${HEADING}\n${BODY}\n${LIST}\n${SIGNED}`;
    const two = clean(`${one}\n\n${BODY}\n${LIST}`);
    expect(two.match(/Mời bà con đến dự/gu)).to.have.length(2);
    expect(two).to.not.contain("Lưu");
  });
});

describe("a signature", () => {
  it("is one sentence: for whom, which office, who", () => {
    expect(clean(SIGNED)).to.equal("TM. Ủy ban nhân dân, KT. Chủ tịch, Phó Chủ tịch, Trần Văn Mẫu");
    expect(cuts(SIGNED)).to.deep.equal([["signature-cut", "(Đã ký)"]]);
  });

  it("is parted when body and office stand on one line", () => {
    expect(clean("T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ\n\n\nTrần Văn Mẫu")).to.equal(
      "T/M Ban Thường vụ, Phó Bí thư, Trần Văn Mẫu",
    );
  });

  it("is cut when a station does not want it, up to the name and no further", () => {
    const text = `${BODY}\n${SIGNED}\nXin nhắc lại: mời bà con đến dự.`;
    const said = clean(text, { heading: "cut", recipients: "cut", signature: "cut" });
    expect(said).to.equal(`${SAID}\n\nXin nhắc lại: mời bà con đến dự.`);
  });
});

describe("the foot of a page", () => {
  it("does not part a sentence", () => {
    expect(clean("Mời bà con mang theo\n- 2 -\nthẻ căn cước.")).to.equal("Mời bà con mang theo thẻ căn cước.");
    expect(clean("Mời bà con mang theo\nTrang 2/5\nthẻ căn cước.")).to.equal("Mời bà con mang theo thẻ căn cước.");
  });
});
