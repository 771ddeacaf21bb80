/**
 * Advertising: praise of goods, discounts, prices beside a shop, orders by telephone. The ward's loudspeaker sells nothing.
 *
 * @module
 */
import type { Hit } from "../finding.js";
import { mentions } from "../phrases.js";
import { around, type View } from "../view.js";
import { type PhraseGroup, phraseList } from "./phrase-list.js";

const suggestion = {
  vi: "Bỏ phần này. Tin tuyển dụng chỉ nêu vị trí, số lượng, yêu cầu, tên và địa chỉ nơi tuyển; tin thị trường không nêu tên cửa hàng.",
  en: "Leave it out. A vacancy names post, number, requirements, employer and address; market news names no shop.",
};

const PLAIN: readonly PhraseGroup[] = [
  {
    phrases:
      "khuyến mãi|khuyến mại|giảm giá(?! điện| nước| vé| cước| xăng| thuế| tiền| thuê)|giảm ngay|giảm tới \\d{1,2} ?%|giảm đến \\d{1,2} ?%|mua (?:một|1|hai|2) tặng (?:một|1)|tặng kèm|quà tặng hấp dẫn|cơ hội trúng|bốc thăm trúng thưởng|siêu ưu đãi|ưu đãi (?:lớn|khủng|hấp dẫn|đặc biệt|lên đến|tới|\\d{1,3})|voucher|phiếu mua hàng|xả hàng|xả kho|thanh lý kho|giá sốc|giá gốc|siêu rẻ|rẻ nhất|giá cực|giá ưu đãi|trả góp|đồng giá|khai trương hồng phát|tri ân khách hàng",
    words: { vi: "Lời mời mua hàng giảm giá, khuyến mãi.", en: "A discount or promotion." },
    suggestion,
  },
  {
    phrases:
      "(?:chất lượng|uy tín|dịch vụ|hàng) (?:số một|số 1|hàng đầu|tốt nhất|vượt trội|tuyệt hảo|cao cấp nhất)|(?:ngon|tốt|bền|đẹp|hiệu quả) nhất (?:thị trường|hiện nay|đà lạt|khu vực|việt nam)|cam kết (?:chính hãng|hoàn tiền|khỏi|hiệu quả)|hàng chính hãng|thần dược|trị dứt điểm|chữa khỏi hoàn toàn chỉ|hiệu quả tức thì|nhanh tay|số lượng có hạn|đừng bỏ lỡ|sản phẩm tuyệt vời|sự lựa chọn hoàn hảo|quý khách hàng|phục vụ quý khách|hân hạnh phục vụ",
    words: { vi: "Lời khen hàng hóa, dịch vụ để mời mua.", en: "Praise of goods or services." },
    suggestion,
  },
];
/** Warnings of tricks, and rules about advertising, use the same words. */
const WARNED =
  "cảnh giác|lừa đảo|mạo danh|giả mạo|không tin|đừng tin|thủ đoạn|chiêu trò|tin nhắn lạ|người tiêu dùng cần|kém chất lượng|không rõ nguồn gốc|xử phạt|quảng cáo sai";
const findPlain = phraseList(PLAIN, WARNED);

/** Ordering by telephone is also advice in an outbreak; with a named shop or a number beside it, it sells. */
const findOrder = phraseList(
  [
    {
      phrases:
        "(?:gọi|liên hệ|alo|nhắn tin|inbox|kết bạn zalo|gọi ngay)(?: [\\p{L}\\d.]{1,12}){0,6} (?:để )?(?:đặt hàng|mua hàng|đặt mua|nhận ưu đãi|nhận quà|được tư vấn sản phẩm|đặt bàn|đặt chỗ)|(?:đặt hàng|đặt mua|mua hàng)(?: ngay)? (?:qua|theo|tại|số|theo số)(?: số)?(?: điện thoại| zalo| hotline| facebook)|giao hàng (?:tận nơi|tận nhà|miễn phí|toàn quốc)|miễn phí giao hàng|freeship|ship (?:tận|cod)",
      words: { vi: "Mời đặt hàng qua điện thoại hoặc mạng.", en: "An invitation to order by telephone or online." },
      suggestion,
    },
  ],
  WARNED,
);
const SELLER = /\d{3}[ .]?\d{3}|(?:shop|tiệm|showroom|công ty|đại lý)[ \n]/u;

const PRICE = phraseList(
  [
    {
      phrases:
        "(?:giá|chỉ|chỉ từ|chỉ còn|bán|với giá)(?: [\\p{L}]{1,6}){0,2} \\d{1,3}(?:[.,]\\d{3}){0,2} ?(?:đồng|đ|k|nghìn|ngàn|triệu|nghìn đồng|ngàn đồng|triệu đồng)(?:(?:/| một | mỗi )(?:kg|ký|cân|hộp|chai|lít|thùng|suất|bộ|chiếc|con|cái|bó))?",
      words: { vi: "Giá bán đi cùng tên một cửa hàng hay công ty.", en: "A price beside the name of a shop or firm." },
      suggestion,
    },
  ],
  "niêm yết|bình ổn|học phí|viện phí|lệ phí|phí|thuế|mức phạt|phạt|hỗ trợ|trợ cấp|bhyt|bảo hiểm|đóng|nộp",
);
const SHOP = mentions(
  "cửa hàng|shop|siêu thị|tiệm|quán|nhà hàng|công ty|đại lý|showroom|thương hiệu|nhãn hàng|sạp|hãng|spa|nhà thuốc|phòng khám|khách sạn|trung tâm anh ngữ|trung tâm ngoại ngữ",
);

/** Every phrase that sells something. */
export const advertising = (view: View): Hit[] => {
  const priced = PRICE(view).filter(({ start, end }) => {
    const { before, after } = around(view, [start, end], 120);
    return SHOP.test(before) || SHOP.test(after);
  });
  const plain = findPlain(view);
  const ordered = findOrder(view).filter(({ start, end }) => {
    const { before, after } = around(view, [start, end], 120);
    return plain.length > 0 || SELLER.test(before + view.lower.slice(start, end) + after);
  });
  return [...plain, ...priced, ...ordered].map(({ start, end, group }) => ({
    check: "advertising",
    span: [start, end],
    words: group.words,
    suggestion: group.suggestion,
  }));
};
