import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { receiverSchema } from "../../src/domain/receiver.js";
import { endWhatCameBack } from "../../src/server/after-restore.js";
import { RESTORED } from "../../src/server/backup/restored-mark.js";
import { openStore } from "../../src/server/store/store.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the first start after a restore", () => {
  const clock = new FakeClock();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-restored-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const end = async () => {
    const store = await openStore({ folder, clock, log: silentLog });
    const receiver = receiverSchema.parse({ id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
    await store.receivers.put({ ...receiver, pairing: { codeHash: "0".repeat(64), expiresAt: clock.date() + 1 } });
    const events: object[] = [];
    const asRun = { event: (line: object) => void events.push(line) };
    const restored = await endWhatCameBack({ folder, store, asRun, now: () => clock.date(), log: silentLog });
    const pairing = store.receivers.all().filter((one) => one.pairing !== undefined).length;
    await store.close();
    return { restored, pairing, events };
  };

  it("ends codes for pairing, writes it down, and takes the mark away", async () => {
    await writeFile(join(folder, RESTORED), JSON.stringify({ madeAt: "2026-11-01T00:00:00.000Z" }));
    const { restored, pairing, events } = await end();

    expect(restored).to.deep.include({ madeAt: "2026-11-01T00:00:00.000Z", pairingCodes: 1 });
    expect(pairing).to.equal(0);
    expect(events).to.have.length(1);
    expect(await readdir(folder)).to.not.include(RESTORED);
  });

  it("ends them also when the mark cannot be read", async () => {
    await writeFile(join(folder, RESTORED), "{");
    const { restored, pairing } = await end();

    expect(restored?.madeAt).to.equal(undefined);
    expect(pairing).to.equal(0);
  });

  it("leaves a station alone that was not restored", async () => {
    const { restored, pairing, events } = await end();

    expect([restored, pairing, events]).to.deep.equal([undefined, 1, []]);
  });
});
