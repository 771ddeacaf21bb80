import { expect } from "chai";
import { clean } from "../../../src/language/clean.js";

describe("words in capitals", () => {
  const said: Record<string, string> = {
    "KẾ HOẠCH": "Kế hoạch",
    "KẾ HOẠCH CỦA UBND PHƯỜNG": "Kế hoạch của UBND phường",
    "I. MỤC ĐÍCH, YÊU CẦU": "I. Mục đích, yêu cầu",
    "1. THỜI GIAN: 8 GIỜ": "1. Thời gian: 8 giờ",
    "THÔNG BÁO CỦA BAN CHỈ ĐẠO": "Thông báo của Ban Chỉ đạo",
    "Thông báo KHẨN CẤP của phường": "Thông báo khẩn cấp của phường",
    "Đây là tin KHẨN.": "Đây là tin khẩn.",
    "TIN BÃO SỐ 5. BÀ CON CHÚ Ý!": "Tin bão số 5. Bà con chú ý!",
    "PHÒNG DỊCH COVID-19 TẠI TP. ĐÀ LẠT": "Phòng dịch COVID-19 tại TP. Đà Lạt",
    "T/M BAN THƯỜNG VỤ": "T/M Ban Thường vụ",
    "VĂN BẢN 335-CV/TU CỦA TỈNH ỦY": "Văn bản 335-CV/TU của Tỉnh ủy",
    "BÁO CÁO VP TU VÀ TU SỬA ĐƯỜNG": "Báo cáo VP TU và tu sửa đường",
    "XỬ LÝ VI PHẠM THEO MỤC VI": "Xử lý vi phạm theo mục VI",
    "VI. NHIỆM VỤ": "VI. Nhiệm vụ",
    "BA CA NHIỄM MỚI": "Ba ca nhiễm mới",
    "TRẠM Y TẾ": "Trạm Y tế",
    "Ông NGUYỄN VĂN MẪU phát biểu": "Ông Nguyễn Văn Mẫu phát biểu",
    "TRƯỜNG MẪU GIÁO KHỐI A": "Trường mẫu giáo khối A",
    "CÀI CÔ-VÍT VÀO MÁY": "Cài cô-vít vào máy",
  };
  for (const [written, spoken] of Object.entries(said)) {
    it(`“${written}” are read as “${spoken}”`, () => {
      expect(clean(written)).to.equal(spoken);
    });
  }

  it("stay when they are short forms", () => {
    for (const text of [
      "UBND, HĐND, MTTQ",
      "Đoàn TNCS",
      "BTC giải",
      "ThU và TU",
      "CA phường",
      "Nghị quyết TƯ 4",
      "IPHONE",
    ])
      expect(clean(text)).to.equal(text);
  });

  it("are ordinary words already when only the first letter is large", () => {
    const text = "Ủy ban nhân dân Phường Một mời Bà Con đến Đà Lạt";
    expect(clean(text)).to.equal(text);
  });
});
