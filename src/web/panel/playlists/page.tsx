/**
 * Danh sách phát: keep a running order that fits its slot.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { fetchPlaylists, fetchSchedules } from "../lists.js";
import { now, zone } from "../live/line.js";
import { Link, path } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo } from "../session.js";
import { isMeant } from "../words/search.js";
import { length, localDateOf } from "../words/times.js";
import { ImportPart } from "./import-part.js";
import { OnePlaylist } from "./one.js";
import { useSounds } from "./sounds.js";
import { timingOf } from "./timing.js";
import { words } from "./words.js";
import "./playlists.css";

const AT = "/playlists";

/** `/playlists`, `/playlists/new`, `/playlists/<playlist>`. */
export default function Playlists() {
  const id = path.value.slice(AT.length + 1);
  return id === "" ? <PlaylistList /> : <OnePlaylist key={id} id={id} back={AT} />;
}

function PlaylistList() {
  const say = words();
  const [typed, setTyped] = useState("");
  const playlists = useFetched(fetchPlaylists, [], ["playlists"]);
  const schedules = useFetched(fetchSchedules, [], ["schedules"]);
  const sounds = useSounds();
  const mayAir = mayDo("air", { areas: "anywhere" }, localDateOf(now.value, zone.value));
  const found = (playlists.value ?? []).filter(({ value }) => isMeant(`${value.title} ${value.note ?? ""}`, typed));
  const wrong = playlists.wrong ?? schedules.wrong ?? sounds.wrong;
  const usersOf = (id: string) => (schedules.value ?? []).filter(({ value }) => value.playlist === id);
  return (
    <>
      <h1>{say.title}</h1>
      <p>{say.about}</p>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <div class="tools">
        <input
          type="search"
          maxLength={100}
          aria-label={say.search}
          placeholder={say.search}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {mayAir && (
          <Link to={`${AT}/new`} class="main-action">
            {say.add}
          </Link>
        )}
      </div>
      {!playlists.value && playlists.wrong === undefined && <p aria-busy="true">…</p>}
      {playlists.value && found.length === 0 && <p>{playlists.value.length === 0 ? say.none : say.notFound}</p>}
      <ul class="playlists">
        {found
          .toSorted((one, other) => one.value.title.localeCompare(other.value.title, "vi"))
          .map(({ value: { id, title, items, note } }) => {
            const users = usersOf(id).map(({ value }) => `«${value.title}»`);
            return (
              <li key={id}>
                <Link to={`${AT}/${id}`}>{title}</Link>
                <small>
                  {sounds.isThere && `${say.facts(items.length, length(timingOf(items, sounds).lengthMs))} – `}
                  {users.length === 0 ? say.unused : say.used(users.join(", "))}
                </small>
                {note !== undefined && <small>{note}</small>}
              </li>
            );
          })}
      </ul>
      {mayAir && <ImportPart taken={(playlists.value ?? []).map(({ value }) => value.id)} />}
    </>
  );
}
