import { tone } from "./tones.js";
import type { WholeHouse } from "./whole-house.js";

/** How a ward fills its days. */
export interface FullWeek {
  /** Sessions a day, and announcements in each: every session has its own. */
  readonly sessions: number;
  readonly items: number;
}

/** Lays out every day from tomorrow on. Announcements are called `so-0`, `so-1` and so on. */
export async function fillWeek(house: WholeHouse, { sessions, items }: FullWeek): Promise<void> {
  for (let index = 0; index < sessions * items; index++) await house.record(`so-${index}`, tone(1, 300 + index));
  const tomorrow = new Date(Date.now() + (24 + 7) * 3_600_000).toISOString().slice(0, 10);
  for (let session = 0; session < sessions; session++) {
    const id = `buoi-${session}`;
    const own = Array.from({ length: items }, (_, item) => `so-${session * items + item}`);
    await house.call("PUT", `/playlists/${id}`, {
      ...{ id, title: id },
      items: own.map((announcement) => ({ kind: "announcement", announcement })),
    });
    await house.call("PUT", `/schedules/${id}`, {
      ...{ id, title: `Bản tin của phường, buổi ${session}`, class: "ordinary", playlist: id },
      ...{ targets: { areas: ["phuong"] }, timing: { kind: "hard" } },
      ...{ start: tomorrow, rule: "FREQ=DAILY", at: [`${String(6 + session * 2).padStart(2, "0")}:00`] },
    });
  }
}
