import { readFileSync } from "node:fs";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { ms } from "../../src/base/units.js";
import { startWatchdog, watchdogPeriod } from "../../src/relay/watchdog.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the watchdog of a loudspeaker", () => {
  it("is told at once and three times in its patience, until the program ends", () => {
    const clock = new FakeClock();
    const words: string[] = [];
    const stop = startWatchdog({ clock, log: silentLog, period: ms(30_000), notify: (word) => words.push(word) });
    clock.advance(90_000);
    expect(words).to.deep.equal(Array.from({ length: 4 }, () => "WATCHDOG=1"));
    stop();
    clock.advance(90_000);
    expect(words).to.have.length(4);
    expect(clock.armed).to.equal(0);
  });

  it("is not told while the program turns and does not do its work", () => {
    const clock = new FakeClock();
    let [words, isWell] = [0, true];
    const notify = () => void words++;
    startWatchdog({ clock, log: silentLog, period: ms(30_000), isWell: () => isWell, notify });
    isWell = false;
    clock.advance(90_000);
    expect(words).to.equal(1);
    isWell = true;
    clock.advance(30_000);
    expect(words).to.equal(2);
  });

  it("is not told where nobody asks, or asks for nonsense", () => {
    const socket = { NOTIFY_SOCKET: "/run/systemd/notify" };
    expect(watchdogPeriod({ ...socket, WATCHDOG_USEC: "90000000" })).to.equal(30_000);
    for (const env of [
      {},
      socket,
      { WATCHDOG_USEC: "90000000" },
      { ...socket, WATCHDOG_USEC: "1" },
      { ...socket, WATCHDOG_USEC: "x" },
    ])
      expect(watchdogPeriod(env)).to.equal(undefined);
  });
});

describe("the unit of systemd", () => {
  const unit = readFileSync("src/relay/loa-relay.service", "utf8");
  const settingOf = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1];

  it("starts the program again whenever it ends, but for wrong options and a lost pairing", () => {
    expect(settingOf("Restart")).to.equal("always");
    expect(settingOf("RestartPreventExitStatus")?.split(" ")).to.have.members(["2", "77"]);
    expect(settingOf("StartLimitIntervalSec")).to.equal("0");
  });

  it("waits neither for the network nor for the time", () => {
    const after = `${settingOf("After")} ${settingOf("Wants")} ${settingOf("Requires")}`;
    expect(after).to.not.match(/network|time/);
  });

  it("lets a helper carry the watchdog's word", () => {
    expect(settingOf("NotifyAccess")).to.equal("all");
    expect(Number(settingOf("WatchdogSec"))).to.be.within(30, 300);
  });
});
