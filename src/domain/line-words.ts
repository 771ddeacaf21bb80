/**
 * What a line of the log tells, in a few words for ward officers. The kinds are stable and counted by; a kind without words does not
 * compile.
 *
 * @module
 */
import type { Words } from "../base/errors.js";

/** Accounts and sessions. */
const PEOPLE = {
  "account.first": { vi: "lập tài khoản đầu tiên của đài", en: "the station's first account was made" },
  "account.invited": { vi: "mời người vào đài", en: "somebody was invited" },
  "account.entered": { vi: "người được mời đã đặt mật khẩu", en: "an invited person chose a password" },
  "account.roles": { vi: "đổi vai trò của tài khoản", en: "the roles of an account were changed" },
  "account.disabled": { vi: "khóa tài khoản", en: "an account was closed" },
  "account.enabled": { vi: "mở lại tài khoản", en: "an account was opened again" },
  "account.reset": { vi: "đặt lại tài khoản", en: "an account was reset" },
  "account.password": { vi: "đổi mật khẩu", en: "a password was changed" },
  "account.logged-out": { vi: "đăng xuất mọi nơi", en: "an account was logged out everywhere" },
  "account.factor-added": { vi: "thêm yếu tố xác thực", en: "a second factor was added" },
  "account.factor-removed": { vi: "bỏ yếu tố xác thực", en: "a second factor was removed" },
  "account.recovery-renewed": { vi: "tạo lại mã khôi phục", en: "recovery codes were made anew" },
  "account.recovery-used": { vi: "dùng một mã khôi phục", en: "a recovery code was used" },
  login: { vi: "đăng nhập", en: "logged in" },
  "login.proven": { vi: "xác nhận lại chính mình", en: "showed again who sits there" },
  "login.refused": { vi: "đăng nhập bị từ chối", en: "a log-in was refused" },
  logout: { vi: "đăng xuất", en: "logged out" },
  "session.ended": { vi: "kết thúc một phiên đăng nhập", en: "a session was ended" },
  "token.created": { vi: "tạo mã cho chương trình", en: "a program's token was made" },
  "token.revoked": { vi: "thu hồi mã của chương trình", en: "a program's token was revoked" },
} as const satisfies Readonly<Record<string, Words>>;

/** What is to be said, and when. */
const EDITORIAL = {
  "announcement.created": { vi: "soạn bản tin", en: "an announcement was written" },
  "announcement.changed": { vi: "sửa bản tin", en: "an announcement was changed" },
  "announcement.read-again": {
    vi: "đọc lại bản tin theo từ điển mới",
    en: "an announcement was read again with the present lexicon",
  },
  "announcement.decided": {
    vi: "quyết định về một điều được nêu ra trong bản tin",
    en: "a finding in an announcement was decided",
  },
  "announcement.submitted": { vi: "trình duyệt bản tin", en: "an announcement was submitted" },
  "announcement.returned": { vi: "trả lại bản tin", en: "an announcement was returned" },
  "announcement.approved": { vi: "duyệt bản tin", en: "an announcement was approved" },
  "announcement.submission-withdrawn": { vi: "rút bản trình", en: "a submission was taken back" },
  "announcement.approval-withdrawn": { vi: "rút duyệt bản tin", en: "an approval was taken back" },
  "announcement.blocked": { vi: "chặn bản tin", en: "an announcement was blocked" },
  "announcement.unblocked": { vi: "bỏ chặn bản tin", en: "a block was lifted" },
  "announcement.required": { vi: "yêu cầu bắt buộc phát", en: "an announcement was ordered to be aired" },
  "announcement.mandate-ended": { vi: "thôi bắt buộc phát", en: "an announcement is no longer ordered to be aired" },
  "announcement.recalled": { vi: "thu hồi bản tin", en: "an announcement was recalled" },
  "announcement.removed": { vi: "xóa bản tin", en: "an announcement was removed" },
  "chime.created": { vi: "thêm nhạc hiệu", en: "a chime was added" },
  "chime.approved": { vi: "duyệt nhạc hiệu", en: "a chime was approved" },
  "chime.approval-withdrawn": { vi: "rút duyệt nhạc hiệu", en: "the approval of a chime was taken back" },
  "official-text.saved": { vi: "lưu văn bản chính thức", en: "an official text was saved" },
  "official-text.removed": { vi: "xóa văn bản chính thức", en: "an official text was removed" },
  "figures.confirmed": { vi: "xác nhận số liệu", en: "case figures were confirmed" },
  "figures.withdrawn": { vi: "rút số liệu", en: "case figures were withdrawn" },
  "lexicon.changed": { vi: "sửa từ điển cách đọc", en: "the lexicon was changed" },
  "playlist.saved": { vi: "lưu danh sách phát", en: "a playlist was saved" },
  "playlist.removed": { vi: "xóa danh sách phát", en: "a playlist was removed" },
  "schedule.saved": { vi: "lưu lịch phát", en: "a schedule was saved" },
  "schedule.removed": { vi: "xóa lịch phát", en: "a schedule was removed" },
  "campaign.started": { vi: "bắt đầu đợt phát", en: "a campaign was started" },
  "campaign.changed": { vi: "đổi bản tin của đợt phát", en: "a campaign got another bulletin" },
  "campaign.ended": { vi: "kết thúc đợt phát", en: "a campaign was ended" },
} as const satisfies Readonly<Record<string, Words>>;

/** What was ordered to sound, and emergencies. */
const AIR = {
  "order.issued": { vi: "phát lệnh", en: "an order was issued" },
  "order.refused": { vi: "loa từ chối lệnh", en: "a loudspeaker refused an order" },
  "programme.refused": { vi: "loa từ chối chương trình lưu", en: "a loudspeaker refused a programme" },
  "occurrence.closed": { vi: "kết thúc một lượt phát", en: "an occurrence was closed" },
  "occurrence.dropped": { vi: "bỏ một lượt phát", en: "an occurrence was dropped" },
  result: { vi: "kết quả của lượt phát", en: "what became of an occurrence" },
  "live.opened": { vi: "mở micro nói trực tiếp", en: "a microphone was opened" },
  "live.ended": { vi: "thôi nói trực tiếp", en: "live speech ended" },
  "radio.heard": { vi: "nghe được đài tiếp âm", en: "a relayed station is heard" },
  "radio.lost": {
    vi: "mất sóng đài tiếp âm, phát phần dự phòng",
    en: "a relayed station was lost, and the fallback sounds",
  },
  "radio.ended": { vi: "kết thúc tiếp âm", en: "a relay of radio ended" },
  "slot.approved": { vi: "duyệt khung tiếp âm", en: "a relay slot was approved" },
  "slot.approval-withdrawn": { vi: "rút duyệt khung tiếp âm", en: "the approval of a relay slot was taken back" },
  "live.glass-broken": { vi: "phá kính: một mình nói trực tiếp", en: "glass broken: one person spoke live alone" },
  "pack.saved": { vi: "lưu gói khẩn cấp", en: "an emergency pack was saved" },
  "pack.removed": { vi: "xóa gói khẩn cấp", en: "an emergency pack was removed" },
  "alert.asked": { vi: "yêu cầu phát cảnh báo khẩn, chờ người thứ hai", en: "an alert waits for a second person" },
  "alert.given": { vi: "phát cảnh báo khẩn", en: "an alert was given" },
  "alert.not-given": { vi: "cảnh báo khẩn không phát được", en: "an alert could not be given" },
  "alert.confirmed": { vi: "người thứ hai xác nhận cảnh báo khẩn", en: "a second person stood by an alert" },
  "alert.glass-broken": {
    vi: "phá kính: một mình phát cảnh báo khẩn",
    en: "glass broken: one person gave an alert alone",
  },
  "alert.lapsed": {
    vi: "cảnh báo khẩn hết hiệu lực vì không ai xác nhận",
    en: "an alert lapsed, for nobody stood by it",
  },
  "alert.not-sounded": { vi: "cảnh báo khẩn không phát được lần này", en: "an alert did not sound this time" },
  "alert.stopped": { vi: "dừng cảnh báo khẩn", en: "an alert was stopped" },
  "alert.cleared": { vi: "kết thúc cảnh báo khẩn bằng tin báo yên", en: "an alert ended with its all-clear" },
  "alert.corrected": { vi: "kết thúc cảnh báo khẩn bằng tin đính chính", en: "an alert ended with its correction" },
  "level.declared": { vi: "công bố cấp độ", en: "an alert level was declared" },
  "level.ended": { vi: "kết thúc cấp độ", en: "an alert level was ended" },
  "airtime.raised": { vi: "tăng thời lượng phát", en: "airtime was raised" },
  "airtime.raise-ended": { vi: "kết thúc việc tăng thời lượng", en: "a raise of airtime was ended" },
} as const satisfies Readonly<Record<string, Words>>;

/** What loudspeakers say, and what is done with them. */
const LOUDSPEAKERS = {
  started: { vi: "bắt đầu phát", en: "began to sound" },
  due: { vi: "đến giờ phát", en: "was due" },
  finished: { vi: "phát xong", en: "sounded to its end" },
  cut: { vi: "bị cắt giữa chừng", en: "was cut short" },
  missed: { vi: "không phát", en: "did not sound" },
  muted: { vi: "không nghe thấy vì loa tắt tiếng", en: "was muted" },
  refused: { vi: "loa từ chối phát", en: "was refused by the loudspeaker" },
  interrupted: { vi: "bị ngắt để nhường", en: "was interrupted" },
  resumed: { vi: "phát tiếp", en: "went on" },
  failed: { vi: "phát hỏng", en: "failed" },
  unordered: { vi: "có tiếng mà không có lệnh", en: "sound that nobody had ordered" },
  "receiver.added": { vi: "thêm vị trí loa", en: "a place for a loudspeaker was added" },
  "receiver.changed": { vi: "sửa thông tin loa", en: "a loudspeaker's place was changed" },
  "receiver.removed": { vi: "gỡ vị trí loa", en: "a loudspeaker's place was removed" },
  "receiver.paired": { vi: "ghép thiết bị với loa", en: "a device was paired" },
  "receiver.confirmed": { vi: "xác nhận thiết bị bằng sáu từ", en: "a device was confirmed by its six words" },
  "receiver.moved": { vi: "thiết bị chuyển sang vị trí khác", en: "a device moved to another place" },
  "receiver.revoked": { vi: "thu hồi khóa của thiết bị", en: "a device's key was revoked" },
  "receiver.quarantined": { vi: "cách ly thiết bị", en: "a device was put in quarantine" },
  "receiver.cleared": { vi: "bỏ cách ly thiết bị", en: "a quarantine was lifted" },
  "receiver.connected": { vi: "loa kết nối", en: "a loudspeaker connected" },
  "receiver.gone": { vi: "loa mất kết nối", en: "a loudspeaker's connection ended" },
  "receiver.turned-away": { vi: "không cho thiết bị vào", en: "a device was turned away" },
  "receiver.must-be-paired-again": { vi: "loa cần ghép lại", en: "a loudspeaker must be paired again" },
  "receiver.not-silenced": { vi: "chưa chắc loa đã im", en: "it is not known whether a loudspeaker fell silent" },
  "receiver.muted": { vi: "tắt tiếng loa", en: "a loudspeaker was muted" },
  "receiver.unmuted": { vi: "mở tiếng loa", en: "a loudspeaker was unmuted" },
  "receiver.tested": { vi: "phát tiếng thử", en: "a test tone was ordered" },
  "receiver.restart-ordered": { vi: "ra lệnh khởi động lại loa", en: "a loudspeaker was told to restart" },
  "receiver.alignment-begun": { vi: "bắt đầu căn chỉnh loa", en: "an alignment was begun" },
  "receiver.alignment-judged": { vi: "đo căn chỉnh loa", en: "an alignment was measured" },
  "receiver.aligned": { vi: "lưu căn chỉnh loa", en: "an alignment was kept" },
  "pairing.offered": { vi: "tạo mã ghép loa", en: "a pairing code was made" },
  "replacement.offered": { vi: "tạo mã thay thiết bị", en: "a code to replace a device was made" },
  "alarm.opened": { vi: "có cảnh báo", en: "an alarm was raised" },
  "alarm.acknowledged": { vi: "có người nhận xử lý cảnh báo", en: "somebody took notice of an alarm" },
  "alarm.cleared": { vi: "hết cảnh báo", en: "an alarm was over" },
  "repair.opened": { vi: "mở phiếu sửa chữa", en: "a repair was opened" },
  "repair.closed": { vi: "đóng phiếu sửa chữa", en: "a repair was closed" },
  "complaint.recorded": { vi: "ghi phản ánh của người dân", en: "a complaint was recorded" },
  "complaint.changed": { vi: "sửa phản ánh", en: "a complaint was changed" },
  "complaint.closed": { vi: "trả lời xong phản ánh", en: "a complaint was closed" },
  "complaint.contact-erased": {
    vi: "xóa cách liên lạc của người phản ánh",
    en: "the contact of a complaint was erased",
  },
  "base-map.saved": { vi: "nhập bản đồ nền", en: "a map was brought in below the drawing" },
  "base-map.removed": { vi: "bỏ bản đồ nền", en: "the map below the drawing was removed" },
  "outline.saved": { vi: "lưu ranh giới địa bàn", en: "an area's outline was saved" },
  "outline.removed": { vi: "xóa ranh giới địa bàn", en: "an area's outline was removed" },
  "update.package": { vi: "nhận gói chương trình", en: "a package was taken in" },
  "update.started": { vi: "bắt đầu đợt cập nhật", en: "a rollout was started" },
  "update.stage": { vi: "đợt cập nhật sang bước sau", en: "a rollout went on to its next stage" },
  "update.ordered": { vi: "ra lệnh cập nhật loa", en: "a loudspeaker was told to update" },
  "update.fetching": { vi: "loa đang tải gói", en: "a loudspeaker fetches the package" },
  "update.waiting": { vi: "loa chờ lúc rảnh để cập nhật", en: "a loudspeaker waits for a quiet moment to update" },
  "update.trying": { vi: "loa chạy thử chương trình mới", en: "a loudspeaker tries the new program" },
  "update.updated": { vi: "loa đã cập nhật", en: "a loudspeaker was updated" },
  "update.rolled-back": { vi: "loa quay lại chương trình cũ", en: "a loudspeaker went back to its former program" },
  "update.failed": { vi: "loa chưa cập nhật được", en: "a loudspeaker could not update" },
  "update.refused": { vi: "loa từ chối cập nhật", en: "a loudspeaker refused to update" },
  "update.running": { vi: "đợt cập nhật đang chạy", en: "a rollout runs" },
  "update.stopped": { vi: "dừng đợt cập nhật", en: "a rollout was stopped" },
  "update.done": { vi: "xong đợt cập nhật", en: "a rollout is done" },
} as const satisfies Readonly<Record<string, Words>>;

/** The station itself, and its log. */
const STATION = {
  "area.changed": { vi: "sửa địa bàn", en: "an area was changed" },
  "policy.changed": { vi: "sửa quy định phát của địa bàn", en: "an area's policy was changed" },
  "settings.changed": { vi: "đổi cài đặt của đài", en: "the settings were changed" },
  "notice.tested": { vi: "thử gửi tin nhắn", en: "a notice was tried" },
  "station.restart-asked": { vi: "yêu cầu khởi động lại đài", en: "a restart of the station was asked for" },
  "station.restored": { vi: "đài được khôi phục từ bản sao lưu", en: "the station was restored from a backup" },
  "station.trouble": { vi: "đài có sự cố", en: "the station is in trouble" },
  "station.trouble-over": { vi: "hết sự cố của đài", en: "a trouble of the station is over" },
  "backup.failed": { vi: "sao lưu không xong", en: "a backup came to nothing" },
  "backup.begun": { vi: "bấm sao lưu ngay", en: "somebody began a backup by hand" },
  "backup.cancelled": { vi: "bỏ bản đang sao lưu", en: "a backup was given up half-way" },
  "backup.made": { vi: "đã sao lưu", en: "a backup was made" },
  "key.rotated": { vi: "đổi khóa ký lệnh", en: "the order key was changed" },
  "key.retired": { vi: "bỏ khóa ký lệnh cũ", en: "a former order key was retired" },
  "report.submitted": { vi: "nộp báo cáo tháng", en: "a monthly report was handed in" },
  "report.reminder": { vi: "nhắc báo cáo tháng", en: "a reminder of the monthly report" },
  "privacy.forgotten": { vi: "xóa dữ liệu cá nhân đã quá hạn", en: "personal data that was too old was erased" },
  "day.closed": { vi: "khóa sổ ngày", en: "a day was closed" },
  "journal.gap": { vi: "sổ của loa có đoạn bị thiếu", en: "lines of a loudspeaker's journal are missing" },
  "log.lines-lost": { vi: "có dòng không ghi được vào nhật ký", en: "lines could not be written into the log" },
  "log.mended": {
    vi: "nhật ký hỏng được lập lại từ những gì đọc được",
    en: "a damaged log was made anew from what could be read",
  },
  "log.words-erased": { vi: "xóa lời văn khỏi nhật ký", en: "words were erased from the log" },
} as const satisfies Readonly<Record<string, Words>>;

const LINES = { ...PEOPLE, ...EDITORIAL, ...AIR, ...LOUDSPEAKERS, ...STATION };

/** A kind of line, such as `order.issued`. */
export type LineKind = keyof typeof LINES;
/** What becomes of an announcement, and of an alert. */
export type AnnouncementStep = StepOf<"announcement">;
export type AlertStep = StepOf<"alert">;
type StepOf<Thing extends string> = LineKind extends infer Kind
  ? Kind extends `${Thing}.${infer Step}`
    ? Step
    : never
  : never;
export const LINE_KINDS = Object.keys(LINES) as readonly LineKind[];

const isKnown = (kind: string): kind is LineKind => Object.hasOwn(LINES, kind);

/** What a line of that kind tells, small letters first; for a kind of another version the kind itself. */
export const lineWords = (kind: string): Words => (isKnown(kind) ? LINES[kind] : { vi: kind, en: kind });
