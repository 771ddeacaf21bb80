import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { Fault } from "../../src/base/errors.js";
import { silentLog } from "../../src/base/log.js";
import { initStation } from "../../src/cli/init.js";
import type { Occasion } from "../../src/server/backup/automatic.js";
import type { backUpApart, Outcome } from "../../src/server/backup/backup-apart.js";
import { createBackupDesk } from "../../src/server/backup-desk.js";
import { eventually } from "../support/whole-house.js";

const HOA = { name: "Chị Hoa" };

describe("backups by hand", () => {
  let root: string;
  let lines: string[];
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-by-hand-"));
    lines = [];
  });
  afterEach(() => fs.rm(root, { recursive: true }));
  const start = (backUp?: typeof backUpApart) =>
    createBackupDesk({
      taskFor: (occasion: Occasion) => ({ station: join(root, "dai"), folder: join(root, "luu"), occasion, keep: 14 }),
      ...{ clock: systemClock, now: systemClock.date, log: silentLog },
      asRun: { event: ({ kind, by }) => void lines.push(`${kind} ${typeof by === "object" ? by.name : by}`) },
      ...(backUp ? { backUp } : {}),
    });
  /** A backup program in the hands of the test. */
  const inHand = () => {
    const hand = { end: (_: Outcome) => {}, share: (_: number) => {}, killed: 0 };
    const backUp: typeof backUpApart = (_task, _clock, onShare = () => {}) => {
      hand.share = onShare;
      const outcome = new Promise<Outcome>((resolve) => {
        hand.end = resolve;
      });
      return {
        outcome,
        end() {
          hand.killed += 1;
          hand.end({ kind: "failed", words: { vi: "bị dừng", en: "was ended" } });
        },
      };
    };
    return { hand, backUp };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it("are made by a program of their own, checked, and listed with their size", async () => {
    await initStation(join(root, "dai"));
    const desk = start();
    desk.verbs.startBackup(HOA);
    expect((await desk.verbs.backups()).running).to.include({ occasion: "by-hand", by: "Chị Hoa" });
    const { kept } = await eventually("the backup", 20_000, async () => {
      const now = await desk.verbs.backups();
      return now.kept.length > 0 && !now.running && now;
    });
    expect(kept[0]).to.include({ occasion: "by-hand" });
    expect(kept[0]?.files).to.be.above(3);
    expect(lines).to.deep.equal(["backup.begun Chị Hoa", "backup.made Chị Hoa"]);
  }).timeout(30_000);

  it("tell how far they are, one at a time, the daily one included", async () => {
    const { hand, backUp } = inHand();
    const desk = start(backUp);
    desk.verbs.startBackup(HOA);
    hand.share(0.4);
    expect((await desk.verbs.backups()).running?.share).to.equal(0.4);
    expect(desk.isBusy()).to.equal(true);
    expect(() => desk.verbs.startBackup(HOA))
      .to.throw(Fault)
      .with.property("reason", "backup-runs");
    hand.end({ kind: "made", files: 3, bytes: 9 });
    await settled();
    expect(desk.isBusy()).to.equal(false);
    desk.begin({ station: "", folder: join(root, "luu"), occasion: "daily", keep: 14 });
    expect(() => desk.verbs.startBackup(HOA)).to.throw(Fault);
    desk.verbs.cancelBackup(HOA);
    expect(hand.killed, "the daily one is nobody's to give up").to.equal(0);
  });

  it("are given up without an alarm, and say why they came to nothing otherwise", async () => {
    const { hand, backUp } = inHand();
    const desk = start(backUp);
    desk.verbs.startBackup(HOA);
    desk.verbs.cancelBackup(HOA);
    await settled();
    expect(await desk.verbs.backups()).to.not.have.any.keys("running", "failed");
    desk.verbs.cancelBackup(HOA);
    desk.verbs.startBackup(HOA);
    hand.end({ kind: "failed", words: { vi: "Đĩa đầy.", en: "The disk is full." } });
    await settled();
    expect((await desk.verbs.backups()).failed?.words.vi).to.equal("Đĩa đầy.");
    expect(lines.map((line) => line.split(" ")[0])).to.deep.equal([
      "backup.begun",
      "backup.cancelled",
      "backup.begun",
      "backup.failed",
    ]);
  });
});
