import { once } from "node:events";
import { expect } from "chai";
import { WebSocket } from "ws";
import { ORDER_REFUSALS, PLAY_REASONS, PROGRAMME_REFUSALS } from "../../src/receiver/reasons.js";
import { UPDATE_REFUSALS } from "../../src/relay/update/judge-update.js";
import type { Change, Snapshot } from "../../src/server/api/changes.js";
import type { LogPageView, ResultPageView } from "../../src/server/api/log-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { newDeviceKey } from "../support/device-key.js";
import { linkDevice } from "../support/device-link.js";
import { addDevice, type PlainDevice } from "../support/plain-device.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** Words, not a code. */
const isSaid = (words: { vi: string; en: string } | undefined, code: string) => {
  expect(words?.vi, code).to.match(/[à-ỹđ]/i);
  expect(words?.vi, code).not.to.contain(code);
  expect(words?.en, code)
    .to.match(/[a-z]{3}/)
    .and.not.to.equal(code);
};

describe("the whole house, when a loudspeaker refuses or is refused", () => {
  let house: WholeHouse;
  let device: PlainDevice;
  let panel: WebSocket;
  const told: (Change | ({ kind: "snapshot" } & Snapshot))[] = [];
  before(async () => {
    house = await openHouse();
    device = await addDevice(house, "loa-1");
    panel = new WebSocket(`${house.server.url.replace("http", "ws")}/ws/panel`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    panel.on("message", (data: Buffer) => told.push(JSON.parse(data.toString())));
    await once(panel, "message");
    await device.connect();
  });
  after(async () => {
    panel.terminate();
    device.leave();
    await house.close();
  });
  /** What the panel's feed said of the loudspeaker, the newest first. */
  const views = (): ReceiverView[] => told.flatMap((one) => (one.kind === "receiver" ? [one.receiver] : [])).reverse();
  const log = async () => (await house.call<LogPageView>("GET", "/log?limit=1000")).lines;

  it("says in the panel and the log, in words, why it took no order, whatever the reason", async () => {
    const reasons = [...new Set([...ORDER_REFUSALS, ...UPDATE_REFUSALS, "disk", "quiet-hours", "muted"])];
    for (const why of reasons) {
      device.say({ t: "ack", p: { order: `lenh-${why}`, ok: false, why, at: 1 as never } });
      const { refused } = await eventually(`the panel to hear of ${why}`, 5_000, () =>
        views().find((view) => view.refused?.why === why),
      );
      expect(refused?.what).to.equal("order");
      isSaid(refused?.words, why);
    }
    const lines = await eventually("the log", 5_000, async () => {
      const refusals = (await log()).filter(({ kind }) => kind === "order.refused");
      return refusals.length === reasons.length && refusals;
    });
    for (const { why = "", words } of lines) isSaid(words, why);
  });

  it("says the same of programmes that it did not take", async () => {
    for (const why of PROGRAMME_REFUSALS) {
      device.say({ t: "holds", p: { programmeRevision: 0, refused: { revision: 9, why } } });
      const { refused } = await eventually(`the panel to hear of ${why}`, 5_000, () =>
        views().find((view) => view.refused?.what === "programme" && view.refused.why === why),
      );
      isSaid(refused?.words, why);
    }
  });

  it("says the same of every sound that it did not make, in the log and in the results", async () => {
    const cueOf = (why: string) => `${why}@20261123t000000z`;
    device.report(...PLAY_REASONS.map((why) => ({ event: "refused" as const, cue: cueOf(why), at: Date.now(), why })));
    const lines = await eventually("the log", 5_000, async () => {
      const refusals = (await log()).filter(({ occurrence }) => occurrence?.endsWith("@20261123t000000z"));
      return refusals.length >= PLAY_REASONS.length && refusals;
    });
    for (const why of PLAY_REASONS) isSaid(lines.find(({ occurrence }) => occurrence === cueOf(why))?.words, why);

    const { results } = await house.call<ResultPageView>("GET", "/results?limit=1000");
    // That it had sounded already is no result of its own.
    for (const why of PLAY_REASONS.filter((one) => one !== "played")) {
      const words = results.find(({ occurrence }) => occurrence === cueOf(why))?.words;
      isSaid(words && { vi: words.vi.split(", ")[1] ?? words.vi, en: words.en.split(", ")[1] ?? words.en }, why);
    }
  });

  it("says in the panel and the log that a stranger claims to be it, once an hour, until it is there again", async () => {
    for (let turn = 0; turn < 3; turn++) {
      const stranger = await linkDevice(house.server.url, { receiver: "loa-1", key: newDeviceKey() });
      await stranger.outcome.catch(() => {});
      stranger.socket.terminate();
    }
    const { turnedAway } = await eventually("the panel to hear of it", 5_000, () =>
      views().find((view) => view.turnedAway !== undefined),
    );
    expect(turnedAway?.why).to.equal("wrong-proof");
    isSaid(turnedAway?.words, "wrong-proof");
    const lines = await eventually("the log", 5_000, async () => {
      const found = (await log()).filter(({ kind }) => kind === "receiver.turned-away");
      return found.length > 0 && found;
    });
    expect(lines.map(({ receiver, why }) => `${receiver} ${why}`)).to.deep.equal(["loa-1 wrong-proof"]);
    isSaid(lines[0]?.words, "wrong-proof");

    device.leave();
    await device.connect();
    await eventually("it to be let in", 5_000, () => views()[0]?.connected && views()[0]?.turnedAway === undefined);
  });
});
