/**
 * Slips of the pen that official texts are full of, and that a voice reads out faithfully.
 *
 * Only pairs of words of which one way is certainly wrong: nothing here is changed, only shown to the writer. Words that are
 * right in some sentence (`bàng quang`, `khuyến mại`, `sử lược`) are not in the list.
 *
 * @module
 */

import { matchesIn } from "../matches.js";
import { warmed } from "./step.js";
import { withUsualTones } from "./tones.js";

/** A slip and what was probably meant; the text itself is never changed. */
export interface Slip {
  readonly kind: "typo" | "repeated-word";
  readonly from: number;
  readonly to: number;
  /** What was probably meant. */
  readonly suggestion: string;
}

const SLIPS = `trên đại bàn>trên địa bàn|đại bàn thành phố>địa bàn thành phố|đại bàn phường>địa bàn phường|đại bàn xã>địa bàn xã|
đại bàn tỉnh>địa bàn tỉnh|dình kỳ>định kỳ|đình kỳ>định kỳ|khôi doanh nghiệp>khối doanh nghiệp|khôi đại đoàn kết>khối đại đoàn kết|
che dấu>che giấu|cất dấu>cất giấu|dấu diếm>giấu giếm|dấu giếm>giấu giếm|giành cho>dành cho|giành tặng>dành tặng|
giành thời gian>dành thời gian|để giành>để dành|dành giải>giành giải|dành chiến thắng>giành chiến thắng|trực lợi>trục lợi|xử dụng>sử dụng|
sử lý>xử lý|sử phạt>xử phạt|bổ xung>bổ sung|xung công quỹ>sung công quỹ|chuẩn đoán>chẩn đoán|xuất xắc>xuất sắc|sơ xuất>sơ suất|
năng xuất>năng suất|xác xuất>xác suất|lãi xuất>lãi suất|hiệu xuất>hiệu suất|đề suất>đề xuất|sản suất>sản xuất|suất khẩu>xuất khẩu|
xúc tích>súc tích|xát nhập>sáp nhập|sát nhập>sáp nhập|cọ sát>cọ xát|sát xao>sát sao|chỉnh chu>chỉn chu|vô hình chung>vô hình trung|
thăm quan>tham quan|suông sẻ>suôn sẻ|suông sẽ>suôn sẻ|trao dồi>trau dồi|chau dồi>trau dồi|lãng mạng>lãng mạn|bất chắc>bất trắc|
tập chung>tập trung|triễn khai>triển khai|khuyến kích>khuyến khích|khuyển khích>khuyến khích|củng cô>củng cố|cũng cố>củng cố|
hướng dẩn>hướng dẫn|lảnh đạo>lãnh đạo|cãm ơn>cảm ơn|bảo lụt>bão lụt|bảo lũ>bão lũ|xả lủ>xả lũ|lủ quét>lũ quét|lũ quyét>lũ quét|
sạc lở>sạt lở|sạt lỡ>sạt lở|sữa chữa>sửa chữa|sửa chửa>sửa chữa|sữa đổi>sửa đổi|tiêm trủng>tiêm chủng|tiêm chũng>tiêm chủng|
trích ngừa>chích ngừa|ngăn chặng>ngăn chặn|giản cách xã hội>giãn cách xã hội|dãn cách>giãn cách|kiễm tra>kiểm tra|cơ sỡ>cơ sở|
nghĩ lễ>nghỉ lễ|nghĩ học>nghỉ học|nghĩ ngơi>nghỉ ngơi|nghĩ hưu>nghỉ hưu|nghĩ tết>nghỉ tết|di rời>di dời|giử gìn>giữ gìn|dữ gìn>giữ gìn|
gìn dữ>gìn giữ|nghành>ngành|nghàn>ngàn|ngiêm>nghiêm|ngĩa>nghĩa|kỹ niệm>kỷ niệm|kỷ thuật>kỹ thuật|kỷ năng>kỹ năng|qui đinh>quy định|
quy đinh>quy định|quyết đinh>quyết định|đia bàn>địa bàn|đia phương>địa phương|đia chỉ>địa chỉ|địa phượng>địa phương|thông bao>thông báo|
nhân dâng>nhân dân|vân động>vận động|tuyên tuyền>tuyên truyền|truyên truyền>tuyên truyền|phòng trống dịch>phòng chống dịch|
phòng trống bão>phòng chống bão|phòng trống cháy>phòng chống cháy|chống dich>chống dịch|dich bệnh>dịch bệnh|dịch bênh>dịch bệnh|
bênh viện>bệnh viện|vệ sinh môi trương>vệ sinh môi trường|y tê>y tế|khẩu trạng>khẩu trang|chử ký>chữ ký|rà xoát>rà soát|giám xát>giám sát|
kiểm xoát>kiểm soát|sâm nhập>xâm nhập|bão vệ>bảo vệ|bão đảm>bảo đảm|đảm bão>đảm bảo|bão hiểm>bảo hiểm|cãnh báo>cảnh báo|
cãnh giác>cảnh giác|tăng cườn>tăng cường|hổ trợ>hỗ trợ|hổ trơ>hỗ trợ|giúp đở>giúp đỡ|ủng hô>ủng hộ|ũng hộ>ủng hộ|đống góp>đóng góp|
đóng gớp>đóng góp|trể em>trẻ em|trẽ em>trẻ em|cao tủi>cao tuổi|tổ dân phô>tổ dân phố|khu phô>khu phố|đội ngủ>đội ngũ|đầy đũ>đầy đủ|
chủ đông>chủ động|kip thời>kịp thời|kịp thơi>kịp thời|khẫn cấp>khẩn cấp|khẩn trươn>khẩn trương|trật tư an toàn>trật tự an toàn|
rác thãi>rác thải|chất thãi>chất thải|nguy hiễm>nguy hiểm|chung tâm y tế>trung tâm y tế|chung tâm văn hóa>trung tâm văn hóa|
khu trung cư>khu chung cư|giờ dấc>giờ giấc|trât tự>trật tự|khôi phố>khối phố`;

/** `xuất` begins many words of its own: `dấu hiệu xuất huyết` is no slip. */
const COMES_OUT = /^ (?:bản|cảnh|đi|hàng|hiện|hóa|huyết|khẩu|ngũ|nhập|phát|quân|ra|siêu|tiền|trình|từ|viện|xứ)/u;
/** Key: what is wrong unless this follows. */
const BUT = new Map([
  ["giành cho", /^ (?:được|bằng được|kỳ được)/u],
  ["để giành", /^ (?:chiến|độc|được|giải|giật|huy|lại|lấy|ngôi|quyền|thắng)/u],
  ["trực lợi", /^ ích/u],
  ["thăm quan", /^ (?:chức|hệ|khách|tài)/u],
  ...["sơ xuất", "năng xuất", "xác xuất", "lãi xuất", "hiệu xuất"].map((slip) => [slip, COMES_OUT] as const),
]);

/** Key: what is wrong, small letters; the value is what was meant. What our own rules mend already is no slip. */
const MEANT = new Map(
  SLIPS.split(/\|\n?/u)
    .map((pair) => pair.split(">"))
    .flatMap(([wrong = "", right = ""]) =>
      withUsualTones(wrong) === withUsualTones(right) ? [] : [[wrong, right] as const],
    ),
);
const WRONG = warmed(
  new RegExp(
    `(?<![\\p{L}\\p{M}]|suy )(?:${[...MEANT.keys()].sort((a, b) => b.length - a.length).join("|")})(?![\\p{L}\\p{M}])`,
    "gu",
  ),
);
/** Small words that nobody says twice. */
const TWICE = warmed(
  /(?<![\p{L}\p{M}])(và|của|các|những|được|cho|với|tại|trong|về|để|trên|theo|bằng|thì|mà|nhưng|hoặc|đến) \1(?![\p{L}\p{M}])/gu,
);

/** Slips in a cleaned text, in order. */
export function slipsIn(text: string): readonly Slip[] {
  const lower = text.toLowerCase();
  // A few foreign capitals have longer small forms; then places would be wrong.
  return lower.length === text.length ? slipsBetween(text, lower) : slipsBetween(text, text);
}

function slipsBetween(text: string, small: string): readonly Slip[] {
  const slips: Slip[] = [];
  for (const { 0: found, index } of matchesIn(small, WRONG)) {
    const meant = MEANT.get(found);
    const to = index + found.length;
    if (meant === undefined || BUT.get(found)?.test(small.slice(to, to + 12))) continue;
    slips.push({ kind: "typo", from: index, to, suggestion: inCaseOf(text.charAt(index), meant) });
  }
  for (const { 0: found, 1: word = "", index } of matchesIn(small, TWICE)) {
    const suggestion = inCaseOf(text.charAt(index), word);
    slips.push({ kind: "repeated-word", from: index, to: index + found.length, suggestion });
  }
  return slips.sort((a, b) => a.from - b.from);
}

const inCaseOf = (first: string, meant: string): string =>
  first !== first.toLowerCase() ? meant.charAt(0).toUpperCase() + meant.slice(1) : meant;
