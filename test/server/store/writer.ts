/** Writes into a store and its log for ever and says on stdout what has been acknowledged; its parent kills it. */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { openStore } from "../../../src/server/store/store.js";
import { FakeClock } from "../../support/fake-clock.js";

const folder = process.argv[2] ?? "";
const clock = new FakeClock();

try {
  const store = await openStore({ folder, clock, log: silentLog });
  const log = openAsRunLog({ path: join(folder, "config", "log.db"), clock, log: silentLog });
  const first = store.meta.all().reduce((most, meta) => (meta.kind === "done" ? Math.max(most, meta.at) : most), 0);
  for (let at = first + 1; ; at++) {
    const ids = [`a${at % 7}`, `b${at % 5}`];
    await Promise.all(
      ids.map(async (id) => {
        await store.meta.put({ kind: "done", id, at });
        writeSync(1, `put ${id} ${at}\n`);
      }),
    );
    log.event({ kind: "test" });
    writeSync(1, `log ${log.head().n}\n`);
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  writeSync(1, `${error.reason}\n`);
  process.exitCode = 3;
}
