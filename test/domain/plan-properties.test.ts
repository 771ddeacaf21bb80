import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import * as fc from "fast-check";
import { type Epoch, epoch } from "../../src/base/units.js";
import { airtimeOn } from "../../src/domain/airtime.js";
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
import { aStation } from "../support/a-station.js";
import { anyReceiver, anyStation } from "../support/any-station.js";
import { checkProperty } from "../support/check-property.js";

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
      fc.property(anyStation, (input) => {
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
      fc.property(anyStation, (input) => {
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
      fc.property(anyStation, (input) => {
        const got = [...heard(input, plan(input).lines)].map((one) => `${one.line.occurrence} ${one.receiver.id}`);
        expect(got.sort()).to.deep.equal(expectedPairs(input));
      }),
    );
  });

  it("keeps the airtime of every day, emergencies apart", () => {
    checkProperty(
      fc.property(anyStation, (input) => {
        const told = byReceiver(input, sounding(plan(input).lines));
        for (const one of input.receivers) checkAirtime(input, one, told.get(one.id) ?? []);
      }),
    );
  });

  it("waits no longer than allowed, and keeps a strict hour", () => {
    checkProperty(
      fc.property(anyStation, (input) => {
        for (const { planned, start, timing, notAfter, class: of } of sounding(plan(input).lines)) {
          expect(start - planned).to.be.within(0, timing.kind === "soft" ? timing.waitMs : 0);
          expect(notAfter - start).to.be.within(0, of === "ordinary" ? 120_000 : 3_600_000);
        }
      }),
    );
  });

  it("names the one that won, and it is never of a lower class", () => {
    checkProperty(
      fc.property(anyStation, (input) => {
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
      fc.property(anyStation, (input) => {
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
      fc.property(anyStation, anyReceiver, fc.boolean(), (input, more, first) => {
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
      fc.property(anyStation, fc.nat({ max: 100 }), (input, percent) => {
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
    const allowed = airtimeOn(placeAt(input, one, first.planned), input, dayOf(input, first.planned));
    const inOrder = [...lines].sort((a, b) => a.start - b.start);
    const minutes = (some: readonly RundownLine[]) =>
      some.reduce((sum, line) => sum + line.end - line.start, 0) / 60_000;
    const sessions: RundownLine[][] = [];
    for (const [index, line] of inOrder.entries()) {
      const gap = line.start - (inOrder[index - 1]?.end ?? Number.NEGATIVE_INFINITY);
      if (gap > 300_000) sessions.push([line]);
      else sessions.at(-1)?.push(line);
    }
    expect(sessions.length).to.be.at.most(allowed.sessionsPerDay ?? Infinity);
    expect(minutes(lines)).to.be.at.most(allowed.minutesPerDay ?? Infinity);
    for (const session of sessions) expect(minutes(session)).to.be.at.most(allowed.minutesPerSession ?? Infinity);
  }
}

function inWindow({ from, to }: { from: string; to: string }, second: number): boolean {
  const [begin, end] = [from, to].map((text) => secondsOf(text as Parameters<typeof secondsOf>[0]));
  if (begin === undefined || end === undefined) return false;
  return begin < end ? second >= begin && second < end : second >= begin || second < end;
}
