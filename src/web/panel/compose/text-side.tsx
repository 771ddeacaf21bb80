/**
 * The text beside what the voice will say of it; what is said otherwise than written is marked and can be taught.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { SpokenView } from "../../../server/api/views.js";
import { bilingual } from "../words/language.js";
import { length } from "../words/times.js";
import { type Piece, piecesOf } from "./marked.js";
import { TeachDialog } from "./teach-dialog.js";

/** As long as the station takes. */
const LONGEST = 20_000;

const words = bilingual(
  {
    text: "Văn bản",
    hint: "Gõ hoặc dán thông báo vào đây.",
    spoken: "Sẽ đọc là",
    empty: "Gõ văn bản: ở đây hiện lời sẽ đọc.",
    about: (time: string, isMeasured: boolean) =>
      `Dài khoảng ${time}${isMeasured ? "" : " (giọng này chưa đo, có thể lệch một phần năm)"}`,
    teach: (piece: Piece) =>
      piece.is === "unknown"
        ? `${piece.source}: chưa biết đọc, dạy cách đọc`
        : `${piece.spoken}: viết là ${piece.source}, sửa cách đọc`,
    legend: "Chữ gạch chân đã đổi so với văn bản; chữ có dấu ? chưa biết đọc. Bấm vào để dạy cách đọc.",
    recording: (name: string) => `Bản ghi âm «${name}» phát nguyên như đã ghi, không có giọng đọc.`,
  },
  {
    text: "Text",
    hint: "Type or paste the announcement here.",
    spoken: "Will be read as",
    empty: "Type a text: what will be said appears here.",
    about: (time, isMeasured) =>
      `About ${time} long${isMeasured ? "" : " (this voice is not measured yet; it may be off by a fifth)"}`,
    teach: (piece) =>
      piece.is === "unknown"
        ? `${piece.source}: no known reading, teach one`
        : `${piece.spoken}: written ${piece.source}, change the reading`,
    legend:
      "Underlined words are said otherwise than written; those with ? have no known reading. Press one to teach it.",
    recording: (name) => `The recording “${name}” sounds as it was made; no voice reads it.`,
  },
);

interface TextSideProps {
  readonly text: string;
  /** Name of the file when it is a recording. */
  readonly recording: string | undefined;
  readonly isLocked: boolean;
  readonly reading: SpokenView | undefined;
  readonly onText: (text: string) => void;
  readonly onTaught: () => void;
}

export function TextSide({ text, recording, isLocked, reading, onText, onTaught }: TextSideProps) {
  const say = words();
  const [teaching, setTeaching] = useState<Piece>();
  if (recording !== undefined) return <p>{say.recording(recording)}</p>;
  return (
    <div class="sides">
      <label>
        {say.text}
        <textarea
          rows={9}
          maxLength={LONGEST}
          placeholder={say.hint}
          value={text}
          readOnly={isLocked}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </label>
      <section aria-labelledby="spoken">
        <p class="over" id="spoken">
          {say.spoken}
          {reading && <span aria-live="polite"> – {say.about(length(reading.seconds * 1000), reading.measured)}</span>}
        </p>
        <div class="spoken" lang="vi">
          {reading ? (
            piecesOf(reading).map((piece) => (
              <Said key={`${piece.start}-${piece.is}`} piece={piece} onTeach={setTeaching} />
            ))
          ) : (
            <p>{say.empty}</p>
          )}
        </div>
        {reading && <small>{say.legend}</small>}
      </section>
      {teaching && <TeachDialog piece={teaching} onTaught={onTaught} onClose={() => setTeaching(undefined)} />}
    </div>
  );
}

function Said({ piece, onTeach }: { readonly piece: Piece; readonly onTeach: (piece: Piece) => void }) {
  if (piece.is === "same") return <span>{piece.spoken}</span>;
  return (
    <button type="button" class={`said ${piece.is}`} aria-label={words().teach(piece)} onClick={() => onTeach(piece)}>
      {piece.spoken}
      {piece.is === "unknown" && <span aria-hidden="true">?</span>}
    </button>
  );
}
