/**
 * The one main button: it names the next step and moves on with it; when it cannot be pressed it says why.
 *
 * @module
 */
import { bilingual } from "../words/language.js";
import type { Block, Next } from "./next-step.js";

const words = bilingual(
  {
    make: "Tạo giọng đọc",
    making: "Đang tạo giọng đọc…",
    listen: "▶ Nghe",
    submit: "Gửi duyệt",
    submitAndPlan: "Gửi duyệt và xếp lịch",
    waiting: "Đang chờ duyệt",
    approve: "Nghe và duyệt",
    schedule: "Xếp lịch",
    play: "Phát ngay",
    done: "Đã xếp lịch",
    over: "Không dùng được nữa",
    why: {
      "no-text": "Chưa có văn bản.",
      "two-writers": "Người khác vừa sửa bản tin này: hãy chọn giữ bản nào ở phía trên.",
      "sound-failed": "Chưa tạo được giọng đọc. Bản nháp đã lưu; hãy bấm thử lại, đổi giọng, hoặc ghi âm.",
      "unknown-words": "Còn từ chưa biết đọc.",
      "open-findings": "Còn điều phải quyết định ở phần Kiểm tra.",
      "no-place": "Chưa chọn nơi phát.",
      "no-time": "Ngày giờ đã qua hoặc chưa chọn.",
      "may-not-compose": "Bạn không có quyền soạn bản tin này.",
      "may-not-air": "Bạn không có quyền phát ở nơi này. Bản tin đã được duyệt; hãy nhờ người vận hành.",
      "on-air": "Đã ra lệnh phát bản tin này. Lượt ấy xong thì phát lại được; muốn im ngay thì bấm Dừng.",
      "at-approver": "Bản tin đang ở người duyệt. Duyệt xong, ở đây hiện bước tiếp theo.",
      over: "Bản tin đã hết hạn, bị chặn hoặc bị thu hồi.",
    },
    unknown: (count: number) => `Còn ${count} từ chưa biết đọc: bấm vào từ có dấu ? để dạy cách đọc.`,
  },
  {
    make: "Make the sound",
    making: "The sound is being made…",
    listen: "▶ Listen",
    submit: "Ask for approval",
    submitAndPlan: "Ask for approval and schedule",
    waiting: "Waiting for approval",
    approve: "Hear and approve",
    schedule: "Schedule",
    play: "Play now",
    done: "Scheduled",
    over: "No longer usable",
    why: {
      "no-text": "There is no text yet.",
      "two-writers": "Somebody else has just changed it: choose above which to keep.",
      "sound-failed": "The sound could not be made. The draft is kept; try again, choose another voice, or record it.",
      "unknown-words": "Some words have no known reading.",
      "open-findings": "Something has to be decided under Checks.",
      "no-place": "No place is chosen yet.",
      "no-time": "Day and time are past or not chosen.",
      "may-not-compose": "You have no right to write this announcement.",
      "may-not-air": "You have no right to play it there. It is approved; ask an operator.",
      "on-air": "It was ordered just now. It can be played again when that is over; press Stop for silence.",
      "at-approver": "It lies with the approver. The next step appears here afterwards.",
      over: "The announcement is expired, blocked or recalled.",
    },
    unknown: (count) => `${count} words have no known reading: press those with ? to teach one.`,
  },
);

interface MainButtonProps {
  readonly next: Next;
  readonly unknown: number;
  /** Whether the submission makes the schedule, too. */
  readonly plansToo: boolean;
  readonly busy: boolean;
  readonly onPress: () => void;
}

/** What the station refuses by itself may be tried again: its answer may be another by then. */
const MAY_TRY: readonly Block[] = ["sound-failed"];

export function MainButton({ next: { step, block }, unknown, plansToo, busy, onPress }: MainButtonProps) {
  const say = words();
  const isDead = step === "making" || step === "done" || (block !== undefined && !MAY_TRY.includes(block));
  const why = block === undefined ? undefined : block === "unknown-words" ? say.unknown(unknown) : say.why[block];
  return (
    <>
      {why !== undefined && <p id="why-not">{why}</p>}
      <button
        type="button"
        class="main-step"
        disabled={isDead}
        aria-disabled={busy}
        aria-busy={busy || step === "making"}
        aria-describedby={why === undefined ? undefined : "why-not"}
        onClick={() => {
          if (!busy) onPress();
        }}
      >
        {step === "submit" && plansToo ? say.submitAndPlan : say[step]}
      </button>
    </>
  );
}
