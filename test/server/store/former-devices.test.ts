import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { receiverId } from "../../../src/domain/ids.js";
import { openStore, stateFolder } from "../../../src/server/store/store.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("a station of before devices had keys", () => {
  it("keeps its places, and drops the secrets of their devices", async () => {
    const folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    const value = {
      ...{ id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" },
      ...{ outputDelayMs: 120, pathBiasUs: 0, volume: 60, disabled: false },
      device: { tokenHash: createHash("sha256").update("t").digest("hex"), pairedAt: 1 },
    };
    const body = `"version":1,"revision":1,"items":[\n${JSON.stringify({ id: "cot-1", version: 1, updatedAt: 1, value })}\n]}\n`;
    await fs.mkdir(stateFolder(folder), { recursive: true });
    const sha256 = createHash("sha256").update(body).digest("hex");
    await fs.writeFile(join(stateFolder(folder), "receivers.json"), `{"sha256":"${sha256}",\n${body}`);
    const store = await openStore({ folder, clock: new FakeClock(), log: silentLog });
    const kept = store.receivers.get(receiverId("cot-1"));
    await store.close();
    await fs.rm(folder, { recursive: true });

    expect(kept).to.deep.include({ id: "cot-1", outputDelayMs: 120, volume: 60 });
    expect(kept).to.not.have.property("device");
  });
});
