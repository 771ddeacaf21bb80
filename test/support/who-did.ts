import type { LogLineView, LogPageView } from "../../src/server/api/log-views.js";
import type { WholeHouse } from "./whole-house.js";

/** Whoever holds the station's token on this machine, as the log tells it. */
export const AT_THE_MACHINE = { from: "127.0.0.1", factor: "station" };

/** From where and by what the lines of a kind were written, oldest first. */
export async function whoDid(house: WholeHouse, kind: string): Promise<readonly LogLineView["who"][]> {
  const { lines } = await house.call<LogPageView>("GET", `/log?kind=${kind}`);
  return lines.map(({ who }) => who);
}
