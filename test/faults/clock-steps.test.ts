import { expect } from "chai";
import * as fc from "fast-check";
import { toEpoch } from "../../src/base/units.js";
import { placeOf } from "../../src/domain/place.js";
import { plan } from "../../src/domain/plan.js";
import type { Result } from "../../src/domain/ticket.js";
import { zoneOf } from "../../src/domain/zone.js";
import type { JournalLine } from "../../src/protocol/messages.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";
import { type Happening, violations } from "../support/history.js";
import { openPaperStation, type PaperStation } from "../support/paper-station.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const clock = (minute: number) =>
  `${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
/** Two poles that sound eight seconds every four minutes from eight to half past ten; one item nobody has approved. */
const station = aStation({
  schedules: [
    aSchedule("le", { at: Array.from({ length: 19 }, (_, index) => clock(8 * index + 4)) }),
    aSchedule("chan", {
      at: Array.from({ length: 19 }, (_, index) => clock(8 * index)),
      class: "priority",
      lateMs: 90_000,
    }),
    aSchedule("nhap", { at: [clock(34)] }),
  ],
  lengths: { le: 8, chan: 8 },
  playlists: [aPlaylist("nhap", [{ kind: "announcement", announcement: "nhap" }])],
  announcements: [anAnnouncement("nhap", 5, { approval: undefined })],
});
const eight = station.from + 8 * HOUR;
const planned = plan(station).lines;
/** What one of the stories adds to the plan. */
const BY_EDIT = "moi@20261123t010400z";

/** One occurrence at one receiver in a run. */
interface Fate {
  readonly name: string;
  readonly start: number;
  readonly notAfter: number;
  readonly results: readonly Result[];
  readonly beginnings: readonly JournalLine[];
  /** Seconds within its tolerance that the receiver lived through before it was too late for the first time. */
  readonly chances: number;
}

function chancesIn(
  lived: readonly number[],
  { start, notAfter }: { readonly start: number; readonly notAfter: number },
) {
  const late = lived.findIndex((at) => at > notAfter);
  return lived.slice(0, late < 0 ? lived.length : late).filter((at) => at >= start).length;
}

describe("the station when time does not go on evenly", () => {
  /** Runs a story from two minutes before eight; afterwards time goes on evenly until everything must be known. */
  async function tell(story: (house: PaperStation) => Promise<void>) {
    const lived = new Map<string, number[]>();
    const house = await openPaperStation(station, {
      at: eight - 2 * MINUTE,
      onSecond: ({ id, now }) => lived.set(id, [...(lived.get(id) ?? []), toEpoch(now())]),
    });
    await house.pass(MINUTE);
    await story(house);
    await house.pass(5 * MINUTE);
    const end = house.clock.date();
    const events = house.disk.asRun.events;
    const { written } = house.disk.asRun;
    const fates = planned.flatMap((line): Fate[] =>
      line.fate === "dropped"
        ? []
        : house.speakers.map(({ id, lines }) => ({
            name: `${line.occurrence} at ${id}`,
            ...line,
            results: written.filter(({ occurrence, receiver }) => occurrence === line.occurrence && receiver === id),
            beginnings: lines().filter(({ cue, event }) => cue === line.occurrence && event === "started"),
            chances: chancesIn(lived.get(id) ?? [], line),
          })),
    );
    return {
      house,
      fates,
      /** Those of which everything must be known at the end. */
      over: fates.filter(({ notAfter }) => notAfter + 2 * MINUTE < end),
      dropped: events.filter(({ kind }) => kind === "occurrence.dropped"),
    };
  }
  type Told = Awaited<ReturnType<typeof tell>>;

  /** What must be so whatever happened. Returns a sentence for each breach. */
  function breaches({ house, fates, over }: Told): string[] {
    const found: string[] = [];
    for (const { name, start, notAfter, beginnings, chances } of fates) {
      if (beginnings.length > 1) found.push(`${name} began ${beginnings.length} times`);
      for (const { at } of beginnings) {
        if (at / 1000 > notAfter + SECOND) found.push(`${name} began ${at / 1000 - start} ms late`);
        if (at / 1000 < start - 1) found.push(`${name} began ${start - at / 1000} ms early`);
      }
      // One second to hear of it, one to write it down, one to begin.
      if (chances > 3 && beginnings.length === 0) found.push(`${name} was skipped, with ${chances} s to begin`);
    }
    for (const { name, results, beginnings } of over) {
      if (results.length !== 1) found.push(`${name} has ${results.length} results`);
      for (const { state, why } of results) {
        const expected = beginnings.length > 0 ? "played" : "missed";
        if (state !== expected) found.push(`${name} ended ${state} (${why}), not ${expected}`);
        if (state !== "played" && !why) found.push(`${name} ended ${state} without a reason`);
      }
    }
    return [...found, ...violations(happenings(house), { placeOf: placeAt })];
  }

  const day = zoneOf(station.zone).toLocal(station.from).date;
  const placeAt = (receiver: string) => {
    const found = station.receivers.find(({ id }) => id === receiver);
    if (!found) throw new Error(receiver);
    return placeOf(station, found.area, day);
  };
  /** By time as it was lived, not by what the clocks said. */
  const happenings = ({ speakers }: PaperStation): Happening[] => [
    ...["le", "chan"].map((announcement): Happening => ({ kind: "approved", at: 0, announcement })),
    ...[...planned.flatMap(({ occurrence, fate }) => (fate === "dropped" ? [] : [occurrence])), BY_EDIT].map(
      (cue): Happening => ({ kind: "ordered", at: 0, cue, receivers: "all" }),
    ),
    ...speakers.flatMap(({ id, lines }) =>
      lines().flatMap(({ event, cue, at, dueAt = at, class: of = "ordinary", announcements = [] }): Happening[] => {
        const shared = { receiver: id, cue, at: at / 1000 };
        if (event === "finished" || event === "cut") return [{ kind: "ended", ...shared }];
        if (event !== "started") return [];
        const lateMs = (at - dueAt) / 1000;
        return [{ kind: "started", ...shared, class: of, announcements, confirmed: false, lateMs }];
      }),
    ),
  ];
  const missed = ({ over }: Told) => over.filter(({ beginnings }) => beginnings.length === 0);
  const played = ({ over }: Told) => over.filter(({ beginnings }) => beginnings.length > 0);

  it("sounds everything once when nothing happens, and says once what was not approved", async () => {
    const told = await tell((house) => house.pass(HOUR));
    expect(breaches(told)).to.deep.equal([]);
    expect(missed(told)).to.deep.equal([]);
    expect(played(told)).to.have.length(2 * 15);
    expect(told.dropped.map(({ why }) => why)).to.deep.equal(["not-approved"]);
  });

  it("writes down as missed what a forward step of an hour jumped over, sounds none of it, and goes on", async () => {
    const told = await tell(async (house) => {
      await house.pass(10 * MINUTE);
      house.clock.step(HOUR);
      await house.pass(20 * MINUTE);
    });
    expect(breaches(told)).to.deep.equal([]);
    expect(missed(told)).to.have.length.within(2 * 14, 2 * 15);
    expect(played(told).length).to.be.greaterThan(2 * 6);
    expect(told.dropped.map(({ why }) => why)).to.deep.equal(["not-approved"]);
  });

  it("repeats nothing after a backward step of ten minutes, and skips nothing", async () => {
    const told = await tell(async (house) => {
      await house.pass(30 * MINUTE);
      house.clock.step(-10 * MINUTE);
      await house.pass(30 * MINUTE);
    });
    expect(breaches(told)).to.deep.equal([]);
    expect(missed(told)).to.deep.equal([]);
  });

  it("lives through five seconds of standing still at any moment around an air time", async () => {
    for (let offset = -35; offset <= 15; offset += 5) {
      const told = await tell(async (house) => {
        await house.pass(5 * MINUTE + offset * SECOND);
        await house.stall(5 * SECOND);
        await house.pass(4 * MINUTE);
      });
      expect(breaches(told), `${offset} s`).to.deep.equal([]);
      expect(missed(told), `${offset} s`).to.deep.equal([]);
    }
  });

  it("lives through a restart at any moment around an air time", async () => {
    for (let offset = -35; offset <= 15; offset += 1) {
      const told = await tell(async (house) => {
        await house.pass(5 * MINUTE + offset * SECOND);
        await house.restart(3 * SECOND);
        await house.pass(4 * MINUTE);
      });
      expect(breaches(told), `${offset} s`).to.deep.equal([]);
      expect(missed(told), `${offset} s`).to.deep.equal([]);
    }
  });

  it("does not let an edit touch what is frozen, and counts nothing that it puts into the past", async () => {
    const told = await tell(async (house) => {
      await house.pass(5 * MINUTE - 15 * SECOND);
      const gap = { kind: "soft", waitMs: 600_000 };
      const late = aSchedule("moi", { at: ["08:01", "08:04"], class: "priority", playlist: "chan", timing: gap });
      await house.control.putSchedule(late, { expected: undefined, by: { name: "Hoa" } });
      await house.pass(4 * MINUTE);
    });
    expect(breaches(told)).to.deep.equal([]);
    expect(missed(told)).to.deep.equal([]);
    const log = told.house.disk.asRun.events.filter(({ occurrence }) => occurrence?.startsWith("moi@"));
    expect(log.map(({ kind, occurrence }) => [kind, occurrence])).to.deep.equal([["occurrence.closed", BY_EDIT]]);
  });

  it("writes results for the time in which it was down, whatever the receivers played meanwhile", async () => {
    const told = await tell(async (house) => {
      await house.pass(10 * MINUTE);
      await house.restart(25 * MINUTE);
      await house.pass(10 * MINUTE);
    });
    expect(breaches(told)).to.deep.equal([]);
    expect(missed(told)).to.deep.equal([]);
  });

  it("keeps all of this through thirty random stories of steps, stalls and restarts", async () => {
    const span = fc.integer({ min: 5, max: 400 });
    const chapter = fc.record({
      after: span,
      what: fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: fc.constant("step"), by: fc.integer({ min: -900, max: 2400 }) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant("stall"), by: fc.constant(5) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart"), by: fc.integer({ min: 0, max: 60 }) }) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(chapter, { minLength: 1, maxLength: 4 }), async (chapters) => {
        const told = await tell(async (house) => {
          for (const { after, what } of chapters) {
            await house.pass(after * SECOND);
            if (what.kind === "step") house.clock.step(what.by * SECOND);
            else if (what.kind === "stall") await house.stall(what.by * SECOND);
            else await house.restart(what.by * SECOND);
          }
        });
        expect(breaches(told).join("\n")).to.equal("");
      }),
      { seed: 20261123, numRuns: 30 },
    );
  }).timeout(60_000);
});
