/**
 * Reads a playlist from a file of another program; which line is wrong, the station says.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Playlist } from "../../../domain/playlist.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { go } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { freshId, identifierFrom } from "../words/identifiers.js";
import { words } from "./words.js";

export function ImportPart({ taken }: { readonly taken: readonly string[] }) {
  const say = words();
  const [file, setFile] = useState<File>();
  const { busy, wrong, act } = useAct();
  const kept = useUnsaved(file !== undefined && "unsaved");
  const read = (event: Event) => {
    event.preventDefault();
    if (!file) return;
    void act(async () => {
      const name = identifierFrom(file.name.replace(/\.[^.]+$/, "")) || "nhap";
      const id = freshId(name, new Set(taken));
      const made = await ask<Playlist>("POST", `/playlists/${id}/m3u8`, { text: await file.text() });
      kept();
      go(`/playlists/${made.id}`);
    });
  };
  return (
    <details class="import">
      <summary>{say.import}</summary>
      <form class="narrow" onSubmit={read}>
        <p>{say.importAbout}</p>
        <label>
          {say.file}
          <input
            type="file"
            required
            accept=".m3u8,.m3u,audio/x-mpegurl"
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
          />
        </label>
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <button type="submit" aria-disabled={busy}>
          {say.doImport}
        </button>
      </form>
    </details>
  );
}
