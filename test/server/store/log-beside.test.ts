import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { pendingMigrations } from "../../../src/server/store/pending-migrations.js";
import { FakeClock } from "../../support/fake-clock.js";

/** What another program does that may write, such as somebody's own database tool: it counts the lines, and leaves. */
const COUNT = `
import Database from "libsql";
const database = new Database(process.argv[1]);
console.log(database.prepare("SELECT count(*) AS lines FROM line").get().lines);
database.close();`;

describe("a log that other programs look into while the station runs", () => {
  it("keeps each line that is written after they have left, also when it was opened before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-log-"));
    mkdirSync(join(folder, "config"));
    const path = join(folder, "config", "log.db");
    const open = () => openAsRunLog({ path, clock: new FakeClock(), log: silentLog, reserveBytes: 0 });
    const countApart = () => Number(execFileSync(process.execPath, ["--input-type=module", "-e", COUNT, path]));
    const first = open();
    first.event({ kind: "one" });
    first.close();
    // As a station does that starts again.
    await pendingMigrations(folder);
    const log = open();
    const counts = ["two", "three", "four"].map((kind) => {
      log.event({ kind });
      return countApart();
    });
    log.close();
    const after = countApart();
    await rm(folder, { recursive: true });

    expect([...counts, after]).to.deep.equal([2, 3, 4, 4]);
  });
});
