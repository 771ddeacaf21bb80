import { epoch } from "../../../src/base/units.js";
import { playlistId, receiverId, scheduleId } from "../../../src/domain/ids.js";

/** One line of a rundown. */
export function aLine() {
  const planned = epoch(Date.parse("2026-11-23T04:00:00Z"));
  return {
    occurrence: "sang@20261123t040000z" as never,
    schedule: scheduleId("sang"),
    playlist: playlistId("buoi-sang"),
    title: "Bản tin <sáng>",
    class: "ordinary",
    order: 100,
    receivers: [receiverId("loa-1")],
    planned,
    start: planned,
    end: epoch(planned + 60_000),
    notAfter: epoch(planned + 120_000),
    timing: { kind: "hard" },
    resume: "continue",
    maxMs: 3_600_000,
    items: [],
    golden: false,
    fate: "airs",
  } as const;
}
