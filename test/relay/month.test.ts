import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { openJournal } from "../../src/relay/disk/journal.js";
import { openMemory } from "../../src/relay/disk/memory-file.js";
import { createReports } from "../../src/relay/reports.js";
import { createPaperHouse, MORNING } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);
const DAYS = 30;
const A_DAY = 40;
/** From one sounding to the next: between six in the morning and half past eight in the evening. */
const EVERY_MS = 20 * 60_000;

describe("a loudspeaker that runs for a month", () => {
  it("sounds each cue once, holds no more timers, claims or lines at its end, and keeps its files small", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-month-"));
    const options = { log: silentLog, onFull: async () => {} };
    const disk = await openMemory(join(folder, "memory"), { ...options, hasPlayed: false });
    const journal = await openJournal(join(folder, "journal"), () => "j", options);
    // 06:00.
    const one = createPaperHouse({ at: MORNING - 2 * 3_600_000, kept: { disk, journal } });
    one.speaker.volume.confirm();
    const reports = createReports({
      ...{ clock: one.clock, journal, have: () => [], failed: () => [] },
      send: (message) => {
        if (message.t === "report") queueMicrotask(() => reports.reported("j", message.p.lines.at(-1)?.seq ?? 0));
        return true;
      },
      state: () => ({ ...one.speaker.state(undefined), sink: "ok" }),
    });
    reports.welcome(0);
    const armed = one.clock.armed;

    for (let day = 0; day < DAYS; day++) {
      const begin = MORNING - 2 * 3_600_000 + day * 86_400_000;
      one.clock.advance(begin - one.now() / 1000);
      one.setProgramme(
        Array.from({ length: A_DAY }, (_, index) =>
          aCue(CLIP, (begin + 60_000 + index * EVERY_MS) * 1000, {
            ...{ id: `ngay-${day}-${index}@20261123t000000z`, durationMs: 200 },
          }),
        ),
        { issuedAt: begin * 1000 },
      );
      for (let index = 0; index < A_DAY; index++) {
        one.clock.advance(begin + 58_000 + index * EVERY_MS - one.now() / 1000);
        one.catchUp();
        await one.play(2_600);
        reports.tick();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(one.sounded()).to.equal(DAYS * A_DAY);
    expect(one.house.head.claims()).to.deep.equal([]);
    expect(one.clock.armed, "timers").to.equal(armed);
    await journal.close();
    await disk.close();
    expect(journal.pending(0)).to.have.length(0);
    expect(disk.memory.played.size).to.be.at.most(4_096);
    for (const name of ["memory", "journal"])
      expect((await stat(join(folder, name))).size, name).to.be.below(1_500_000);
    await rm(folder, { recursive: true, force: true });
  }).timeout(60_000);
});
