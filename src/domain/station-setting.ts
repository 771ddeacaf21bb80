/**
 * The settings that are changed in the panel, in words for whoever runs the station. Everything else of `station.json` is for whoever
 * looks after the machine: addresses, files, secrets.
 *
 * @module
 */
import type { Words } from "../base/errors.js";

export const SETTING_GROUPS = ["station", "voices", "people", "notices", "backup", "privacy", "residents"] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

export interface StationSetting {
  /** Path in `station.json`, with dots. */
  readonly key: string;
  readonly group: SettingGroup;
  readonly title: Words;
  /** What it does, and to whom. */
  readonly effect: Words;
  readonly kind: "text" | "number" | "boolean" | "choice" | "time";
  /** Of a choice, as it is kept and as it is said. */
  readonly choices?: readonly { readonly value: string; readonly title: Words }[];
  /** Whether it may be empty: then the default holds. */
  readonly optional?: boolean;
}

const setting = (
  group: SettingGroup,
  key: string,
  [vi, en]: readonly [string, string],
  [effectVi, effectEn]: readonly [string, string],
  more: Pick<StationSetting, "kind"> & Partial<StationSetting>,
): StationSetting => ({ group, key, title: { vi, en }, effect: { vi: effectVi, en: effectEn }, ...more });

const choice = (value: string, vi: string, en: string) => ({ value, title: { vi, en } });
const text = { kind: "text", optional: true } as const;
const number = { kind: "number" } as const;

export const STATION_SETTINGS: readonly StationSetting[] = [
  setting(
    "station",
    "station.name",
    ["Tên đài", "Name of the station"],
    ["Hiện ở mọi trang, báo cáo và trang công khai.", "Stands on every page, in reports and on the public page."],
    { kind: "text" },
  ),
  setting(
    "station",
    "report.parent",
    ["Cơ quan chủ quản", "Body above"],
    ["Dòng trên cùng bên trái của báo cáo.", "Top left of the report."],
    text,
  ),
  setting(
    "station",
    "report.issuer",
    ["Cơ quan ban hành", "Issuing body"],
    ["Dòng dưới cơ quan chủ quản; để trống thì lấy tên đài.", "Below the body above; the station's name when empty."],
    text,
  ),
  setting(
    "station",
    "report.symbol",
    ["Ký hiệu văn bản", "Symbol of documents"],
    ["Đứng sau số báo cáo, ví dụ BC-ĐTT.", "Behind the number of a report, such as BC-ĐTT."],
    { kind: "text" },
  ),
  setting(
    "station",
    "report.place",
    ["Nơi ký", "Place of signing"],
    ["Đứng trước ngày tháng trong báo cáo.", "Before the date in reports."],
    text,
  ),
  setting(
    "station",
    "report.signer.office",
    ["Chức vụ người ký", "Office of the signer"],
    ["Ở khối chữ ký của báo cáo.", "In the block of the signature."],
    { kind: "text" },
  ),
  setting(
    "station",
    "report.signer.name",
    ["Họ tên người ký", "Name of the signer"],
    ["Ở khối chữ ký của báo cáo.", "In the block of the signature."],
    text,
  ),
  setting(
    "station",
    "report.dueOn",
    ["Ngày nộp báo cáo", "Day the report is due"],
    ["Ngày trong tháng, 1 đến 28; đài nhắc trước đó.", "Day of the month, 1 to 28; the station reminds before."],
    number,
  ),
  setting(
    "voices",
    "voices.google.enabled",
    ["Giọng Google", "Google's voice"],
    [
      "Cần Internet. Tắt thì đài chỉ dùng giọng có sẵn, không gửi lời ra ngoài.",
      "Needs the Internet. Switched off, no text leaves the station.",
    ],
    { kind: "boolean" },
  ),
  setting(
    "voices",
    "voices.espeak.voice",
    ["Vùng miền của giọng có sẵn", "Accent of the built-in voice"],
    ["Dùng khi không có giọng nào khác.", "Used when no other voice works."],
    {
      kind: "choice",
      choices: [
        choice("vi", "Miền Bắc", "North"),
        choice("vi-vn-x-central", "Miền Trung", "Central"),
        choice("vi-vn-x-south", "Miền Nam", "South"),
      ],
    },
  ),
  setting(
    "voices",
    "language.region",
    ["Người nghe ở miền", "Where people listen"],
    ["Vài từ đọc khác nhau theo miền.", "Some words are said differently there."],
    {
      kind: "choice",
      optional: true,
      choices: [
        choice("north", "Bắc", "North"),
        choice("central", "Trung", "Central"),
        choice("south", "Nam", "South"),
      ],
    },
  ),
  setting(
    "voices",
    "language.thousand",
    ["Đọc 1.000 là", "1,000 is read"],
    ["«một nghìn» hay «một ngàn».", "“một nghìn” or “một ngàn”."],
    {
      kind: "choice",
      choices: [choice("nghìn", "nghìn", "nghìn"), choice("ngàn", "ngàn", "ngàn")],
    },
  ),
  setting(
    "people",
    "editorial.singleOfficer",
    ["Đài một cán bộ", "Single officer"],
    [
      "Bật: người soạn được tự duyệt bản tin thường và ưu tiên của mình; nhật ký ghi rõ. Tắt: phải có người thứ hai.",
      "On: authors may approve their own, and the log says so. Off: a second person has to.",
    ],
    { kind: "boolean" },
  ),
  setting(
    "people",
    "accounts.secondFactor",
    ["Yếu tố thứ hai khi đăng nhập", "Second factor"],
    [
      "Bắt buộc: chưa có mã trên điện thoại hoặc khóa truy cập thì không duyệt, phát, cấu hình được.",
      "Required: without it nobody approves, airs or configures.",
    ],
    {
      kind: "choice",
      optional: true,
      choices: [choice("required", "Bắt buộc", "Required"), choice("offered", "Tùy mỗi người", "Offered")],
    },
  ),
  setting(
    "people",
    "limits.uploadMb",
    ["Tệp ghi âm lớn nhất (MB)", "Largest recording (MB)"],
    ["1 đến 500; tệp lớn hơn bị từ chối.", "1 to 500; larger files are refused."],
    number,
  ),
  setting(
    "notices",
    "notices.perHour",
    ["Tin nhắn mỗi giờ cho một người", "Notices an hour to one person"],
    ["Nhiều hơn thì gộp lại thành một tin.", "What is beyond goes out together."],
    number,
  ),
  setting(
    "backup",
    "backup.daily",
    ["Tự sao lưu mỗi ngày", "Daily backup"],
    ["Tắt thì không có bản sao nào nếu không làm tay.", "Switched off, there is none but by hand."],
    { kind: "boolean" },
  ),
  setting(
    "backup",
    "backup.at",
    ["Giờ sao lưu", "Hour of the backup"],
    ["Theo giờ của đài.", "On the wall of the station."],
    { kind: "time" },
  ),
  setting(
    "backup",
    "backup.keep",
    ["Số bản sao giữ lại", "Backups that are kept"],
    ["1 đến 400; bản cũ nhất bị xóa.", "1 to 400; the oldest goes."],
    number,
  ),
  setting(
    "privacy",
    "privacy.contactDays",
    ["Giữ liên hệ người phản ánh (ngày)", "Days a resident's contact is kept"],
    ["Sau khi phản ánh được đóng.", "After the complaint was closed."],
    number,
  ),
  setting(
    "privacy",
    "privacy.complaintDays",
    ["Giữ phản ánh (ngày)", "Days a complaint is kept"],
    ["Sau khi đóng; nhật ký vẫn ghi là đã có.", "After it was closed; the log keeps that there was one."],
    number,
  ),
  setting(
    "privacy",
    "privacy.logWordsDays",
    ["Giữ lời trong nhật ký (ngày)", "Days words of the log are kept"],
    ["Những gì người ta viết và sửa, bên cạnh các dòng nhật ký.", "What people wrote and changed, beside its lines."],
    number,
  ),
  setting(
    "residents",
    "public.enabled",
    ["Trang công khai cho người dân", "Public page for residents"],
    [
      "Bật: ai cũng xem và nghe lại được bản tin đã phát trong 48 giờ ở /nghe-lai, không cần đăng nhập. Tắt: trang không có.",
      "On: anybody reads and hears at /nghe-lai what sounded in the last 48 hours, without logging in. Off: there is no such page.",
    ],
    { kind: "boolean" },
  ),
  setting(
    "residents",
    "public.complaints",
    ["Nhận phản ánh trên trang công khai", "Complaints on the public page"],
    [
      "Người dân gửi phản ánh theo số cột; vào danh sách phản ánh của đài.",
      "Residents write by the number on the pole; it comes into the list of complaints.",
    ],
    { kind: "boolean" },
  ),
];
