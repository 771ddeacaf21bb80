/**
 * The place of a loudspeaker: what it is called, where it stands, what is written on its pole.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice } from "../pieces/area-choice.js";
import { bilingual } from "../words/language.js";
import { words as common } from "./one-words.js";

const words = bilingual(
  {
    title: "Chỗ đặt",
    about: "Đổi địa bàn thì lịch, giờ yên tĩnh và quyền theo địa bàn mới từ lượt sau; nhật ký cũ vẫn giữ địa bàn cũ.",
    save: "Lưu chỗ đặt",
    saved: "Đã lưu.",
  },
  {
    title: "The place",
    about:
      "With another area come its schedules, quiet hours and rights, from the next time on; old lines of the log keep the old one.",
    save: "Keep the place",
    saved: "Saved.",
  },
);

export function PlaceForm({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const [draft, setDraft] = useState<{ readonly name?: string; readonly pole?: string; readonly area?: string }>({});
  const [isSaved, setSaved] = useState(false);
  const { busy, wrong, act } = useAct();
  const { name, pole = "", area } = { ...receiver, ...draft };
  const isChanged = Object.keys(draft).length > 0;
  useUnsaved(isChanged && "unsaved");
  const change = (fields: typeof draft) => {
    setSaved(false);
    setDraft({ ...draft, ...fields });
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!isChanged) return;
    const isDone = await act(async () => {
      await ask("PATCH", `/receivers/${receiver.id}`, { body: draft, revision: receiver.revision });
      // What was written meanwhile stays.
      setDraft((later) => (later === draft ? {} : later));
    });
    setSaved(isDone);
  };
  return (
    <section aria-labelledby="place">
      <h2 id="place">{say.title}</h2>
      <form class="narrow" onSubmit={(event) => void save(event)}>
        <label>
          {common().name}
          <input
            required
            maxLength={120}
            value={name}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </label>
        <AreaChoice label={common().area} value={area} onChoose={(chosen) => change({ area: chosen })} />
        <small>{say.about}</small>
        <label>
          {common().pole}
          <input maxLength={20} value={pole} onInput={({ currentTarget }) => change({ pole: currentTarget.value })} />
        </label>
        {wrong && <p role="alert">{wrong}</p>}
        {isSaved && !isChanged && <p role="status">{say.saved}</p>}
        <button type="submit" class="secondary" aria-disabled={busy || !isChanged}>
          {say.save}
        </button>
      </form>
    </section>
  );
}
