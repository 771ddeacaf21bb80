import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { codeOf } from "../../../src/base/system-words.js";
import { receiverId } from "../../../src/domain/ids.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { copyDatabase } from "../../../src/server/store/log-copy.js";
import { FakeClock } from "../../support/fake-clock.js";

/** Bytes of a page of SQLite. */
const PAGE = 4096;

describe("a log that is damaged inside", function () {
  this.timeout(60_000);
  let folder: string;
  let place: string;
  before(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    place = folder;
  });
  after(() => fs.rm(folder, { recursive: true }));

  const path = () => join(place, "log.db");
  /** Opens and closes it, if it opens; returns what is said about it. */
  const look = () => {
    const told: string[] = [];
    const log = { ...silentLog, error: (event: string) => void told.push(event) };
    try {
      openAsRunLog({ path: path(), clock: new FakeClock(), log, reserveBytes: 0 }).close();
    } catch (error) {
      // Such as where the book of days is gone: the station does not open, and has said why.
      if (codeOf(error) !== "SQLITE_CORRUPT") throw error;
    }
    return told;
  };
  const wholeLog = async () => {
    const log = openAsRunLog({ path: path(), clock: new FakeClock(), log: silentLog, reserveBytes: 0 });
    log.events(
      Array.from({ length: 60 }, (_, n) => ({
        ...{ kind: "announcement.saved", receiver: receiverId(`loa-${n % 7}`), why: `lý do ${n}` },
        ...{ by: { name: `Chị Hoa ${n % 5}` }, detail: { id: `tin-${n % 9}`, text: "x".repeat(200) } },
      })),
    );
    log.close();
    // What was written lies in a file beside it until it is taken over: a copy holds it all.
    copyDatabase(path(), join(folder, "copy.db"));
    return fs.readFile(join(folder, "copy.db"));
  };
  /** Each has a folder of its own: a connection that is closed may still tidy up beside its file. */
  const lay = async (bytes: Uint8Array) => {
    place = await fs.mkdtemp(join(folder, "log-"));
    await fs.writeFile(path(), bytes);
  };

  it("is told of when it opens, whichever page was zeroed, torn or cut off", async () => {
    const whole = await wholeLog();
    await lay(whole);
    expect(look(), "a whole one").to.deep.equal([]);
    const pages = whole.length / PAGE;
    expect(pages).to.be.within(20, 200);
    const unnoticed: string[] = [];
    for (let page = 0; page < pages; page++) {
      const [from, to] = [page * PAGE, (page + 1) * PAGE];
      const damages = {
        zeroed: Buffer.from(whole).fill(0, from, to),
        torn: Buffer.from(whole).fill(0, from, from + 512),
        ...(page === 0 ? {} : { "cut off": whole.subarray(0, from) }),
      };
      for (const [how, bytes] of Object.entries(damages)) {
        await lay(bytes);
        if (look().length === 0) unnoticed.push(`page ${page + 1} ${how}`);
      }
    }
    // A page that holds nothing has nothing to lose.
    expect(unnoticed).to.deep.equal([]);
  });
});
