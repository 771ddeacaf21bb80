/**
 * Brings outlines of areas in, from a file of the admin's own: what was recognised is said before anything is kept.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { type Found, MOST_BYTES, outlinesIn } from "../../../domain/geojson.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { areas } from "../session.js";
import { words } from "./words.js";

interface OutlinesPartProps {
  /** Areas that have one. */
  readonly kept: readonly string[];
  readonly onChanged: () => void;
}

export function OutlinesPart({ kept, onChanged }: OutlinesPartProps) {
  const say = words();
  const [found, setFound] = useState<Found>();
  const [done, setDone] = useState<number>();
  const { busy, wrong, act } = useAct();
  const read = (file: File | undefined) =>
    act(async () => {
      setDone(undefined);
      setFound(undefined);
      if (!file) return;
      if (file.size > MOST_BYTES) throw new Error(say.tooLarge);
      const text = await file.text();
      try {
        setFound(outlinesIn(text, areas.value.values()));
      } catch (thrown) {
        throw new Error(say[(thrown as Error).message as "no-json" | "no-geojson"]);
      }
    });
  const keep = (all: Found["outlines"]) =>
    act(async () => {
      for (const { area, rings } of all) await ask("PUT", `/areas/${area}/outline`, { body: { rings } });
      setDone(all.length);
      setFound(undefined);
      onChanged();
    });
  const clear = () =>
    act(async () => {
      for (const area of kept) await ask("DELETE", `/areas/${area}/outline`);
      onChanged();
    });
  const names = found?.outlines.map(({ area }) => areas.value.get(area)?.name ?? area).join(", ") ?? "";
  return (
    <details>
      <summary>{say.outlines}</summary>
      <p>{say.outlinesAbout}</p>
      <label>
        {say.file}
        <input
          type="file"
          accept=".geojson,.json,application/geo+json"
          onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
        />
      </label>
      {wrong && <p role="alert">{wrong}</p>}
      {found && <p role="status">{names === "" ? say.nothing : say.found(names)}</p>}
      {found && found.strange.length > 0 && <p>{say.strange(found.strange.slice(0, 20).join(", "))}</p>}
      {done !== undefined && <p role="status">{say.kept(done)}</p>}
      <div class="buttons">
        {found && names !== "" && (
          <button type="button" aria-busy={busy} onClick={() => void keep(found.outlines)}>
            {say.keep}
          </button>
        )}
        {kept.length > 0 && (
          <button type="button" class="secondary" aria-busy={busy} onClick={() => void clear()}>
            {say.clear}
          </button>
        )}
      </div>
    </details>
  );
}
