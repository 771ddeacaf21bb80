/**
 * The words of the screens about loudspeakers.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Loa",
    search: "Tìm theo tên hoặc số cột",
    add: "Thêm loa",
    none: "Chưa có loa nào. Bấm «Thêm loa» để tạo chỗ đặt loa đầu tiên rồi ghép thiết bị.",
    notFound: "Không có loa nào khớp.",
    group: (connected: number, of: number) => `${connected}/${of} loa có mạng`,
    state: { ok: "Tốt", fault: "Có sự cố", silenced: "Đang tắt tiếng", disabled: "Ngừng dùng", test: "Đang thử" },
    connected: "có mạng",
    seen: (when: string) => `mất mạng, thấy lần cuối ${when}`,
    never: "chưa từng kết nối",
    unpaired: "chưa ghép thiết bị",
    waits: "thiết bị mới đang chờ xác nhận sáu từ",
    quarantined: "cách ly: hai thiết bị dùng chung một khóa",
    sounding: (title: string) => `đang phát «${title}»`,
    silent: "im lặng",
    volume: (percent: number) => `âm lượng ${percent} %`,
    muted: "tắt tiếng",
    chosen: (count: number) => `Đã chọn ${count} loa`,
    choose: (name: string) => `Chọn ${name}`,
    chooseAll: (name: string) => `Chọn cả ${name}`,
    test: "Thử tiếng",
    mute: "Tắt tiếng",
    unmute: "Mở tiếng",
    setVolume: "Đặt âm lượng",
    percent: "Âm lượng (%)",
    done: (done: number, of: number) => `Đã ra lệnh cho ${done}/${of} loa. Loa tự báo khi đã làm.`,
    failed: (name: string, why: string) => `${name}: ${why}`,
    clear: "Bỏ chọn",
  },
  {
    title: "Loudspeakers",
    search: "Find by name or pole",
    add: "Add a loudspeaker",
    none: "There are no loudspeakers yet. Press “Add a loudspeaker” to make the first place, then pair a device with it.",
    notFound: "No loudspeaker matches.",
    group: (connected, of) => `${connected}/${of} connected`,
    state: { ok: "Good", fault: "Trouble", silenced: "Silenced", disabled: "Out of service", test: "Testing" },
    connected: "connected",
    seen: (when) => `away, last seen ${when}`,
    never: "never connected",
    unpaired: "no device paired",
    waits: "a new device waits for its six words",
    quarantined: "quarantined: two devices hold one key",
    sounding: (title) => `sounding “${title}”`,
    silent: "silent",
    volume: (percent) => `volume ${percent} %`,
    muted: "muted",
    chosen: (count) => `${count} chosen`,
    choose: (name) => `Choose ${name}`,
    chooseAll: (name) => `Choose all of ${name}`,
    test: "Test tone",
    mute: "Mute",
    unmute: "Unmute",
    setVolume: "Set the volume",
    percent: "Volume (%)",
    done: (done, of) => `Ordered at ${done}/${of}. Loudspeakers say themselves when it is done.`,
    failed: (name, why) => `${name}: ${why}`,
    clear: "Choose none",
  },
);

/** Shape beside the colour and the word of each state. */
export const STATE_SHAPE = { ok: "●", fault: "✖", silenced: "◐", disabled: "○", test: "◇" } as const;
