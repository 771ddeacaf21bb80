/** The words about relayed radio. @module */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    relay: "Tiếp âm",
    titled: (title: string) => `▓ Tiếp âm: ${title}`,
    noRelay: "Không tiếp âm",
    minutes: "Tiếp âm trong (phút)",
    about:
      "Danh sách phát đã chọn là phần dự phòng: loa phát phần này khi không bắt được đài. Khung tiếp âm phải có người khác duyệt.",
    waiting: "Chờ người khác duyệt; chưa duyệt thì chưa phát.",
    waitingTitle: "Khung tiếp âm chờ duyệt",
    approved: (by: string, when: string) => `Đã duyệt: ${by}, ${when}.`,
    line: (source: string, times: string, long: string) => `${source}, lúc ${times}, dài ${long}`,
    where: (places: string) => `Nơi phát: ${places}`,
    fallback: (title: string) => `Dự phòng: ${title}`,
    by: (name: string) => `${name} đặt`,
    own: "Chính bạn đặt khung này, nên người khác duyệt.",
    approve: "Duyệt khung tiếp âm",
    open: "Xem lịch",
  },
  {
    relay: "Relay",
    titled: (title) => `▓ Relay: ${title}`,
    noRelay: "Nothing relayed",
    minutes: "Relayed for (minutes)",
    about:
      "The playlist chosen above is the fallback: it sounds while the other station cannot be heard. Somebody else has to approve the slot.",
    waiting: "Waits for somebody else's approval; it does not sound before.",
    waitingTitle: "Radio slots that wait",
    approved: (by, when) => `Approved by ${by}, ${when}.`,
    line: (source, times, long) => `${source}, at ${times}, for ${long}`,
    where: (places) => `Where: ${places}`,
    fallback: (title) => `Fallback: ${title}`,
    by: (name) => `laid out by ${name}`,
    own: "You laid this slot out yourself, so somebody else approves it.",
    approve: "Approve the slot",
    open: "See the schedule",
  },
);
