/**
 * What tells a private person's name from a street, a school or an official.
 *
 * The lists are general knowledge: the family names that nearly all Vietnamese bear, the names of persons after whom streets
 * and schools are called all over the country, and words that stand before names of places or of office holders.
 *
 * @module
 */

/** Family names that are hardly ever anything else. */
export const SURNAMES =
  "Nguyễn|Trần|Lê|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Lý|Trương|Đinh|Trịnh|Đàm|Nghiêm|Phùng|Tạ|Tống|Quách|Hứa|Diệp|Doãn|Khổng|Lưu|Vương|Triệu|Thân|Tăng|Giáp|Mạc|Ông|Viên|Từ|Châu";
/** Family names that are also words of place names and bodies: only with a middle name that gives them away. */
export const DOUBTFUL_SURNAMES =
  "Hồ|Đoàn|Hà|Lâm|Cao|Thái|Kim|Mai|Đào|Hoàng|Lương|Bạch|La|Lai|Tô|Lam|Thạch|Chu|Tôn|Lục|Ninh|Nông|Công|Quảng|An|Bế|Hầu|Cù|Kiều|Lò|Lư|Mã|Ma|Vi|Sầm|Thiều|Văn|Vừ|Giàng|Sùng|Ka|Cil|Liêng|Kră|Bon";

/** Middle names that hardly occur outside personal names. */
export const TELLING_MIDDLE = "Văn|Thị|Đình|Hữu|Xuân|Ngọc|Đức|Minh|Thanh|Quốc|Hoàng|Bá|Duy|Kim|Mỹ";

/** Before a name, these make it the name of a place or a body. */
export const PLACE_LEADS =
  "đường|phố|đại lộ|hẻm|ngõ|ngách|kiệt|phường|xã|quận|huyện|thị trấn|thị xã|thành phố|tp|tp\\.|tỉnh|thôn|ấp|buôn|bản|làng|khu phố|tổ dân phố|tổ|khu dân cư|khu|trường|tiểu học|thcs|thpt|trung học cơ sở|trung học phổ thông|mầm non|mẫu giáo|đại học|cao đẳng|học viện|chợ|bệnh viện|phòng khám|công viên|quảng trường|hồ|cầu|đèo|núi|thác|suối|sông|chùa|đền|(?<!gia )đình|nhà thờ|giáo xứ|lăng|tượng đài|bảo tàng|thư viện|rạp|nhà hát|nhà thi đấu|sân vận động|giải thưởng|giải|học bổng|quỹ|chi đoàn|liên đội|chi đội|phong trào|chủ tịch hồ|tư tưởng|ngã ba|ngã tư|ngã năm|giao lộ|nút giao|vòng xoay|bến xe|nhà ga|ga|công ty|doanh nghiệp|khách sạn|nhà sách|tòa nhà|chung cư|cư xá|ký túc xá|tuyến|dốc|đồi|vườn hoa|nghĩa trang|chiến dịch|sao|đội tntp|tncs|thanh niên cộng sản|đội thiếu niên tiền phong|cộng sản";

/** Before a name, these make its bearer a person with an office; a few words may stand between. */
export const OFFICES =
  "chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng ban|phó ban|phó trưởng|trưởng phòng|trưởng trạm|trạm trưởng|phó trạm|giám đốc|phó giám đốc|hiệu trưởng|hiệu phó|trưởng công an|phó công an|chỉ huy trưởng|chỉ huy phó|đội trưởng|đội phó|tổ trưởng|tổ phó|trưởng khu phố|trưởng thôn|trưởng ấp|phó thôn|bộ trưởng|thứ trưởng|thủ tướng|chủ nhiệm|tổng bí thư|cục trưởng|viện trưởng|chánh án|chánh văn phòng|đại biểu quốc hội|đại biểu hđnd|đại biểu hội đồng nhân dân|trưởng đoàn|hội trưởng|chi hội trưởng|công an khu vực|cảnh sát khu vực|công chức|cán bộ (?:tư pháp|hộ tịch|địa chính|văn hóa|tiếp dân|chuyên trách)|linh mục|thượng tọa|đại đức|hòa thượng|trụ trì|anh hùng|liệt sĩ|liệt sỹ|nhạc sĩ|nhà thơ|danh nhân|vua|chúa|tướng|đại tướng|thiếu tướng|trung tướng|nữ tướng|tác giả|ca sĩ|nghệ sĩ|ủy viên|thường trực|chuyên viên|thanh tra viên|kiểm lâm viên|phó chánh|quyền chủ tịch|phụ trách|thiếu tá|trung tá|thượng tá|đại tá|thiếu úy|trung úy|thượng úy|đại úy";

/** How a person is addressed. */
export const TITLES =
  "ông|bà|anh|chị|em|cô|chú|bác|cháu|cụ|bé|cậu|dì|thím|mợ|thầy|bệnh nhân|nạn nhân|người bệnh|ca bệnh|bạn|con gái|con trai|vợ|chồng|thằng|con bé|bác sĩ|y sĩ|điều dưỡng|cô giáo|thầy giáo|tài xế|chủ hộ|công dân";

/** Persons known to all; streets and schools bear their names. Without a title they are not private people. */
export const KNOWN_PERSONS: ReadonlySet<string> = new Set(
  (
    "Hồ Chí Minh|Nguyễn Ái Quốc|Nguyễn Tất Thành|Võ Nguyên Giáp|Phạm Văn Đồng|Lê Duẩn|Trường Chinh|Tôn Đức Thắng|Nguyễn Văn Linh|Võ Văn Kiệt|" +
    "Nguyễn Văn Cừ|Lê Hồng Phong|Nguyễn Thị Minh Khai|Võ Thị Sáu|Bùi Thị Xuân|Phan Đình Phùng|Phan Bội Châu|Phan Chu Trinh|Phan Châu Trinh|" +
    "Trần Hưng Đạo|Trần Quốc Toản|Trần Quang Khải|Trần Nhật Duật|Trần Khánh Dư|Trần Nhân Tông|Trần Thánh Tông|Trần Bình Trọng|Lý Thường Kiệt|Lý Tự Trọng|" +
    "Lý Nam Đế|Lý Thái Tổ|Lê Thánh Tôn|Lê Thánh Tông|Lê Quý Đôn|Lê Hữu Trác|Lê Văn Tám|Lê Đại Hành|Lê Thái Tổ|Nguyễn Đình Chiểu|Nguyễn Công Trứ|" +
    "Nguyễn Văn Trỗi|Nguyễn Viết Xuân|Nguyễn Thái Học|Nguyễn Tri Phương|Nguyễn Trung Trực|Nguyễn Trường Tộ|Nguyễn Bỉnh Khiêm|Nguyễn Khuyến|" +
    "Nguyễn Đức Cảnh|Nguyễn Hữu Cảnh|Nguyễn Hữu Thọ|Nguyễn Lương Bằng|Nguyễn Chí Thanh|Nguyễn Bá Ngọc|Nguyễn Hữu Huân|Nguyễn An Ninh|Nguyễn Khắc Nhu|" +
    "Hoàng Văn Thụ|Hoàng Hoa Thám|Hoàng Diệu|Hồ Xuân Hương|Hồ Tùng Mậu|Huỳnh Thúc Kháng|Huỳnh Tấn Phát|Đoàn Thị Điểm|Đinh Tiên Hoàng|Đinh Công Tráng|" +
    "Mạc Đĩnh Chi|Mạc Thị Bưởi|Bà Huyện Thanh Quan|Hai Bà Trưng|Ngô Gia Tự|Ngô Sĩ Liên|Ngô Thì Nhậm|Ngô Thì Sỹ|Đào Duy Từ|Đặng Thái Thân|Đặng Thùy Trâm|" +
    "Đặng Tiến Đông|Lương Thế Vinh|Lương Định Của|Phạm Ngọc Thạch|Phạm Ngũ Lão|Phạm Hồng Thái|Phan Đình Giót|Tô Vĩnh Diện|Bế Văn Đàn|La Văn Cầu|" +
    "Cù Chính Lan|Kim Đồng|Chu Văn An|Cao Bá Quát|Cao Thắng|Tản Đà|Yết Kiêu|Dã Tượng|Ông Ích Khiêm|Phù Đổng Thiên Vương|Vũ Trọng Phụng|Vạn Hạnh|" +
    "Trần Văn Ơn|Trần Đại Nghĩa|Trần Đình Thâu|Trương Công Định|Trương Văn Hoàn|Trương Định|Phan Huy Chú|Phan Huy Ích|Thái Phiên|Lê Thị Hồng Gấm|Lê Thị Riêng|" +
    "Lê Văn Duyệt|Lê Văn Sỹ|Xô Viết Nghệ Tĩnh|Cô Giang|Cô Bắc|Tô Hiến Thành|Tô Ngọc Vân|Đống Đa|Bà Triệu|Từ Hải|Đinh Bộ Lĩnh|Võ Trường Toản|Võ Thị Thắng"
  ).split("|"),
);

/** After a title, these alone are a saint, a place or a legend: `Bác Hồ`, `Bà Rịa`, `chú Cuội`. */
export const LEGENDS = "Hồ|Trưng|Triệu|Rịa|Đen|Nà|Chiểu|Điểm|Táo|Cuội|Vy|Lao|Kinh|Giáo|Số|Ý";

/** After a title, these begin no given name. */
export const NO_NAMES =
  "Chúa|Công Ông|Chủ tịch|Bí thư|Phó|Trưởng|Tổ trưởng|Tổ phó|Giám đốc|Hiệu trưởng|Hiệu phó|Chủ nhiệm|Chi cục|Chi hội|Kế toán|Thư ký|Cán bộ|Thiếu (?:tá|úy|tướng)|Trung (?:tá|úy|tướng)|Thượng (?:tá|úy|tướng)|Đại (?:tá|úy|tướng)|Đội|Ban|Phường|Xã|Phòng|Trạm|Ủy|Hội|Đoàn [Tt]hanh|Đảng|Nhà|Việt Nam|Bác Hồ|Đại biểu|Bộ đội|Công an|Tên|Họ|Khuyết|Mồ côi|Lớp|Covid|Tâm thần|Cả|Thiên Hậu|Ơi|Nào|Gái|Trai|Nuôi|Mẹ|Cha|Ngoan|Nhỏ|Út Tịch|Tổ quốc|Thị trường|Chánh|Kính|Xin|Mời|Dân tộc|Đang";
