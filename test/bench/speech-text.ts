/**
 * Announcements as a ward reads them out, as long as asked for, each with words of its own so that no cache knows it.
 *
 * @module
 */
import { normalise } from "../../src/language/index.js";

const SENTENCES = [
  "Kính thưa bà con trong phường, sau đây là bản tin sáng nay.",
  "Từ 7 giờ 30 đến 11 giờ ngày 25/11/2026, trạm y tế tiêm vắc xin cho trẻ từ 6 tháng đến 5 tuổi.",
  "Bà con mang theo sổ tiêm và giấy mời, đến đúng giờ để khỏi chờ lâu.",
  "Chiều nay công ty điện lực cắt điện đường Trần Phú từ số 12 đến số 48 để sửa trạm biến áp.",
  "Đề nghị các hộ khóa van nước, đậy kín bể chứa và thả cá diệt bọ gậy để phòng sốt xuất huyết.",
  "Lệ phí vệ sinh quý này là 45.000 đồng một hộ, nộp tại nhà văn hóa tổ dân phố.",
  "Ai nhặt được giấy tờ mang tên ông Nguyễn Văn Hòa xin gửi lại công an phường.",
  "Xin cảm ơn bà con đã lắng nghe.",
] as const;

/** A text of about `seconds` of speech; texts of different `number` differ from the first sentence on. */
export function speechText(seconds: number, number: number): string {
  let text = `Bản tin số ${number}.`;
  for (let index = number; normalise(text).seconds < seconds; index++)
    text += ` ${SENTENCES[index % SENTENCES.length]}`;
  return text;
}
