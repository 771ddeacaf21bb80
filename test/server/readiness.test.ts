import { tmpdir } from "node:os";
import { expect } from "chai";
import { ms } from "../../src/base/units.js";
import { readinessOf } from "../../src/server/health.js";
import type { StationTrouble } from "../../src/server/station-troubles.js";

describe("readiness", () => {
  const voice = { choice: { provider: "espeak", voice: "vi", speed: 1 }, title: { vi: "eSpeak", en: "eSpeak" } };
  const look = (sinceBeatMs: number, works = true, troubles: readonly StationTrouble[] = []) =>
    readinessOf({
      control: { sinceBeat: () => ms(sinceBeatMs) },
      pipeline: { describe: () => ({}) },
      voices: { list: () => [{ ...voice, works }] },
      folder: tmpdir(),
      upkeep: { troubles: () => troubles },
    });

  it("holds while the heart beats", async () => {
    expect((await look(1_000)).ready).to.equal(true);
  });

  it("ends when the heart has not beaten for ten seconds, and says what to do", async () => {
    const { ready, reasons } = await look(10_001);
    expect(ready).to.equal(false);
    expect(reasons.find(({ part }) => part === "heartbeat")?.words.vi).to.include("khởi động lại");
  });

  it("is weakened, not ended, by a missing voice", async () => {
    const { ready, reasons } = await look(1_000, false);
    expect(ready).to.equal(true);
    expect(reasons.map(({ part }) => part)).to.include("voice");
  });

  it("names troubles of the station itself, which keep nothing from sounding", async () => {
    const words = { vi: "Sao lưu hỏng", en: "The backup failed" };
    const { ready, reasons } = await look(1_000, true, [{ kind: "backup-failed", since: 0, words }]);
    expect(ready).to.equal(true);
    expect(reasons).to.deep.include({ part: "backup-failed", words });
  });
});
