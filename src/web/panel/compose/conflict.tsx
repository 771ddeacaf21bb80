/**
 * Two people wrote the same announcement: both texts side by side, and whose to go on with.
 *
 * @module
 */
import type { AnnouncementView } from "../../../server/api/views.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    title: "Người khác vừa sửa bản tin này",
    about: "Chữ của bạn chưa được lưu và vẫn còn nguyên. Hãy chọn giữ bản nào; bản kia có thể chép lại từ đây.",
    mine: "Bản của bạn",
    theirs: "Bản đang lưu ở đài",
    keepMine: "Giữ bản của tôi",
    takeTheirs: "Lấy bản đang lưu",
  },
  {
    title: "Somebody else has just changed this announcement",
    about: "What you wrote is not saved, and still here. Choose which to keep; the other can be copied from here.",
    mine: "Yours",
    theirs: "As the station keeps it",
    keepMine: "Keep mine",
    takeTheirs: "Take theirs",
  },
);

interface ConflictProps {
  readonly mine: string;
  readonly theirs: AnnouncementView;
  readonly onSettle: (whose: "mine" | "theirs") => void;
}

export function Conflict({ mine, theirs, onSettle }: ConflictProps) {
  const say = words();
  return (
    <section class="conflict" role="alert">
      <h2>{say.title}</h2>
      <p>{say.about}</p>
      <div class="sides">
        <div>
          <p class="over">{say.mine}</p>
          <blockquote>{mine}</blockquote>
          <button type="button" onClick={() => onSettle("mine")}>
            {say.keepMine}
          </button>
        </div>
        <div>
          <p class="over">{say.theirs}</p>
          <blockquote>{theirs.text}</blockquote>
          <button type="button" class="secondary" onClick={() => onSettle("theirs")}>
            {say.takeTheirs}
          </button>
        </div>
      </div>
    </section>
  );
}
