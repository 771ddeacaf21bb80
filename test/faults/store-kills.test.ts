import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { openAsRunLog } from "../../src/server/store/as-run-log.js";
import { openStore } from "../../src/server/store/store.js";
import { FakeClock } from "../support/fake-clock.js";

const writer = fileURLToPath(new URL(`../server/store/writer${extname(import.meta.url)}`, import.meta.url));

describe("the store, when its process is killed at any moment", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Starts a writer, kills it with SIGKILL after `lines` acknowledged writes, and returns what it acknowledged. */
  async function killedAfter(lines: number): Promise<string[]> {
    const child = fork(writer, [folder], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let text = "";
    child.stdout?.setEncoding("utf8");
    child.stdout?.on("data", (piece: string) => {
      text += piece;
      if (text.split("\n").length > lines) child.kill("SIGKILL");
    });
    await ended;
    return text.split("\n").slice(0, -1);
  }

  it("loses no acknowledged write, in 30 kills", async function () {
    this.timeout(60_000);
    const acknowledged = new Map<string, number>();
    let logged = 0;
    for (let kill = 0; kill < 30; kill++) {
      // A prime step through the first hundred lines hits ever other moments of the group commit.
      for (const row of await killedAfter(1 + ((kill * 37) % 101))) {
        const [kind, id = "", value] = row.split(" ");
        if (kind === "put") acknowledged.set(id, Math.max(Number(value), acknowledged.get(id) ?? 0));
        if (kind === "log") logged = Math.max(logged, Number(id));
      }
    }
    expect(acknowledged.size).to.be.greaterThan(5);
    const { state, lines, check } = await found(folder);
    for (const [id, value] of acknowledged) expect(state.get(id) ?? 0, id).to.be.at.least(value);
    expect(logged).to.be.greaterThan(30);
    expect(lines).to.be.at.least(logged);
    expect(check.ok).to.equal(true);
  });
});

async function found(folder: string) {
  const store = await openStore({ folder, clock: new FakeClock(), log: silentLog });
  const log = openAsRunLog({ path: join(folder, "config", "log.db"), clock: new FakeClock(), log: silentLog });
  const state = new Map(
    store.meta.all().flatMap((meta) => (meta.kind === "done" ? [[meta.id, meta.at] as const] : [])),
  );
  const check = await log.verify();
  const lines = log.head().n;
  log.close();
  await store.close();
  return { state, lines, check };
}
