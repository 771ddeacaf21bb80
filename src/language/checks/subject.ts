/**
 * What a text is about, as far as the checks must know: whether it reports cases of a disease, retraces where patients
 * went, or speaks of patients at all.
 *
 * @module
 */
import { mentions, NUMBER, type Spot, spots, words } from "./phrases.js";
import { around, sentenceAt, type View } from "./view.js";

/** Diseases that are counted and announced, by name. */
const NAMED =
  "covid|covid-19|sars-cov-2|sốt xuất huyết|tay chân miệng|tay, chân, miệng|sởi|rubella|quai bị|cúm(?! gia cầm)|bạch hầu|thủy đậu|trái rạ|ho gà|dại|tả(?! lợn| heo)|tiêu chảy cấp|kiết lỵ|thương hàn|đậu mùa|viêm não|viêm màng não|não mô cầu|liên cầu|viêm gan|bệnh lao|lao phổi|sốt rét|zika|đau mắt đỏ|whitmore|sốt phát ban|bệnh lạ";
const DRUGS = "(?! với (?:ma túy|chất|nồng độ))";
/** Words for people who have a disease that is counted and announced. */
export const PATIENT = `bn(?: số| mã)? ?\\d{1,7}|(?:mắc|nhiễm|dính|bị|dương tính(?: với)?)(?: bệnh| phải| chủng)? (?:${NAMED})|(?:mất|chết|tử vong|qua đời|nằm viện|nhập viện|cách ly)(?: \\p{L}{1,6}){0,2} (?:vì|do)(?: bệnh)? (?:${NAMED})|kết quả(?: [\\p{L}]{1,8}){0,4} (?:dương tính${DRUGS}|hai vạch)|(?:đã|vừa|có|bị|mới) dương tính${DRUGS}|ca số \\d{1,5}|bệnh nhi|bệnh nhân|người bệnh|ca bệnh|ca mắc|ca nhiễm|ca dương tính|ca covid|ca sốt xuất huyết|ca tay chân miệng|ca sởi|f0|f1|người nhiễm|người dương tính|người mắc covid|(?:trường hợp|người|trẻ|học sinh|em|cháu)(?: vừa| mới| đã| bị){0,2} (?:mắc|nhiễm|dương tính)(?! bệnh nền)|dương tính với (?:vi rút|virus|sars)|nhiễm bệnh`;
const DISEASE = `${NAMED}|bệnh(?! nền| mạn| tim| tiểu| ung)`;
const CASES = "ca|trường hợp|người|bệnh nhân|bệnh nhi|f0|học sinh|sinh viên|trẻ(?: em)?|bé|cháu|em";
const ILL = `mắc|nhiễm|dương tính${DRUGS}`;

/** `Ca` and `trường hợp` are also shifts, songs and traffic offences. */
const OTHER_CASES =
  "(?! (?:vi phạm|cấp|cứu|tai|đuối|cháy|trộm|khỏi|hoàn|khó|trực|sinh|mổ|phẫu|làm|khúc|nhạc|đẻ|kíp|học|thi|hiến|gian|lừa|xử))";

const COUNTED = words(
  [
    `${NUMBER} (?:${CASES})(?: mới| vừa| đã| bị| thêm){0,2} (?:${ILL})(?! bệnh nền| bệnh mạn)`,
    `${NUMBER} (?:ca|trường hợp|f0|bệnh nhân|bệnh nhi) (?:mới|${DISEASE})`,
    `${NUMBER} (?:f0|dương tính${DRUGS})`,
    `(?:ca|trường hợp|f0|bệnh nhân) (?:mắc |nhiễm |dương tính |bệnh )?mới(?: trong \\p{L}{2,5})?(?: là|:| gồm| có)? ${NUMBER}`,
    `số (?:ca|người|trường hợp) (?:mắc|nhiễm|bệnh|dương tính|${NAMED})(?: [\\p{L}\\d/-]{1,12}){0,6}(?: là| lên| tăng| đạt| ở mức|:)(?: tới| đến| là)? ${NUMBER}`,
    `${NUMBER} (?:${CASES})(?: [\\p{L}\\d]{1,8}){0,7} (?:vừa|mới|đã|đang|bị)(?: bị)? (?:mắc |nhiễm )?(?:${DISEASE})`,
    `(?:ca|trường hợp|người|bệnh nhân) tử vong(?: [\\p{L}\\d]{1,7}){0,4} (?:do|vì|liên quan)(?: đến)? (?:mắc |nhiễm )?(?:${DISEASE})`,
    `(?:thêm|phát hiện|ghi nhận|xác định)(?: thêm| tổng cộng| được){0,2} ${NUMBER} (?:ca|trường hợp)${OTHER_CASES}`,
  ].join("|"),
);
/** Cases of something: of a disease where the text speaks of one. */
const LOOSELY_COUNTED = words(
  `(?:có|đang có|gồm|tổng cộng)(?: thêm| tổng cộng| được){0,2} ${NUMBER} (?:ca|trường hợp)${OTHER_CASES}|(?:ca|ca mắc|ca nhiễm|ca bệnh|f0|bệnh nhân|trường hợp) thứ ${NUMBER}`,
);
/** People are counted in a sentence that tells of a disease and of their falling ill. */
const PEOPLE = words(
  `(?:${NUMBER}|mấy|vài|nhiều|hàng loạt|hàng chục|một số|thêm|loạt) (?:\\p{L}{1,6} )?(?:${CASES}|đứa|lượt người|hộ|nhà|thành viên|công nhân|giáo viên|du khách|cư dân|cụ|phụ nữ|mẫu)`,
);
const FALL_ILL = mentions(
  "mắc|nhiễm|dính|lây|dương tính|phát bệnh|nổi bóng nước|nổi ban|phát ban|bị|lên|chuyển tuyến|cấp cứu|phát hiện|điều trị|hồi sức|nằm|sốt|ho|chuyển viện|chuyển nặng|nhập viện|nằm viện|cách ly|kết luận|thở máy|chết|tử vong|trở nặng|ổ dịch",
);
const OF_OUTBREAK = mentions(`${NAMED}|dịch|ổ dịch|f0|dương tính${DRUGS}`);
/** Sentences about prevention, care, help and rules count people as well. */
const OTHER_NEWS = mentions(
  "tiêm|vắc xin|liều|mũi|khám|tập huấn|tặng|trao|hỗ trợ|quà|diễn tập|phòng(?: ngừa|,? chống| tránh| bệnh| dịch)|(?:để|đề|ngừa|tiêm) phòng|ngừa|chống|nếu|khi|không|chưa|phun|tuyên truyền|mua|thuốc|tuổi trở lên|tối đa|không quá|mỗi|từ đủ|tập trung quá|tụ tập|phạt|giả định|tham gia|dự|ví dụ như|trung bình|có thể|nguy cơ|dễ|hãy|nên|lớp nào|nhà nào|ai có|thường|mùa này|mùa nào|vào mùa|hằng năm|hàng năm",
);
/** One certain person fell ill. */
const ONE_FELL_ILL = words(
  `(?:mắc|nhiễm|dính|bị|lên|phát|dương tính(?: với)?)(?: bệnh| phải| chủng)? (?:${NAMED})|(?:đã|vừa|có|bị|mới) dương tính${DRUGS}|kết quả(?: [\\p{L}]{1,8}){0,4} (?:dương tính${DRUGS}|hai vạch)`,
);
const NOW = mentions(
  "vừa|mới|đã|đang|hôm nay|hôm qua|hôm kia|sáng nay|trưa nay|chiều nay|tối qua|đêm qua|được đưa|hiện|lại có|phát hiện|ghi nhận",
);
/** New cases without a figure. */
const VAGUE = words(
  `số (?:ca|người|trẻ|trường hợp|bệnh nhân) (?:mắc|nhiễm|bệnh|nhập viện|${NAMED})(?: [\\p{L}]{1,7}){0,5},? (?:đang |vẫn |đã |lại )?(?:tăng|giảm|cao|nhiều|gấp|vượt|đứng)|(?:ca|trường hợp|bệnh nhân|người)(?: mắc| nhiễm| bệnh)? (?:${NAMED})(?: [\\p{L}]{1,6}){0,3} (?:đầu tiên|mới nhất|thứ ${NUMBER})|(?:ghi nhận|phát hiện|xuất hiện|có|xác định|bùng phát|hình thành)(?: \\p{L}{1,6}){0,3} (?:ổ dịch|chùm ca|dịch(?: bệnh)? (?:${NAMED}))|(?:ghi nhận|phát hiện|xuất hiện|có) thêm(?: các| những| một số| nhiều){0,2} (?:ca|trường hợp|người) (?:mới )?(?:${ILL}|bệnh (?:mới|đầu|thứ))|(?:vừa|mới|đã|lại|hôm nay|hôm qua|sáng nay|chiều nay)(?: [\\p{L}\\d]{1,7}){0,5} (?:ghi nhận|phát hiện|xuất hiện|có)(?: thêm| các| những| một số| nhiều){0,2} (?:ca|trường hợp|người) (?:${ILL}|bệnh (?:mới|đầu))`,
);
/** What is only thought of, advised or denied is no report. */
const NOT_REPORTED = mentions(
  "nếu|khi|trường hợp có|để|nhằm|kịp thời|phát hiện sớm|việc|không|chưa|không còn|nhà có|giả định|diễn tập|tình huống|khuyến cáo|trung bình|ví dụ như",
);
/** Thought of or denied within the words themselves. */
const NOT_INSIDE = mentions("nếu|khi|để|không|chưa|chẳng|tránh|phòng|chống|nguy cơ|dễ|có thể|sau|thuốc|vắc xin");
const ONE_PATIENT =
  "bệnh nhân|người bệnh|ca bệnh|ca mắc|ca nhiễm|ca dương tính|f0|người nhiễm|người mắc|người dương tính|người bị nhiễm";
const HEALTH_PLACE = "(?! (?:trạm|bệnh viện|cơ sở y|trung tâm y|phòng khám|khám|cấp cứu))";
const WENT = words(
  `(?:lộ trình|hành trình|đường đi|lịch đi lại|lịch di chuyển|lịch sinh hoạt|nơi đã đến|các điểm đến)(?: \\p{L}{1,7}){0,2} (?:của )?(?:${ONE_PATIENT})|(?:${ONE_PATIENT})(?: [\\p{L}\\d/.-]{1,10}){0,4} (?:đã|từng|có)(?: từng)? (?:ghé|đến|tới|đi|ăn|mua|ngồi|lui tới|lưu trú|qua lại|dừng|xuất hiện|có mặt|tiếp xúc)${HEALTH_PLACE}|lịch trình (?:${ONE_PATIENT}|di chuyển|tiếp xúc|đi lại|của)|mốc dịch tễ|các địa điểm (?:có )?liên quan|địa điểm liên quan|(?:ai|người nào|người dân nào|bà con nào|người)(?: đã)?(?: từng)? (?:đến|có mặt|tiếp xúc|đi qua|đi cùng|ăn cùng|ngồi cùng|ghé)`,
);
const SICK = mentions(`${PATIENT}|${DISEASE}|dịch`);

export interface Subject {
  /** Where new cases are reported, in order. Empty when the text is no case bulletin. */
  readonly cases: readonly Spot[];
  /** Where it is told where patients were; undefined when it is not. */
  readonly itinerary: Spot | undefined;
  /** Whether patients are spoken of anywhere. */
  readonly patients: boolean;
}

/** Finds out what a text is about. */
export function subjectOf(view: View): Subject {
  const isOfDisease = SICK.test(view.lower);
  const told = [...spots(COUNTED, view.lower), ...(isOfDisease ? spots(LOOSELY_COUNTED, view.lower) : [])];
  const outbreak = isOfDisease ? spots(PEOPLE, view.lower).filter((spot) => tellsOfIllness(view, spot)) : [];
  const one = spots(ONE_FELL_ILL, view.lower).filter((spot) => tellsOfNow(view, spot));
  const counted = [...told, ...outbreak, ...one].filter((spot) => isReported(view, spot));
  const vague = spots(VAGUE, view.lower).filter((spot) => isReported(view, spot));
  const patients = PATIENTS.test(view.lower);
  const itinerary = isOfDisease ? spots(WENT, view.lower).find((spot) => isReported(view, spot)) : undefined;
  return { cases: [...counted, ...vague].sort((a, b) => a.start - b.start), itinerary, patients };
}

/** A person or act that is held up to blame: their names are personal data too. */
const OFFENDER = mentions(
  "bị tố cáo|tố cáo|ăn chặn|tham ô|bỏ trốn|vỡ nợ|lừa đảo|quậy phá|hành hung|ném đá|trộm|cướp|ăn cắp|lấy cắp|lấy trộm|đánh nhau|say xỉn|gây gổ|nợ tiền|lập biên bản|mời làm việc|vi phạm|xử phạt|bị phạt|bắt giữ|bị bắt|bắt quả tang|trộm cắp|ghim hàng|găm hàng|nâng giá|tăng giá|đối tượng|khởi tố|đánh bạc|gây rối|xả rác",
);

/** Whether the sentence around a place speaks of a patient. */
export const isOfPatient = (view: View, index: number): boolean => PATIENTS.test(sentenceText(view, index));
/** Whether the sentence around a place speaks of an offence. */
export const isOfOffender = (view: View, index: number): boolean => OFFENDER.test(sentenceText(view, index));

const PATIENTS = mentions(PATIENT);
/** A sentence is looked at only so far around a place. */
const REACH = 300;

function sentenceText(view: View, index: number): string {
  const [start, end] = sentenceAt(view, index);
  return view.lower.slice(Math.max(start, index - REACH), Math.min(end, index + REACH));
}

const tellsOfIllness = (view: View, { start, end }: Spot): boolean => {
  const sentence = sentenceText(view, start);
  return FALL_ILL.test(sentence) && OF_OUTBREAK.test(sentence) && !OTHER_NEWS.test(untilClauseEnd(view, end));
};

const tellsOfNow = (view: View, { start, end }: Spot): boolean =>
  NOW.test(sentenceText(view, start)) && !OTHER_NEWS.test(untilClauseEnd(view, end));

/** A sentence as far as the clause that ends behind `end`: news first, advice after it. */
function untilClauseEnd(view: View, end: number): string {
  const [from, to] = sentenceAt(view, end - 1);
  const rest = view.lower.slice(end, Math.min(to, end + REACH));
  const comma = rest.search(/[,;:(]/u);
  return view.lower.slice(Math.max(from, end - REACH), end + (comma < 0 ? rest.length : comma));
}

function isReported(view: View, { start, end, text }: Spot): boolean {
  if (NOT_INSIDE.test(text)) return false;
  const { before, after } = around(view, [start, end], 40);
  const clause = before.slice(Math.max(...[",", ";", ":", "("].map((sign) => before.lastIndexOf(sign))) + 1);
  return !NOT_REPORTED.test(clause) && !/^[^,.;]{0,24} (?:có thể|thì) /u.test(after);
}
