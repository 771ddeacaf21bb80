import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { ms } from "../../src/base/units.js";
import { areaId, receiverId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import type { JournalLine, ReceiverMessage } from "../../src/protocol/messages.js";
import type { Cue } from "../../src/protocol/orders.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { openAsRunLog } from "../../src/server/store/as-run-log.js";
import { aChirp } from "../relay/a-chirp.js";
import { startFakeServer } from "../relay/fake-server.js";
import { aCue } from "../relay/yard.js";
import { crystal } from "../support/crystal.js";
import { FakeClock } from "../support/fake-clock.js";
import { type Happening, violations } from "../support/history.js";
import { historyOfJournal } from "../support/journal-history.js";
import { createListeningSink, type Stretch } from "../support/listening-sink.js";

/** 07:00 on a Monday in Việt Nam, µs. */
const MONDAY = Date.UTC(2026, 10, 23, 0, 0, 0) * 1000;
const DAY = 86_400e6;
const LENGTH = 2_000;
/** A board's crystal counts this much too fast, parts in a million. */
const PPM = 40;
/** The station is there for half a day, and the board learns how its crystal drifts. */
const LEARNING = 12 * 3_600_000;
/** Farthest that time moves at once where nothing is about to sound, ms. */
const STRIDE = 60_000;

/** What is planned on each day, by the local hour, and what must come of it. */
const HOURS = [
  { name: "sang", at: "05:30:00", result: ["due", "started", "finished"] },
  { name: "trua", at: "11:15:30", result: ["due", "started", "finished"] },
  { name: "chieu", at: "17:00:00", result: ["due", "started", "finished"] },
  { name: "toi", at: "20:59:59", result: ["due", "started", "cut quiet-hours"] },
  { name: "khuya", at: "23:30:00", result: ["refused quiet-hours"] },
] as const;

type ReportBody = Extract<ReceiverMessage, { t: "report" }>["p"];

interface Planned {
  readonly cue: Cue;
  readonly result: readonly string[];
}

function aWeek(sha256: string): readonly Planned[] {
  return Array.from({ length: 7 }, (_, day) => day).flatMap((day) =>
    HOURS.map(({ name, at, result }) => {
      const [hour = 0, minute = 0, second = 0] = at.split(":").map(Number);
      // Tuesday is the first whole day.
      const local = (hour * 3600 + minute * 60 + second) * 1e6;
      const instant = MONDAY + (day + 1) * DAY - 7 * 3_600e6 + local;
      const id = `${name}@${new Date(instant / 1000)
        .toISOString()
        .replace(/[-:]|\.\d+/g, "")
        .toLowerCase()}`;
      return { cue: aCue(sha256, instant, { id, durationMs: LENGTH }), result };
    }),
  );
}

/** Real time for what the program has asked of disk and network. */
const breathe = (length = 0) =>
  new Promise((resolve) => (length > 0 ? setTimeout(resolve, length) : setImmediate(resolve)));

/**
 * The real program on a real disk, with a clock that is moved on by hand. Between soundings it moves in strides of a minute:
 * every timer that fell due meanwhile runs once, as on a machine that is held up, and the output leaves out what nobody would have
 * heard. From six seconds before a sounding to its end it moves block by block, and stands still while the disk is written.
 */
describe("a loudspeaker alone for a week", function () {
  this.timeout(300_000);
  let folder: string;
  let relay: Relay | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-week-"));
  });
  afterEach(async () => {
    await relay?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("sounds every planned item once, in time and never at night, and tells it all when the station is back", async () => {
    const truth = new FakeClock(MONDAY / 1000);
    const now = () => Math.round(MONDAY + truth.now() * 1000);
    const random = noise();
    const server = await startFakeServer({
      clock: now,
      carry: (arrive) => truth.after(ms(1 + random()), arrive),
    });
    const clip = aChirp(LENGTH);
    const sha256 = server.addClip(clip);
    const week = aWeek(sha256);
    server.setProgramme(
      "loa-a",
      week.map(({ cue }) => cue),
      { policies: [policySchema.parse({ area: "phuong" })], until: MONDAY + 9 * DAY },
    );
    const clock = crystal(truth, PPM, MONDAY / 1000);
    const sink = createListeningSink(() => MONDAY + truth.now() * 1000, 1 + PPM / 1e6);
    const state = join(folder, "loa-a");
    const starting = runRelay({
      ...{ server: server.url, pair: "code-loa-a", out: sink, state, clock, log: silentLog, random: () => 0.5 },
    });
    relay = await starting;

    const memory = () => readFile(join(state, "memory.ndjson"), "utf8");
    const move = async (length: number) => {
      truth.stall(length);
      truth.advance(0);
      await breathe();
    };
    const until = async (what: string, check: () => Promise<boolean> | boolean, step = 0) => {
      for (const end = performance.now() + 20_000; !(await check()); ) {
        if (performance.now() > end) throw new Error(`waited for ${what}`);
        truth.advance(step);
        await breathe(1);
      }
    };
    /** Moves on to a time, µs, in strides. */
    const stride = async (to: number) => {
      while (now() < to) await move(Math.min(STRIDE, (to - now()) / 1000));
    };

    await until("the clip", () => server.heard("loa-a", "clips").at(-1)?.have.length === 1, 10);
    for (let at = 0; at < LEARNING; at += 1_200_000) {
      await stride(MONDAY + at * 1000);
      // An exchange of times: the messages take real sockets, and made-up time.
      for (let index = 0; index < 80; index++) {
        truth.advance(1);
        await breathe(1);
      }
    }
    await server.away();

    for (const { cue } of week) {
      await stride(cue.at - 6e6);
      // Disk and decoders take real time, whatever hour is made up; on a busy machine, far more of it.
      while (now() < cue.at - 1.2e6) {
        await move(100);
        await breathe(5);
      }
      await until(
        cue.id,
        async () => (await memory()).includes(`"started","key":"${cue.id}"`) || cue.id.startsWith("khuya"),
        1,
      );
      await breathe(150);
      const end = cue.at + LENGTH * 1000 + 1e6;
      while (now() < end) await move(20);
    }
    const alone = (now() - MONDAY) / DAY;
    server.world.acknowledge = false;
    await server.back();
    await until(
      "the whole journal",
      () => server.journal("loa-a").length >= week.flatMap(({ result }) => result).length,
      50,
    );
    const before = server.heard("loa-a", "report").length;
    await until(
      "a report that nobody has acknowledged again",
      () => server.heard("loa-a", "report").length > before,
      50,
    );
    server.world.acknowledge = true;
    await until("an acknowledged report", () => server.heard("loa-a", "report").length > before + 1, 50);
    await relay.close();
    await server.close();

    expect(alone, "days").to.be.above(7);
    const sounding = week.filter(({ result }) => result.includes("started"));
    expect(sink.heard).to.have.length(sounding.length);
    const errors = sink.heard.map(({ trusted, real }, index) => {
      const at = sounding[index]?.cue.at ?? 0;
      return { trusted: Math.abs(trusted - at) / 1000, real: Math.abs(real - at) / 1000 };
    });
    expect(Math.max(...errors.map(({ trusted }) => trusted)), "by its own trusted time, ms").to.be.at.most(50);
    expect(Math.max(...errors.map(({ real }) => real)), "by the station's clock, ms").to.be.at.most(50);
    for (const { trusted, trustedEnd } of sink.heard)
      for (const at of [trusted, trustedEnd]) expect(isQuiet(at), new Date(at / 1000).toISOString()).to.equal(false);

    const lines = server.journal("loa-a");
    expect(lines.map(({ seq }) => seq)).to.deep.equal(lines.map((_, index) => index + 1));
    for (const { cue, result } of week)
      expect(
        lines.filter((line) => line.cue === cue.id).map(({ event, why }) => [event, why].filter(Boolean).join(" ")),
        cue.id,
      ).to.deep.equal([...result]);
    expect(violations(historyOf(week, lines, sink.heard), { placeOf: () => PLACE })).to.deep.equal([]);
    await keepTwice(join(folder, "log.db"), server.heard("loa-a", "report"), week);
  });
});

const stateOf = (result: readonly string[]) => {
  const last = result.at(-1);
  return last === "finished" ? "played" : last?.split(" ")[0];
};

/**
 * Brings the reports of the week into a station's own log as often as they came and twice again, the later ones first, over a restart
 * in the middle: each line is there once, in its place, and each occurrence has the result that the loudspeaker told.
 */
async function keepTwice(path: string, reports: readonly ReportBody[], week: ReturnType<typeof aWeek>): Promise<void> {
  const clock = new FakeClock(MONDAY / 1000);
  const open = () => openAsRunLog({ path, clock, log: silentLog, reserveBytes: 0 });
  const [loa, area] = [receiverId("loa-a"), areaId("phuong")];
  const lines = new Map(reports.flatMap((report) => report.lines.map((line) => [line.seq, line])));
  const journal = reports[0]?.journal ?? "";
  let log = open();
  for (const report of reports.slice(0, Math.ceil(reports.length / 2)))
    log.heard(loa, area, report.journal, report.lines);
  const first = log.reportedUpTo(loa, journal);
  log.close();
  log = open();
  expect(log.reportedUpTo(loa, journal), "known after a restart").to.equal(first);
  for (const report of [...[...reports].reverse(), ...reports]) log.heard(loa, area, report.journal, report.lines);

  const kept = await log.page({ receiver: loa }, lines.size * 3);
  expect(kept.map(({ seq }) => seq).sort((one, other) => Number(one) - Number(other))).to.deep.equal([...lines.keys()]);
  expect(log.reportedUpTo(loa, journal)).to.equal(lines.size);
  for (const { cue, result } of week) {
    const state = log.settledAt(cue.id).get(loa)?.state;
    expect(state, cue.id).to.equal(stateOf(result));
  }
  expect(await log.verify()).to.include({ ok: true, lines: lines.size });
  log.close();
}

const PLACE = {
  ...{ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false },
  policies: [policySchema.parse({ area: "phuong" })],
};

/** What was ordered, what it wrote down, what came out of it; its own last words are the results. */
function historyOf(week: readonly Planned[], lines: readonly JournalLine[], heard: readonly Stretch[]): Happening[] {
  const told = historyOfJournal("loa-a", lines);
  return [
    { kind: "approved", at: 0, announcement: "tin-mau" },
    ...week.flatMap(({ cue: { id: cue, at, notAfter } }): Happening[] => [
      { kind: "ordered", at: MONDAY / 1000, cue, receivers: ["loa-a"], lateMs: (notAfter - at) / 1000 },
      { kind: "due", at: notAfter / 1000, receiver: "loa-a", cue },
      { kind: "closed", at: (MONDAY + 9 * DAY) / 1000, cue },
    ]),
    ...told,
    ...told.flatMap((it): Happening[] => (it.kind === "told" ? [{ ...it, kind: "result" }] : [])),
    ...heard.map(
      ({ trusted, trustedEnd }): Happening => ({
        ...{ kind: "sounded", receiver: "loa-a", at: trusted / 1000, until: trustedEnd / 1000 },
      }),
    ),
  ];
}

/** 21:00 to 05:30 in Việt Nam. */
function isQuiet(at: number): boolean {
  const minute = (((at / 60e6) % 1440) + 7 * 60) % 1440;
  return minute >= 21 * 60 || minute < 5.5 * 60;
}

/** Pseudo-random and always the same. */
function noise(seed = 7) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
