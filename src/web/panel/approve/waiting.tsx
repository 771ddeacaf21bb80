/**
 * The announcements that wait for an approval, and how many of them and of chimes, for the menu.
 *
 * @module
 */
import type { AnnouncementView } from "../../../server/api/views.js";
import { useChimes } from "../chimes/use-chimes.js";
import { fetchAnnouncements } from "../lists.js";
import { type Fetched, useFetched } from "../pieces/fetched.js";
import { MenuCount } from "../pieces/menu-count.js";
import { useSlots } from "../radio/use-slots.js";
import { bilingual } from "../words/language.js";
import { inOrder } from "./enough.js";

const words = bilingual({ waiting: (count: number) => `(${count} bản)` }, { waiting: (count) => `(${count})` });

const fetchWaiting = async () => inOrder((await fetchAnnouncements()).filter(({ stage }) => stage === "submitted"));

export function useWaiting(): Fetched<readonly AnnouncementView[]> {
  return useFetched(fetchWaiting, [], ["announcements"]);
}

/** Beside the name of the page in the menu; nothing when nothing waits. */
export function WaitingCount() {
  const count = (useWaiting().value?.length ?? 0) + useChimes().waiting.length + useSlots().waiting.length;
  return <MenuCount count={count} told={words().waiting} />;
}
