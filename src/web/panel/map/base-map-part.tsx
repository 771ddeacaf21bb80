/**
 * Brings a map in that lies under the drawing, or removes it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { BaseMap } from "../../../domain/base-map.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { SendingBar, useSending } from "../sound/sending.js";
import { words } from "./words.js";

interface BaseMapPartProps {
  readonly baseMap: BaseMap | undefined;
  readonly onChanged: () => void;
}

const size = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;

export function BaseMapPart({ baseMap, onChanged }: BaseMapPartProps) {
  const say = words();
  const [file, setFile] = useState<File>();
  const [told, setTold] = useState<"baseMapKept" | "cancelled">();
  const sending = useSending();
  const { busy, wrong, act } = useAct();
  const send = () =>
    act(async () => {
      if (!file) return;
      setTold(undefined);
      const kept = await sending.sendTo<BaseMap>("/base-map", file);
      setTold(kept ? "baseMapKept" : "cancelled");
      onChanged();
    });
  const remove = () =>
    act(async () => {
      setTold(undefined);
      await ask("DELETE", "/base-map");
      onChanged();
    });
  return (
    <details>
      <summary>{say.baseMap}</summary>
      <p>{say.baseMapAbout}</p>
      {baseMap && <p>{say.baseMapHas(baseMap.name || say.noName, size(baseMap.bytes))}</p>}
      <label>
        {say.baseMapFile}
        <input type="file" accept=".pmtiles" onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])} />
      </label>
      <SendingBar sending={sending} />
      {wrong && <p role="alert">{wrong}</p>}
      {told && <p role="status">{say[told]}</p>}
      <div class="buttons">
        <button type="button" disabled={!file} aria-disabled={busy} onClick={() => void send()}>
          {say.send}
        </button>
        {baseMap && (
          <button type="button" class="secondary" aria-disabled={busy} onClick={() => void remove()}>
            {say.removeBaseMap}
          </button>
        )}
      </div>
    </details>
  );
}
