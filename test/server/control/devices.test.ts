import { expect } from "chai";
import { type Epoch, ms } from "../../../src/base/units.js";
import { areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import { createDeviceVerbs } from "../../../src/server/control/devices.js";
import type { ReceiverRecord, Tombstone } from "../../../src/server/control/receiver-records.js";
import { stationSecrets } from "../../../src/server/trust/secrets.js";
import { hashToken } from "../../../src/server/trust/token.js";
import { newDeviceKey } from "../../support/device-key.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";

const id = receiverId("cot-1");
const by = { name: "An" };

describe("device verbs", () => {
  function start() {
    const clock = new FakeClock();
    const now = (): Epoch => clock.date();
    const place = {
      area: areaId("phuong"),
      kind: "fixed",
      outputDelayMs: 0,
      pathBiasUs: 0,
      volume: 80,
      disabled: false,
    };
    const receivers = fakeRecords<ReceiverId, ReceiverRecord>(
      (one) => one.id,
      [{ ...place, id, name: "Cột 1" } as ReceiverRecord],
    );
    const orderKeys: { keyId: string; publicKey: string }[] = [];
    const dismissed: string[] = [];
    const verbs = createDeviceVerbs({
      receivers,
      tombstones: fakeRecords<string, Tombstone>((one) => one.id),
      secrets: stationSecrets({ now }),
      trusted: { authority: "PEM", orderKeys: () => orderKeys },
      digest: hashToken,
      wire: { dismiss: (receiver, why) => dismissed.push(`${receiver} ${why}`) },
      sendAway: async (receiver, why) => void dismissed.push(`${receiver} ${why}`),
      asRun: fakeAsRun().log,
      now,
      get: (one) => receivers.get(one) ?? expect.fail(`no ${one}`),
      onChange: () => {},
    });
    const pair = (code: string, publicKey: string) => verbs.pair({ code, publicKey, name: "may" });
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (thrown: { reason: string }) => thrown.reason,
      );
    const wait = (length: number) => clock.advance(ms(length));
    return { verbs, receivers, orderKeys, pair, outcome, wait, dismissed };
  }

  it("take a code for ten minutes and not a moment longer", async () => {
    const { verbs, pair, outcome, wait } = start();
    const { publicKey } = newDeviceKey();
    const first = await verbs.createPairing(id, by);
    wait(600_000);
    expect(await outcome(pair(first.code, publicKey))).to.equal("bad-code");
    const second = await verbs.createPairing(id, by);
    wait(599_999);
    expect(await outcome(pair(second.code, publicKey))).to.equal("done");
  });

  it("answer the same device again long after its code has ended, and tell the newest keys", async () => {
    const { verbs, pair, outcome, wait, orderKeys, receivers } = start();
    const { publicKey } = newDeviceKey();
    const { code } = await verbs.createPairing(id, by);
    await pair(code, publicKey);
    const words = receivers.get(id)?.candidate?.words;
    wait(3_600_000);
    expect(await pair(code, publicKey)).to.deep.equal({ receiver: id, authority: "PEM", orderKeys: [] });
    expect(receivers.get(id)?.candidate?.words).to.deep.equal(words);
    orderKeys.push({ keyId: "0011223344556677", publicKey: newDeviceKey().publicKey });
    expect((await pair(code, publicKey)).orderKeys).to.have.lengthOf(1);
    expect(receivers.get(id)?.candidate?.words).not.to.deep.equal(words);
    expect(await outcome(pair(code, newDeviceKey().publicKey))).to.equal("bad-code");
  });

  it("let a stranger with a stolen code only wait, and not touch the device that is there", async () => {
    const { verbs, pair, receivers, dismissed } = start();
    const owner = newDeviceKey();
    await pair((await verbs.createPairing(id, by)).code, owner.publicKey);
    await verbs.confirm(id, receivers.get(id)?.candidate?.words ?? [], by);
    const stranger = newDeviceKey();
    await pair((await verbs.replaceDevice(id, by)).code, stranger.publicKey);

    const standings = verbs.claimsOf(id)?.map(({ publicKey, standing }) => [publicKey, standing]);
    expect(standings).to.deep.equal([
      [owner.publicKey, "confirmed"],
      [stranger.publicKey, "unconfirmed"],
    ]);
    expect(dismissed).to.deep.equal([]);
  });

  it("bury the keys of a device and of one that waits when a place is revoked", async () => {
    const { verbs, pair, outcome, receivers } = start();
    const [one, two] = [newDeviceKey(), newDeviceKey()];
    await pair((await verbs.createPairing(id, by)).code, one.publicKey);
    await verbs.confirm(id, receivers.get(id)?.candidate?.words ?? [], by);
    await pair((await verbs.replaceDevice(id, by)).code, two.publicKey);
    await verbs.revoke(id, by);

    expect(verbs.claimsOf(id)?.map(({ standing }) => standing)).to.deep.equal(["revoked", "revoked"]);
    const { code } = await verbs.createPairing(id, by);
    for (const { publicKey } of [one, two]) expect(await outcome(pair(code, publicKey))).to.equal("revoked");
    expect(await outcome(pair(code, newDeviceKey().publicKey))).to.equal("done");
  });

  it("know nobody for a receiver that there is not", () => {
    expect(start().verbs.claimsOf(receiverId("cot-9"))).to.equal(undefined);
  });
});
