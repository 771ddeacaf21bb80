/**
 * Wording that points at a household, a patient or the place somebody comes from.
 *
 * @module
 */
import type { Hit } from "../finding.js";
import type { View } from "../view.js";
import { type PhraseGroup, phraseList } from "./phrase-list.js";

const GROUPS: readonly PhraseGroup[] = [
  {
    phrases:
      "(?:gia đình|hộ|nhà|hộ gia đình|căn nhà|dãy trọ|phòng trọ|xóm trọ)(?: đó| này| kia)? (?:có|đang có) (?:f0|ca bệnh|ca nhiễm|ca mắc|người nhiễm|người bị nhiễm|bệnh nhân|người dương tính)|gia đình f0|nhà f0|hộ f0|ổ dịch (?:nhà|hộ|gia đình|xóm)|nhà (?:ông|bà|anh|chị) ấy|(?:nhà|hộ|gia đình) (?:ở )?(?:đầu|cuối|giữa) (?:hẻm|ngõ|xóm)|nhà (?:ông|bà|anh|chị|cô|chú|bác|cậu|dì|em|cụ) \\p{L}{1,8}(?: \\p{L}{1,8}){0,3} có (?:người|con|cháu|khách|bà con)(?: mới| vừa)? (?:về|đến|ra|lên|xuống|vào|trở về|ở|đi) (?:từ |tại )?(?:vùng|ổ|tâm|khu|nơi) (?:có )?dịch",
    words: {
      vi: "Chỉ vào một gia đình hay một nhà trọ: hàng xóm sẽ xa lánh họ.",
      en: "It points at one household: the neighbours will shun it.",
    },
    suggestion: {
      vi: "Nói «tại tổ dân phố …» và việc bà con cần làm, không nói nhà nào.",
      en: "Name the neighbourhood and what to do, not the house.",
    },
  },
  {
    phrases:
      "(?:tránh xa|xa lánh|cô lập|tẩy chay|cấm cửa|đuổi|không giao du với|không chơi với|không tiếp xúc với|không mua hàng của|cạch mặt) (?:những |các )?(?:người|gia đình|nhà|hộ|con|trẻ|bệnh nhân|f0|họ|dân|học sinh|cháu)(?: [\\p{L}\\d]{1,7}){0,3}",
    words: { vi: "Kêu gọi xa lánh một nhóm người.", en: "It calls for shunning people." },
    suggestion: {
      vi: "Nói cách giữ an toàn: đeo khẩu trang, giữ khoảng cách, rửa tay; và nhắc không kỳ thị.",
      en: "Tell how to stay safe, and remind people not to shun anybody.",
    },
  },
  {
    phrases:
      "(?:nhà|hộ|gia đình|người)(?: [\\p{L}\\d-]{1,9}){0,6} (?:về từ|từ vùng dịch|từ nơi khác|nhiễm|mắc|ốm|bệnh|dương tính|f0|f1|nghi|cách ly)(?: (?!bị|không|đừng|chớ)[\\p{L}\\d-]{1,9}){0,6}(?:,| thì| bà con| mọi người| hàng xóm| cả xóm)(?: (?!bị|không|đừng|chớ|khỏi|chống)[\\p{L}\\d-]{1,9}){0,6} (?:tránh xa|xa lánh|né xa|cạch mặt|tẩy chay)(?=(?: ra| đi| nhé| nghe| ngay){0,2}[ \\n]?(?:[.,;:!?…]|$))",
    words: { vi: "Kêu gọi xa lánh một nhà hay một người.", en: "It calls for shunning a household or a person." },
    suggestion: {
      vi: "Nói cách giữ an toàn: đeo khẩu trang, giữ khoảng cách, rửa tay; và nhắc không kỳ thị.",
      en: "Tell how to stay safe, and remind people not to shun anybody.",
    },
  },
  {
    phrases:
      "(?:mang|đem|rước|đưa) (?:mầm bệnh|dịch|bệnh|dịch bệnh|vi rút|virus|con vi rút)(?: từ [\\p{L} ]{2,20})? (?:về|đến|vào|tới)|(?:gieo rắc|reo rắc|phát tán|làm lây lan|rải) (?:mầm bệnh|dịch|dịch bệnh|bệnh|vi rút|virus)|kẻ (?:lây bệnh|gieo|phát tán|trốn|mang)|thủ phạm (?:lây|gây)|nguồn lây là (?:ông|bà|anh|chị|một|người|gia đình)|tội đồ|siêu lây nhiễm|làm khổ cả|vì (?:một|mấy) người mà cả|đối tượng (?:f0|f1|nhiễm|mắc bệnh|dương tính)|do (?:người|nhóm người|dân|công nhân) từ [\\p{L} ]{2,25} (?:mang|đem|đưa)",
    words: {
      vi: "Đổ lỗi cho người bệnh như kẻ có tội.",
      en: "It blames a patient as if guilty.",
    },
    suggestion: {
      vi: "Nói sự việc: «một người vừa được phát hiện mắc bệnh và đang được chăm sóc».",
      en: "State the fact: 'a person has been found ill and is being cared for'.",
    },
  },
  {
    phrases:
      "(?:dân|người|bọn|đám|nhóm) (?:tỉnh khác|tứ xứ|nhập cư|ngụ cư|tứ phương|thiên hạ|miền ngoài|miền trong|sài gòn|bình dương|bắc giang|hải dương|đà nẵng|nơi khác)(?: [\\p{L}]{1,8}){0,4} (?:mang|đem|làm lây|gây|không được|phải tránh|tụ tập|về đây)|dân tứ xứ|dân ngụ cư|(?:vi rút|virus|covid|dịch|cúm|biến thể)(?: từ)? (?:vũ hán|trung quốc|tàu|ấn độ|châu phi|campuchia)|bọn (?:người|họ|công nhân|buôn|nghiện|dân)|lũ (?:người|họ|nghiện|trộm)|con nghiện|thằng nghiện|kẻ tâm thần|thằng điên|người thượng|dân mọi|đồng bóng|bọn trẻ trâu|dân xóm trọ",
    words: {
      vi: "Gắn bệnh tật hay điều xấu với nơi xuất thân, nghề nghiệp hay hoàn cảnh của một nhóm người.",
      en: "It ties illness or wrong to people's origin, trade or condition.",
    },
    suggestion: {
      vi: "Nói việc cần làm: «người từ nơi khác về, xin khai báo y tế»; dùng tên gọi chính thức của bệnh.",
      en: "Say what is to be done: 'whoever comes from elsewhere, please declare'; use the official name of the disease.",
    },
  },
];

const find = phraseList(GROUPS);

/** Every phrase that could set people against each other. */
export const stigma = (view: View): Hit[] =>
  find(view).map(({ start, end, group }) => ({
    check: "stigma",
    span: [start, end],
    words: group.words,
    suggestion: group.suggestion,
  }));
