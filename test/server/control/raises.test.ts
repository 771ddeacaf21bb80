import { expect } from "chai";
import type { Fault } from "../../../src/base/errors.js";
import { airtimeRaiseDraftSchema } from "../../../src/domain/airtime-raise.js";
import { aSchedule, aStation } from "../../support/a-station.js";
import { failureOf } from "../../support/failure-of.js";
import { openPaperStation } from "../../support/paper-station.js";

const HOUR = 3_600_000;
/** Monday 2026-11-23, half past six in the morning in Viet Nam. */
const MORNING = Date.UTC(2026, 10, 22, 23, 30);
const BY = { name: "Ông Bình", account: "binh" as never, from: "10.0.0.7", factor: "passkey" as const };
const reasonOf = async (attempt: Promise<unknown>) => ((await failureOf(attempt)) as Fault).reason;

describe("raising airtime", function () {
  // Days of a station, second by second.
  this.timeout(90_000);
  const open = () =>
    openPaperStation(
      aStation({
        policies: [{ minutesPerDay: 1 }],
        schedules: [aSchedule("sang", { at: ["07:00"] }), aSchedule("chieu", { at: ["17:00"] })],
        lengths: { sang: 45, chieu: 45 },
      }),
      { at: MORNING },
    );
  const draft = airtimeRaiseDraftSchema.parse({
    ...{ area: "ward", from: "2026-11-24", until: "2026-11-25", reason: "Đợt dịch mới", document: "12/MAU-KH" },
    minutesPerDay: 2,
  });
  type House = Awaited<ReturnType<typeof open>>;
  const started = ({ speakers }: House) =>
    speakers[0]?.lines().flatMap(({ event, announcements = [] }) => (event === "started" ? announcements : []));
  const events = ({ disk }: House) => disk.asRun.events.filter(({ kind }) => kind.startsWith("airtime."));

  it("tells before what the limits become and what the week gains, and does nothing of it", async () => {
    const house = await open();
    const { changes, total, limits } = await house.control.reviewRaise({ kind: "raise", raise: draft });
    expect(changes.map(({ kind, occurrence }) => `${kind} ${occurrence}`)).to.deep.equal([
      "added chieu@20261124t100000z",
      "added chieu@20261125t100000z",
    ]);
    expect(total).to.equal(2);
    expect(limits.map(({ words }) => words.vi)).to.deep.equal([
      "Phường Xuân Hương, Tổ 1, Tổ 2 và 1 nơi khác: phút mỗi ngày 1 → 2",
    ]);
    expect(house.control.airtimeRaises()).to.be.empty;
    expect(events(house)).to.be.empty;
  });

  it("makes more sound on its days and ends by itself, with who, why and by which document in the log", async () => {
    const house = await open();
    await house.control.raiseAirtime(draft, BY);
    await house.pass(12 * HOUR);
    expect(started(house)).to.deep.equal(["sang"]);
    await house.pass(24 * HOUR);
    expect(started(house)).to.deep.equal(["sang", "sang", "chieu"]);
    await house.pass(48 * HOUR);
    expect(started(house)).to.deep.equal(["sang", "sang", "chieu", "sang", "chieu", "sang"]);
    const [{ id = "", ...raise } = {}] = house.control.airtimeRaises();
    expect(raise).to.deep.include({
      ...draft,
      decided: { by: "Ông Bình", account: "binh", at: "2026-11-22T23:30:00.000Z" },
    });
    expect(events(house)).to.deep.equal([
      {
        ...{ kind: "airtime.raised", area: "ward", by: "Ông Bình", why: "Đợt dịch mới" },
        detail: { id, document: "12/MAU-KH" },
      },
    ]);
    expect(await reasonOf(house.control.endRaise(id, "hết dịch", BY))).to.equal("over");
  });

  it("can be ended early: from then on the day has its usual airtime", async () => {
    const house = await open();
    const { id } = await house.control.raiseAirtime(draft, BY);
    await house.pass(26 * HOUR);
    expect(started(house)).to.deep.equal(["sang", "sang"]);
    const ending = await house.control.reviewRaise({ kind: "end", id });
    expect(ending.changes.map(({ kind, occurrence }) => `${kind} ${occurrence}`)).to.deep.equal([
      "removed chieu@20261124t100000z",
      "removed chieu@20261125t100000z",
    ]);
    expect(ending.limits.map(({ before, after }) => [before, after])).to.deep.equal([
      [{ minutesPerDay: 2 }, { minutesPerDay: 1 }],
    ]);

    const ended = await house.control.endRaise(id, "dịch đã hết", BY);
    await house.pass(24 * HOUR);
    expect(started(house)).to.deep.equal(["sang", "sang", "sang"]);
    expect(ended.ended).to.include({ reason: "dịch đã hết", on: "2026-11-24", by: "Ông Bình" });
    expect(events(house).at(-1)).to.include({ kind: "airtime.raise-ended", area: "ward", why: "dịch đã hết" });
    expect(await reasonOf(house.control.endRaise(id, "dịch đã hết", BY))).to.equal("over");
    expect(await reasonOf(house.control.reviewRaise({ kind: "end", id }))).to.equal("over");
  });

  it("is refused with a sentence for days that are over, twice the same, and where it would raise nothing", async () => {
    const house = await open();
    const refused = async (more: object) => {
      const wish = { ...draft, ...more };
      const reason = await reasonOf(house.control.raiseAirtime(wish, BY));
      expect(await reasonOf(house.control.reviewRaise({ kind: "raise", raise: wish }))).to.equal(reason);
      return reason;
    };
    expect(await refused({ from: "2026-11-22" })).to.equal("day-over");
    const beforeToday = { ...draft, from: "2026-11-22" as typeof draft.from };
    const pathOf = async (attempt: Promise<unknown>) => ((await failureOf(attempt)) as Fault).path;
    expect(await pathOf(house.control.reviewRaise({ kind: "raise", raise: beforeToday }))).to.equal("/raise/from");
    expect(await pathOf(house.control.raiseAirtime(beforeToday, BY))).to.equal("/from");
    expect(await refused({ area: "khong-co" })).to.equal("unknown-area");
    expect(await refused({ minutesPerDay: 1 })).to.equal("raises-nothing");
    expect(await refused({ minutesPerDay: undefined, sessionsPerDay: 9 })).to.equal("raises-nothing");
    expect(events(house)).to.be.empty;
    await house.control.raiseAirtime(draft, BY);
    expect(await refused({ reason: "Lần nữa" })).to.equal("raised-already");
    expect((await failureOf(house.control.endRaise("khong-co", "dịch đã hết", BY))) as Fault).to.include({
      code: "not-found",
    });
  });
});
