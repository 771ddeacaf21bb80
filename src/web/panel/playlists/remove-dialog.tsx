/**
 * Removing a playlist: first it is said which schedules use it, by name.
 *
 * @module
 */
import type { Playlist } from "../../../domain/playlist.js";
import type { Schedule } from "../../../domain/schedule.js";
import { ask, type Kept } from "../ask.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { words } from "./words.js";

interface RemoveDialogProps {
  readonly kept: Kept<Playlist>;
  readonly users: readonly Schedule[];
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

export function RemoveDialog({ kept: { value, revision }, users, onRemoved, onClose }: RemoveDialogProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const remove = () =>
    act(async () => {
      await ask("DELETE", `/playlists/${value.id}`, { revision });
      onRemoved();
    });
  return (
    <Dialog title={`${say.delete}: ${value.title}`} onClose={onClose}>
      <p>{users.length === 0 ? say.reallyDelete : say.inUse(users.length)}</p>
      <ul>
        {users.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/week/${id}`}>{title}</Link>
          </li>
        ))}
      </ul>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {users.length === 0 && (
        <button type="button" class="danger" aria-disabled={busy} onClick={() => void remove()}>
          {say.delete}
        </button>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        {say.keep}
      </button>
    </Dialog>
  );
}
