/**
 * Thư viện: find it, hear it, know if it may be used.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { type Stage, stageSchema } from "../../../domain/stage.js";
import type { PackView } from "../../../server/api/alert-views.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask, type Kept } from "../ask.js";
import { Chimes } from "../chimes/chimes.js";
import { fetchAnnouncements, fetchPlaylists, fetchSchedules } from "../lists.js";
import { now, zone } from "../live/line.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo } from "../session.js";
import { bilingual } from "../words/language.js";
import { stageName } from "../words/stages.js";
import { localDateOf } from "../words/times.js";
import { Item } from "./item.js";
import { RemoveDialog } from "./remove-dialog.js";
import { shelf, type Wish } from "./shelf.js";
import { Upload } from "./upload.js";
import { usesOf } from "./uses.js";
import "./library.css";

/** So many are shown at first, and with each press more. */
const SHOWN = 40;

const words = bilingual(
  {
    title: "Thư viện",
    search: "Tìm bản tin",
    stage: "Tình trạng",
    any: "Tất cả",
    upload: "Gửi bản ghi âm lên",
    empty: "Thư viện chưa có bản tin nào. Hãy soạn thông báo, hoặc gửi bản ghi âm lên.",
    none: "Không có bản tin nào khớp.",
    count: (count: number) => `${count} bản tin`,
    more: (count: number) => `Xem thêm ${count} bản tin`,
    removed: (title: string) => `Đã xóa «${title}».`,
  },
  {
    title: "Library",
    search: "Search announcements",
    stage: "Standing",
    any: "All",
    upload: "Upload a recording",
    empty: "The library is empty. Write an announcement, or upload a recording.",
    none: "No announcement matches.",
    count: (count) => `${count} announcements`,
    more: (count) => `Show ${count} more`,
    removed: (title) => `“${title}” was removed.`,
  },
);

const fetchPacks = () => ask<readonly Kept<PackView>[]>("GET", "/emergency-packs");

export default function Library() {
  const say = words();
  const all = useFetched(fetchAnnouncements, [], ["announcements"]);
  const playlists = useFetched(fetchPlaylists, [], ["playlists"]);
  const schedules = useFetched(fetchSchedules, [], ["schedules"]);
  const packs = useFetched(fetchPacks, [], ["packs"]);
  const [wish, setWish] = useState<Wish>({ typed: "", stage: "any" });
  const [shown, setShown] = useState(SHOWN);
  const [removing, setRemoving] = useState<AnnouncementView>();
  const [removed, setRemoved] = useState<string>();
  const isPlanKnown = [playlists, schedules, packs].every(({ value }) => value !== undefined);
  const plan = {
    playlists: playlists.value ?? [],
    schedules: schedules.value ?? [],
    packs: (packs.value ?? []).map(({ value }) => value),
  };
  const today = localDateOf(now.value, zone.value);
  const mayWrite = mayDo("compose", { areas: "anywhere" }, today);
  const found = shelf(all.value ?? [], wish);
  const left = found.length - shown;
  const wrong = all.wrong ?? playlists.wrong ?? schedules.wrong ?? packs.wrong;
  return (
    <>
      <h1>{say.title}</h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {mayWrite && (
        <details class="upload">
          <summary>{say.upload}</summary>
          <Upload />
        </details>
      )}
      <Chimes />
      <Search wish={wish} onWish={setWish} />
      <p role="status">{removed === undefined ? all.value && say.count(found.length) : say.removed(removed)}</p>
      {all.value?.length === 0 && <p>{say.empty}</p>}
      {all.value !== undefined && all.value.length > 0 && found.length === 0 && <p>{say.none}</p>}
      <ul class="library">
        {found.slice(0, shown).map((one) => (
          <Item
            key={one.id}
            announcement={one}
            uses={isPlanKnown ? usesOf(one.id, plan) : undefined}
            onRemove={mayWrite && isPlanKnown ? () => setRemoving(one) : undefined}
          />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="secondary" onClick={() => setShown(shown + SHOWN)}>
          {say.more(Math.min(left, SHOWN))}
        </button>
      )}
      {removing && (
        <RemoveDialog
          announcement={removing}
          uses={usesOf(removing.id, plan)}
          onRemoved={() => {
            setRemoved(removing.title);
            setRemoving(undefined);
            all.again();
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function Search({ wish, onWish }: { readonly wish: Wish; readonly onWish: (wish: Wish) => void }) {
  const say = words();
  return (
    <search class="tools">
      <input
        type="search"
        maxLength={100}
        aria-label={say.search}
        placeholder={say.search}
        value={wish.typed}
        onInput={(event) => onWish({ ...wish, typed: event.currentTarget.value })}
      />
      <select
        aria-label={say.stage}
        value={wish.stage}
        onChange={(event) => onWish({ ...wish, stage: event.currentTarget.value as Stage | "any" })}
      >
        <option value="any">{say.any}</option>
        {stageSchema.options.map((stage) => (
          <option key={stage} value={stage}>
            {stageName(stage)}
          </option>
        ))}
      </select>
    </search>
  );
}
