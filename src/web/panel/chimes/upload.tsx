/**
 * Hands a chime in, under the name by which playlists know it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ChimeView } from "../../../server/api/chime-routes.js";
import { useUnsaved } from "../leaving.js";
import { useAct } from "../pieces/act.js";
import { SendingBar, useSending } from "../sound/sending.js";
import { identifierFrom } from "../words/identifiers.js";
import { words } from "./words.js";

/** As the library takes names. */
const NAME = "[a-z0-9][a-z0-9_\\-]{0,99}\\.(wav|mp3|m4a|flac|ogg|opus|webm)";

/** `Chuông sáng.MP3` becomes `chuong-sang.mp3`. */
const nameFrom = (file: string) => {
  const [, stem = file, end = ""] = /^(.*)\.([^.]+)$/.exec(file) ?? [];
  return `${identifierFrom(stem)}.${end.toLowerCase()}`;
};

export function ChimeUpload() {
  const say = words();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState("");
  const [told, setTold] = useState<string>();
  const sending = useSending();
  const { wrong, act } = useAct();
  useUnsaved(file !== undefined && "unsaved");
  const send = (event: Event) => {
    event.preventDefault();
    if (!file) return;
    const form = event.currentTarget as HTMLFormElement;
    void act(async () => {
      const made = await sending.sendTo<ChimeView>(`/chimes/${name}`, file);
      setTold(made ? say.added(made.name) : say.cancelled);
      if (!made) return;
      form.reset();
      setFile(undefined);
      setName("");
    });
  };
  return (
    <details>
      <summary>{say.add}</summary>
      <form class="narrow" onSubmit={send}>
        <label>
          {say.file}
          <input
            type="file"
            required
            accept="audio/*,video/mp4"
            onChange={({ currentTarget }) => {
              const chosen = currentTarget.files?.[0];
              setFile(chosen);
              if (chosen) setName(nameFrom(chosen.name));
            }}
          />
        </label>
        <label>
          {say.name}
          <input
            required
            pattern={NAME}
            title={say.nameHint}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <small>{say.nameHint}</small>
        </label>
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        <p role="status">{told}</p>
        <SendingBar sending={sending} />
        <button type="submit" aria-disabled={sending.share !== undefined}>
          {say.send}
        </button>
      </form>
    </details>
  );
}
