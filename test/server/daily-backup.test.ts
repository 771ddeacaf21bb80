import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { epoch } from "../../src/base/units.js";
import { initStation } from "../../src/cli/init.js";
import { localTime } from "../../src/domain/local-time.js";
import { makeAutomaticBackup } from "../../src/server/backup/automatic.js";
import type { Outcome } from "../../src/server/backup/backup-apart.js";
import { createDailyBackup } from "../../src/server/daily-backup.js";
import { FakeClock } from "../support/fake-clock.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("the daily backup", () => {
  let root: string;
  let clock: FakeClock;
  let outcome: Outcome;
  let madeAt: string[];
  let lines: string[];
  const troubles = new Map<string, string>();
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-daily-"));
    // 14:00 in Đà Lạt.
    clock = new FakeClock(Date.UTC(2026, 10, 23, 7));
    outcome = { kind: "made", files: 3, bytes: 9 };
    [madeAt, lines] = [[], []];
    troubles.clear();
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  const local = () => new Date(clock.date() + 7 * HOUR).toISOString().slice(5, 16);
  const start = () =>
    createDailyBackup({
      task: { station: join(root, "dai"), folder: join(root, "luu"), occasion: "daily", keep: 14 },
      ...{ at: localTime("02:30"), zone: "Asia/Ho_Chi_Minh", clock, now: () => clock.date(), log: silentLog },
      asRun: { event: ({ kind }) => void lines.push(kind) },
      troubles: {
        raise: (kind, words) => void troubles.set(kind, words.vi),
        clear: (kind) => void troubles.delete(kind),
      },
      isBusy: () => false,
      backUp() {
        madeAt.push(local());
        return { outcome: Promise.resolve(outcome), end() {} };
      },
    });
  const go = async (daily: ReturnType<typeof start>, length: number) => {
    for (let passed = 0; passed < length; passed += MINUTE) {
      await daily.look();
      clock.advance(MINUTE);
    }
  };

  it("is made at its hour each day, and a new station's first after an hour", async () => {
    await go(start(), 60 * HOUR);
    expect(madeAt).to.deep.equal(["11-23T15:00", "11-24T02:30", "11-25T02:30"]);
    expect(lines).to.deep.equal(["backup.made", "backup.made", "backup.made"]);
  });

  it("is made soon after a start when its hour was missed, and not again on the same day", async () => {
    await initStation(join(root, "dai"));
    const yesterday = { date: () => epoch(Date.UTC(2026, 10, 21, 20)) };
    const task = { station: join(root, "dai"), folder: join(root, "luu"), occasion: "daily", keep: 14 } as const;
    await makeAutomaticBackup(task, yesterday);
    await go(start(), 11 * HOUR);
    expect(madeAt).to.deep.equal(["11-23T14:10"]);
    expect(start().lastMadeAt()).to.equal(undefined);
  });

  it("that fails is a trouble, tried again every hour, and over once one is good", async () => {
    const daily = start();
    outcome = { kind: "failed", words: { vi: "Ổ đĩa đã đầy.", en: "The disk is full." } };
    await go(daily, 3 * HOUR);
    expect(madeAt).to.deep.equal(["11-23T15:00", "11-23T16:00"]);
    expect(troubles.get("backup-failed")).to.include("Ổ đĩa đã đầy.").and.include(join(root, "luu"));
    outcome = { kind: "made", files: 1, bytes: 1 };
    await go(daily, HOUR);
    expect([...troubles]).to.deep.equal([]);
    expect(daily.lastMadeAt()).to.be.a("number");
  });

  it("that cannot look into its folder is a trouble, too", async () => {
    await fs.writeFile(join(root, "luu"), "");
    await start().look();
    expect(troubles.has("backup-failed")).to.equal(true);
  });
});
