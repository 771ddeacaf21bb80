/**
 * Texts of the kinds that a ward reads out, written for measuring how long voices take. Made up: no place, person or figure
 * in them means anybody.
 *
 * @module
 */

/** Key: the kind of text. */
export const SPOKEN_TEXTS: Readonly<Record<string, string>> = {
  meeting:
    "Kính mời bà con tổ dân phố bảy đến dự buổi họp thường kỳ vào lúc mười chín giờ, thứ bảy tuần này, tại nhà sinh hoạt cộng đồng. Rất mong bà con đi đông đủ và đúng giờ.",
  water:
    "Thông báo tạm ngừng cấp nước.\nĐể sửa chữa đường ống, nhà máy nước sẽ tạm ngừng cấp nước từ tám giờ đến mười sáu giờ, ngày mười hai tháng chín. Khu vực bị ảnh hưởng: các hẻm từ số hai đến số hai mươi, và khu chợ cũ. Đề nghị bà con trữ nước đủ dùng.",
  storm:
    "Tin bão khẩn cấp. Bão số năm đang tiến vào gần bờ, sức gió mạnh cấp mười, giật cấp mười hai. Bà con neo đậu tàu thuyền, chằng chống nhà cửa, cắt tỉa cành cây; chuẩn bị lương thực, nước uống, đèn pin. Người già và trẻ em sơ tán trước mười lăm giờ. Tuyệt đối không ra đường khi gió to!",
  vaccination:
    "Trạm y tế phường tổ chức tiêm chủng cho trẻ từ hai tháng đến năm tuổi. Thời gian: buổi sáng từ bảy giờ ba mươi đến mười một giờ, buổi chiều từ mười ba giờ ba mươi đến mười sáu giờ. Phụ huynh mang theo sổ tiêm chủng và thẻ bảo hiểm y tế của cháu. Sau khi tiêm, cháu được theo dõi tại trạm ba mươi phút.",
  figures:
    "Trong ngày, toàn thành phố ghi nhận một nghìn hai trăm năm mươi ca mới, tăng mười hai phẩy năm phần trăm; tám trăm chín mươi tám người đã khỏi bệnh. Tính đến mười bảy giờ, tổng số là sáu mươi tư nghìn một trăm ba mươi hai ca. Tỷ lệ tiêm đủ hai mũi đạt chín mươi sáu phẩy bảy phần trăm.",
  phone:
    "Khi cần giúp đỡ, bà con gọi số không hai sáu ba, ba tám hai hai, một bốn năm; hoặc đường dây nóng một chín không không, chín không chín lăm. Số máy trực ban đêm: không chín một tám, bảy sáu năm, bốn ba hai.",
  plan: "Căn cứ chỉ đạo của Tỉnh ủy, Ủy ban nhân dân phường xây dựng kế hoạch tổng vệ sinh môi trường, phát quang bụi rậm, khơi thông cống rãnh, thu gom rác thải, và vận động từng hộ dân cam kết giữ gìn đường phố sạch đẹp; giao công chức phụ trách đô thị phối hợp với các đoàn thể theo dõi, đôn đốc, tổng hợp kết quả báo cáo trước ngày hai mươi lăm hằng tháng.",
  list: "Khi đi họp, đề nghị bà con mang theo:\nthẻ căn cước;\nsổ hộ khẩu, bản sao;\nhai ảnh ba nhân bốn;\nbiên lai nộp tiền rác quý ba.\nAi không đi được thì nhờ người nhà đi thay.",
  short: "Chú ý. Chú ý. Có cháy ở chợ. Bà con tránh xa.",
  lost: "Ban quản lý chợ đang giữ một chiếc ví da màu nâu, bên trong có giấy tờ và một ít tiền. Ai đánh rơi xin đến văn phòng ban quản lý, nói rõ đặc điểm để nhận lại. Xin cảm ơn.",
  funeral:
    "Tin buồn. Gia đình và tổ dân phố báo tin: một cụ cao tuổi của tổ ta vừa từ trần, hưởng thọ tám mươi chín tuổi. Lễ viếng bắt đầu từ bảy giờ sáng mai. Lễ đưa tang lúc chín giờ ngày mốt. Kính báo để bà con lối xóm đến chia buồn.",
  school:
    "Nhà trường thông báo: học sinh khối sáu nhập học ngày hai mươi tám tháng tám; khối bảy, khối tám và khối chín nhập học ngày ba mươi mốt. Các em mặc đồng phục, đi giày, đội mũ bảo hiểm khi ngồi sau xe máy. Cha mẹ vui lòng không dừng đỗ xe trước cổng.",
  traffic:
    "Từ sáu giờ đến tám giờ sáng chủ nhật, cấm xe ô tô trên các đường quanh hồ để tổ chức giải chạy. Xe buýt tạm dời điểm đón trả khách. Người đi xe máy theo hướng dẫn của cảnh sát giao thông và lực lượng dân phòng.",
  market:
    "Nguồn hàng thiết yếu rất dồi dào. Gạo, thịt, trứng, rau củ, sữa được đưa về chợ và siêu thị hằng ngày, giá cả ổn định. Bà con bình tĩnh, không mua tích trữ, không nghe tin đồn. Phát hiện nơi nào tăng giá bất thường, hãy báo ngay cho chính quyền.",
};
