/**
 * An invitation that does not say whom, when or where.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { Hit } from "./finding.js";
import { mentions, spots, words } from "./phrases.js";
import type { View } from "./view.js";

const INVITES = words(
  "(?:kính mời|trân trọng kính mời|xin mời|mời)(?: [\\p{L}\\d,]{1,9}){0,12} (?:dự|tham dự|đến dự|họp|tham gia|đến tham gia|có mặt|tới dự|về dự)",
);
const WHEN = mentions(
  "\\d{1,2} ?(?:giờ|h|g)(?:\\d{2})?|\\d{1,2}:\\d{2}|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: (?:một|hai|ba|bốn|lăm|mươi|chín|tám|bảy|sáu|năm)){0,2} giờ|ngày (?:\\d{1,2}|mùng|mồng|mai|kia|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|(?:sáng|trưa|chiều|tối) (?:nay|mai|ngày|thứ|chủ nhật|mùng)|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|\\d{1,2}/\\d{1,2}",
);
const WHERE = mentions(
  "tại|ở|địa điểm:?|nơi họp:?|đến (?:nhà|hội trường|trường|trụ sở|ủy ban|ubnd|trạm|chợ|sân|công viên|điểm|đình|chùa)|về (?:hội trường|nhà văn hóa|sân)",
);
const WHOM = mentions(
  "bà con|nhân dân|toàn thể|các hộ|đại diện|quý|cử tri|các cụ|hội viên|đoàn viên|thanh niên|phụ huynh|phụ nữ|người dân|các đồng chí|đồng chí|các em|các cháu|học sinh|chủ hộ|mỗi hộ|mỗi nhà|các bạn|hộ dân|tiểu thương|người cao tuổi|cựu chiến binh|nông dân|tổ trưởng|cán bộ|công dân|các ông|ông|bà|anh|chị|các bậc|doanh nghiệp|các tổ|mọi người|gia đình",
);

/** At most one hit, at the first invitation. */
export function incompleteInvitation(view: View): Hit[] {
  const [first] = spots(INVITES, view.lower, 1);
  if (first === undefined) return [];
  const missing = [
    ...(WHOM.test(view.lower) ? [] : [{ vi: "mời ai", en: "whom" }]),
    ...(WHEN.test(view.lower) ? [] : [{ vi: "lúc nào", en: "when" }]),
    ...(WHERE.test(view.lower) ? [] : [{ vi: "ở đâu", en: "where" }]),
  ];
  if (missing.length === 0) return [];
  const list: Words = { vi: missing.map(({ vi }) => vi).join(", "), en: missing.map(({ en }) => en).join(", ") };
  return [
    {
      check: "invitation.incomplete",
      span: [first.start, first.end],
      words: { vi: `Lời mời chưa nói: ${list.vi}.`, en: `The invitation does not say: ${list.en}.` },
      suggestion: { vi: `Thêm ${list.vi}.`, en: `Add ${list.en}.` },
    },
  ];
}
