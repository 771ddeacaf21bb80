/**
 * A new place for a loudspeaker.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice, inOrder } from "../pieces/area-choice.js";
import { areas } from "../session.js";
import { words } from "./one-words.js";

export function AddPlace({ onDone }: { readonly onDone: (id: string) => void }) {
  const say = words();
  const [name, setName] = useState("");
  const [pole, setPole] = useState("");
  const [area, setArea] = useState("");
  const [kind, setKind] = useState<"fixed" | "van">("fixed");
  const [volume, setVolume] = useState(80);
  const { busy, wrong, act } = useAct();
  const chosen = area || (inOrder(areas.value)[0]?.id ?? "");
  const create = async (event: Event) => {
    event.preventDefault();
    await act(async () => {
      const place = {
        name: name.trim(),
        area: chosen,
        kind,
        volume,
        ...(pole.trim() === "" ? {} : { pole: pole.trim() }),
      };
      const { id } = await ask<ReceiverView>("POST", "/receivers", { body: place });
      onDone(id);
    });
  };
  return (
    <form onSubmit={create} class="narrow">
      <h1>{say.newTitle}</h1>
      <p>{say.newAbout}</p>
      <label>
        {say.name}
        <input required maxLength={120} value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <AreaChoice label={say.area} value={chosen} onChoose={setArea} />
      <label>
        {say.pole}
        <input maxLength={20} value={pole} onInput={({ currentTarget }) => setPole(currentTarget.value)} />
      </label>
      <label>
        {say.kind}
        <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as "fixed" | "van")}>
          <option value="fixed">{say.kinds.fixed}</option>
          <option value="van">{say.kinds.van}</option>
        </select>
      </label>
      <label>
        {say.percent}
        <input
          type="number"
          min={0}
          max={100}
          required
          value={volume}
          onInput={({ currentTarget }) => setVolume(currentTarget.valueAsNumber)}
        />
      </label>
      {wrong && <p role="alert">{wrong}</p>}
      <button type="submit" aria-disabled={busy}>
        {say.create}
      </button>
    </form>
  );
}
