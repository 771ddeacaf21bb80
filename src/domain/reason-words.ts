/**
 * Reason codes in words for ward officers. The codes are stable and counted by; the words stand beside them wherever people look.
 *
 * @module
 */
import type { Words } from "../base/errors.js";

type Table = Readonly<Record<string, Words>>;

/** Why an order or a programme is not taken by a loudspeaker. */
const ORDERS: Table = {
  unsigned: { vi: "lệnh không có chữ ký của đài", en: "it carries no signature of the station" },
  "unknown-key": {
    vi: "loa không biết khóa của đài, cần ghép lại",
    en: "the loudspeaker does not know the station's key and must be paired again",
  },
  "retired-key": { vi: "khóa ký đã hết thời hạn", en: "it was signed with a key whose time is over" },
  signature: { vi: "chữ ký không hợp lệ", en: "the signature did not fit" },
  malformed: { vi: "loa không đọc được nội dung lệnh", en: "the loudspeaker could not read it" },
  audience: { vi: "lệnh dành cho loa khác", en: "it was meant for others" },
  "too-early": { vi: "chưa đến lúc lệnh có hiệu lực", en: "its time had not come" },
  replayed: { vi: "lệnh cũ bị gửi lại", en: "an old order was sent again" },
  seen: { vi: "lệnh này đã thực hiện rồi", en: "it had been obeyed already" },
  "untrusted-clock": { vi: "đồng hồ của loa chưa tin được", en: "the loudspeaker's clock could not be trusted" },
  "too-many": { vi: "loa đã nhận quá nhiều lượt cùng lúc", en: "the loudspeaker could take no more at once" },
  "unknown-kind": {
    vi: "chương trình của loa quá cũ để hiểu lệnh này",
    en: "the loudspeaker's program is too old for such an order",
  },
  busy: { vi: "loa đang bận phát", en: "something else was sounding" },
  "no-launcher": {
    vi: "loa chạy không qua relay-launcher nên không đổi được chương trình",
    en: "no launcher started its program, so that nobody could go back",
  },
  manifest: { vi: "bản mô tả gói chương trình không hợp lệ", en: "what is said of the package is not valid" },
  "update-key": { vi: "khóa cập nhật khác khóa loa đã biết", en: "another update key than the one known there" },
  "update-signature": {
    vi: "chữ ký của gói chương trình không hợp lệ",
    en: "the signature of the package does not fit",
  },
  "node-version": { vi: "loa cần Node mới hơn", en: "it needs a newer Node" },
  "state-format": {
    vi: "bản mới lưu dữ liệu theo cách mà bản đang chạy không đọc được",
    en: "it would leave a state folder that the present program cannot read",
  },
  version: { vi: "gói không mới hơn chương trình đang chạy", en: "it is not newer than the program that runs" },
  "rolled-back": { vi: "loa đã quay lại từ đợt cập nhật này", en: "this rollout was gone back from" },
  "older-revision": { vi: "loa đã có chương trình mới hơn", en: "the loudspeaker has a newer programme" },
};

/** Why something did not sound, or not to its end: by receivers, planner and server. */
const SOUNDS: Table = {
  "quiet-hours": { vi: "giờ yên tĩnh", en: "quiet hours" },
  "outside-window": { vi: "ngoài khung giờ được phát", en: "outside the allowed hours" },
  late: { vi: "đã quá giờ được bắt đầu", en: "too late to begin" },
  "waited-too-long": { vi: "chờ quá lâu", en: "it waited too long" },
  "no-audio": { vi: "âm thanh không đến kịp", en: "its sound did not come in time" },
  preempted: { vi: "nhường bản tin ưu tiên hơn", en: "something of a higher class took its place" },
  expired: { vi: "đã hết hạn", en: "out of date" },
  stopped: { vi: "có người bấm dừng", en: "a person stopped it" },
  "local-stop": { vi: "có người bấm nút dừng tại cột loa", en: "somebody pressed stop at the pole" },
  recalled: { vi: "bản tin bị thu hồi", en: "its announcement was recalled" },
  cancelled: { vi: "đã hủy trước giờ phát", en: "taken back before it began" },
  played: { vi: "đã phát rồi, không phát lại", en: "it had sounded already" },
  restart: { vi: "loa khởi động lại giữa chừng", en: "the loudspeaker was restarted in the middle" },
  "max-duration": { vi: "đã đủ thời gian dài nhất được phép", en: "it reached the greatest length" },
  "stream-lost": { vi: "mất luồng âm thanh", en: "its stream fell silent" },
  seal: { vi: "âm thanh trên đường truyền không có dấu niêm của đài", en: "its sound came without the station's seal" },
  unordered: { vi: "âm thanh đến mà không có lệnh", en: "sound came that nobody had ordered" },
  disk: { vi: "ổ đĩa của loa không ghi được", en: "the loudspeaker's disk would not write" },
  "memory-lost": {
    vi: "sổ nhớ của loa bị mất cùng ổ đĩa nên không dám phát lại",
    en: "the loudspeaker's memory was lost with its disk, so it did not risk a second time",
  },
  "local-mute": { vi: "loa bị tắt tiếng tại cột", en: "somebody muted it at the pole" },
  "local-unmute": { vi: "loa được mở tiếng lại tại cột", en: "somebody let it sound again at the pole" },
  "despite-local-mute": {
    vi: "vẫn phát dù loa bị tắt tiếng tại cột, vì là tin khẩn cấp đã xác nhận",
    en: "it sounded though somebody had muted it at the pole: a confirmed emergency",
  },
  muted: { vi: "loa bị tắt tiếng", en: "the loudspeaker was muted" },
  unmuted: { vi: "loa được mở tiếng giữa chừng", en: "it was let sound again in the middle" },
  incomplete: { vi: "thiếu một phần âm thanh", en: "some of its clips were missing" },
  "not-heard": { vi: "máy đo không nghe thấy tiếng", en: "the meter heard nothing" },
  output: { vi: "có tiếng ở ngõ ra mà không có lệnh", en: "there was sound at the output that nobody had ordered" },
  meter: { vi: "máy đo nghe tiếng mà không có lệnh", en: "the meter heard sound that nobody had ordered" },
  "memory-damaged": { vi: "một bản sổ nhớ của loa bị hỏng", en: "a copy of the loudspeaker's memory was damaged" },
  "journal-damaged": { vi: "một phần nhật ký của loa bị hỏng", en: "a part of the loudspeaker's journal was damaged" },
  "programme-damaged": { vi: "chương trình lưu ở loa bị hỏng", en: "the programme on its disk was damaged" },
  missed: { vi: "không phát", en: "it did not sound" },
  cut: { vi: "phát dở dang", en: "it was cut short" },
  refused: { vi: "loa từ chối", en: "the loudspeaker refused it" },
  excluded: { vi: "loa đã ngừng sử dụng", en: "the loudspeaker was taken out of service" },
  disabled: { vi: "loa đã ngừng sử dụng", en: "the loudspeaker was out of service" },
  "no-report": { vi: "loa kết nối nhưng không báo gì", en: "it was connected and reported nothing" },
  "not-connected": { vi: "loa mất liên lạc", en: "the loudspeaker was away" },
  "never-connected": { vi: "loa chưa kết nối lần nào", en: "the loudspeaker has never been connected" },
};

/** Why the planner gave something up. */
const PLANS: Table = {
  weekday: { vi: "không phải ngày được phát", en: "not a day for ordinary items" },
  holiday: { vi: "ngày nghỉ lễ", en: "a holiday" },
  "session-budget": { vi: "hết số buổi trong ngày", en: "no session was left that day" },
  "session-minutes": { vi: "quá số phút của một buổi", en: "more minutes than a session may have" },
  "day-minutes": { vi: "hết số phút trong ngày", en: "no minutes were left that day" },
  "suspended-by-level": {
    vi: "cấp độ đang áp dụng tạm ngừng lịch này",
    en: "the level in force suspends its schedule",
  },
  waits: { vi: "chờ lượt phát khác xong", en: "it waited for another item to end" },
  "takes-turns": { vi: "phát luân phiên với loa bên cạnh", en: "it takes turns with the loudspeaker beside it" },
  blocked: { vi: "bản tin bị chặn", en: "its announcement was blocked" },
  "outside-targets": { vi: "bản tin không dành cho nơi này", en: "its announcement is not meant for this place" },
  superseded: { vi: "nhường lượt phát khác", en: "another item took its time" },
  "cut-by-other": { vi: "nhường lượt phát khác giữa chừng", en: "another item cut it short" },
  "too-long": { vi: "dài hơn thời gian cho phép", en: "longer than allowed" },
  "not-approved": { vi: "bản tin chưa được duyệt", en: "its announcement was not approved" },
  "not-valid": { vi: "bản tin ngoài thời hạn hiệu lực", en: "its announcement was out of date" },
  "no-receiver": { vi: "không có loa nào", en: "no loudspeaker was meant" },
};

/** Why a loudspeaker went back from a new program, could not take it yet, or has been turned away from it. */
const UPDATES: Table = {
  crashed: { vi: "chương trình mới bị dừng đột ngột", en: "the new program stopped all of a sudden" },
  hung: { vi: "chương trình mới chạy mà không báo gì", en: "the new program ran and reported nothing" },
  damaged: { vi: "chương trình mới không còn nguyên vẹn trên ổ đĩa", en: "the new program was not whole on its disk" },
  "not-connected": {
    vi: "chương trình mới không nối được với đài",
    en: "the new program did not get through to the station",
  },
  "no-sink": { vi: "chương trình mới không mở được ngõ ra âm thanh", en: "the new program could not open its output" },
  "no-clock": { vi: "chương trình mới không có giờ tin được", en: "the new program had no time that it could trust" },
  network: { vi: "mạng đứt khi tải gói chương trình", en: "the network broke off while the package was fetched" },
  "not-found": { vi: "đài không còn gói chương trình này", en: "the station has that package no longer" },
  hash: { vi: "gói tải về không đúng mã băm", en: "what was fetched has another hash than the package" },
  package: { vi: "gói chương trình bị hỏng", en: "the package is damaged" },
  "disk-full": { vi: "ổ đĩa của loa không đủ chỗ", en: "the loudspeaker's disk has no room" },
  busy: { vi: "loa đang thử một chương trình khác", en: "another program is on trial there" },
};

/** Why a device is not let in. */
const DOOR: Table = {
  unconfirmed: { vi: "chưa ai so sáu từ và xác nhận", en: "nobody has compared the six words yet" },
  revoked: { vi: "khóa của thiết bị đã bị thu hồi", en: "the key of the device was revoked" },
  removed: { vi: "vị trí này đã bị gỡ khỏi đài", en: "the place was removed from the station" },
  replaced: { vi: "thiết bị khác đã thay chỗ", en: "another device has taken its place" },
  moved: { vi: "thiết bị đã chuyển sang vị trí khác", en: "the device was moved to another place" },
  "not-paired": { vi: "vị trí này chưa ghép thiết bị nào", en: "no device is paired with this place" },
  "unknown-receiver": { vi: "đài không có vị trí này", en: "the station has no such place" },
  "wrong-proof": {
    vi: "thiết bị không chứng minh được khóa của mình: có thể là thiết bị lạ",
    en: "the device did not prove its key: it may be another one",
  },
  version: {
    vi: "chương trình của loa và của đài khác phiên bản quá xa",
    en: "the loudspeaker and the station speak versions that are too far apart",
  },
  "two-devices": {
    vi: "có hai thiết bị dùng chung một khóa, cần người đến xem",
    en: "two devices show one key, so a person has to look",
  },
  quarantined: {
    vi: "đang cách ly vì đã có hai thiết bị dùng chung một khóa",
    en: "in quarantine, for two devices showed one key",
  },
};

/** Why a connection ended. */
const LINK: Table = {
  left: { vi: "loa tự ngắt", en: "it left" },
  lost: { vi: "mạng bị đứt", en: "the network broke off" },
  silent: { vi: "loa im lặng quá lâu, coi như mất liên lạc", en: "it was silent for too long" },
  "too-slow": { vi: "đường truyền không nhận thêm dữ liệu", en: "its line took nothing any more" },
  "too-late": { vi: "âm thanh đến loa quá muộn", en: "what it got came too late" },
  "too-many-messages": { vi: "loa gửi quá nhiều tin", en: "it sent too many messages" },
  "shutting-down": { vi: "máy chủ của đài tắt", en: "the station's server went down" },
  failed: { vi: "máy chủ không đón được loa", en: "the server could not greet it" },
  "no-hello": { vi: "loa không chào", en: "it did not greet" },
  malformed: { vi: "loa nói điều máy chủ không hiểu", en: "it said what the server does not understand" },
  refused: { vi: "đài không cho vào", en: "it was not let in" },
  replaced: { vi: "loa đã nối lại bằng kết nối mới", en: "it connected anew" },
};

/** What a reason is about: the same code may mean something else to another. */
export type About = "order" | "sound" | "update" | "door" | "link";

const TABLES: Readonly<Record<About, readonly Table[]>> = {
  order: [ORDERS, SOUNDS],
  sound: [SOUNDS, PLANS, ORDERS],
  update: [UPDATES, ORDERS, SOUNDS],
  door: [DOOR],
  link: [LINK, DOOR],
};

/** A reason in a few words, small letters first. `undefined` for a code that is not known, as of another version. */
export const reasonWords = (about: About, why: string): Words | undefined =>
  TABLES[about].find((table) => Object.hasOwn(table, why))?.[why];

/** The same, and for an unknown code the code itself: better than nothing to whoever asks for help. */
export const reasonOrCode = (about: About, why: string): Words => reasonWords(about, why) ?? { vi: why, en: why };

/** The words of several reasons by their codes, each once. */
export const reasonsByCode = (about: About, codes: readonly string[]): Readonly<Record<string, Words>> =>
  Object.fromEntries(codes.map((why) => [why, reasonOrCode(about, why)]));
