/**
 * Teaches the station how something that is written is said.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { bilingual } from "../words/language.js";
import type { Piece } from "./marked.js";

const words = bilingual(
  {
    title: "Dạy cách đọc",
    written: "Viết là",
    spoken: "Đọc là",
    hint: "Viết bằng chữ như khi đọc, không có số.",
    about: "Cách đọc này dùng cho mọi bản tin về sau. Bản tin đã duyệt giữ nguyên lời đọc.",
    teach: "Dạy",
    cancel: "Thôi",
  },
  {
    title: "Teach a reading",
    written: "Written",
    spoken: "Said",
    hint: "In letters as it is spoken, without digits.",
    about: "The reading holds for every announcement from now on. What is approved stays as it is.",
    teach: "Teach",
    cancel: "Cancel",
  },
);

interface TeachProps {
  readonly piece: Piece;
  readonly onTaught: () => void;
  readonly onClose: () => void;
}

export function TeachDialog({ piece, onTaught, onClose }: TeachProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const [written, setWritten] = useState(piece.source);
  const [spoken, setSpoken] = useState(piece.is === "unknown" ? "" : piece.spoken);
  const teach = async (event: Event) => {
    event.preventDefault();
    if (!(await act(() => ask("POST", "/lexicon", { body: { written, spoken } })))) return;
    onTaught();
    onClose();
  };
  return (
    <Dialog title={say.title} onClose={onClose}>
      <form onSubmit={(event) => void teach(event)}>
        <label>
          {say.written}
          <input required maxLength={60} value={written} onInput={(event) => setWritten(event.currentTarget.value)} />
        </label>
        <label>
          {say.spoken}
          <input
            required
            maxLength={300}
            value={spoken}
            aria-describedby="teach-hint"
            onInput={(event) => setSpoken(event.currentTarget.value)}
          />
          <small id="teach-hint">{say.hint}</small>
        </label>
        <p>{say.about}</p>
        {wrong && <p role="alert">{wrong}</p>}
        <button type="submit" aria-busy={busy}>
          {say.teach}
        </button>
        <button type="button" class="secondary" onClick={onClose}>
          {say.cancel}
        </button>
      </form>
    </Dialog>
  );
}
