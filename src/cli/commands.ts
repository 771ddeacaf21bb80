/**
 * The commands of `loa`. Each is loaded only when it is asked for, so that help is quick.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Command } from "./command.js";

export interface Entry {
  readonly summary: Words;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    summary: { vi: "chạy máy chủ của một đài", en: "run a station's server" },
    load: async () => (await import("./commands/serve.js")).serve,
  },
  status: {
    summary: { vi: "hỏi đài đang chạy có khỏe không", en: "ask a running station how it is" },
    load: async () => (await import("./commands/status.js")).status,
  },
  init: {
    summary: { vi: "tạo thư mục đài mới", en: "make a new station" },
    load: async () => (await import("./commands/init.js")).init,
  },
  relay: {
    summary: { vi: "chạy một cụm loa", en: "run a loudspeaker" },
    load: async () => (await import("./commands/relay.js")).relay,
  },
  "relay-launcher": {
    summary: {
      vi: "chạy một cụm loa, chương trình cập nhật được từ đài",
      en: "run a loudspeaker that its station can update",
    },
    load: async () => (await import("./commands/relay-launcher.js")).relayLauncher,
  },
  normalize: {
    summary: { vi: "xem lời đọc của một đoạn chữ", en: "show how a text is read out" },
    load: async () => (await import("./commands/normalize.js")).normalize,
  },
  render: {
    summary: { vi: "đọc một đoạn chữ thành tệp âm thanh", en: "make a sound file of a text" },
    load: async () => (await import("./commands/render.js")).render,
  },
  plan: {
    summary: { vi: "xem chương trình các ngày tới", en: "show what sounds in the coming days" },
    load: async () => (await import("./commands/plan.js")).plan,
  },
  play: {
    summary: { vi: "phát ngay", en: "play now" },
    load: async () => (await import("./commands/play.js")).play,
  },
  stop: {
    summary: { vi: "dừng phát", en: "stop what sounds" },
    load: async () => (await import("./commands/stop.js")).stop,
  },
  device: {
    summary: { vi: "thêm, xem, gỡ và chỉnh loa", en: "add, list, remove and set loudspeakers" },
    load: async () => (await import("./commands/device.js")).device,
  },
  user: {
    summary: {
      vi: "mời người, giao vai trò, đặt lại, khóa tài khoản",
      en: "invite people, give roles, reset, disable",
    },
    load: async () => (await import("./commands/user.js")).user,
  },
  update: {
    summary: { vi: "cập nhật chương trình của các loa", en: "update the loudspeakers' program" },
    load: async () => (await import("./commands/update.js")).update,
  },
  keys: {
    summary: { vi: "xem, đổi và hủy khóa ký lệnh", en: "list, change and retire the order keys" },
    load: async () => (await import("./commands/keys.js")).keys,
  },
  signer: {
    summary: { vi: "giữ khóa ký lệnh bằng một người dùng riêng", en: "hold the order key as a user of its own" },
    load: async () => (await import("./commands/signer.js")).signer,
  },
  tls: {
    summary: { vi: "lập và gia hạn chứng chỉ của đài", en: "make and renew the station's certificate" },
    load: async () => (await import("./commands/tls.js")).tls,
  },
  report: {
    summary: { vi: "báo cáo tháng: số liệu, PDF, bảng tính, trang in", en: "the monthly report" },
    load: async () => (await import("./commands/report.js")).report,
  },
  log: {
    summary: { vi: "tìm, xuất và kiểm nhật ký phát sóng", en: "search, export and check the as-run log" },
    load: async () => (await import("./commands/log.js")).log,
  },
  backup: {
    summary: { vi: "sao lưu và khôi phục đài", en: "back a station up, and restore it" },
    load: async () => (await import("./commands/backup.js")).backup,
  },
  notice: {
    summary: {
      vi: "thử gửi tin nhắn đến người trông đài",
      en: "try to send notices to those who look after the station",
    },
    load: async () => (await import("./commands/notice.js")).notice,
  },
  doctor: {
    summary: { vi: "kiểm tra máy và đài", en: "examine the machine and the station" },
    load: async () => (await import("./commands/doctor.js")).doctor,
  },
};
