import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import * as fc from "fast-check";
import { type Epoch, epoch } from "../../src/base/units.js";
import { isWithinAreas } from "../../src/domain/area.js";
import { rankOf } from "../../src/domain/class.js";
import { occurrenceId, type ReceiverId } from "../../src/domain/ids.js";
import { secondsOf } from "../../src/domain/local-time.js";
import { placeOf, policyOn } from "../../src/domain/place.js";
import { plan } from "../../src/domain/plan.js";
import { isQuiet, nextQuietChange } from "../../src/domain/policy-rules.js";
import type { Receiver } from "../../src/domain/receiver.js";
import { daysOf } from "../../src/domain/recurrence.js";
import type { PlanInput, RundownLine } from "../../src/domain/rundown.js";
import { zoneOf } from "../../src/domain/zone.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";
import { checkProperty } from "../support/check-property.js";

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

const receiver = fc.record({
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

const station: fc.Arbitrary<PlanInput> = fc
  .record({
    span: fc.constantFrom(...SPANS),
    policies: fc.array(policy, { maxLength: 3 }),
    receivers: fc.array(receiver, { minLength: 1, maxLength: 5 }),
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

const sounding = (lines: readonly RundownLine[]) => lines.filter((line) => line.fate !== "dropped");

const dayOf = (input: PlanInput, at: Epoch) => zoneOf(input.zone).toLocal(at).date;

const placeAt = (input: PlanInput, { area }: Receiver, at: Epoch) => placeOf(input, area, dayOf(input, at));

/** Every line once for each of its receivers. */
function* heard(input: PlanInput, lines: readonly RundownLine[]): Generator<{ receiver: Receiver; line: RundownLine }> {
  const byId = new Map(input.receivers.map((one) => [one.id, one]));
  for (const line of lines)
    for (const id of line.receivers) {
      const one = byId.get(id);
      if (one) yield { receiver: one, line };
    }
}

function byReceiver(input: PlanInput, lines: readonly RundownLine[]): Map<ReceiverId, RundownLine[]> {
  const found = new Map<ReceiverId, RundownLine[]>();
  for (const { receiver: one, line } of heard(input, lines)) found.set(one.id, [...(found.get(one.id) ?? []), line]);
  return found;
}

/** What a receiver is told about each occurrence, without the others that share its lines. */
const ownView = (input: PlanInput, id: ReceiverId) =>
  (byReceiver(input, plan(input).lines).get(id) ?? []).map(({ receivers: _others, ...own }) => own);

describe("plan, whatever it is given", () => {
  it("never sounds inside a quiet hour", () => {
    checkProperty(
      fc.property(station, (input) => {
        for (const { receiver: one, line } of heard(input, sounding(plan(input).lines))) {
          const place = placeAt(input, one, line.start);
          expect(isQuiet(place, line.start)).to.equal(false);
          expect(nextQuietChange(place, line.start) ?? Infinity).to.be.at.least(line.end);
          // A start as late as is allowed ends in time too.
          const late = nextQuietChange(place, line.start) ?? Infinity;
          expect(line.notAfter + (line.end - line.start)).to.be.at.most(late);
        }
      }),
    );
  });

  it("never sounds two at once at one receiver", () => {
    checkProperty(
      fc.property(station, (input) => {
        for (const lines of byReceiver(input, sounding(plan(input).lines)).values()) {
          const inOrder = [...lines].sort((a, b) => a.start - b.start);
          for (const [index, line] of inOrder.entries())
            expect(line.start).to.be.at.least(inOrder[index - 1]?.end ?? Number.NEGATIVE_INFINITY);
        }
      }),
    );
  });

  it("has every occurrence exactly once at each of its receivers", () => {
    checkProperty(
      fc.property(station, (input) => {
        const got = [...heard(input, plan(input).lines)].map((one) => `${one.line.occurrence} ${one.receiver.id}`);
        expect(got.sort()).to.deep.equal(expectedPairs(input));
      }),
    );
  });

  it("keeps the airtime of every day, emergencies apart", () => {
    checkProperty(
      fc.property(station, (input) => {
        const told = byReceiver(input, sounding(plan(input).lines));
        for (const one of input.receivers) checkAirtime(input, one, told.get(one.id) ?? []);
      }),
    );
  });

  it("waits no longer than allowed, and keeps a strict hour", () => {
    checkProperty(
      fc.property(station, (input) => {
        for (const { planned, start, timing, notAfter, class: of } of sounding(plan(input).lines)) {
          expect(start - planned).to.be.within(0, timing.kind === "soft" ? timing.waitMs : 0);
          expect(notAfter - start).to.be.within(0, of === "ordinary" ? 120_000 : 3_600_000);
        }
      }),
    );
  });

  it("names the one that won, and it is never of a lower class", () => {
    checkProperty(
      fc.property(station, (input) => {
        const { lines } = plan(input);
        const byOccurrence = new Map(lines.map((line) => [line.occurrence, line]));
        for (const line of lines) {
          const needs = ["superseded", "waited-too-long", "cut-by-other", "waits"].includes(line.reason ?? "");
          expect(line.because !== undefined || !needs, line.explanation?.en).to.equal(true);
          const winner = line.because && byOccurrence.get(line.because);
          const lost =
            line.reason === "superseded" || line.reason === "waited-too-long" || line.reason === "cut-by-other";
          if (winner && lost) expect(rankOf(winner.class)).to.be.at.least(rankOf(line.class));
          if (line.fate !== "airs") expect(line.explanation?.vi).to.contain(line.title);
        }
      }),
    );
  });

  it("sounds nothing outside the windows and weekdays of ordinary items", () => {
    checkProperty(
      fc.property(station, (input) => {
        const { toLocal } = zoneOf(input.zone);
        for (const { receiver: one, line } of heard(input, sounding(plan(input).lines))) {
          if (line.class !== "ordinary") continue;
          for (const at of [line.start, epoch(line.end - 1)]) {
            const { date, weekday, second } = toLocal(at);
            const { windows, weekdays } = policyOn(placeAt(input, one, at), date);
            expect(weekdays).to.include(weekday);
            if (windows) expect(windows.some((window) => inWindow(window, second))).to.equal(true);
          }
        }
      }),
    );
  });

  it("changes nobody else when a receiver is added", () => {
    checkProperty(
      fc.property(station, receiver, fc.boolean(), (input, more, first) => {
        const [added] = aStation({ receivers: [{ id: "pole-more", name: "Mới", ...more }] }).receivers;
        const all = added ? (first ? [added, ...input.receivers] : [...input.receivers, added]) : input.receivers;
        for (const { id } of input.receivers)
          expect(ownView({ ...input, receivers: all }, id)).to.deep.equal(ownView(input, id));
      }),
      { numRuns: 100 },
    );
  });

  it("plans a part of the span as it plans the whole", () => {
    checkProperty(
      fc.property(station, fc.nat({ max: 100 }), (input, percent) => {
        const from = epoch(Math.round(input.from + ((input.until - input.from) * percent) / 100));
        const whole = plan(input).lines.filter((line) => line.planned >= from);
        const part = plan({ ...input, from }).lines.filter((line) => line.planned >= from);
        expect(part).to.deep.equal(whole);
      }),
      { numRuns: 100 },
    );
  });

  it("is the same in whatever zone the process runs", async function () {
    this.timeout(30_000);
    const here = import.meta.url;
    const program = fileURLToPath(new URL(`../support/print-plan${here.slice(here.lastIndexOf("."))}`, here));
    const plans = await Promise.all(
      ["UTC", "Asia/Tokyo", "America/Los_Angeles"].map(async (TZ) => {
        const env = { ...process.env, TZ };
        const options = { env, maxBuffer: 64_000_000 };
        const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, program], options);
        return stdout;
      }),
    );
    expect(plans[0]).to.have.length.above(1000);
    expect(new Set(plans).size).to.equal(1);
  });
});

/** What is expected, the long way round: every schedule, day and time, for everybody it names. */
function expectedPairs(input: PlanInput): string[] {
  const { toEpoch } = zoneOf(input.zone);
  const days = { from: dayOf(input, input.from), to: dayOf(input, epoch(input.until - 1)) };
  const pairs = new Set<string>();
  for (const one of input.schedules)
    for (const { date } of daysOf(one, days, new Set()))
      for (const at of one.at) {
        const planned = toEpoch(date, secondsOf(at));
        const { areas, receivers, except, kinds } = one.targets;
        for (const { id, area, kind } of input.receivers) {
          const meant = isWithinAreas(input.areas, area, areas) || receivers.includes(id);
          if (meant && !except.includes(id) && kinds.includes(kind))
            pairs.add(`${occurrenceId(one.id, planned)} ${id}`);
        }
      }
  return [...pairs].sort();
}

function checkAirtime(input: PlanInput, one: Receiver, heardThere: readonly RundownLine[]): void {
  const days = new Map<string, RundownLine[]>();
  for (const line of heardThere) {
    const day = dayOf(input, line.planned);
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  for (const lines of days.values()) {
    const [first] = lines;
    if (!first || lines.some((line) => line.class === "emergency")) continue;
    const policy = policyOn(placeAt(input, one, first.planned), dayOf(input, first.planned));
    const inOrder = [...lines].sort((a, b) => a.start - b.start);
    const minutes = (some: readonly RundownLine[]) =>
      some.reduce((sum, line) => sum + line.end - line.start, 0) / 60_000;
    const sessions: RundownLine[][] = [];
    for (const [index, line] of inOrder.entries()) {
      const gap = line.start - (inOrder[index - 1]?.end ?? Number.NEGATIVE_INFINITY);
      if (gap > 300_000) sessions.push([line]);
      else sessions.at(-1)?.push(line);
    }
    expect(sessions.length).to.be.at.most(policy.sessionsPerDay ?? Infinity);
    expect(minutes(lines)).to.be.at.most(policy.minutesPerDay ?? Infinity);
    for (const session of sessions) expect(minutes(session)).to.be.at.most(policy.minutesPerSession ?? Infinity);
  }
}

function inWindow({ from, to }: { from: string; to: string }, second: number): boolean {
  const [begin, end] = [from, to].map((text) => secondsOf(text as Parameters<typeof secondsOf>[0]));
  if (begin === undefined || end === undefined) return false;
  return begin < end ? second >= begin && second < end : second >= begin || second < end;
}
