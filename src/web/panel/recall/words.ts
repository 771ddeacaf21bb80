/**
 * The words of recalls.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    open: "Thu hồi…",
    title: (title: string) => `Thu hồi «${title}»?`,
    about:
      "Loa nào đang phát bản tin này sẽ im ngay, ở mọi nơi, và bản tin không bao giờ phát lại. Loa đang mất mạng sẽ im khi liên lạc lại.",
    why: "Vì sao",
    reasons: {
      wrong: "Nội dung sai",
      place: "Phát nhầm nơi",
      outdated: "Không còn đúng",
      other: "Lý do khác",
    },
    reason: "Lý do (ít nhất 3 ký tự)",
    recall: "Thu hồi, im ngay",
    cancel: "Để yên",
    close: "Đóng",
    done: (count: number, away: number) =>
      `Đã ra lệnh thu hồi cho ${count} loa${away > 0 ? `, trong đó ${away} loa đang mất mạng` : ""}.`,
    heardTitle: "Đã nghe ở đâu",
    heard: (count: number) => `${count} loa báo đã phát:`,
    once: (when: string) => `lúc ${when}`,
    times: (count: number, first: string, last: string) => `${count} lần, từ ${first} đến ${last}`,
    unheard: "Chưa loa nào báo đã phát bản tin này.",
    untold: (count: number) => `Chưa biết ở ${count} loa đang mất mạng; có mạng lại loa sẽ báo:`,
    known: "Không còn loa nào chưa biết.",
    gone: "loa không còn",
    written: (count: number) => `Đã có ${count} bản đính chính:`,
    correct: "Đính chính đúng những nơi đã nghe",
    correctAbout: (count: number) =>
      `Bản đính chính chỉ phát tại ${count} loa nói trên. Soạn xong vẫn phải được duyệt.`,
    text: "Lời đính chính",
    template: "Bản tin soạn theo mẫu có sẵn lời đính chính. Điền phần còn thiếu:",
    ownWords: "Viết lời khác",
    byTemplate: "Dùng lời của mẫu",
    write: "Soạn bản đính chính",
  },
  {
    open: "Recall…",
    title: (title) => `Recall “${title}”?`,
    about:
      "Loudspeakers that sound it fall silent at once, everywhere, and it never sounds again. Those that are away will when they are back.",
    why: "Why",
    reasons: {
      wrong: "Its content is wrong",
      place: "It went to the wrong place",
      outdated: "It is true no longer",
      other: "Another reason",
    },
    reason: "Reason (at least 3 letters)",
    recall: "Recall it, silence now",
    cancel: "Leave it",
    close: "Close",
    done: (count, away) => `The recall went to ${count} loudspeakers${away > 0 ? `; ${away} of them are away` : ""}.`,
    heardTitle: "Where it was heard",
    heard: (count) => `${count} loudspeakers say that it sounded:`,
    once: (when) => `at ${when}`,
    times: (count, first, last) => `${count} times, from ${first} to ${last}`,
    unheard: "No loudspeaker has said that it sounded.",
    untold: (count) => `Not known yet of ${count} loudspeakers that are away; they tell when they are back:`,
    known: "There is none of which it is not known.",
    gone: "the loudspeaker is there no more",
    written: (count) => `Corrections there are already: ${count}`,
    correct: "Correct it exactly where it was heard",
    correctAbout: (count) => `The correction sounds at these ${count} loudspeakers only. It needs an approval, too.`,
    text: "Words of the correction",
    template: "Its form has a correction prepared. Fill in what is missing:",
    ownWords: "Write other words",
    byTemplate: "Use the form's words",
    write: "Draft the correction",
  },
);
