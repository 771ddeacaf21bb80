import { expect } from "chai";
import fc from "fast-check";
import { epoch } from "../../../src/base/units.js";
import { CHECKS } from "../../../src/domain/check-severity.js";
import { announcementId } from "../../../src/domain/ids.js";
import { localDate } from "../../../src/domain/local-time.js";
import { type CheckContext, check, type Finding } from "../../../src/language/checks/index.js";
import { normalise } from "../../../src/language/normalise.js";
import { checkProperty } from "../../support/check-property.js";

const today = localDate("2026-11-23");
const find = (text: string, context: Partial<CheckContext> = {}) => check(text, { today, ...context });
const brief = (findings: readonly Finding[]) =>
  findings.map(({ check: name, severity, found }) => [name, severity, found]);

describe("check", () => {
  it("says where, why, and what to write instead, in both languages", () => {
    const text = "Bệnh nhân là bà Lê Thị Thử.";
    const [finding] = find(text);
    expect(finding).to.include({ check: "privacy.name", severity: "gate", start: 13, end: 26, found: "bà Lê Thị Thử" });
    expect(finding?.decision).to.equal(true);
    for (const words of [finding?.words, finding?.suggestion])
      expect([words?.vi, words?.en].every((sentence) => (sentence?.length ?? 0) > 20)).to.equal(true);
  });

  it("points into the text as it was written, however it is composed and spaced", () => {
    const text = "Bệnh nhân\u00a0 Lê\u200b  Thị\nThử, 45 tuổi.".normalize("NFD");
    const found = find(text).map((finding) => text.slice(finding.start, finding.end));
    expect(found.map((piece) => piece.normalize("NFC").replace(/[\s\u200b]+/gu, " "))).to.deep.equal([
      "Bệnh nhân Lê Thị",
      "45 tuổi",
    ]);
  });

  it("finds a name that a broken line runs through", () => {
    const text = "Trạm y tế thông báo tình hình trong ngày: bệnh nhân Lê Thị\nThử đang được theo dõi tại bệnh viện.";
    expect(find(text).map(({ found }) => found)).to.include("bệnh nhân Lê Thị\nThử");
  });

  it("reads the newer placing of tone marks like the older", () => {
    const official =
      "Theo Báo cáo số 3/BC-SYT ngày 20/11/2026 của Uỷ ban nhân dân tỉnh, đến ngày 20/11 có 4 ca sởi, 3 cháu khoẻ, đã khỏi.";
    expect(find(official)).to.deep.equal([]);
  });

  it("takes what the normaliser made of a text just as well", () => {
    const text = "Bệnh nhân là bà Lê Thị Thử, số 5 đường Ví Dụ.";
    expect(check(normalise(text), { today })).to.deep.equal(find(text));
  });

  it("goes through hostile texts without stumbling", () => {
    const pieces = [
      "ca mắc ",
      "Nguyễn ",
      "9",
      "0900 ",
      "a.",
      "số 1/",
      "\u0301",
      " \n",
      "không ",
      "ngày một tháng ",
      "(",
      "mời ",
      "AB ",
    ];
    for (const piece of pieces) {
      const findings = find(piece.repeat(200_000 / piece.length));
      expect(findings.length, piece).to.be.at.most(1000);
    }
  });

  it("reads any text, and points inside it, in order", () => {
    const word = fc.constantFrom(
      "bệnh nhân",
      "Nguyễn Văn",
      "Thử",
      "3 ca mắc",
      "số",
      "12/3",
      "đường",
      "0900 000 111",
      "\n",
      ".",
      "ngày",
      "31/2",
      "mời",
      "İ",
      "\u0301",
      "CCCD 068000000001",
      "tuổi",
      "45",
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 40 }).map((words) => words.join(" ")),
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
    );
    checkProperty(
      fc.property(text, (whole) => {
        let last = 0;
        for (const finding of find(whole)) {
          expect(CHECKS).to.include(finding.check);
          expect(finding.start).to.be.at.least(last);
          expect(finding.end).to.be.within(finding.start, whole.length);
          expect(whole.slice(finding.start, finding.end).startsWith(finding.found)).to.equal(true);
          last = finding.start;
        }
      }),
    );
  });
});

describe("a sentence without accents", () => {
  const rowsIn = (text: string) => find(text).filter(({ check: name }) => name === "accents.missing");

  it("is stopped however short it is, where one of its words is hardly meant so", () => {
    const sentences = [
      "Moi hop to 5",
      "Thong bao",
      "Cam on",
      "Lich cup dien",
      "Kính thưa bà con. Xin cam on.",
      "HOP TO 5",
    ];
    expect(sentences.filter((text) => rowsIn(text).length !== 1)).to.deep.equal([]);
  });

  it("is told of once, as a part of the longest row", () => {
    expect(rowsIn("Kinh moi. Xin cam on ba con den hop.").map(({ found }) => found)).to.have.length(1);
  });

  it("passes where it is a name, a short form, or is written so", () => {
    const sentences = [
      "Lang Biang",
      "Tham gia",
      "Thu gom",
      "Bluezone",
      "VNPT",
      "Zalo: 0905 123 456",
      "Sao Mai",
      "Loa. Loa.",
      "Wi-fi free",
    ];
    expect(sentences.filter((text) => rowsIn(text).length > 0)).to.deep.equal([]);
  });
});

describe("privacy", () => {
  it("is a gate beside a patient, a matter of consent elsewhere, and a note where naming is the purpose", () => {
    expect(brief(find("Người nhiễm là chị Lê Thị Thử."))).to.deep.equal([["privacy.name", "gate", "chị Lê Thị Thử"]]);
    expect(brief(find("Chị Lê Thị Thử trúng xe đạp."))).to.deep.equal([["privacy.name", "warning", "Chị Lê Thị Thử"]]);
    expect(brief(find("Chị Lê Thị Thử trả lại ví.", { topic: "guong-tot" }))).to.deep.equal([
      ["privacy.name", "note", "Chị Lê Thị Thử"],
    ]);
    expect(find("Người nhiễm là chị Lê Thị Thử.", { topic: "guong-tot" })[0]?.severity).to.equal("gate");
  });

  it("lets officials be named with their office, before or after, and in a signature", () => {
    for (const text of [
      "Ông Lê Văn Thử, Chủ tịch Ủy ban nhân dân phường, phát biểu.",
      "Chủ tịch UBND phường Mẫu, ông Lê Văn Thử, phát biểu.",
      "Trạm trưởng Trạm Y tế phường bà Trần Thị Mẫu khuyến cáo.",
      "Mời bà con nghe.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn Thử",
    ])
      expect(find(text), text).to.deep.equal([]);
  });

  it("does not let a patient hide behind an office", () => {
    expect(find("Bệnh nhân Lê Văn Thử, Tổ trưởng tổ dân phố 3.").map(({ check: name }) => name)).to.include(
      "privacy.name",
    );
  });

  it("leaves initials alone: they already hide a name", () => {
    expect(find("Bệnh nhân N.T.H và chị Lê Thị H. đã khỏe.")).to.deep.equal([]);
  });

  it("lets listed numbers be read out, however they are written, and hotlines always", () => {
    const text = "Gọi 113, 115, 1900 9095, 1800.1000 hoặc (0263) 3.000.111.";
    expect(find(text, { publicNumbers: ["+84 263 3000111"] })).to.deep.equal([]);
    expect(brief(find("Trực ban phường: 0263.3000.111."))).to.deep.equal([["privacy.phone", "note", "0263.3000.111"]]);
    expect(brief(find("Đường dây nóng: 0900 000 111."))).to.deep.equal([["privacy.phone", "warning", "0900 000 111"]]);
  });

  it("does not take accounts and sums for identity numbers", () => {
    expect(find("Tài khoản 068000000123, kinh phí 250000000 đồng.")).to.deep.equal([]);
  });
});

describe("balance and official source", () => {
  const paper = "Theo Báo cáo số 12/BC-SYT ngày 22/11/2026 của Sở Y tế, ";
  const news = "đến 18 giờ ngày 22/11/2026, phường có thêm 3 ca mắc sởi";

  it("are content with new, recovered, as-of time, document, body and date", () => {
    expect(find(`${paper}${news}, 5 cháu đã khỏi bệnh.`)).to.deep.equal([]);
    expect(find(`${paper}${news}, chưa có ca nào khỏi bệnh.`)).to.deep.equal([]);
  });

  it("take the source line for said", () => {
    expect(
      find(`Tính ${news}, 5 cháu đã khỏi bệnh.`, { source: "Báo cáo số 12/BC-SYT ngày 22/11/2026, Sở Y tế" }),
    ).to.deep.equal([]);
  });

  it("do not take the date of the document for the time of the count", () => {
    const names = find(`${paper}phường có thêm 3 ca mắc sởi, 5 cháu đã khỏi bệnh.`).map((finding) => finding.check);
    expect(names).to.deep.equal(["balance.as-of"]);
  });

  it("do not take a wish for a figure", () => {
    const names = find(`${paper}${news}. Chúc các cháu mau khỏi bệnh.`).map((finding) => finding.check);
    expect(names).to.deep.equal(["balance.recovered"]);
  });

  it("accept a body that the station has added, and no other", () => {
    const text = `Theo Báo cáo số 9/BC-BQL ngày 22/11/2026 của Ban Quân y Mẫu, ${news}, 5 cháu đã khỏi.`;
    expect(find(text).map((finding) => finding.check)).to.deep.equal(["source.body"]);
    expect(find(text, { issuingBodies: ["Ban Quân y Mẫu"] })).to.deep.equal([]);
    expect(find(text, { issuingBodies: ["Ban Quân y Mẫu", "Trạm y tế - (số 2) / [a+b]*.?{1}^$|\\"] })).to.deep.equal(
      [],
    );
  });

  it("are not asked for where nothing is reported", () => {
    expect(find("Khi phát hiện ca bệnh, báo trạm y tế. Tuần qua không ghi nhận ca mắc mới.")).to.deep.equal([]);
  });
});

describe("length and repetition", () => {
  const text = "Mời bà con đi tiêm vắc xin đúng lịch, mang theo sổ tiêm và giấy tờ cần thiết khi đến trạm y tế.";

  it("warn beyond two minutes, and beyond the slot", () => {
    expect(brief(find(text, { seconds: 121 }))).to.deep.equal([["length.item", "warning", ""]]);
    expect(brief(find(text, { seconds: 61, slotSeconds: 60 }))).to.deep.equal([["length.slot", "warning", ""]]);
    expect(find(text, { seconds: 60, slotSeconds: 60 })).to.deep.equal([]);
  });

  it("warn when nearly the same was heard here within a day", () => {
    const now = epoch(1_800_000_000_000);
    const aired = (hours: number, said = text) => ({
      announcement: announcementId("tiem-chung"),
      title: "Tiêm chủng",
      text: said,
      at: epoch(now - hours * 3_600_000),
    });
    expect(find(text, { now, history: [aired(23)] })[0]).to.include({ check: "repeated", severity: "warning" });
    // Beside the words, for not everybody may be told of it.
    expect(find(text, { now, history: [aired(23)] })[0]?.heard).to.deep.equal({
      ...{ announcement: "tiem-chung", title: "Tiêm chủng" },
    });
    expect(find(`${text} Xin cảm ơn.`, { now, history: [aired(2)] }).map((finding) => finding.check)).to.deep.equal([
      "repeated",
    ]);
    expect(
      find(text, { now, history: [aired(25), aired(2, "Chiều nay cắt nước toàn phường từ một giờ.")] }),
    ).to.deep.equal([]);
    expect(find(text, { now, class: "emergency", history: [aired(1)] })).to.deep.equal([]);
    const at = (hours: number, ...areas: string[]) => ({ ...aired(hours), areas });
    expect(
      find(text, { now, history: [at(3, "Tổ 1", "Tổ 2"), at(2, "Tổ 1", "Tổ 3", "Tổ 4")] })[0]?.words,
    ).to.deep.equal({
      vi: "Trong 24 giờ qua Tổ 1, Tổ 2, Tổ 3 và 1 nơi khác đã nghe nội dung này 2 lần.",
      en: "In the last 24 hours this was heard in Tổ 1, Tổ 2, Tổ 3 and 1 more 2 times.",
    });
  });
});
