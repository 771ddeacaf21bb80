/**
 * Where the pole of a loudspeaker stands, for the map.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { bilingual } from "../words/language.js";
import { positionIn } from "./position-in.js";

const words = bilingual(
  {
    title: "Vị trí trên bản đồ",
    about: "Dán tọa độ từ điện thoại hoặc bản đồ, vĩ độ trước: 11.9404, 108.4583",
    field: "Vĩ độ, kinh độ",
    save: "Lưu vị trí",
    saved: "Đã lưu vị trí.",
    odd: "Không hiểu tọa độ này. Ví dụ đúng: 11.9404, 108.4583",
  },
  {
    title: "Place on the map",
    about: "Paste coordinates from a telephone or a map, latitude first: 11.9404, 108.4583",
    field: "Latitude, longitude",
    save: "Keep the place",
    saved: "The place was kept.",
    odd: "These are no coordinates. An example: 11.9404, 108.4583",
  },
);

export function Position({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const { position } = receiver;
  const [typed, setTyped] = useState(position ? `${position.latitude}, ${position.longitude}` : "");
  const [isSaved, setSaved] = useState(false);
  const { busy, wrong, act } = useAct();
  const save = async (event: Event) => {
    event.preventDefault();
    setSaved(false);
    const done = await act(async () => {
      const read = typed.trim() === "" ? null : positionIn(typed);
      if (read === undefined) throw new Error(say.odd);
      await ask("PATCH", `/receivers/${receiver.id}`, { body: { position: read }, revision: receiver.revision });
    });
    setSaved(done);
  };
  return (
    <section aria-labelledby="position">
      <h2 id="position">{say.title}</h2>
      <form class="narrow" onSubmit={(event) => void save(event)}>
        <label>
          {say.field}
          <input
            maxLength={60}
            value={typed}
            aria-describedby="position-about"
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <small id="position-about">{say.about}</small>
        </label>
        {wrong && <p role="alert">{wrong}</p>}
        {isSaved && <p role="status">{say.saved}</p>}
        <button type="submit" class="secondary" aria-busy={busy}>
          {say.save}
        </button>
      </form>
    </section>
  );
}
