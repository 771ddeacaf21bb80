import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { LogPageView } from "../../src/server/api/log-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { type ChangingFront, openChangingFront } from "../support/changing-front.js";
import { freePort } from "../support/process-house.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Key {
  readonly keyId: string;
  readonly active?: boolean;
}

describe("the whole house, when its order key changes while a loudspeaker is away", function () {
  this.timeout(150_000);
  let house: WholeHouse;
  let front: ChangingFront;
  beforeEach(async () => {
    house = await openHouse({ config: { listen: { port: await freePort() } } });
    front = await openChangingFront(new URL(house.server.url));
    await house.record("tin", tone(1, 700));
    await house.addRelay("loa-1", { via: front.url });
  });
  afterEach(async () => {
    await house.close();
    await front.close();
  });

  const view = async () => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
  // A loudspeaker that found nobody five times waits up to half a minute, and up to a whole one thereafter.
  const isConnected = () => eventually("the connection", 70_000, async () => (await view())?.connected);
  const kinds = async () =>
    (await house.call<LogPageView>("GET", "/log?receiver=loa-1")).lines.map(({ kind, why = "" }) =>
      `${kind} ${why}`.trim(),
    );
  const play = () =>
    house.call("POST", "/play", {
      ...{ class: "ordinary", content: { kind: "announcement", announcement: "tin" }, targets: { areas: ["phuong"] } },
    });
  const played = (times: number) =>
    eventually(
      `${times} soundings`,
      15_000,
      async () => (await kinds()).filter((kind) => kind === "finished").length === times,
    );
  const journal = () => readFile(join(house.folder, "relays", "loa-1", "journal.ndjson"), "utf8");
  /** The keys that it believes, as they lie on its disk. */
  const believed = () => readFile(join(house.folder, "relays", "loa-1", "trusted-keys.json"), "utf8");

  it("obeys the new key as it comes back, keeps it over a restart, and knows the old one no more when that is ended", async () => {
    const [old] = await house.call<Key[]>("GET", "/keys");
    await play();
    await played(1);
    await house.stopRelay("loa-1");

    const both = await house.call<Key[]>("POST", "/keys/rotate");
    expect(both).to.have.length(2);
    const fresh = both.find(({ keyId }) => keyId !== old?.keyId);
    await house.startRelay("loa-1", undefined, { via: front.url });
    await isConnected();
    await play();
    await played(2);
    expect(await believed())
      .to.include(fresh?.keyId)
      .and.include(old?.keyId);

    // Away again, while the old one is ended; it starts by itself, with what it holds.
    await house.stopRelay("loa-1");
    expect(await house.call<Key[]>("POST", `/keys/${old?.keyId}/retire`)).to.have.length(1);
    await house.restartServer();
    await house.startRelay("loa-1", undefined, { via: front.url });
    await isConnected();
    await play();
    await played(3);
    expect((await view())?.mustPairAgain).to.equal(undefined);
    expect((await kinds()).filter((kind) => kind.startsWith("refused"))).to.deep.equal([]);
    expect(await believed()).to.include(fresh?.keyId);
  });

  it("plays what it holds of the old key while the change passes it by, and obeys the new one when it is reached again", async () => {
    await house.scheduleOnce("tin", 5_000);
    await house.holdsEverything("loa-1");
    await front.become("gone");
    await house.call<Key[]>("POST", "/keys/rotate");
    await eventually("the sounding alone", 15_000, async () => (await journal()).includes("finished"));
    expect((await view())?.connected).to.equal(false);
    await front.become("open");
    await isConnected();
    await played(1);
    await play();
    await played(2);
  });
});
