import { expect } from "chai";
import type { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { minutes } from "../../../src/base/units.js";
import { type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { Rollout } from "../../../src/domain/rollout.js";
import type { OrderBody } from "../../../src/protocol/orders.js";
import type { UpdateStep } from "../../../src/protocol/update.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { createUpdateVerbs } from "../../../src/server/control/updates.js";
import { failureOf } from "../../support/failure-of.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";

const SHA = "a".repeat(64) as never;
const by = { name: "Chị Hoa" };
const manifest = JSON.stringify({
  ...{
    v: 1,
    version: "0.2.0",
    minNode: "20.19.0",
    stateFormat: 1,
    sha256: SHA,
    bytes: 10,
    files: 2,
    unpackedBytes: 20,
  },
});
const wish = {
  ...{ manifest, key: "k".repeat(43) as never, signature: "s" },
  stages: [{ receivers: [receiverId("loa-0")] }, { percent: 100 }],
  soakMinutes: 30,
};

describe("sending a new program out", () => {
  let clock: FakeClock;
  let records: ReturnType<typeof fakeRecords<string, Rollout>>;
  let asRun: ReturnType<typeof fakeAsRun>;
  let sent: { body: OrderBody; receivers: readonly ReceiverId[] }[];
  let updates: ReturnType<typeof createUpdateVerbs>;
  let registry: ReturnType<typeof createRegistry>;
  let isSigned: boolean;
  let bytes: number | undefined;
  const all = Array.from({ length: 4 }, (_, index) => receiverId(`loa-${index}`));

  const open = () => {
    const now = () => clock.date();
    registry = createRegistry(now);
    const receivers = fakeRecords<ReceiverId, ReceiverRecord>(
      ({ id }) => id,
      all.map((id) => ({ id, area: "phuong", disabled: false, device: {} }) as never),
    );
    updates = createUpdateVerbs({
      ...{ rollouts: records, receivers, registry, asRun: asRun.log, now, log: silentLog },
      packages: { bytesOf: () => bytes, pathOf: () => "/goi", keep: async () => {}, keepOnly: async () => {} },
      isSigned: () => isSigned,
      desk: {
        async issue({ body, receivers: to }) {
          sent.push({ body, receivers: to as readonly ReceiverId[] });
          return { id: `lenh-${sent.length}` } as never;
        },
      },
      newId: () => "k4d9k4d9",
      onRollouts: () => {},
      onChange: () => {},
    });
  };
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  /** A few seconds of the station's life. */
  const live = async (length: number = 0) => {
    clock.advance(length);
    for (let beat = 0; beat < 10; beat++) updates.beat();
    await settle();
  };
  const connect = (...ids: ReceiverId[]) => {
    for (const id of ids) {
      registry.hello(id, { software: "", programmeRevision: 0 } as never);
      updates.met(id);
      updates.reported(id, { version: "0.1.0" });
    }
  };
  const say = (id: ReceiverId, step: UpdateStep, why?: string) =>
    updates.reported(id, {
      ...{ version: step === "updated" ? "0.2.0" : "0.1.0", rollout: "0-2-0-k4d9k4", step },
      ...(why ? { why } : {}),
    });
  const rollout = () => updates.verbs.rollouts()[0] as ReturnType<typeof updates.verbs.rollouts>[number];
  const asked = () => sent.flatMap(({ body, receivers }) => (body.kind === "update" ? receivers : []));
  const kinds = () => asRun.events.map(({ kind }) => kind);

  beforeEach(() => {
    clock = new FakeClock();
    records = fakeRecords<string, Rollout>(({ id }) => id);
    asRun = fakeAsRun();
    sent = [];
    isSigned = true;
    bytes = 10;
    open();
  });

  it("asks the first stage, and the next when that one has been well for the time that was set", async () => {
    connect(...all);
    await updates.verbs.startRollout(wish, by);
    expect(asked()).to.deep.equal(["loa-0"]);
    expect(sent[0]?.body).to.deep.equal({
      ...{ kind: "update", rollout: "0-2-0-k4d9k4", manifest, key: wish.key, signature: "s" },
    });
    say(all[0] as ReceiverId, "trying");
    await live(minutes(600));
    expect(asked()).to.deep.equal(["loa-0"]);
    say(all[0] as ReceiverId, "updated");
    await live(minutes(29));
    expect(rollout()).to.include({ stage: 0, state: "running" });
    await live(minutes(1));

    expect(rollout()).to.include({ stage: 1, members: 4, total: 4 });
    expect(asked()).to.have.members(all);
    for (const id of all) say(id, "updated");
    await live(minutes(30));
    expect(rollout().state).to.equal("done");
    expect(kinds()).to.deep.equal([
      ...["update.started", "update.updated", "update.stage"],
      ...["update.updated", "update.updated", "update.updated", "update.done"],
    ]);
  });

  it("stops by itself at the first that had to go back, and takes it back from those that do not run it yet", async () => {
    connect(...all);
    await updates.verbs.startRollout({ ...wish, stages: [{ percent: 100 }] }, by);
    say(all[0] as ReceiverId, "updated");
    say(all[1] as ReceiverId, "waiting");
    say(all[2] as ReceiverId, "rolled-back", "not-connected");
    await live();

    expect(rollout()).to.include({ state: "stopped", culprit: "loa-2", why: "not-connected" });
    expect(rollout().words?.vi, "not as of a loudspeaker that is away").to.equal(
      "chương trình mới không nối được với đài",
    );
    expect(rollout().troubles.map(({ words }) => words)).to.deep.equal([rollout().words]);
    expect(sent.at(-1)).to.deep.equal({
      body: { kind: "update-stop", rollout: "0-2-0-k4d9k4" },
      receivers: ["loa-1", "loa-3"],
    });
    const before = sent.length;
    connect(...all);
    await live(minutes(600));
    expect(sent).to.have.length(before);
    expect(asRun.events.at(-1)).to.include({ kind: "update.stopped", receiver: "loa-2", why: "not-connected" });
  });

  it("writes who started it, with what, and who stopped it, from which state into which", async () => {
    await updates.verbs.startRollout(wish, by);
    await updates.verbs.stopRollout({ name: "Anh Nam" });

    expect(asRun.events.map(({ kind, by: who }) => [kind, who])).to.deep.equal([
      ["update.started", "Chị Hoa"],
      ["update.stopped", "Anh Nam"],
    ]);
    const [started, stopped] = asRun.changes;
    expect(started?.after).to.deep.include({ id: "0-2-0-k4d9k4", version: "0.2.0", stages: wish.stages });
    expect(stopped).to.deep.include({ before: { state: "running" }, after: { state: "stopped" } });
  });

  it("asks who comes late, and again who comes back without having settled it", async () => {
    connect(all[1] as ReceiverId);
    await updates.verbs.startRollout({ ...wish, stages: [{ percent: 100 }] }, by);
    expect(asked()).to.deep.equal(["loa-1"]);
    connect(all[2] as ReceiverId);
    await live();
    expect(asked()).to.deep.equal(["loa-1", "loa-2"]);
    say(all[2] as ReceiverId, "updated");
    connect(all[1] as ReceiverId, all[2] as ReceiverId);
    await live();
    await live();

    expect(asked()).to.deep.equal(["loa-1", "loa-2", "loa-1"]);
  });

  it("asks nobody whose program has never said what it is", async () => {
    registry.hello(all[0] as ReceiverId, { software: "", programmeRevision: 0 } as never);
    await updates.verbs.startRollout(wish, by);
    await live();

    expect([asked(), rollout().waitsFor]).to.deep.equal([[], []]);
  });

  it("goes on after a restart of the station where it was", async () => {
    connect(...all);
    await updates.verbs.startRollout(wish, by);
    say(all[0] as ReceiverId, "updated");
    await updates.close();
    open();
    connect(...all);
    await live(minutes(30));

    expect(rollout()).to.include({ stage: 1, state: "running" });
    expect(asked()).to.have.members([...all]);
  });

  it("notes who refuses, and goes on without it; who only cannot just now is waited for", async () => {
    connect(...all);
    await updates.verbs.startRollout({ ...wish, stages: [{ percent: 100 }] }, by);
    updates.answered(all[0] as ReceiverId, "lenh-1", "no-launcher");
    updates.answered(all[1] as ReceiverId, "lenh-1", "busy");
    updates.answered(all[2] as ReceiverId, "another", "no-launcher");

    expect(rollout().troubles.map(({ receiver, step, why }) => [receiver, step, why])).to.deep.equal([
      ["loa-0", "refused", "no-launcher"],
      ["loa-1", "failed", "busy"],
    ]);
  });

  it("is stopped by a person, and then another may begin", async () => {
    connect(...all);
    await updates.verbs.startRollout(wish, by);
    expect(((await failureOf(updates.verbs.startRollout(wish, by))) as Fault).code).to.equal("conflict");
    await updates.verbs.stopRollout({ name: "Anh Nam" });
    expect(rollout()).to.include({ state: "stopped", stoppedBy: "Anh Nam" });
    expect(((await failureOf(updates.verbs.stopRollout(by))) as Fault).code).to.equal("not-found");
  });

  it("does not begin with what is wrong", async () => {
    const refusal = async (more: object = {}) =>
      ((await failureOf(updates.verbs.startRollout({ ...wish, ...more }, by))) as Fault).reason;
    expect(await refusal({ manifest: "{}" })).to.equal("manifest");
    expect(await refusal({ downgradeTo: "0.1.0" })).to.equal("version");
    expect(await refusal({ stages: [{ receivers: ["la"] }] })).to.equal("no-receiver");
    bytes = 11;
    expect(await refusal()).to.equal("no-package");
    bytes = undefined;
    expect(await refusal()).to.equal("no-package");
    isSigned = false;
    expect(await refusal()).to.equal("update-signature");
    expect([records.all(), sent, asRun.events]).to.deep.equal([[], [], []]);
  });
});
