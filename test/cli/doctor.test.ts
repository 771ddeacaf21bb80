import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../src/base/errors.js";
import { silentLog } from "../../src/base/log.js";
import { type DoctorParts, examine, isWell } from "../../src/cli/doctor.js";
import { initStation } from "../../src/cli/init.js";
import { openStore } from "../../src/server/store/store.js";
import { FakeClock } from "../support/fake-clock.js";

describe("doctor", () => {
  const clock = new FakeClock();
  let root: string;
  let station: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-"));
    station = join(root, "station");
    await initStation(station);
  });
  afterEach(() => fs.rm(root, { recursive: true }));
  const fine = { vi: "được", en: "fine" };
  const look = (more: Partial<DoctorParts> = {}) =>
    examine(station, {
      surroundings: { env: {} },
      clock,
      nodeVersion: "20.19.0",
      testFfmpeg: async () => fine,
      testVoices: async () => fine,
      ...more,
    });
  const states = (found: Awaited<ReturnType<typeof look>>) =>
    Object.fromEntries(found.map(({ part, state }) => [part, state]));

  it("finds nothing wrong with a new station", async () => {
    const found = await look();
    expect(states(found)).to.include({ node: "ok", files: "ok", lock: "ok", clock: "ok", ffmpeg: "ok", voices: "ok" });
    expect(isWell(found.filter(({ part }) => part !== "disk"))).to.equal(true);
  });

  it("finds what it may not write", async () => {
    const found = await look({ mayWrite: (path) => !path.endsWith("playlists") });
    const disk = found.find(({ part }) => part === "disk");

    expect(disk?.state).to.equal("bad");
    expect(disk?.words.vi).to.equal(
      `Không có quyền ghi ${join(station, "playlists")}. Hãy cấp quyền ghi cho người dùng chạy chương trình.`,
    );
  });

  it("finds an old Node, a clock of 2017, an ffmpeg that fails and voices that are silent", async () => {
    const found = await look({
      nodeVersion: "18.20.4",
      clock: new FakeClock(Date.UTC(2017, 0, 1)),
      testFfmpeg: () => Promise.reject(new Fault("unavailable", { vi: "hỏng", en: "broken" })),
      testVoices: () => Promise.reject(new Error("no sound")),
    });
    expect(states(found)).to.include({ node: "bad", clock: "bad", ffmpeg: "bad", voices: "bad" });
    expect(found.find(({ part }) => part === "ffmpeg")?.words.vi).to.equal("hỏng");
    expect(isWell(found)).to.equal(false);
  });

  it("tells what is wrong in the files, and does not go on to what needs them", async () => {
    await fs.writeFile(join(station, "config/station.json"), '{ "station": { "nam": "x" } }');
    const found = await look();
    expect(found.find(({ part }) => part === "files")?.words.vi).to.include("có phải «name»?");
    expect(states(found)).to.not.have.any.keys("ffmpeg", "voices");
  });

  it("warns while nobody is told of emergencies, and names who is", async () => {
    const [before] = (await look()).filter(({ part }) => part === "notices");
    expect(before).to.include({ state: "warn" });
    expect(before?.words.vi).to.include("phá kính");

    const smtp = { host: "thu.example.vn", from: "dai@example.vn" };
    const told = async (kinds: readonly string[]) => {
      const recipients = [{ name: "Trực", email: "truc@example.vn", kinds }];
      const settings = { station: { name: "Đài thử" }, notices: { smtp, recipients } };
      await fs.writeFile(join(station, "config/station.json"), JSON.stringify(settings));
      return (await look()).find(({ part }) => part === "notices");
    };
    expect(await told(["alarm"])).to.include({ state: "warn" });
    expect((await told(["alarm", "emergency"]))?.words.vi).to.equal("Được báo khi có khẩn cấp: Trực");
  });

  it("warns of a station that is open to others", async () => {
    const found = await look({ surroundings: { env: { LOA_HOST: "0.0.0.0", LOA_ALLOW_REMOTE: "1" } } });
    expect(states(found).files).to.equal("warn");
  });

  it("says whether the station is running, without disturbing it", async () => {
    const store = await openStore({ folder: station, clock, log: silentLog });
    expect((await look()).find(({ part }) => part === "lock")?.words.en).to.include(`pid ${process.pid}`);
    await store.close();
    expect((await look()).find(({ part }) => part === "lock")?.words.en).to.include("not running");
  });
});
