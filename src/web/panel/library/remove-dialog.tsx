/**
 * Removing an announcement: first it is said what uses it, by name.
 *
 * @module
 */
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask, askKept } from "../ask.js";
import { matching } from "../lists.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual } from "../words/language.js";
import type { Uses } from "./uses.js";

const words = bilingual(
  {
    title: (title: string) => `Xóa «${title}»?`,
    unused: "Không có lịch hay danh sách nào dùng bản tin này. Nhật ký những lần đã phát vẫn được giữ.",
    used: (schedules: number, playlists: number) => `${schedules} lịch và ${playlists} danh sách đang dùng:`,
    schedule: (title: string) => `Lịch «${title}»`,
    playlist: (title: string) => `Danh sách «${title}»`,
    packs: (titles: string) => `Bản tin là một phần của gói khẩn cấp: ${titles}. Hãy đổi gói trước. Chưa có gì bị xóa.`,
    shared: "Có danh sách còn chứa bản tin khác: hãy bỏ bản tin này khỏi đó trước. Chưa có gì bị xóa.",
    remove: "Xóa bản tin",
    removeAll: "Xóa bản tin cùng các lịch này",
    cancel: "Giữ lại",
  },
  {
    title: (title) => `Remove “${title}”?`,
    unused: "No schedule and no playlist uses it. The log of what was aired is kept.",
    used: (schedules, playlists) => `${schedules} schedules and ${playlists} playlists use it:`,
    schedule: (title) => `Schedule “${title}”`,
    playlist: (title) => `Playlist “${title}”`,
    packs: (titles) => `It is part of these emergency packs: ${titles}. Change the packs first. Nothing was removed.`,
    shared: "A playlist holds other announcements, too: take this one out of it first. Nothing was removed.",
    remove: "Remove it",
    removeAll: "Remove it with these schedules",
    cancel: "Keep it",
  },
);

interface RemoveProps {
  readonly announcement: AnnouncementView;
  readonly uses: Uses;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

export function RemoveDialog({ announcement: { id, title }, uses, onRemoved, onClose }: RemoveProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const { playlists, schedules, packs } = uses;
  // What is looked at now is what is removed: when somebody changes it meanwhile, the station says so.
  const read = useFetched(() => askKept<AnnouncementView>("GET", `/announcements/${id}`), [id]);
  const isShared = playlists.some(({ value }) => value.items.length > 1);
  const remove = async () => {
    for (const { value, revision } of schedules)
      await ask("DELETE", `/schedules/${value.id}`, { revision: matching(revision) });
    for (const { value, revision } of playlists)
      await ask("DELETE", `/playlists/${value.id}`, { revision: matching(revision) });
    await ask("DELETE", `/announcements/${id}`, { revision: read.value?.revision });
    onRemoved();
  };
  return (
    <Dialog title={say.title(title)} onClose={onClose}>
      {packs.length > 0 && <p>{say.packs(packs.map((pack) => pack.title).join(", "))}</p>}
      {playlists.length + packs.length === 0 && <p>{say.unused}</p>}
      {playlists.length > 0 && <p>{say.used(schedules.length, playlists.length)}</p>}
      <ul>
        {schedules.map(({ value }) => (
          <li key={value.id}>{say.schedule(value.title)}</li>
        ))}
        {playlists.map(({ value }) => (
          <li key={value.id}>{say.playlist(value.title)}</li>
        ))}
      </ul>
      {isShared && <p>{say.shared}</p>}
      {(wrong ?? read.wrong) && <p role="alert">{wrong ?? read.wrong}</p>}
      {!isShared && packs.length === 0 && (
        <button type="button" class="danger" disabled={!read.value} aria-busy={busy} onClick={() => void act(remove)}>
          {playlists.length === 0 ? say.remove : say.removeAll}
        </button>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        {say.cancel}
      </button>
    </Dialog>
  );
}
