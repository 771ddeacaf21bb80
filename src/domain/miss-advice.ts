/**
 * What to do about soundings that were missed, by the reason code of the result.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { ResultState } from "./ticket.js";

const CALL_NET: Words = {
  vi: "Kiểm tra nguồn điện, SIM 4G hoặc dây mạng ở cột loa. Loa có mạng lại sẽ tự báo những gì đã phát.",
  en: "See to power and network at the pole. Once it is back it tells by itself what it played.",
};
const LOOK: Words = {
  vi: "Đến xem loa; nếu hỏng thì mở phiếu sửa chữa.",
  en: "Look at the loudspeaker; open a repair if it is broken.",
};
const NOTHING: Words = { vi: "Đúng quy định, không phải làm gì.", en: "As the rules want it; nothing is to be done." };
const PLAN: Words = {
  vi: "Xem lại lịch phát hoặc hạn mức của địa bàn.",
  en: "Look at the schedule, or at what the area allows.",
};

const ADVICE: Readonly<Record<string, Words>> = {
  "not-connected": CALL_NET,
  "never-connected": {
    vi: "Ghép loa với đài, hoặc gỡ vị trí này nếu không còn dùng.",
    en: "Pair the loudspeaker, or remove the place if it is no longer used.",
  },
  "no-report": LOOK,
  "no-audio": {
    vi: "Đường truyền tới loa quá chậm: kiểm tra sóng 4G, hoặc soạn bản tin sớm hơn giờ phát.",
    en: "Its line is too slow: see to the 4G signal, or prepare announcements earlier.",
  },
  incomplete: {
    vi: "Loa chưa tải đủ âm thanh: kiểm tra đường truyền và thẻ nhớ.",
    en: "Clips were missing at the loudspeaker: see to its line and its disk.",
  },
  "stream-lost": CALL_NET,
  disk: {
    vi: "Thẻ nhớ của loa hỏng hoặc đầy: thay thẻ, mở phiếu sửa chữa.",
    en: "Its disk is full or broken: change it, and open a repair.",
  },
  restart: {
    vi: "Loa mất điện giữa chừng: kiểm tra nguồn, ổ cắm và bộ lưu điện.",
    en: "It lost power in the middle: see to its supply.",
  },
  "untrusted-clock": {
    vi: "Loa chưa có giờ đúng: kiểm tra đường truyền tới đài.",
    en: "It has no trusted time: see to its line to the station.",
  },
  signature: {
    vi: "Loa không tin lệnh của đài: ghép lại loa.",
    en: "It does not believe the station's orders: pair it again.",
  },
  muted: { vi: "Bỏ tắt tiếng nếu không còn cần.", en: "Unmute it when that is no longer needed." },
  excluded: { vi: "Sửa xong thì đóng phiếu sửa chữa.", en: "Close the repair once it is mended." },
  disabled: { vi: "Sửa xong thì đóng phiếu sửa chữa.", en: "Close the repair once it is mended." },
  late: {
    vi: "Đài hoặc loa bị nghẽn lúc đó: xem máy chủ có quá tải, tắt mở giữa giờ không.",
    en: "The station or the loudspeaker was held up: see whether the server was overloaded or restarted.",
  },
  "not-approved": { vi: "Trình duyệt bản tin trước giờ phát.", en: "Have the announcement approved in time." },
  "not-valid": {
    vi: "Gia hạn bản tin hoặc lấy ra khỏi danh sách phát.",
    en: "Prolong it, or take it out of its playlist.",
  },
  expired: {
    vi: "Gia hạn bản tin hoặc lấy ra khỏi danh sách phát.",
    en: "Prolong it, or take it out of its playlist.",
  },
  "session-budget": PLAN,
  "session-minutes": PLAN,
  "day-minutes": PLAN,
  "too-long": PLAN,
  superseded: PLAN,
  "waited-too-long": PLAN,
  "outside-window": PLAN,
  stopped: NOTHING,
  cancelled: NOTHING,
  recalled: NOTHING,
  "quiet-hours": NOTHING,
  preempted: NOTHING,
  "cut-by-other": NOTHING,
  holiday: NOTHING,
  weekday: NOTHING,
  "suspended-by-level": NOTHING,
};

export const adviceOn = (state: ResultState, why: string): Words =>
  ADVICE[why] ?? (state === "unknown" ? CALL_NET : LOOK);
