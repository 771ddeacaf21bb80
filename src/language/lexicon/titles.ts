/**
 * Ranks and titles before names.
 *
 * @module
 */
import { themed, where } from "./themed.js";

const TITLES_NOTE = "cách viết tắt học hàm, học vị, chức danh trên báo chí";

/** So many comrades, counted as lists count them. */
const COUNTS = Array.from({ length: 50 }, (_, before) => `${before + 1}`).concat(
  "01|02|03|04|05|06|07|08|09".split("|"),
);

export const TITLES = [
  ...themed("office", TITLES_NOTE, [
    ["PCT", "phó chủ tịch"],
    ["CTUBND", "Chủ tịch Ủy ban nhân dân"],
    ["Ô.", "ông", where({ next: "name" })],
    ["UVBCH", "ủy viên Ban Chấp hành"],
    ["UVBTV", "ủy viên Ban Thường vụ"],
    ["UVTV", "ủy viên Thường vụ"],
    ["UVTWĐ", "Ủy viên Trung ương Đảng"],
    ["UV", "ủy viên", where({ before: ["BCH", "BTV", "Ban", "Thường vụ", "Trung ương", "UBND", "HĐND", "UBMTTQ"] })],
    [
      "GĐ",
      "giám đốc",
      where({
        before: [
          "Sở",
          "Trung tâm",
          "TT",
          "Công ty",
          "Cty",
          "Bệnh viện",
          "BV",
          "Công an",
          "CA",
          "điều hành",
          "TTYT",
          "BVĐK",
          "Điện lực",
          "Ban Quản lý",
          "BQL",
          "VNPT",
          "HTX",
          "CN",
        ],
      }),
    ],
    ["GĐ", "gia đình", where({ after: ["hộ", "bạo lực", "phòng, chống bạo lực", "công tác", "các"] })],
    ["GĐ", "gia đình", where({ before: ["văn hóa", "văn hoá", "chính sách", "Việt Nam", "liệt sĩ", "có công"] })],
    ["PGĐ", "phó giám đốc"],
    ["TGĐ", "tổng giám đốc"],
    ["GS.TS", "giáo sư, tiến sĩ"],
    ["PGS.TS", "phó giáo sư, tiến sĩ"],
    ["PGS,TS", "phó giáo sư, tiến sĩ"],
    ["GS.", "giáo sư", where({ next: "name" })],
    ["GS", "giáo sư", where({ next: "name" })],
    ["PGS.", "phó giáo sư", where({ next: "name" })],
    ["PGS", "phó giáo sư"],
    ["TS.BS", "tiến sĩ, bác sĩ"],
    ["ThS.BS", "thạc sĩ, bác sĩ"],
    ["TS.", "tiến sĩ", where({ next: "name" })],
    ["TS", "tiến sĩ", where({ next: "name" })],
    ["ThS.", "thạc sĩ", where({ next: "name" })],
    ["Ths.", "thạc sĩ", where({ next: "name" })],
    ["ThS", "thạc sĩ"],
    ["BS.", "bác sĩ", where({ next: "name" })],
    ["Bs.", "bác sĩ", where({ next: "name" })],
    ["BS", "bác sĩ", where({ next: "name" })],
    ["BSCKI", "bác sĩ chuyên khoa một"],
    ["BSCKII", "bác sĩ chuyên khoa hai"],
    ["CKI", "chuyên khoa một"],
    ["CKII", "chuyên khoa hai"],
    ["DS.", "dược sĩ", where({ next: "name" })],
    ["KS.", "kỹ sư", where({ next: "name" })],
    ["KTS.", "kiến trúc sư", where({ next: "name" })],
    ["KTS", "kiến trúc sư"],
    ["LS.", "luật sư", where({ next: "name" })],
    ["NSND", "Nghệ sĩ nhân dân"],
    ["NSƯT", "Nghệ sĩ ưu tú"],
    ["NGND", "Nhà giáo nhân dân"],
    ["NGƯT", "Nhà giáo ưu tú"],
    ["AHLLVT", "Anh hùng Lực lượng vũ trang"],
    ["AHLĐ", "Anh hùng Lao động"],
    ["BMVNAH", "Bà mẹ Việt Nam anh hùng"],
    ["đ/c", "địa chỉ", where({ before: [":"] })],
    ["đ/c", "đồng chí", where({ next: "name" })],
    ["đ/c", "đồng chí", where({ after: COUNTS })],
    [
      "đ/c",
      "đồng chí",
      where({ before: ["kết luận", "chỉ đạo", "phát biểu", "nêu", "yêu cầu", "đã", "được", "là", "có"] }),
    ],
    ["đ/c", "đồng chí", where({ after: ["các", "những", "toàn thể", "quý", "một", "mỗi", "của"] })],
    ["Đ/c", "địa chỉ", where({ before: [":"] })],
    ["Đ/c", "đồng chí", where({ next: "name" })],
    ["Đ/C", "đồng chí", where({ next: "name" })],
    ["đc", "đồng chí", where({ next: "name" })],
  ]),
];
