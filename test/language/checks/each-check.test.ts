import { expect } from "chai";
import type { CheckName } from "../../../src/domain/check-severity.js";
import { localDate } from "../../../src/domain/local-time.js";
import { check } from "../../../src/language/checks/index.js";

const today = localDate("2026-11-23");
const checksOf = (text: string) => check(text, { today, topic: "khac" }).map((finding) => finding.check);

/** Sentences with a fault, by the check that must find it. People, numbers and places are made up. */
const FAULTY: { readonly [check in CheckName]?: readonly string[] } = {
  "privacy.name": [
    "Xin chia buồn cùng gia đình cụ Trần Văn Thử vừa qua đời.",
    "Hộ bà Hoa ở tổ 4 chưa phân loại rác.",
    "Người nhiễm là Lê Hồng Thử, tổ 3.",
    "Ca bệnh: N.V. Mẫu; bà Phan Thị  Mẫu tiếp xúc gần.",
    "Đối tượng Hồ Văn Giả bị bắt quả tang trộm cắp.",
    "Bé Na bị lạc mẹ, đang ở trụ sở công an.",
    "Thầy Đinh Ví Dụ dạy toán mắc bệnh.",
  ],
  "privacy.age": [
    "Bệnh nhân nữ, 34 tuổi, tổ 2.",
    "Ca mắc là một cụ ông 81 tuổi.",
    "Một em nhỏ bốn tuổi, là ca mắc tay chân miệng ngày 22/11.",
    "Nạn nhân nam (khoảng 50 tuổi) đã được đưa đi cấp cứu.",
  ],
  "privacy.address": [
    "Gia đình chị ấy trú tại 45A Nguyễn Trãi, phường Mẫu.",
    "F0 ở căn hộ 1204 chung cư Ví Dụ.",
    "Nhà bệnh nhân nằm trong ngõ 15, đường Thử.",
  ],
  "privacy.phone": ["Ai cần mua xin gọi 0900-000-111.", "Gọi anh Mẫu: (+84) 900 000 222.", "Điện thoại: 0900 00 01 11"],
  "privacy.identity-number": ["Số CMND: 250 000 123 bị rơi.", "Mã số BHXH 0123456789 của người này."],
  "privacy.plate": ["Xe tải biển kiểm soát 49C 000.11 gây tai nạn.", "Xe mang BKS 49H-0012"],
  "privacy.patient-code": ["Bệnh nhân số 34 đã đến chợ.", "Ca bệnh mã số 1024."],
  "privacy.workplace": [
    "Người bệnh đang làm bảo vệ tại siêu thị Ví Dụ.",
    "Bệnh nhân học lớp 9A2 trường THCS Mẫu.",
    "Ca dương tính là tài xế của hãng taxi Ví Dụ.",
  ],
  "balance.recovered": [
    "Phường có 3 F0 mới, tính đến 8 giờ ngày 22/11.",
    "Ghi nhận thêm một trường hợp mắc sốt xuất huyết, tính đến ngày 21/11/2026.",
    "Toàn phường 15 ca nhiễm, cập nhật 20/11/2026.",
    "Lại có người nhiễm mới trong khu phố 3 ngày 20/11.",
  ],
  "balance.as-of": ["Có 4 ca sởi, 3 cháu đã khỏi."],
  "source.body": ["Theo Báo cáo số 3 ngày 20/11/2026 của trạm y tế, có 4 ca sởi, 3 cháu đã khỏi."],
  "source.rumour": ["Nghe đồn chợ Mẫu có ca bệnh.", "Theo nguồn tin từ zalo, ngày mai mất nước."],
  "accents.missing": [
    "Thong bao: moi ba con den nha van hoa hop luc 19h ngay 20/11.",
    "THONG BAO: MOI BA CON DI HOP.",
    "Thông báo khẩn. Chieu nay se cup dien toan khu, de nghi cac ho chu y.",
    "Kinh moi cac ho gia dinh o to 5 mang the den nhan qua.",
    "Lịch tiêm: chieu thu hai, tai tram y te, theo giay moi.",
    "Moi hop to 5",
    "THONG BAO\n\nSáng mai bà con họp tổ dân phố lúc 7 giờ.",
    "Kính thưa bà con. Xin cam on.",
    "HOP TO 5, 19h30.",
    "Xin cam on ba con.",
  ],
  stigma: [
    "Bà con tránh xa gia đình có người nhiễm ở hẻm 4.",
    "Dịch do người Bình Dương mang về đây.",
    "Mấy kẻ mang bệnh về làm khổ cả phường.",
    "Không tiếp xúc với người từ vùng dịch, không mua hàng của họ.",
    "Bảy hộ có người ốm thì bà con tránh xa!",
    "Những người về từ nơi khác, cả xóm xa lánh.",
    "Nhà có người ốm, bà con tránh xa ra nhé.",
    "Nhà chú Tám có khách vừa về từ tâm dịch.",
  ],
  advertising: [
    "Cửa hàng Mẫu khai trương, giảm giá 50 phần trăm, nhanh tay kẻo lỡ.",
    "Sữa Ví Dụ ngon nhất thị trường, giá 25.000 đồng một hộp tại siêu thị Mẫu.",
    "Đặt hàng qua số 0900 000 111, giao hàng tận nhà.",
  ],
  "tone.panic": ["Dịch lây lan chóng mặt, đã ngoài tầm kiểm soát!"],
  "tone.shouting": ["BÀ CON PHẢI Ở NHÀ NGAY LẬP TỨC! Ai ra đường sẽ bị phạt.", "Khẩn cấp!!! Bà con chú ý!!!"],
  "date.expired": [
    "Kính mời bà con dự họp lúc 19 giờ ngày 20/11/2026 tại nhà văn hóa.",
    "Hạn nộp hồ sơ đến hết ngày 15 tháng 11.",
    "Ngày mùng 10/11, điện lực sẽ cắt điện.",
  ],
  "date.impossible": ["Họp vào ngày 31/11/2026."],
  "invitation.incomplete": [
    "Kính mời bà con đến dự họp tổ dân phố.",
    "Mời đại diện các hộ đến dự họp lúc 19 giờ tối mai.",
  ],
};

/** Everyday sentences that look like faults and are none. */
const PLAIN: readonly string[] = [
  "Trạm Y tế khám cho bệnh nhân tăng huyết áp, đái tháo đường vào thứ Ba hằng tuần.",
  "Một bệnh nhân có thể lây cho nhiều người, vì vậy hãy đeo khẩu trang.",
  "Ông Táo về trời ngày 23 tháng Chạp, bà con không thả túi ni lông xuống hồ.",
  "Đội bóng phường Mẫu thắng đội bóng phường Ví Dụ với tỷ số 2-1.",
  "Nước mắm, gạo, mì tôm được phát cho 12 hộ khó khăn ở thôn Tân Lập.",
  "Đường Nguyễn Đình Chiểu, Trần Quý Cáp, Hùng Vương tạm thời một chiều.",
  "Từ 1/12, cấm đỗ xe trên đường Phan Đình Phùng từ số 1 đến số 99.",
  "Nhân viên trạm y tế sẽ đến từng nhà phun hóa chất.",
  "Bí thư Chi bộ, Tổ trưởng tổ dân phố 4, ông Trần Văn Mẫu, chủ trì cuộc họp.",
  "Khu phố văn hóa Lý Thường Kiệt, tổ dân phố Hồ Tùng Mậu nhận bằng khen.",
  "Nhà thơ Hàn Mặc Tử và nhạc sĩ Trịnh Công Sơn từng viết về thành phố này.",
  "Trẻ em Việt Nam khỏe mạnh, cha mẹ an lòng.",
  "Người cao tuổi đủ 75 tuổi được trợ cấp xã hội.",
  "Chương trình Tủ sách Anh Đào tặng 200 cuốn cho Trường Tiểu học Mê Linh.",
  "Lũ về nhanh, bà con không qua ngầm tràn.",
  "Kết quả: 300 người được tiêm, không có ai phản ứng nặng.",
  "Thủ khoa được tuyên dương tại Nhà thiếu nhi lúc 8 giờ ngày 28/11/2026.",
  "Bà con đăng ký khám bệnh qua tổng đài 1900 1234.",
  "Nghị quyết 30c đã hết hiệu lực từ ngày 1/1/2020, thay bằng quy định mới.",
  "Cuộc thi có 3 giải nhất, 5 giải nhì dành cho các em từ 6 đến 15 tuổi.",
  "Mời các hộ ở hẻm 12, hẻm 14 đường Ví Dụ đến nhận mã QR phân loại rác tại nhà văn hóa từ ngày 25/11.",
  "Đài phát thanh phường xin chào bà con và du khách thân mến.",
  "Các ca sinh hoạt hè của thiếu nhi bắt đầu lúc 8 giờ.",
  "Phường có 3 ca trực cấp cứu mỗi ngày.",
  "Ban công nhà ông bà cần được kiểm tra trước mùa mưa bão.",
  "Đoạn đường từ ngã tư Phan Chu Trinh - Nguyễn Du đến cầu Ông Đạo ngập sâu 30 cm.",
  "Ủy ban nhân dân phường tiếp công dân sáng thứ Năm hằng tuần tại trụ sở số 5 đường Lê Đại Hành.",
  "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường ra quân mùa hè xanh.",
  "Bà con chú ý: Bác Hồ dạy chúng ta siêng năng, tiết kiệm.",
  "Hội Liên hiệp Phụ nữ phường Mẫu tổ chức lớp nấu ăn cho chị em.",
  "Phường Xuân Hương - Đà Lạt, phường Lâm Viên - Đà Lạt, xã Lạc Dương đều có mưa.",
  "Bệnh viện Đa khoa Lâm Đồng tiếp nhận bệnh nhân có thẻ bảo hiểm y tế từ 7 giờ.",
  "Nhân dịp Tết Trung thu, chú Cuội, chị Hằng đến chơi với các em thiếu nhi.",
  "Thủ tướng Chính phủ Nguyễn Văn Thử đã ký Quyết định số 135/QĐ-TTg ngày 20/1/2020.",
  "Giá vàng hôm nay tăng 500.000 đồng mỗi lượng, bà con thận trọng.",
  "Mức phạt từ 1.000.000 đồng đến 3.000.000 đồng đối với hành vi xả rác, theo Nghị định số 45/2022/NĐ-CP ngày 7/7/2022.",
  "Hàng hóa tại siêu thị đủ dùng, gạo giá 18.000 đồng một ký theo giá niêm yết.",
  "Chương trình tiêm chủng mở rộng: trẻ 9 tháng tuổi tiêm sởi mũi 1, trẻ 18 tháng tuổi tiêm mũi 2.",
  "Số tài khoản của quỹ: 1020 0000 1234 tại Ngân hàng Mẫu.",
  "Kính mời quý phụ huynh Trường Tiểu học Trần Quốc Toản dự họp lúc 8 giờ ngày 29/11 tại trường.",
  "Thực hiện Kế hoạch số 17/KH-UBND ngày 2/11/2026, phường sẽ tổ chức diễn tập vào ngày 30/11/2026.",
  "Người dân không tự ý mua thuốc kháng vi-rút, không tin lời quảng cáo thuốc chữa khỏi hoàn toàn.",
  "Nếu phát hiện người mắc bệnh, báo ngay trạm y tế.",
  "Sáng qua, đội tuyển nữ phường thắng 3-2, giành giải nhất hội thao.",
  "Chùa Linh Sơn, nhà thờ Con Gà và chợ Đà Lạt có đông khách dịp lễ.",
  "Mùa mưa, đèo Mimosa và đèo Bảo Lộc dễ sạt lở, tài xế đi chậm.",
  "Trung tâm Y tế khuyến cáo 1 người mắc sốt xuất huyết có thể lây cho cả nhà qua muỗi vằn.",
  "Các hộ kinh doanh tại chợ không tăng giá, không găm hàng.",
  "Đại hội Thể dục Thể thao sẽ khai mạc vào 7 giờ 30 ngày 5-12-2026 tại sân vận động.",
  "Ông bà, cha mẹ hãy làm gương cho con cháu. Anh em trong xóm giúp nhau dọn dẹp.",
  "Xã Đinh Văn Lâm Hà và thị trấn Nam Ban có mưa đá.",
  "Trung tâm tiêm chủng ở số 8 đường Ví Dụ mở cửa cả tuần.",
  "Khu phố 6, hẻm 142 sẽ được lắp đèn chiếu sáng mới.",
  "Mời bà con đón nghe bản tin lúc 17 giờ.",
  "Trụ sở mới của phường: 12 Lê Lợi.",
  "Bệnh nhân Covid-19 và người chăm sóc được hỗ trợ theo quy định.",
  "Thẻ căn cước làm xong sẽ trả sau 7 ngày làm việc.",
  "Ai hay ca, hay ngâm thơ, xin tham gia thi: ban giao lưu mang hoa ra trao.",
  "Xin cho em tham gia.",
  "Đường dây điện đứt trước nhà văn hóa, bà con tránh xa.",
  "Người mắc hen suyễn thấy khói bụi nên tránh xa.",
  "Người nhiễm bệnh bị hàng xóm xa lánh, phường mong bà con giúp đỡ.",
  "Người mắc bệnh cần được giúp đỡ, không xa lánh.",
  "Xem thêm: https://tin-tuc.lamdong.gov.vn/thong-bao-moi-ba-con-den-hop hoặc gửi thư tới moi.ba.con.den.hop@lamdong.gov.vn.",
  "Trung tâm Anh ngữ dạy bài hát Hello, my name is Mimi and I can sing cho các em.",
  "Mua rau, cam, chanh, khoai lang, cua theo giá trong tuần.",
  "Ủng hộ qua tài khoản 1020 0000 1234, nội dung chuyển khoản ghi: ung ho nguoi ngheo phuong Mau.",
];

/** News as it is really written, and every check that it must meet. */
const NEWS: readonly (readonly [text: string, checks: readonly CheckName[]])[] = [
  [
    "Cập nhật tình hình dịch: đến chiều 22/11 phường Mẫu có 7 bệnh nhân sốt xuất huyết, trong đó 2 người nặng.",
    ["balance.recovered", "source.document"],
  ],
  ["Trên địa bàn phường đang có 5 ca F0 điều trị tại nhà.", ["balance.recovered", "balance.as-of"]],
  ["Số người mắc cúm A tăng lên 40 trong tuần từ 16/11 đến 22/11.", ["balance.recovered"]],
  ["Phường ta có thêm ca dương tính thứ mười hai vào ngày 21/11.", ["balance.recovered"]],
  ["Theo báo của tổ trưởng, ngày 22/11 có 3 người bị sốt xuất huyết, 1 người đã về nhà.", ["source.body"]],
  ["Hai cháu ở trường mầm non vừa bị tay chân miệng ngày 20/11.", ["balance.recovered", "source.body"]],
  ["Ca tử vong đầu tiên do sốt xuất huyết được ghi nhận ngày 20/11/2026.", ["balance.recovered"]],
  ["Những ai có mặt tại quán cà phê Ví Dụ tối 19/11 cùng F0 hãy khai báo.", ["source.document"]],
  ["Mốc dịch tễ của bệnh nhân: 8 giờ đi chợ, 10 giờ đến ngân hàng.", ["source.document"]],
  ["Ông Mẫu, nhà ở tổ 5, vừa nhiễm Covid.", ["privacy.name"]],
  ["Danh sách hộ nghèo: Trần Thị Mẫu, Lê Văn Thử, Ka Thử.", ["privacy.name"]],
  ["Gia đình chú Tư Thử có tang.", ["privacy.name"]],
  ["Lê Thị Thử (SN 1990) trú tổ 4 bị xử phạt vì bán hàng giả.", ["privacy.name", "privacy.age"]],
  ["Liên hệ chị Mẫu để biết thêm chi tiết.", ["privacy.name"]],
  ["Thí sinh Võ Hoàng Thử đoạt giải nhất.", ["privacy.name"]],
  ["Cách ly y tế hộ gia đình số 45 đường Ví Dụ.", ["privacy.address"]],
  ["Đám cưới nhà số 12/4, hẻm 3.", ["privacy.address"]],
  ["SĐT: 0900.000.111 (zalo).", ["privacy.phone"]],
  ["alo 84900000111 gặp em", ["privacy.phone"]],
  ["CCCD 0680-0000-0123", ["privacy.identity-number"]],
  ["Chủ xe 49AB-000.12 ra dời xe.", ["privacy.plate"]],
  ["Trường hợp mắc bệnh là nhân viên khách sạn Ví Dụ.", ["privacy.workplace"]],
  ["Bệnh nhân bán cá tại chợ Mẫu.", ["privacy.workplace"]],
  ["Đề nghị bà con không tiếp xúc với gia đình có ca bệnh.", ["stigma"]],
  ["Phòng khám Mẫu ưu đãi 30% gói khám tổng quát, gọi ngay 0900000111.", ["advertising"]],
];

describe("each check", () => {
  for (const [text, names] of NEWS)
    it(`${names.join(" and ")} stop at “${text}”`, () => {
      expect(checksOf(text)).to.include.members([...names]);
    });

  for (const [name, texts] of Object.entries(FAULTY))
    for (const text of texts)
      it(`${name} stops at “${text}”`, () => {
        expect(checksOf(text)).to.include(name);
      });

  for (const text of PLAIN)
    it(`lets “${text}” pass`, () => {
      const alarms = check(text, { today, topic: "khac" }).filter(({ severity }) => severity !== "note");
      expect(alarms.map(({ check: name, found }) => `${name} ${found}`)).to.deep.equal([]);
    });
});
