import { expect } from "chai";
import * as fc from "fast-check";
import type { AnnouncementId, ReceiverId } from "../../src/domain/ids.js";
import { plan } from "../../src/domain/plan.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";
import { type Happening, violations } from "../support/history.js";
import { ordersOn, placeIn, recordsOn, soundsOn } from "../support/paper-history.js";
import { openPaperStation, type PaperStation } from "../support/paper-station.js";
import { RUNS, SEED } from "./length.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const BY = { name: "Hoa" };
const OFFICER = "Trưởng ca (thử)";
/** After this long without trouble everything must be known. */
const CALM = 10 * MINUTE;

const clock = (minute: number) =>
  `${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const every = (minutes: number, from: number) =>
  Array.from({ length: Math.ceil((50 - from) / minutes) }, (_, index) => clock(from + index * minutes));

/**
 * Three poles from eight o'clock on: items of many lengths and classes that meet each other, one that nobody approved, and
 * quiet hours in the middle, longer ones at the school.
 */
const station = aStation({
  receivers: [
    { id: "pole-1", name: "Cột 1", area: "group-1", kind: "fixed" },
    { id: "pole-2", name: "Cột 2", area: "group-2", kind: "fixed" },
    { id: "pole-3", name: "Cột 3", area: "school", kind: "fixed" },
  ],
  policies: [
    {
      quiet: [{ from: "08:15", to: "08:22" }],
      quietSensitive: [{ from: "08:12", to: "08:26" }],
    },
  ],
  schedules: [
    aSchedule("ngan", { at: every(3, 1), timing: { kind: "soft", waitMs: 120_000 } }),
    aSchedule("dai", { at: every(11, 4) }),
    aSchedule("uutien", { at: every(7, 2), class: "priority" }),
    aSchedule("nhap", { at: every(9, 3) }),
  ],
  lengths: { ngan: 8, dai: 95, uutien: 20 },
  playlists: [aPlaylist("nhap", [{ kind: "announcement", announcement: "nhap" }])],
  announcements: [
    anAnnouncement("nhap", 5, { approval: undefined }),
    anAnnouncement("khan", 12, { class: "emergency" }),
    anAnnouncement("thuhoi", 30),
  ],
});
const eight = station.from + 8 * 60 * MINUTE;
const APPROVED = ["ngan", "dai", "uutien", "khan", "thuhoi"];

const pole = fc.constantFrom("pole-1", "pole-2", "pole-3");
const act = fc.oneof(
  fc.record({ kind: fc.constant("restart"), forS: fc.integer({ min: 0, max: 90 }) }),
  fc.record({ kind: fc.constant("stall"), forS: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant("cut"), pole }),
  fc.record({ kind: fc.constant("mend"), pole }),
  fc.record({ kind: fc.constant("reboot"), pole }),
  fc.record({ kind: fc.constant("stop-all") }),
  fc.record({ kind: fc.constant("stop-area") }),
  fc.record({ kind: fc.constant("emergency"), confirmed: fc.boolean() }),
  fc.record({ kind: fc.constant("play") }),
  fc.record({ kind: fc.constant("recall"), what: fc.constantFrom("ngan", "dai", "thuhoi") }),
  fc.record({ kind: fc.constant("volume"), pole, percent: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constant("edit"), minute: fc.integer({ min: 0, max: 40 }) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const story = fc.record({
  repeats: fc.constantFrom(0, 0, 0.2),
  chapters: fc.array(fc.record({ afterS: fc.integer({ min: 0, max: 240 }), act }), { minLength: 1, maxLength: 9 }),
});

/** A run of one story, and what is held against it. */
function createRun(house: PaperStation) {
  const told: Happening[] = APPROVED.map((announcement) => ({ kind: "approved", at: 0, announcement }));
  const recalled = new Set<string>();
  const obeys = new Map<string, Set<string>>();
  const confirmed = new Set<string>();
  const connected = () => house.speakers.filter((one) => one.isConnected());
  const at = () => house.clock.date();
  const allowed = (task: Promise<unknown>) => task.catch(() => undefined);
  /** Those who have just come back hear of recalls before anything else. */
  const noteRecalls = () => {
    for (const { id, isConnected } of house.speakers)
      for (const announcement of isConnected() ? recalled : []) {
        const known = obeys.get(id) ?? new Set();
        if (known.has(announcement)) continue;
        obeys.set(id, known.add(announcement));
        told.push({ kind: "recalled", at: at() + 1_500, announcement, receivers: [id] });
      }
  };
  const stop = async (scope: Parameters<typeof house.control.stop>[0], reached: readonly { id: string }[]) => {
    told.push({ kind: "stop", at: at(), receivers: reached.map(({ id }) => id) });
    await house.control.stop(scope, BY);
    // The order is on its way for a moment; a line that is cut meanwhile is another story.
    await house.pass(SECOND);
  };

  const perform = async (what: Act): Promise<void> => {
    const { control } = house;
    switch (what.kind) {
      case "restart":
        return house.restart(what.forS * SECOND);
      case "stall":
        return house.stall(what.forS * SECOND);
      case "cut":
        return house.cut(what.pole as ReceiverId);
      case "mend":
        return house.mend(what.pole as ReceiverId);
      case "reboot":
        told.push({ kind: "killed", at: at(), receiver: what.pole });
        return house.reboot(what.pole as ReceiverId);
      case "stop-all":
        return stop({ kind: "all" }, connected());
      case "stop-area":
        return stop(
          { kind: "areas", areas: ["group-1" as never] },
          connected().filter(({ id }) => id === "pole-1"),
        );
      case "emergency":
      case "play": {
        const isEmergency = what.kind === "emergency";
        const ordered = control.playNow(
          {
            content: { kind: "announcement", announcement: (isEmergency ? "khan" : "thuhoi") as AnnouncementId },
            targets: { areas: ["ward" as never], receivers: [], except: [], kinds: ["fixed"] },
            class: isEmergency ? "emergency" : "ordinary",
            ...(isEmergency && what.confirmed ? { confirmedBy: OFFICER } : {}),
          },
          BY,
        );
        const answer = (await allowed(ordered)) as { occurrence?: string } | undefined;
        if (isEmergency && what.confirmed && answer?.occurrence) confirmed.add(answer.occurrence);
        return;
      }
      case "recall":
        await allowed(control.recall(what.what as AnnouncementId, undefined, BY));
        await house.pass(SECOND);
        recalled.add(what.what);
        return noteRecalls();
      case "volume":
        return void (await allowed(control.setVolume(what.pole as ReceiverId, what.percent, BY)));
      case "edit": {
        const moved = aSchedule("ngan", { at: every(3, 1 + (what.minute % 3)), lateMs: 60_000 });
        return void (await allowed(control.putSchedule(moved, { expected: undefined, by: BY })));
      }
    }
  };

  const sounds = () => soundsOn(house, (cue) => confirmed.has(cue));

  return {
    perform,
    noteRecalls,
    breaches: () =>
      violations([...told, ...ordersOn(house), ...sounds(), ...recordsOn(house)], {
        ...{ placeOf: placeIn(station), closedWithinMs: CALM / 2 },
      }),
    soundings: () => sounds().filter(({ kind }) => kind === "started").length,
  };
}

describe(`random runs of a whole station (seed ${SEED})`, function () {
  this.timeout(60_000 + RUNS * 3_000);

  it("has a programme to begin with that nothing is wrong with", () => {
    const { lines } = plan(station);
    expect(lines.filter(({ fate }) => fate !== "dropped").length).to.be.greaterThan(20);
    expect(lines.some(({ fate }) => fate === "dropped")).to.equal(true);
  });

  it(`keeps the rules that never bend through ${RUNS} stories of cuts, kills, stops, edits and emergencies`, async () => {
    let soundings = 0;
    await fc.assert(
      fc.asyncProperty(story, fc.integer(), async ({ repeats, chapters }, chance) => {
        let state = chance >>> 0;
        const random = () => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 32;
        };
        const house = await openPaperStation(station, { at: eight - MINUTE, repeats: () => random() < repeats });
        const run = createRun(house);
        await house.pass(MINUTE);
        for (const { afterS, act: what } of chapters) {
          for (let left = afterS; left > 0; left--) {
            await house.pass(SECOND);
            run.noteRecalls();
          }
          await run.perform(what);
        }
        for (const { id } of house.speakers) house.mend(id);
        for (let left = CALM; left > 0; left -= SECOND) {
          await house.pass(SECOND);
          run.noteRecalls();
        }
        soundings += run.soundings();
        const breaches = run.breaches();
        if (breaches.length > 0) expect.fail(breaches.join("\n"));
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(soundings / RUNS, "soundings in a run").to.be.greaterThan(5);
  });
});
