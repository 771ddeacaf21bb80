/**
 * `9đ`: points of an examination or of a driving licence, or money. There is no money so small, but prices rise and fall by
 * less than a hundred đồng.
 *
 * @module
 */
import { behind } from "../conditions.js";

/** Above this much it is money. */
export const MOST_POINTS = 100;

const POINTS_BEFORE = behind(
  /(?:^|\P{L})(?:điểm|chuẩn|sàn|môn|thi|kiểm tra|đạt|được|trừ|cộng|đậu|đỗ|trúng tuyển|xét tuyển|tổ hợp|trung bình|ĐTB|xếp loại|GPLX|giấy phép lái xe|bằng lái|ưu tiên|toán|văn|anh|tiếng anh)(?: \p{L}{1,7}){0,2}:? ?(?:từ |trên |dưới |hơn |tối đa |ít nhất |thêm )?$/iu,
);
const POINTS_AFTER =
  /^,? (?:môn|giấy phép|GPLX|bằng lái|ưu tiên|trở lên|thi đua|rèn luyện|toán|văn|tiếng anh|xếp loại)(?!\p{L})/iu;
const MONEY_BEFORE = behind(
  /(?:^|\P{L})(?:giá|tiền|phí|cước|lãi|thu|trả|phạt|thuế|mua|bán|xăng|dầu|điện|nước|tăng|giảm)(?: \p{L}{1,7}){0,3}:? ?(?:từ |thêm |khoảng |hơn |gần )?$/iu,
);

/** What `đ` means behind a small number; `unsure` where nothing tells, or both. */
export function pointsOrMoney(before: string, after: string, isPrice: boolean): "points" | "money" | "unsure" {
  const arePoints = POINTS_BEFORE.test(before) || POINTS_AFTER.test(after);
  const isMoney = isPrice || MONEY_BEFORE.test(before);
  return arePoints === isMoney ? "unsure" : isMoney ? "money" : "points";
}
