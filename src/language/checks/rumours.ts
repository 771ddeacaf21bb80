/**
 * News from social media or hearsay.
 *
 * Two things make a rumour: where it comes from (a network, a group of neighbours, people's talk), and that it is passed on as
 * news. Texts that refute or warn pass, and so do an office's own pages.
 *
 * @module
 */
import { mentions, type Spot, spots, words } from "./phrases.js";
import { around, type View } from "./view.js";

const FEW = (most: number) => `(?: [\\p{L}\\d]{1,9}){0,${most}}`;
const NETWORK =
  "mạng xã hội|trên mạng|facebook|fb|phây búc|zalo|tiktok|tik tok|tóp tóp|youtube|you tube|face book|telegram|fanpage|hội nhóm|nhóm chat|nhóm chung|nhóm (?:cư dân|phụ huynh|xóm|lớp|kín|cộng đồng|chung cư)|livestream|tin nhắn chuyển tiếp";
const PEOPLE =
  "người ta|bà con(?: chợ| xóm| hàng xóm)?|hàng xóm|láng giềng|chòm xóm|dân làng|người dân|có người|nhiều người|mấy người|một số người|ai đó|mọi người|một bạn|bạn bè|người quen|tiểu thương|tài xế|chị em|xóm giềng|dân tình|thiên hạ";
const RUMOUR = words(
  [
    `(?:theo|nguồn|nguồn tin|tin|thông tin|nghe|thấy|đọc|xem|biết|clip|video|bài viết|hình ảnh|ảnh chụp)${FEW(10)} (?:${NETWORK})`,
    `(?:đăng|chia sẻ|lan truyền|lan|đồn|truyền|loan|rộ)${FEW(3)} (?:${NETWORK})`,
    `(?:${NETWORK})${FEW(3)} (?:đăng|lan truyền|chia sẻ|bàn tán|kháo|mách|bảo|kể|khuyên|đồn|nói|viết|đưa tin|loan tin|xôn xao|rộ lên|cho rằng|cho biết|báo)`,
    `(?:${NETWORK})${FEW(6)} (?:đồn|kháo|bàn tán|xôn xao|nói|kể|bảo)(?! (?:chuyện|không))`,
    `nghe (?:nói|đồn|kể)|(?:nghe|theo)${FEW(4)} (?:đồn|kháo|bàn tán|xì xào|truyền tai|(?:kể|nói|bảo|mách) (?:lại|rằng|là|thì|nhau))|theo lời${FEW(4)} (?:kể|mách|đồn)`,
    `(?:${PEOPLE})${FEW(2)} (?:đồn|kháo|bàn tán|xì xào|truyền tai|rỉ tai|truyền miệng)`,
    `(?:${PEOPLE})${FEW(5)} (?:kể|nói|bảo|mách|cho hay)(?: lại| nhau)?${FEW(3)} (?:rằng|là|thì)`,
    "rỉ tai|xì xào|kháo nhau|truyền tai|bàn tán|đồn đoán|loan tin|râm ran|(?:đang|cứ|ai cũng|người|ta|nhau) đồn(?! (?:công an|biên phòng|trú|điền))",
    "(?:hàng xóm|láng giềng|người quen|người nhà)(?: [\\p{L}]{1,7}){0,4} cho biết|(?:chắc là|chắc có|hình như|nghe chừng)(?: [\\p{L}]{1,6}){0,3} (?:dịch|bệnh|nhiễm|lây|chết)",
    "nghe đâu|nghe phong thanh|nghe loáng thoáng|nghe tin|đồn (?:rằng|là|ầm|thổi)|tin đồn cho|người dân truyền tai|có tin (?:là|rằng|cho)",
    "theo nguồn tin(?: riêng)?(?! (?:của|từ) (?:ubnd|ủy ban|sở|bộ|công an|trung tâm))|nguồn tin chưa kiểm chứng",
    "chưa (?:được )?(?:kiểm chứng|xác minh|xác thực)|chưa rõ thực hư|không rõ nguồn",
  ].join("|"),
);
const WARNED = mentions(
  "không|đừng|chớ|cảnh giác|sai sự thật|bác bỏ|tránh|xử lý|lừa đảo|kiểm chứng trước|giả mạo|tin giả|tin sai|sai về|bị phạt|xử phạt|thất thiệt|bịa đặt",
);
/** An office's own page or group, and what people report to it. */
const OFFICIAL = mentions(
  "chính thức|của (?:ubnd|ủy ban|phường|xã|công an|sở|bộ|trung tâm|trạm|nhà trường|đài|tỉnh|thành phố)|cổng thông tin|phản ánh|góp ý|kiến nghị|theo dõi|kết bạn|quét mã|gửi về|tham gia",
);
/** Advice to listen, and how somebody is to be told. */
const INVITED = mentions("mời|nhắc|vận động|tuyên truyền|báo (?:cho|về|ngay)|gọi|liên hệ");

/** Every place where a rumour is passed on as news, in order. */
export const rumours = (view: View): readonly Spot[] =>
  spots(RUMOUR, view.lower).filter(({ start, end, text }) => {
    const { before, after } = around(view, [start, end], 70);
    if (WARNED.test(before) || WARNED.test(after) || WARNED.test(text.replace(/^không rõ nguồn|^chưa/u, "")))
      return false;
    return !OFFICIAL.test(text + after.slice(0, 50)) && !INVITED.test(text);
  });
