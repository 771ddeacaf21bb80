/**
 * Whether two numbers with a stroke between them mean a day.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type Day, isDay, isNamedDay } from "./calendar.js";
import type { Found } from "./form.js";

/** Words after which a day and a month surely follow. */
const SURE = behind(
  /(?:^|[^\p{L}])(?:ngày|hôm|mùng|mồng|rằm|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|kể từ|dịp|lễ|nghỉ|tết|hạn chót|thứ \p{L}+|thứ \d|chủ nhật|CN|T[2-7]|nay|mai|kia|qua|giờ|\d{1,2} ?[hg:] ?\d{0,2}|phút|hạn|thời hạn|thời gian|chậm nhất|muộn nhất|date)[,:]? ?\(?$/iu,
);
/** Words after which a day may follow, or a share. */
const LIKELY = behind(
  /(?:^|[^\p{L}])(?:từ|đến|tới|hết|trước|sau|vào|cuối|đầu|giữa|khoảng|trong|và|hoặc|khai giảng|khai mạc|bế mạc|nhập học|tựu trường|bắt đầu|kết thúc|khởi công|khánh thành|diễn ra|tổ chức)[,:]? ?\(?$/iu,
);
/** A row of days: `các ngày 10/7, 11/7`. */
const LISTED = behind(/\d{1,2}\/\d{1,2}(?:\/\d{4})?(?:, ?| và |; ?| hoặc | & )$/u);
const LIST_BEGUN = behind(/ngày (?:\d[\d/.]{0,9}(?:, ?| và |; ?| hoặc | & )){1,8}$/iu);
/** What comes after a day and after nothing else. */
const DATED_AFTER =
  /^ ?(?:\(?(?:âm lịch|ÂL|AL|dương lịch|DL)(?![\p{L}])|(?:năm nay|năm sau|năm ngoái|năm \d{4}|năm (?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) \p{L}|h[àằ]ng năm)|(?:đến|tới|-|–) ?(?:ngày )?\d{1,2}\/\d{1,2}(?![\d]))/iu;
/** What is counted in shares: then the numbers are a fraction. */
export const COUNTED =
  /^ (?:tổng )?(?:TDP|KP|CLB|HTX|số|hộ|người|ca|dân|diện tích|phường|xã|thôn|tổ|khu|điểm|chốt|cốc|cups?|muỗng|thìa|chén|ly|bát|lít|giờ|tháng|ngày|đại biểu|thành viên|ủy viên|trường|cơ sở|tỷ|triệu|chặng|quãng|phần|khối|lượng|gia đình|đơn vị|địa phương|tỉnh|huyện|quận|doanh nghiệp|học sinh|nhân khẩu|tiêu chí|chỉ tiêu|lần|sân|nhà|lớp|vòng|mẫu|đồng chí|đảng viên|phiếu|cháu|em|tuyến|công trình|dự án|kg|km|ha|lượt)(?![\p{L}])/iu;
/** What is counted from one share to another: `1/3-1/2 số hộ`. Only what days never stand before. */
export const PARTED =
  /^ (?:tổng )?(?:số|dân số|diện tích|hộ|đại biểu|quân số|lượng|dung tích|khối lượng|học sinh|nhân khẩu)(?!\p{L})/u;
/** After these a day is a name and takes no `ngày`. */
const PROPER = behind(
  /(?:^|[^\p{L}])(?:đường|phố|quảng trường|bệnh viện|công viên|trường|chợ|nhà máy|xí nghiệp|công ty|khu phố|KP|hãng|cầu|lễ|dịp|tết|mừng|kỷ niệm|kỉ niệm|Quốc khánh|Lao động|giải phóng|Thiếu nhi|Nhà giáo|Thầy thuốc|Doanh nhân|Phụ nữ|Việt Nam|liệt sĩ|liệt sỹ|nghỉ|phong trào|hội)(?: (?!hợp)\p{L}+){0,3} ?\(?$/iu,
);
/** The day already has its word, or stands where none is said. */
const HAS_WORD = behind(/(?:^|[^\p{L}])(?:ngày|hôm|mùng|mồng|rằm)[,:]? ?\(?$/iu);

/** After these a share is meant. */
const PART_OF = behind(/(?:^|\P{L})(?:gần|hơn|chiếm|mất|thiệt hại|hỏng|cháy|chỉ còn)(?: khoảng| gần| hơn)? $/iu);
/** After these a share is meant as often as a day; what can be a part of a whole tells. */
const ABOUT = behind(/(?:^|\P{L})(?:khoảng|còn) $/iu);
const WHOLE =
  /^ (?:căn|ngôi|mái|vườn|ruộng|rừng|rẫy|bể|hồ|bình|thùng|giá trị|kinh phí|chi phí|quân số|thời gian|mặt|đường|giáo viên|cán bộ|công nhân|nhân viên|hội viên|công dân|cử tri|trẻ|vốn|khoản|lương|đất|cây|khu vực|tài sản|hàng|sạp|chợ|kho)(?!\p{L})/iu;

/** What the words around say of `day/month`. */
export type DateContext = "date" | "fraction" | "unsure";

export function contextOf(found: Found, day: Day): DateContext {
  const { before } = found.place;
  const { after } = found;
  if (SURE.test(before) || LISTED.test(before) || DATED_AFTER.test(after)) return "date";
  if (isNamedDay(day) && PROPER.test(before)) return "date";
  // 16/7 is no share; written so between brackets or after "from" it is a day.
  const isShare = Number(day.day) <= Number(day.month);
  const isPadded = day.month.startsWith("0") || day.day.startsWith("0");
  const isCounted = COUNTED.test(after);
  if (isShare && !isPadded && (PART_OF.test(before) || (ABOUT.test(before) && (isCounted || WHOLE.test(after)))))
    return "fraction";
  if (LIKELY.test(before)) return !isCounted || !isShare ? "date" : before.endsWith("từ ") ? "unsure" : "fraction";
  if (isCounted) return "fraction";
  // 20/11 and 2/9 are called by their numbers alone; 1/5 may be a fifth.
  if (isNamedDay(day) && (!isShare || day.month === "9")) return "date";
  if (isDay(day) && !isShare && /(?:^|\P{L})là $/iu.test(before)) return "date";
  if (isPadded || (!isShare && before.endsWith("(") && after.startsWith(")"))) return "date";
  return "unsure";
}

/** The word before a day: `ngày ` unless it is there already, or the day is a name. */
export const dayWord = ({ place: { before } }: Found, day: Day): string =>
  HAS_WORD.test(before) || LIST_BEGUN.test(before) || (isNamedDay(day) && isName(before)) ? "" : "ngày ";

/** Whether a day that stands here is called by its date alone: `lễ 30/4 và 1/5`. */
export const isName = (before: string): boolean =>
  PROPER.test(before.replace(/(?:\d{1,2}\/\d{1,2}(?: ?[-–] ?|, ?| và | & ))+$/u, ""));
