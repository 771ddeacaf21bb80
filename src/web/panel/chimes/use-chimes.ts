/**
 * The chimes of the station, and which of them wait for whoever sits here.
 *
 * @module
 */
import { fetchChimes } from "../lists.js";
import { now, zone } from "../live/line.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";

/** Whoever approves chimes does so for the whole station. */
export const mayApprove = () =>
  mayDo("approve", { classes: ["ordinary"], areas: "station" }, localDateOf(now.value, zone.value));

export function useChimes() {
  const chimes = useFetched(fetchChimes, [], ["chimes"]);
  const waiting = (chimes.value ?? []).filter(({ isApproved }) => !isApproved);
  return { ...chimes, waiting: mayApprove() ? waiting : [] };
}
