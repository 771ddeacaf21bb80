import * as fc from "fast-check";
import type { PlanInput } from "../../src/domain/rundown.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "./a-station.js";

/** Five days around a change of the clocks, a leap day, a month end, the end of a year, or nothing special. */
const SPANS = [
  { zone: "Asia/Ho_Chi_Minh", from: "2026-11-27", until: "2026-12-02" },
  { zone: "Asia/Ho_Chi_Minh", from: "2028-02-27", until: "2028-03-03" },
  { zone: "Asia/Ho_Chi_Minh", from: "2026-12-30", until: "2027-01-03" },
  { zone: "America/New_York", from: "2026-03-06", until: "2026-03-10" },
  { zone: "America/New_York", from: "2026-10-31", until: "2026-11-03" },
  { zone: "Australia/Lord_Howe", from: "2026-04-04", until: "2026-04-07" },
  { zone: "Australia/Lord_Howe", from: "2026-10-03", until: "2026-10-06" },
];
const HOURS = [
  "00:00",
  "01:45",
  "02:15",
  "05:25",
  "05:30",
  "16:58",
  "17:00",
  "17:03",
  "17:10",
  "20:50",
  "20:59",
  "23:55",
];
const RULES = [
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=2",
  "FREQ=WEEKLY;BYDAY=SU",
  "FREQ=MONTHLY;BYMONTHDAY=-1",
  "FREQ=MONTHLY;BYMONTHDAY=29",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
  undefined,
];
const time = fc.constantFrom(...HOURS);
const range = fc.record({ from: time, to: time });
/** Windows whose ends the hours above are likely to run into. */
const tightWindow = fc.constantFrom(
  { from: "16:58", to: "17:00" },
  { from: "17:00", to: "17:03" },
  { from: "20:50", to: "20:55" },
);

const policy = fc.record(
  {
    area: fc.constantFrom("ward", "group-1", "school"),
    quiet: fc.oneof(fc.constant([{ from: "21:00", to: "05:30" }]), fc.array(range, { maxLength: 2 })),
    windows: fc.array(fc.oneof(range, tightWindow), { minLength: 1, maxLength: 3 }),
    golden: fc.array(range, { maxLength: 1 }),
    weekdays: fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7]),
    sessionsPerDay: fc.integer({ min: 0, max: 4 }),
    minutesPerSession: fc.integer({ min: 1, max: 20 }),
    minutesPerDay: fc.integer({ min: 1, max: 40 }),
  },
  { requiredKeys: ["area"] },
);

/** A receiver without a name. */
export const anyReceiver = fc.record({
  area: fc.constantFrom("ward", "group-1", "group-2", "school"),
  kind: fc.constantFrom("fixed", "van"),
  disabled: fc.boolean(),
});

const schedule = fc.record({
  class: fc.constantFrom("ordinary", "ordinary", "priority", "emergency"),
  order: fc.integer({ min: 0, max: 2 }),
  rule: fc.constantFrom(...RULES),
  at: fc.uniqueArray(time, { minLength: 1, maxLength: 4 }),
  timing: fc.oneof(
    fc.constant({ kind: "hard" }),
    fc.record({ kind: fc.constant("soft"), waitMs: fc.constantFrom(0, 120_000, 600_000, 3_600_000) }),
  ),
  maxMs: fc.constantFrom(240_000, 3_600_000),
  lateMs: fc.constantFrom(0, 120_000, 3_600_000),
  areas: fc.subarray(["ward", "group-1", "school"]),
  receivers: fc.subarray(["pole-0", "pole-1"]),
  except: fc.subarray(["pole-0", "pole-2"]),
  kinds: fc.constantFrom(["fixed"], ["fixed", "van"]),
  lengths: fc.array(fc.constantFrom(8, 45, 200, 500), { minLength: 1, maxLength: 3 }),
});

/** A ward with anything in it. */
export const anyStation: fc.Arbitrary<PlanInput> = fc
  .record({
    span: fc.constantFrom(...SPANS),
    policies: fc.array(policy, { maxLength: 3 }),
    receivers: fc.array(anyReceiver, { minLength: 1, maxLength: 5 }),
    schedules: fc.array(schedule, { minLength: 1, maxLength: 8 }),
  })
  .map(({ span, policies, receivers, schedules }) =>
    aStation({
      ...span,
      policies,
      receivers: receivers.map((one, index) => ({ id: `pole-${index}`, name: `Cột ${index}`, ...one })),
      schedules: schedules.map(({ areas, receivers: own, except, kinds, lengths, ...rest }, index) =>
        aSchedule(`lich-${index}`, { ...rest, start: span.from, targets: { areas, receivers: own, except, kinds } }),
      ),
      lengths: {},
      playlists: schedules.map(({ lengths }, index) =>
        aPlaylist(
          `lich-${index}`,
          lengths.map((seconds) => ({ kind: "announcement", announcement: `tin-${seconds}` })),
        ),
      ),
      announcements: [8, 45, 200, 500].map((seconds) => anAnnouncement(`tin-${seconds}`, seconds)),
    }),
  );
