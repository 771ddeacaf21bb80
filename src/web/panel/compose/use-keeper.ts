/**
 * The keeper of the draft that the address names, over the station's doors.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { askKept, otherSideOf, sentenceOf } from "../ask.js";
import { now, picture } from "../live/line.js";
import { follow } from "../paths.js";
import { isWritable } from "./draft.js";
import { createDraftKeeper, type DraftKeeper } from "./draft-keeper.js";

interface Open {
  id: string | undefined;
  readonly keeper: DraftKeeper;
  /** Tells one draft that is opened from the next. */
  readonly key: number;
}

let opened = 0;

function open(id: string | undefined): Open {
  opened += 1;
  const keeper = createDraftKeeper({
    ...{ clock: systemClock, now: () => now.peek(), otherSideOf, sentenceOf },
    read: (wanted) => askKept<AnnouncementView>("GET", `/announcements/${wanted}`),
    create: (body) => askKept<AnnouncementView>("POST", "/announcements", { body }),
    change: ({ value, revision }, body) =>
      askKept<AnnouncementView>("PATCH", `/announcements/${value.id}`, { body, revision }),
    savesItself: (kept) => kept === undefined || isWritable(kept.stage),
    onCreated(made) {
      one.id = made;
      // Somebody who has gone on to another page stays there.
      if (location.pathname === "/compose") follow(`/compose/${made}`);
    },
  });
  const one: Open = { id, keeper, key: opened };
  return one;
}

/** @param id absent for a new announcement */
export function useKeeper(id: string | undefined): Omit<Open, "id"> {
  const current = useRef<Open | undefined>(undefined);
  if (!current.current || current.current.id !== id) {
    current.current?.keeper.close();
    current.current = open(id);
  }
  const { keeper } = current.current;
  useEffect(() => {
    if (id !== undefined && keeper.state.peek().kept === undefined) void keeper.read(id);
  }, [id, keeper]);
  const told = id === undefined ? undefined : picture.value?.announcements.get(id);
  const snapshots = picture.value?.snapshots ?? 0;
  useEffect(() => {
    if (id !== undefined && (told !== undefined || snapshots > 1)) void keeper.read(id);
  }, [told, snapshots]);
  useEffect(() => {
    const hide = () => document.visibilityState === "hidden" && current.current?.keeper.close();
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      current.current?.keeper.close();
    };
  }, []);
  return current.current;
}
