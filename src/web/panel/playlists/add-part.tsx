/**
 * Adds an announcement, a chime or a pause at the end of a playlist.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { PlaylistItem } from "../../../domain/playlist.js";
import { isMeant } from "../words/search.js";
import { stageName } from "../words/stages.js";
import { length } from "../words/times.js";
import { nameOf } from "./names.js";
import { MOST_ITEMS } from "./rows.js";
import type { Found } from "./sounds.js";
import type { Editing } from "./use-playlist.js";
import { words } from "./words.js";

/** What will never sound any more is not offered. */
const OVER = ["recalled", "corrected", "blocked", "expired"];

interface AddPartProps {
  readonly editing: Editing;
  readonly sounds: Found;
}

export function AddPart({ editing, sounds }: AddPartProps) {
  const say = words();
  const [typed, setTyped] = useState("");
  const [announcement, setAnnouncement] = useState("");
  const [chime, setChime] = useState("");
  const [seconds, setSeconds] = useState(5);
  const [added, setAdded] = useState<string>();
  if (editing.draft.rows.length >= MOST_ITEMS) return <p>{say.full}</p>;
  const offered = sounds.listed.filter(
    ({ title, text = "", stage }) => !OVER.includes(stage) && isMeant(`${title} ${text}`, typed),
  );
  const add = (item: unknown) => {
    editing.add(item as PlaylistItem);
    setAdded(say.added(nameOf(item as PlaylistItem, sounds)));
  };
  return (
    <section aria-labelledby="adding" class="adding">
      <h2 id="adding">{say.adding}</h2>
      <p role="status">{added}</p>
      <div class="choice">
        <label>
          {say.findAnnouncement}
          <input
            type="search"
            maxLength={100}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        <label>
          {say.announcement}
          <select value={announcement} onChange={({ currentTarget }) => setAnnouncement(currentTarget.value)}>
            <option value="">{say.choose}</option>
            {offered.map(({ id, title, stage, clip }) => (
              <option key={id} value={id}>
                {`${title} – ${clip ? length(clip.durationMs) : say.noSound}, ${stageName(stage)}`}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="secondary"
          disabled={!offered.some(({ id }) => id === announcement)}
          onClick={() => add({ kind: "announcement", announcement, repeat: 1, gapMs: 2000, gainDb: 0 })}
        >
          {say.addAnnouncement}
        </button>
      </div>
      <div class="choice">
        <label>
          {say.chimeChoice}
          <select value={chime} onChange={({ currentTarget }) => setChime(currentTarget.value)}>
            <option value="">{say.choose}</option>
            {sounds.chimesListed.map(({ name, clip, isApproved }) => (
              <option key={name} value={name}>
                {`${name} – ${length(clip.durationMs)}${isApproved ? "" : `, ${say.unapproved}`}`}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="secondary"
          disabled={chime === ""}
          onClick={() => add({ kind: "chime", recording: chime, gainDb: 0 })}
        >
          {say.addChime}
        </button>
      </div>
      <div class="choice">
        <label>
          {say.seconds}
          <input
            type="number"
            min={1}
            max={600}
            value={seconds}
            onInput={({ currentTarget }) => setSeconds(currentTarget.valueAsNumber)}
          />
        </label>
        <button
          type="button"
          class="secondary"
          disabled={!(seconds >= 1 && seconds <= 600)}
          onClick={() => add({ kind: "pause", ms: Math.round(seconds * 1000) })}
        >
          {say.addPause}
        </button>
      </div>
    </section>
  );
}
