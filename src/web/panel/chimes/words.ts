/**
 * The words about chimes.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Nhạc hiệu",
    about: "Bản ghi dùng chung cho mọi danh sách phát. Bản ghi mới phải được người khác duyệt rồi mới phát.",
    waitingTitle: "Nhạc hiệu chờ duyệt",
    none: "Kho chưa có nhạc hiệu nào.",
    shipped: "có sẵn trong chương trình",
    approved: (by: string, when: string) => `${by} duyệt ${when}`,
    waiting: "chờ duyệt, chưa phát được",
    uploaded: (by: string) => `${by} gửi lên`,
    listen: "Nghe",
    close: "Đóng",
    approve: "Duyệt nhạc hiệu",
    hearFirst: "Nghe ít nhất 80 % rồi mới duyệt được.",
    own: "Bạn gửi bản ghi này, nên phải có người khác duyệt.",
    done: (name: string) => `Đã duyệt nhạc hiệu «${name}».`,
    add: "Gửi nhạc hiệu lên",
    file: "Tệp nhạc hiệu (mp3, wav, m4a, ogg, flac…)",
    name: "Tên tệp trong kho",
    nameHint: "Chữ thường không dấu, số và gạch nối, có đuôi tệp: chuong-sang.mp3",
    send: "Gửi nhạc hiệu",
    added: (name: string) => `Đã nhận «${name}». Người khác duyệt rồi mới phát.`,
    cancelled: "Đã hủy. Không có gì được lưu.",
  },
  {
    title: "Chimes",
    about: "Recordings for all playlists. A new one sounds once somebody else has approved it.",
    waitingTitle: "Chimes that wait for an approval",
    none: "There are no chimes yet.",
    shipped: "comes with the program",
    approved: (by, when) => `approved by ${by}, ${when}`,
    waiting: "waits for an approval, does not sound yet",
    uploaded: (by) => `handed in by ${by}`,
    listen: "Listen",
    close: "Close",
    approve: "Approve the chime",
    hearFirst: "Hear at least 80 % of it before approving it.",
    own: "You have handed it in, so somebody else has to approve it.",
    done: (name) => `The chime “${name}” is approved.`,
    add: "Hand a chime in",
    file: "Sound file (mp3, wav, m4a, ogg, flac…)",
    name: "File name in the library",
    nameHint: "Small letters without marks, digits and hyphens, with its ending: chuong-sang.mp3",
    send: "Hand it in",
    added: (name) => `“${name}” has arrived. It sounds once somebody else has approved it.`,
    cancelled: "Called off. Nothing was kept.",
  },
);
