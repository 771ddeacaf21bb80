/**
 * Tells the person at the console, in Vietnamese, what is heard: only what loudspeakers themselves have said (R10).
 *
 * @module
 */
import type { Epoch } from "../base/units.js";
import type { Change, WatchVerbs } from "../server/api/changes.js";
import { oneLine } from "./terminal.js";

export interface NarratorParts {
  readonly control: Pick<WatchVerbs, "subscribe">;
  /** IANA zone in which times are told. */
  readonly zone: string;
  readonly now: () => Epoch;
  readonly out: (text: string) => void;
}

/** Begins to tell; the function that comes back ends it. */
export function startNarrator({ control, zone, now, out }: NarratorParts): () => void {
  const time = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, timeStyle: "medium", hourCycle: "h23" });
  const sounding = new Map<string, { title: string; count: number }>();
  const say = (text: string) => out(`${time.format(now())}  ${oneLine(text)}\n`);

  return control.subscribe((change: Change) => {
    if (change.kind !== "on-air") return;
    const heard = new Map(change.onAir.map(({ cue, title, sounding: where }) => [cue, { title, count: where.length }]));
    for (const [cue, { title, count }] of heard)
      if (count > 0 && sounding.get(cue)?.count !== count) say(`đang phát «${title}»: ${count} loa xác nhận`);
    for (const [cue, { title, count }] of sounding)
      if (count > 0 && (heard.get(cue)?.count ?? 0) === 0) say(`đã dứt «${title}»`);
    sounding.clear();
    for (const [cue, state] of heard) sounding.set(cue, state);
  });
}
