import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { startServer } from "../../src/server/app.js";
import { loadStation } from "../../src/server/config.js";
import { openHouse } from "../support/whole-house.js";
import { PAGES } from "./length.js";

const PAGE = 4096;

const DAMAGES: Record<string, (bytes: Buffer, at: number) => Buffer> = {
  zeroed: (bytes, at) => Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + PAGE)),
  torn: (bytes, at) =>
    Buffer.from(bytes).fill(0, at + Math.min(512, (bytes.length - at) >> 1), Math.min(bytes.length, at + PAGE)),
  cut: (bytes, at) => bytes.subarray(0, at),
};

/** What people write is refused with file and line; what belongs to a running program alone is made anew. */
const NOT_STATE = /(?:station|areas|policy|levels)\.json$|\.reserve$|-shm$|\/lock/;

describe("a station of whose files the disk has damaged one", function () {
  this.timeout(900_000);
  let folder: string;
  let whole: string;
  let files: string[];

  const filesIn = async (place: string): Promise<string[]> => {
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-hong-"));
    whole = join(folder, "whole");
    const house = await openHouse();
    await house.addRelay("loa-1");
    await house.call("POST", "/announcements", {
      ...{ id: "tin", title: "Tin thử", class: "ordinary", topic: "thu", text: "Kính mời bà con đi họp lúc 19 giờ." },
    });
    await house.restartServer(() => cp(house.folder, whole, { recursive: true }));
    await house.close();
    const state = await filesIn(join(whole, "config"));
    files = state.map((path) => relative(whole, path)).filter((path) => !NOT_STATE.test(path));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Opens it and says what was said aloud, and what it still knows. */
  const open = async (place: string) => {
    const told: string[] = [];
    const log = { ...silentLog, error: (event: string) => void told.push(event) };
    const station = loadStation(place, { env: {}, flags: { port: 0 } });
    const server = await startServer(station, { clock: systemClock, random: Math.random, log });
    const receivers = server.control.station().receivers.total;
    await server.stop();
    return { told, receivers };
  };

  it("opens, whichever file and whichever 4 kB of it, keeps its loudspeakers, and says so aloud", async () => {
    expect(files.filter((path) => path.startsWith("config/keys/")).length).to.be.at.least(4);
    expect(files).to.include.members(["config/log.db", "config/token", "config/state/receivers.json"]);
    const silent: string[] = [];
    for (const file of files) {
      const { size } = await stat(join(whole, file));
      // Every page of the log, and of files of many pages, is tried where they are opened alone.
      for (let at = 0; at < Math.min(size, PAGES * PAGE); at += PAGE)
        for (const [how, damage] of Object.entries(DAMAGES)) {
          const place = join(folder, "tried");
          await cp(whole, place, { recursive: true });
          await writeFile(join(place, file), damage(await readFile(join(place, file)), at));
          const where = `${file} ${how} at ${at}`;
          const { told, receivers } = await open(place).catch((thrown: unknown) => {
            throw new Error(`${where}: ${thrown}`);
          });
          expect(receivers, where).to.equal(1);
          const isTold = told.some((event) => /damaged|mended|fell-back/.test(event));
          if (!isTold) silent.push(where);
          await rm(place, { recursive: true, force: true });
        }
    }
    // Nothing is lost with a copy or an older generation while the file itself is whole, nor with what the newest lines cover.
    const unsaid = silent.filter(
      (where) => !/\.copy |\.json\.[12] |log\.db-wal cut|log\.db (?:zeroed|torn)/.test(where),
    );
    expect(unsaid).to.deep.equal([]);
  });
});
