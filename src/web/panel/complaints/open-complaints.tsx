/**
 * The complaints that nobody has answered yet, for the menu and for today's page.
 *
 * @module
 */
import type { ComplaintView } from "../../../server/api/care-views.js";
import { ask } from "../ask.js";
import { now, zone } from "../live/line.js";
import { type Fetched, useFetched } from "../pieces/fetched.js";
import { MenuCount } from "../pieces/menu-count.js";
import { mayDo } from "../session.js";
import { bilingual } from "../words/language.js";
import { localDateOf } from "../words/times.js";

const words = bilingual({ open: (count: number) => `(${count} đang mở)` }, { open: (count) => `(${count} open)` });

/** As the doors ask: whoever has a right to look on, or to air, anywhere. */
const mayRead = () => {
  const today = localDateOf(now.value, zone.value);
  return (["inspect", "air"] as const).some((one) => mayDo(one, { areas: "anywhere" }, today));
};

/** Open or closed ones, the newest first; none for whoever is shown no complaints. */
export function useComplaints(isOpen: boolean): Fetched<readonly ComplaintView[]> {
  const isReader = mayRead();
  return useFetched(
    async () => (isReader ? ask<readonly ComplaintView[]>("GET", `/complaints?open=${isOpen}`) : []),
    [isReader, isOpen],
    ["complaints"],
  );
}

/** Beside the name of the page in the menu; nothing when none is open. */
export function ComplaintCount() {
  const count = useComplaints(true).value?.length ?? 0;
  return <MenuCount count={count} told={words().open} />;
}
