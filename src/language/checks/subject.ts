/**
 * What a text is about, as far as the checks must know: whether it reports cases of a disease, retraces where patients
 * went, or speaks of patients at all.
 *
 * @module
 */
import { mentions, NUMBER, type Spot, spots, words } from "./phrases.js";
import { around, sentenceAt, type View } from "./view.js";

/** Words for people who have a disease that is counted and announced. */
export const PATIENT =
  "bệnh nhân|người bệnh|ca bệnh|ca mắc|ca nhiễm|ca dương tính|ca covid|ca sốt xuất huyết|ca tay chân miệng|ca sởi|f0|f1|người nhiễm|người dương tính|người mắc covid|(?:trường hợp|người|trẻ|học sinh|em|cháu)(?: vừa| mới| đã| bị){0,2} (?:mắc|nhiễm|dương tính)(?! bệnh nền)|dương tính với (?:covid|sars|vi rút|virus|sởi|bạch hầu)|nhiễm bệnh";
const DISEASE =
  "covid|covid-19|sars-cov-2|sốt xuất huyết|tay chân miệng|tay, chân, miệng|sởi|cúm|bạch hầu|thủy đậu|ho gà|dại|tả|thương hàn|đậu mùa|viêm não|não mô cầu|whitmore|bệnh(?! nền| mạn| tim| tiểu| ung)";
const CASES = "ca|trường hợp|người|bệnh nhân|f0|học sinh|trẻ(?: em)?|cháu|em";
const ILL = "mắc|nhiễm|dương tính(?! với (?:ma túy|chất|nồng độ))";

/** `Ca` and `trường hợp` are also shifts, songs and traffic offences. */
const OTHER_CASES =
  "(?! (?:vi phạm|cấp|cứu|tai|đuối|cháy|trộm|khỏi|hoàn|khó|trực|sinh|mổ|phẫu|làm|khúc|nhạc|đẻ|kíp|học|thi|hiến|gian|lừa|xử))";

const COUNTED = words(
  [
    `${NUMBER} (?:${CASES})(?: mới| vừa| đã| bị| thêm){0,2} (?:${ILL})(?! bệnh nền| bệnh mạn)`,
    `${NUMBER} (?:ca|trường hợp|f0|bệnh nhân) (?:mới|${DISEASE})`,
    `${NUMBER} f0`,
    `(?:ca|trường hợp|f0|bệnh nhân) (?:mắc |nhiễm |dương tính |bệnh )?mới(?: trong \\p{L}{2,5})?(?: là|:| gồm| có)? ${NUMBER}`,
    `số (?:ca|người|trường hợp) (?:mắc|nhiễm|bệnh|dương tính)(?: [\\p{L}\\d/-]{1,12}){0,6}(?: là| lên|:| tăng) ${NUMBER}`,
    `${NUMBER} (?:${CASES})(?: [\\p{L}\\d]{1,8}){0,7} (?:vừa|mới|đã|đang|bị)(?: bị)? (?:mắc |nhiễm )?(?:${DISEASE})`,
    `(?:ca|trường hợp|người|bệnh nhân) tử vong(?: [\\p{L}\\d]{1,7}){0,4} (?:do|vì|liên quan)(?: đến)? (?:mắc |nhiễm )?(?:${DISEASE})`,
    `(?:thêm|phát hiện|ghi nhận|xác định)(?: thêm| tổng cộng| được){0,2} ${NUMBER} (?:ca|trường hợp)${OTHER_CASES}`,
  ].join("|"),
);
/** Cases of something: of a disease where the text speaks of one. */
const LOOSELY_COUNTED = words(
  `(?:có|đang có|gồm|tổng cộng)(?: thêm| tổng cộng| được){0,2} ${NUMBER} (?:ca|trường hợp)${OTHER_CASES}`,
);
/** New cases without a figure. */
const VAGUE = words(
  `(?:ghi nhận|phát hiện|xuất hiện|có) thêm(?: các| những| một số| nhiều){0,2} (?:ca|trường hợp|người) (?:mới )?(?:${ILL}|bệnh (?:mới|đầu|thứ))|(?:vừa|mới|đã|lại|hôm nay|hôm qua|sáng nay|chiều nay)(?: [\\p{L}\\d]{1,7}){0,5} (?:ghi nhận|phát hiện|xuất hiện|có)(?: thêm| các| những| một số| nhiều){0,2} (?:ca|trường hợp|người) (?:${ILL}|bệnh (?:mới|đầu))`,
);
/** What is only thought of, advised or denied is no report. */
const NOT_REPORTED = mentions(
  "nếu|khi|trường hợp có|để|nhằm|kịp thời|phát hiện sớm|việc|không|chưa|không còn|nhà có|giả định|diễn tập|tình huống|khuyến cáo|trung bình|ví dụ như",
);
const WENT = words(
  "lịch trình (?:di chuyển|tiếp xúc|đi lại|của)|mốc dịch tễ|các địa điểm (?:có )?liên quan|địa điểm liên quan|(?:ai|người nào|người dân nào|bà con nào|người)(?: đã)?(?: từng)? (?:đến|có mặt|tiếp xúc|đi qua|ghé)",
);
const SICK = mentions(`${PATIENT}|${DISEASE}`);

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
  const counted = told.filter((spot) => isReported(view, spot));
  const vague = spots(VAGUE, view.lower).filter((spot) => isReported(view, spot));
  const patients = mentions(PATIENT).test(view.lower);
  const itinerary = isOfDisease ? spots(WENT, view.lower).find((spot) => isReported(view, spot)) : undefined;
  return { cases: [...counted, ...vague].sort((a, b) => a.start - b.start), itinerary, patients };
}

/** A person or act that is held up to blame: their names are personal data too. */
const OFFENDER = mentions(
  "vi phạm|xử phạt|bị phạt|bắt giữ|bị bắt|bắt quả tang|trộm cắp|ghim hàng|găm hàng|nâng giá|tăng giá|đối tượng|khởi tố|đánh bạc|gây rối|xả rác",
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

function isReported(view: View, { start, end }: Spot): boolean {
  const { before, after } = around(view, [start, end], 40);
  const clause = before.slice(Math.max(...[",", ";", ":", "("].map((sign) => before.lastIndexOf(sign))) + 1);
  return !NOT_REPORTED.test(clause) && !/^[^,.;]{0,24} (?:có thể|thì) /u.test(after);
}
