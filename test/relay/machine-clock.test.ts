import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createMachineClock } from "../../src/relay/machine-clock.js";
import { FakeClock } from "../support/fake-clock.js";

describe("what keeps a machine's clock right", () => {
  let chips = "";
  beforeEach(async () => {
    chips = await mkdtemp(join(tmpdir(), "loa-rtc-"));
  });
  afterEach(() => rm(chips, { recursive: true, force: true }));

  const addChip = async (name: string, hctosys: string) => {
    await mkdir(join(chips, name));
    await writeFile(join(chips, name, "hctosys"), hctosys);
  };

  it("is nothing on a box without chip and network time", async () => {
    const asks = { chips, askNetworkTime: (tell: (isKept: boolean) => void) => tell(false) };
    expect(createMachineClock({ clock: new FakeClock(), ...asks })()).to.equal("none");
    expect(createMachineClock({ clock: new FakeClock(), ...asks, chips: join(chips, "nowhere") })()).to.equal("none");
    await addChip("rtc0", "0\n");
    expect(createMachineClock({ clock: new FakeClock(), ...asks })()).to.equal("none");
  });

  it("is the chip that the kernel took its time from", async () => {
    await addChip("rtc0", "0\n");
    await addChip("rtc1", "1\n");

    expect(createMachineClock({ clock: new FakeClock(), chips, askNetworkTime: (tell) => tell(false) })()).to.equal(
      "rtc",
    );
  });

  it("is the network's time when the kernel is steered by it, asked anew twice a minute and not more", async () => {
    const clock = new FakeClock();
    let asked = 0;
    let isKept = false;
    const kept = createMachineClock({
      clock,
      chips,
      askNetworkTime(tell) {
        asked += 1;
        tell(isKept);
      },
    });
    expect(kept()).to.equal("none");
    isKept = true;
    for (let second = 0; second < 60; second++) {
      clock.advance(1000);
      kept();
    }

    expect(kept()).to.equal("ntp");
    expect(asked).to.equal(3);
  });
});
