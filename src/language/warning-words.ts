/**
 * Warnings as sentences: what was found, what was kept or changed, what the writer can do.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Warning, WarningKind } from "./warnings.js";

type Place = Pick<Warning, "kind" | "text" | "suggestion">;

/** Key: kind of warning. */
const WORDS: Readonly<Record<WarningKind, (place: Place) => Words>> = {
  "hidden-characters": ({ text }) => ({
    vi: `Đã bỏ ký tự ẩn (${text}). Hãy đọc lại câu này: nội dung có thể khác với những gì nhìn thấy.`,
    en: `Hidden characters (${text}) were removed. Read the sentence again: it may not be what it looked like.`,
  }),
  "long-sentence": () => ({
    vi: "Câu dài hơn 35 từ, khó theo dõi qua loa. Nên tách thành hai hoặc ba câu.",
    en: "More than 35 words in one sentence, hard to follow by ear. Make two or three of it.",
  }),
  typo: ({ text, suggestion = "" }) => ({
    vi: `«${text}» có thể là lỗi gõ. Ý của anh chị có phải là «${suggestion}»? Nội dung chưa bị sửa.`,
    en: `"${text}" may be a slip. Was "${suggestion}" meant? The text was left as it is.`,
  }),
  "repeated-word": ({ text, suggestion = "" }) => ({
    vi: `Từ bị lặp: «${text}». Nếu không cố ý, hãy để «${suggestion}». Nội dung chưa bị sửa.`,
    en: `A word stands twice: "${text}". Unless it is meant, write "${suggestion}". The text was left as it is.`,
  }),
  more: () => ({
    vi: "Còn nhiều điều cần lưu ý nữa, không liệt kê hết. Hãy sửa những điều trên rồi xem lại.",
    en: "There is more to look at than is listed here. Mend what stands above, then look again.",
  }),
  "look-alike-letters": ({ text }) => ({
    vi: `«${text}» có chữ cái của bảng chữ khác trông giống chữ Việt; đã đổi về chữ thường dùng. Hãy kiểm tra nguồn của văn bản.`,
    en: `"${text}" had letters of another alphabet that look like Latin ones; they were exchanged. Check where the text comes from.`,
  }),
  "legacy-encoding": ({ text }) => ({
    vi: `Văn bản dùng bảng mã cũ ${text}; đã chuyển sang Unicode. Hãy đọc lại, nhất là chữ hoa và tên riêng.`,
    en: `The text was in the old encoding ${text} and has been converted to Unicode. Read it again, above all capitals and names.`,
  }),
  "legacy-unsure": ({ text }) => ({
    vi: `Văn bản có vẻ dùng bảng mã cũ (${text}?) nhưng không chắc, nên giữ nguyên. Hãy chuyển sang Unicode trong trình soạn thảo (Unikey: Ctrl+Shift+F6) rồi dán lại.`,
    en: `The text seems to be in an old encoding (${text}?), not surely enough to convert. Convert it to Unicode where it was written and paste it again.`,
  }),
  "garbled-text": () => ({
    vi: "Dấu tiếng Việt đã hỏng khi sao chép. Văn bản được giữ nguyên; hãy mở lại tệp gốc với mã UTF-8 rồi dán lại.",
    en: "The Vietnamese letters were destroyed on the way. The text was left as it is; open the original as UTF-8 and paste it again.",
  }),
  "heading-cut": ({ text }) => ({
    vi: `Phần đầu văn bản hành chính không đọc: «${inLine(text)}».`,
    en: `The administrative heading is not read: "${inLine(text)}".`,
  }),
  "recipients-cut": ({ text }) => ({
    vi: `Danh sách nơi nhận không đọc: «${inLine(text)}».`,
    en: `The list of receivers is not read: "${inLine(text)}".`,
  }),
  "signature-cut": ({ text }) => ({
    vi: `Phần ký không đọc: «${inLine(text)}».`,
    en: `Of the signature this is not read: "${inLine(text)}".`,
  }),
  "page-mark-cut": ({ text }) => ({
    vi: `Số trang không đọc: «${text}».`,
    en: `A page number is not read: "${text}".`,
  }),
};

/** The sentence for a warning. */
export const wordsOf = (place: Place): Words => WORDS[place.kind](place);

const inLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
