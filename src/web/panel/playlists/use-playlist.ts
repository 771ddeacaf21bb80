/**
 * One playlist as it is edited: what is written here, what the station keeps, and what somebody else has made of it meanwhile.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Playlist, PlaylistItem } from "../../../domain/playlist.js";
import { askKept, type Kept, otherSideOf } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { fetchPlaylists } from "../lists.js";
import { picture } from "../live/line.js";
import { type Acting, useAct } from "../pieces/act.js";
import { freshId, identifierFrom } from "../words/identifiers.js";
import { changed, moved, type Row, rowsOf } from "./rows.js";

/** A playlist that nobody has saved yet. */
const EMPTY: Kept<Playlist> = { value: { id: "", title: "", items: [] } as unknown as Playlist, revision: "" };

/** What was saved for the first time a moment ago: its page opens with that said. */
let justMade = "";

interface Draft {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly Row[];
}

const draftOf = ({ title, note = "", items }: Playlist, firstKey: number): Draft => ({
  ...{ title, note, rows: rowsOf(items, firstKey) },
});
const contentOf = ({ title, note, items }: Playlist) => JSON.stringify([title, note ?? "", items]);

export interface Editing extends Acting {
  readonly draft: Draft;
  /** As it would be saved. */
  readonly playlist: Playlist;
  readonly kept: Kept<Playlist>;
  readonly isNew: boolean;
  readonly isSaved: boolean;
  /** What somebody else has saved meanwhile: nothing is saved until somebody has decided. */
  readonly theirs: Kept<Playlist> | undefined;
  readonly told: "saved" | "undone" | undefined;
  /** What was kept before the last save. */
  readonly before: Playlist | undefined;
  readonly write: (change: Partial<Pick<Draft, "title" | "note">>) => void;
  readonly add: (item: PlaylistItem) => void;
  readonly change: (key: number, item: PlaylistItem) => void;
  readonly remove: (key: number) => void;
  readonly move: (from: number, to: number) => void;
  /** Resolves to its id, to nothing when it could not be saved. */
  readonly save: () => Promise<string | undefined>;
  readonly undo: () => Promise<void>;
  readonly settle: (whose: "mine" | "theirs") => void;
  /** What is not saved may go. */
  readonly forget: () => void;
}

/** @param read absent for a new one */
export function usePlaylist(read: Kept<Playlist> = EMPTY): Editing {
  const nextKey = useRef(1);
  const fresh = (value: Playlist) => {
    const made = draftOf(value, nextKey.current);
    nextKey.current += value.items.length;
    return made;
  };
  const [draft, setDraft] = useState<Draft>(() => fresh(read.value));
  const [kept, setKept] = useState(read);
  const [theirs, setTheirs] = useState<Kept<Playlist>>();
  const [before, setBefore] = useState<Playlist>();
  const [told, setTold] = useState<Editing["told"]>(() => {
    const isJustMade = read.revision !== "" && read.value.id === justMade;
    justMade = "";
    return isJustMade ? "saved" : undefined;
  });
  const acting = useAct();
  const isNew = kept.revision === "";
  const { note: _former, ...rest } = kept.value;
  const playlist: Playlist = {
    ...{ ...rest, title: draft.title.trim(), items: draft.rows.map(({ item }) => item) },
    ...(draft.note.trim() === "" ? {} : { note: draft.note.trim() }),
  };
  const isSaved = contentOf(playlist) === contentOf(kept.value);
  const forget = useUnsaved(!isSaved && "unsaved");
  const take = (found: Kept<Playlist>) => {
    setKept(found);
    setDraft(fresh(found.value));
  };
  const writeRows = (next: (rows: readonly Row[]) => readonly Row[]) => {
    setTold(undefined);
    setDraft((now) => ({ ...now, rows: next(now.rows) }));
  };
  const put = async (value: Playlist, how: "saved" | "undone"): Promise<string | undefined> => {
    try {
      const wishes = { body: value, ...(isNew ? {} : { revision: kept.revision }) };
      const next = await askKept<Playlist & { findings?: unknown }>("PUT", `/playlists/${value.id}`, wishes);
      const { findings: _told, ...saved } = next.value;
      setBefore(isNew || how === "undone" ? undefined : kept.value);
      take({ value: saved, revision: next.revision });
      setTold(how);
      if (isNew) justMade = value.id;
      forget();
      return value.id;
    } catch (thrown) {
      const other = otherSideOf<Playlist>(thrown);
      if (!other) throw thrown;
      setTheirs(other);
      return undefined;
    }
  };
  const isSavedNow = useRef(isSaved);
  isSavedNow.current = isSaved;
  const stale = picture.value?.stale.playlists ?? 0;
  const first = useRef(stale);
  // What somebody else has saved goes under what is shown here, unless something is written here: then both are shown.
  useEffect(() => {
    if (isNew || stale === first.current) return;
    let isOver = false;
    const look = async () => {
      const found = await askKept<Playlist>("GET", `/playlists/${kept.value.id}`);
      if (isOver || found.revision === kept.revision || contentOf(found.value) === contentOf(kept.value)) return;
      if (isSavedNow.current) take(found);
      else setTheirs(found);
    };
    // One that is gone, or cannot be reached, is told of when it is saved.
    look().catch(() => {});
    return () => {
      isOver = true;
    };
  }, [stale, kept.revision]);

  return {
    ...acting,
    ...{ draft, playlist, kept, isNew, isSaved, theirs, told, before, forget },
    write(change) {
      setTold(undefined);
      setDraft((now) => ({ ...now, ...change }));
    },
    add(item) {
      const key = nextKey.current;
      nextKey.current += 1;
      writeRows((rows) => [...rows, { key, item }]);
    },
    change: (key, item) => writeRows((rows) => changed(rows, key, item)),
    remove: (key) => writeRows((rows) => rows.filter((row) => row.key !== key)),
    move: (from, to) => writeRows((rows) => moved(rows, from, to)),
    async save() {
      let id: string | undefined;
      await acting.act(async () => {
        const taken = isNew ? (await fetchPlaylists()).map(({ value }) => value.id as string) : [];
        const named = freshId(identifierFrom(playlist.title) || "danh-sach", new Set(taken));
        id = await put(isNew ? { ...playlist, id: named as Playlist["id"] } : playlist, "saved");
      });
      return id;
    },
    async undo() {
      if (before) await acting.act(() => put(before, "undone"));
    },
    settle(whose) {
      if (!theirs) return;
      if (whose === "theirs") take(theirs);
      else setKept(theirs);
      setBefore(undefined);
      setTheirs(undefined);
    },
  };
}
