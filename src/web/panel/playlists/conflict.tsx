/**
 * Two people changed the same playlist: both orders side by side, and whose to go on with.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import type { Playlist } from "../../../domain/playlist.js";
import { nameOf } from "./names.js";
import type { Sounds } from "./timing.js";
import { words } from "./words.js";

interface ConflictProps {
  readonly mine: Playlist;
  readonly theirs: Playlist;
  readonly sounds: Sounds;
  readonly onSettle: (whose: "mine" | "theirs") => void;
}

export function Conflict({ mine, theirs, sounds, onSettle }: ConflictProps) {
  const say = words();
  return (
    <section class="conflict" role="alert">
      <h2>{say.conflict}</h2>
      <p>{say.conflictAbout}</p>
      <div class="sides">
        <Side heading={say.mine} playlist={mine} sounds={sounds}>
          <button type="button" onClick={() => onSettle("mine")}>
            {say.keepMine}
          </button>
        </Side>
        <Side heading={say.theirs} playlist={theirs} sounds={sounds}>
          <button type="button" class="secondary" onClick={() => onSettle("theirs")}>
            {say.takeTheirs}
          </button>
        </Side>
      </div>
    </section>
  );
}

interface SideProps {
  readonly heading: string;
  readonly playlist: Playlist;
  readonly sounds: Sounds;
  readonly children: ComponentChildren;
}

function Side({ heading, playlist: { title, items }, sounds, children }: SideProps) {
  return (
    <div>
      <p class="over">{heading}</p>
      <p>
        <strong>{title}</strong>
      </p>
      <ol>
        {items.map((item, index) => (
          // The same announcement may come up twice; nothing in this list moves.
          <li key={index}>{nameOf(item, sounds)}</li>
        ))}
      </ol>
      {children}
    </div>
  );
}
