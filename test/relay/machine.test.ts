import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import * as fc from "fast-check";
import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { deviceHealthSchema } from "../../src/protocol/device-health.js";
import { startHardware } from "../../src/relay/hardware.js";
import {
  createTrafficCount,
  isHealthNews,
  parseLoad,
  parseSignal,
  parseTemperature,
  parseTraffic,
  parseUptime,
} from "../../src/relay/machine-figures.js";
import { createMachineHealth } from "../../src/relay/machine-health.js";
import { createSignalReading } from "../../src/relay/signal-reading.js";
import { checkProperty } from "../support/check-property.js";
import { FakeClock } from "../support/fake-clock.js";
import { until } from "./fake-server.js";

const WIRELESS = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0     18        0
 wwan0: 0000   40.  -87.  -256        0      0      0      0      0        0
`;
const NET = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 999 9 0 0 0 0 0 0 999 9 0 0 0 0 0 0
  eth0: 1000 10 0 0 0 0 0 0 200 2 0 0 0 0 0 0
 wwan0:50 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0
`;

describe("the figures of a machine", () => {
  it("are read from what Linux says", () => {
    expect(parseLoad("1.50 0.18 0.12 1/80 11206\n", 4)).to.equal(0.38);
    expect(parseUptime("350735.47 234388.90\n")).to.equal(350_735);
    expect(parseTemperature(["51540\n", "48000\n", "0\n", "-274000\n"])).to.equal(51.5);
    expect(parseSignal(WIRELESS)).to.equal(-56);
    expect(parseTraffic(NET)).to.deep.equal({ received: 1_050, sent: 207 });
  });

  it("are left out where the text is something else", () => {
    checkProperty(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const value of [parseLoad(text, 2), parseUptime(text), parseTemperature([text]), parseSignal(text)])
          expect(value === undefined || Number.isFinite(value)).to.equal(true);
        parseTraffic(text);
      }),
    );
    for (const none of [
      parseLoad("", 4),
      parseUptime("x"),
      parseTemperature([]),
      parseSignal("wlan0:"),
      parseTraffic(""),
    ])
      expect(none).to.equal(undefined);
  });

  it("count traffic on over a modem that begins at zero again", () => {
    const count = createTrafficCount();
    count({ received: 1_000, sent: 10 });
    count({ received: 1_500, sent: 20 });
    expect(count({ received: 100, sent: 25 })).to.deep.equal({ received: 600, sent: 15 });
  });

  it("are news when they have moved far, not when they wander", () => {
    const told = {
      clockSource: "server",
      temperatureC: 50,
      load: 0.2,
      signalDbm: -80,
      diskFreeBytes: 500,
      diskTotalBytes: 1_000,
    } as const;
    const moved = (change: object) => isHealthNews({ ...told, ...change }, told);
    for (const wander of [
      {},
      { temperatureC: 54 },
      { load: 0.9 },
      { signalDbm: -73 },
      { diskFreeBytes: 460 },
      { uptimeS: 9 },
      { sentBytes: 1e9 },
    ])
      expect(moved(wander), JSON.stringify(wander)).to.equal(false);
    for (const news of [
      { temperatureC: 56 },
      { load: 1.4 },
      { signalDbm: -95 },
      { diskFreeBytes: 400 },
      { clockSource: "none" },
      { signalDbm: undefined },
    ])
      expect(moved(news), JSON.stringify(news)).to.equal(true);
  });

  it("are gathered from the machine's folders, and only now and then", async () => {
    const root = await mkdtemp(join(tmpdir(), "loa-machine-"));
    const put = async (name: string, text: string) => {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    };
    await put("sys/class/thermal/thermal_zone0/temp", "40000\n");
    await put("proc/net/dev", NET);
    await put("proc/uptime", "12.5 3.4\n");
    const clock = new FakeClock();
    const health = createMachineHealth({ clock, folder: root, version: "loa 0.1.0", root });
    const first = health();
    expect(deviceHealthSchema.safeParse(first).success).to.equal(true);
    expect(first).to.include({ temperatureC: 40, uptimeS: 12, receivedBytes: 0, sentBytes: 0, version: "loa 0.1.0" });
    expect(first.diskFreeBytes).to.be.above(0);
    expect(first).not.to.have.any.keys("load", "signalDbm");
    await put("sys/class/thermal/thermal_zone0/temp", "70000\n");
    expect(health().temperatureC).to.equal(40);
    clock.advance(15_000);
    expect(health().temperatureC).to.equal(70);
    await rm(root, { recursive: true, force: true });
  });
});

describe("the radio signal", () => {
  /** As ModemManager 1.20 prints it. */
  const PLAIN = `  --------------------------------
  LTE  |      rssi: -57.00 dBm
       |      rsrq: -8.00 dB
       |      rsrp: -85.00 dBm
       |       s/n: 15.20 dB`;
  const KEYS = "modem.signal.lte.rsrp                 : -91.00\nmodem.signal.lte.rssi                 : --";
  const reading = () => {
    const clock = new FakeClock();
    const one = createSignalReading(clock);
    return { clock, dBm: one.dBm, tell: (text: string) => text.split("\n").forEach(one.take) };
  };

  it("is read from what mmcli and simpler programs print, that of the whole band first", () => {
    for (const [text, dBm] of [
      [PLAIN, -57],
      [KEYS, -91],
      ["-87", -87],
      [" -87.5 dBm ", -87.5],
    ] as const) {
      const one = reading();
      one.tell(text);
      expect(one.dBm(), text).to.equal(dBm);
    }
  });

  it("is not made of anything else", () => {
    for (const text of [
      "",
      "error: couldn't get signal",
      "87",
      "-9999",
      "rsrq: -8.00 dB",
      "s/n: -3.00 dB",
      "0",
      "-0",
    ]) {
      const one = reading();
      one.tell(text);
      expect(one.dBm(), text).to.equal(undefined);
    }
  });

  it("is forgotten when nothing has told of it for ten minutes", () => {
    const one = reading();
    one.tell("-87");
    one.clock.advance(599_000);
    expect(one.dBm()).to.equal(-87);
    one.clock.advance(1_000);
    expect(one.dBm()).to.equal(undefined);
  });

  it("comes from the program that was named, which may end after each figure", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-signal-"));
    const script = join(folder, "mmcli");
    await writeFile(
      script,
      `#!${process.execPath}\nconsole.log(process.argv.at(-1) === "--signal-get" ? ${JSON.stringify(PLAIN)} : "?");`,
    );
    await chmod(script, 0o700);
    const hardware = startHardware({
      ...{ clock: systemClock, log: silentLog, random: () => 0.01, onPress() {}, onLevel() {} },
      signalCommand: `${script} -m any --signal-get`,
    });
    await until("a figure", () => hardware.signalDbm());
    hardware.stop();
    const machine = createMachineHealth({
      clock: new FakeClock(),
      folder,
      version: "1",
      signalDbm: hardware.signalDbm,
    });
    expect(machine().signalDbm).to.equal(-57);
    await rm(folder, { recursive: true, force: true });
  });
});
