import { expect } from "chai";
import fc from "fast-check";
import type { Paper } from "../../../src/domain/paper.js";
import { scaleOf } from "../../../src/server/papers/bars.js";
import { pdfOf, printPage, spreadsheetOf } from "../../../src/server/papers/index.js";
import { checkProperty } from "../../support/check-property.js";
import { lettersOf } from "../../support/letters-of-pdf.js";
import { unzip } from "../../support/unzip.js";

/** Every letter of Vietnamese with every mark. */
const BASES = "aăâeêioôơuưy";
const MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const LETTERS = [...BASES].flatMap((base) => MARKS.map((mark) => (base + mark).normalize("NFC"))).join("");
const ALL = `${LETTERS}đ${LETTERS.toUpperCase()}Đ`;

const aPaper = (more: Partial<Paper> = {}): Paper => ({
  head: { issuer: "Đài <thử>", number: "Số:    /BC", placeAndDate: "Đà Lạt, ngày 25 tháng 11 năm 2026" },
  kindOfDocument: "BÁO CÁO",
  subject: "Kết quả",
  blocks: [
    { kind: "heading", text: "I. Kết quả" },
    { kind: "paragraph", text: ALL },
    {
      ...{ kind: "table", name: "Bảng", title: "Bảng thử", most: 1 },
      columns: [
        { title: "Tên", weight: 3 },
        { title: "Phút", weight: 1, decimals: 1 },
        { title: "Tỷ lệ", weight: 1, decimals: 1, isPart: true },
      ],
      rows: [
        ["=cmd|' /C calc'!A0", 1234.56, 0.975],
        ["+1", 2, undefined],
        ["-2", 3, 0],
        ["@SUM(A1)\u0000\u000b<b>&", 4, 1],
      ],
      total: ["Tổng cộng", 1243.56, undefined],
    },
    {
      kind: "chart",
      title: "Hình",
      shape: "columns",
      unit: "phút",
      bars: [{ label: "01/11", value: 5, part: 2 }],
      partTitle: "giờ vàng",
    },
    { kind: "chart", title: "Hình nằm", shape: "bars", unit: "phút", bars: [{ label: "<i>chợ</i>", value: 0 }] },
  ],
  signature: { authority: "TM. Ủy ban", office: "Chủ tịch", name: "Trần Thị Mẫu" },
  recipients: ["- Sở (b/c);", "- Lưu: VT."],
  proof: "Đếm đến dòng 7",
  ...more,
});

describe("papers", () => {
  it("as PDF hold every Vietnamese letter, also of texts whose marks stand apart", async () => {
    const pdf = await pdfOf(aPaper({ subject: ALL.normalize("NFD") }), 0);

    expect(pdf.subarray(0, 5).toString()).to.equal("%PDF-");
    const letters = lettersOf(pdf);
    expect([...ALL].filter((letter) => !letters.has(letter))).to.deep.equal([]);
    expect(letters.has("\u0301")).to.equal(false);
    expect(pdf.toString("latin1"))
      .to.contain("Tinos")
      .and.to.match(/\/FontFile[23]/);
  });

  it("as PDF are the same bytes for the same document and time", async () => {
    const at = Date.UTC(2026, 10, 25, 9);
    expect((await pdfOf(aPaper(), at)).equals(await pdfOf(aPaper(), at))).to.equal(true);
  });

  it("as PDF go on over as many pages as a long table needs", async () => {
    const rows = Array.from({ length: 400 }, (_, at) => [`Cụm loa số ${at}`, "x ".repeat(at % 60)]);
    const columns = [
      { title: "Loa", weight: 1 },
      { title: "Ghi chú", weight: 2 },
    ];
    const pdf = await pdfOf(aPaper({ blocks: [{ kind: "table", name: "n", title: "t", columns, rows }] }), 0);

    const pages = pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    expect(pages).to.be.greaterThan(8).and.lessThan(60);
  });

  it("as a spreadsheet run nothing that people wrote, and keep numbers numbers", async () => {
    const files = unzip(await spreadsheetOf(aPaper()));

    const [cover = "", sheet = ""] = [1, 2].map((at) => files.get(`xl/worksheets/sheet${at}.xml`));
    const all = [...files.values()].join("");
    expect(all).to.not.match(/<f[ >]/);
    expect(all).to.contain("=cmd|").and.to.contain("@SUM(A1)&lt;b&gt;&amp;");
    expect(sheet)
      .to.match(/<c [^>]*><v>1234\.56<\/v><\/c>/)
      .and.to.match(/<v>0\.975<\/v>/);
    // All rows, though paper shows one: title, head, four rows, total.
    expect(sheet.match(/<row /g)).to.have.length(7);
    expect(cover).to.not.equal("");
    expect(files.get("xl/workbook.xml")).to.contain('name="Tóm tắt"').and.to.contain('name="Bảng"');
  });

  it("as a page escape what people wrote, run nothing and fetch nothing", () => {
    const page = printPage(aPaper());

    expect(page).to.contain("Đài &lt;thử&gt;").and.to.contain("&lt;i&gt;chợ&lt;/i&gt;").and.to.contain("97,5%");
    expect(page).to.not.match(/<script|<i>chợ|https?:|url\(| on\w+=/);
    expect(page).to.contain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").and.to.contain('<html lang="vi">');
    expect(page.match(/<tr>/g), "head, one row, total").to.have.length(3);
  });

  it("draw charts on a scale of round numbers that no bar leaves", () => {
    checkProperty(
      fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const { top, lines } = scaleOf({ bars: values.map((value) => ({ label: "", value })) });
        expect(top).to.be.at.least(Math.max(...values) * (1 - 1e-9));
        expect(lines.length).to.be.within(1, 10);
        expect(lines.at(-1)).to.equal(top);
      }),
    );
  });
});
