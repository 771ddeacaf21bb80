import { plan } from "../../src/domain/plan.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";

const RUNS = 7;
const WARDS = 5;
const GROUPS = 250;

/**
 * A city like Đà Lạt: 600 receivers in 250 neighbourhoods of five wards, 200 schedules for the city, a ward, a
 * neighbourhood or single poles, with budgets, windows, golden hours, sensitive places and conflicts: some fifty a day
 * are planned at each receiver. Dense: all 200 schedules for everybody.
 */
export function aCity({ receivers = 600, schedules = 200, dense = false } = {}): PlanInput {
  const groupOf = (index: number) => `group-${index % GROUPS}`;
  const areas = [
    { id: "city", name: "Đà Lạt", kind: "province" },
    ...count(WARDS).map((ward) => ({ id: `ward-${ward}`, name: `Phường ${ward}`, kind: "ward", parent: "city" })),
    ...count(GROUPS).map((group) => ({
      id: `group-${group}`,
      name: `Tổ ${group}`,
      kind: "group",
      parent: `ward-${group % WARDS}`,
      sensitive: group % 17 === 0,
    })),
  ];
  const golden = [
    { from: "06:00", to: "06:30" },
    { from: "17:00", to: "18:00" },
  ];
  const policies = count(WARDS).map((ward) => ({
    area: `ward-${ward}`,
    golden,
    sessionsPerDay: 4 + ward,
    minutesPerSession: 30,
    minutesPerDay: 60 + 10 * ward,
    windows: [{ from: "05:30", to: `2${ward % 2}:00` }],
  }));
  // A tenth for the whole city, half for one ward, a third for some neighbourhoods, a tenth for single poles.
  const targets = (index: number) => {
    const kind = index % 10;
    if (kind === 0 || dense) return { areas: ["city"], except: [`pole-${index}`] };
    if (kind <= 5) return { areas: [`ward-${index % WARDS}`] };
    if (kind <= 8) return { areas: count(10).map((near) => groupOf(index + near)) };
    return { areas: [], receivers: count(5).map((near) => `pole-${(index * 3 + near) % receivers}`) };
  };
  return aStation({
    until: "2026-11-30",
    areas,
    policies,
    receivers: count(receivers).map((index) => ({
      id: `pole-${index}`,
      name: `Cột ${index}`,
      area: groupOf(index),
      kind: index % 20 === 0 ? "van" : "fixed",
    })),
    schedules: count(schedules).map((index) =>
      aSchedule(`lich-${index}`, {
        targets: targets(index),
        class: index % 5 === 0 ? "priority" : "ordinary",
        order: index % 7,
        start: "2024-01-01",
        rule: index % 3 === 0 ? "FREQ=WEEKLY;BYDAY=MO,WE,FR,SU" : "FREQ=DAILY",
        at: [hour(6 + (index % 12), index % 60), hour(17, (index * 7) % 60)],
        timing: index % 11 === 0 ? { kind: "hard" } : { kind: "soft", waitMs: 600_000 },
      }),
    ),
    lengths: {},
    playlists: count(schedules).map((index) =>
      aPlaylist(
        `lich-${index}`,
        count(4).map((item) => ({ kind: "announcement", announcement: `tin-${(index + item) % 50}` })),
      ),
    ),
    announcements: count(50).map((index) => anAnnouncement(`tin-${index}`, 20 + index)),
  });
}

/**
 * Milliseconds to plan seven days for 600 receivers and 200 schedules: the median of seven runs after one to warm up.
 *
 * @param dense all 200 schedules at every receiver, far beyond any real station
 */
export async function benchPlanning({ dense = false } = {}): Promise<number> {
  const input = aCity({ dense });
  plan(input);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    plan(input);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(RUNS / 2)] ?? Number.NaN;
}

const count = (length: number) => Array.from({ length }, (_, index) => index);

const hour = (hours: number, minutes: number) =>
  `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
