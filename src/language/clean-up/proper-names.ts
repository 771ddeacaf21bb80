/**
 * Names that keep their capitals when a heading in capitals becomes a sentence: places, bodies, offices, feasts.
 *
 * Only for the eye: a voice says `Đà Lạt` and `đà lạt` alike. Places are the provinces and cities before and after the merger
 * of July 2025 and the sample station's wards; bodies and offices are written as the decree on clerical work has them.
 *
 * @module
 */
const PLACES = `An Giang|Bà Rịa|Bạc Liêu|Bảo Lộc|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|
Cần Thơ|Đà Lạt|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Đức Trọng|Đơn Dương|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|
Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lạc Dương|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Lâm Hà|
Lâm Viên|Lang Biang|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|
Sóc Trăng|Sơn La|Tây Ninh|Tây Nguyên|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|
Vũng Tàu|Việt Nam|Xuân Hương|Xuân Trường|Cam Ly|Nha Trang|Phan Thiết|Huế`;

const BODIES = `Ban Thường vụ|Ban Chấp hành|Ban Chỉ đạo|Ban Chỉ huy|Ban Tuyên giáo|Ban Tổ chức|Ban Quản lý|Ban Bí thư|Bộ Chính trị|Bộ Y tế|Bộ Công an|
Bộ Quốc phòng|Chính phủ|Quốc hội|Đảng ủy|Thành ủy|Tỉnh ủy|Quận ủy|Huyện ủy|Đảng|Đoàn Thanh niên|Hội Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|
Hội Chữ thập đỏ|Hội đồng nhân dân|Mặt trận Tổ quốc|Ủy ban nhân dân|Ủy ban Mặt trận Tổ quốc|Văn phòng|Trung tâm Y tế|Trạm Y tế|Nhà nước|
Phó Bí thư|Bí thư|Phó Chủ tịch|Chủ tịch|Phó Giám đốc|Giám đốc|Phó Trưởng ban|Trưởng ban|Chánh Văn phòng|Thủ tướng|Tết Nguyên đán|Bác Hồ|
Đội Thiếu niên|Liên đoàn Lao động|Sở Y tế|Sở Giáo dục|Công ty|Điện lực`;

/** Key: the name in small letters. */
const WRITTEN = new Map(`${PLACES}|${BODIES}`.split(/\|\n?/u).map((name) => [name.toLowerCase(), name]));
const LONGEST_FIRST = [...WRITTEN.keys()].sort((a, b) => b.length - a.length);
const NAMES = new RegExp(`(?<![\\p{L}\\p{M}])(?:${LONGEST_FIRST.join("|")})(?![\\p{L}\\p{M}])`, "gu");

/** The surnames of nearly everybody, then a middle name that proves that a person is meant. */
const PERSON =
  /(?<![\p{L}\p{M}])(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|lương|mai|cao|tạ|hà|kiều|châu)(?: (?:văn|thị|hữu|đức|quang|ngọc|đình|thanh|minh|xuân|công|quốc|thế|bá|duy|kim|hoàng|thúy|như|phúc)){1,2} \p{Ll}{2,7}(?: \p{Ll}{2,7})?(?= ?(?:$|[^\p{L} ]))/gu;

/** Gives names their capitals; the length stays. @param text in small letters, NFC */
export const withProperNames = (text: string): string =>
  text
    .replace(NAMES, (name) => WRITTEN.get(name) ?? name)
    .replace(PERSON, (name) => name.replace(/(?<=^| )\p{Ll}/gu, (letter) => letter.toUpperCase()));
