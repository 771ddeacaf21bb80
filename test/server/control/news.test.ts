import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import type { OccurrenceId, ReceiverId } from "../../../src/domain/ids.js";
import type { Result, Ticket } from "../../../src/domain/ticket.js";
import { createNews } from "../../../src/server/control/news.js";
import { createOnAir } from "../../../src/server/control/on-air.js";
import type { LiveReceiver } from "../../../src/server/control/registry.js";
import { FakeClock } from "../../support/fake-clock.js";

const LOA = "loa-1" as ReceiverId;
const CUE = "ngay@20261123t000001z" as OccurrenceId;

/** A ticket of five seconds at one loudspeaker, and what a panel is told of the air. */
function watched() {
  const clock = new FakeClock();
  const start = clock.date() + 1_200;
  const results: Record<string, Result> = {};
  const ticket = {
    ...{
      id: CUE,
      occurrence: CUE,
      title: "Họp tổ",
      class: "ordinary",
      start,
      end: start + 5_000,
      receivers: [LOA],
      results,
    },
    ...{ items: [], content: [] },
  } as unknown as Ticket;
  const world = { open: [ticket], claims: [] as { cue: string; state: string }[] };
  const live = () => ({ state: { now: world.claims } }) as unknown as LiveReceiver;
  const onAir = createOnAir({ now: () => clock.date(), tickets: { open: () => world.open }, registry: { get: live } });
  const news = createNews({ clock, log: silentLog, receiver: () => undefined, onAir: onAir.onAir });
  const told: string[][] = [];
  const leave = news.subscribe((change) => {
    if (change.kind === "on-air")
      told.push(change.onAir.map(({ sounding }) => (sounding.length > 0 ? "sounds" : "silent")));
  });
  return { clock, results, world, told, leave, close: news.close };
}

describe("what panels are told of the air", () => {
  it("is that a sounding is over when its time is, though its loudspeaker said its last word a little before", () => {
    const { clock, world, told, close } = watched();
    clock.advance(1_500);
    world.claims = [{ cue: CUE, state: "sounding" }];
    clock.advance(4_000);
    // It renders ahead of what is heard: silent for itself before the end.
    world.claims = [];
    clock.advance(500);
    expect(told.at(-1)).to.deep.equal(["silent"]);
    clock.advance(500);
    expect(told).to.deep.equal([[], ["silent"], ["sounds"], ["silent"], []]);
    close();
  });

  it("is that a sounding is over when its loudspeaker has reported so, and nothing else happens", () => {
    const { clock, results, told, close } = watched();
    clock.advance(2_000);
    results[LOA] = { state: "cut", why: "stopped" } as Result;
    clock.advance(500);
    expect(told.at(-1)).to.deep.equal([]);
    close();
  });

  it("is said once while nothing changes, and again to whoever begins to watch", () => {
    const { clock, told, leave, close } = watched();
    clock.advance(4_000);
    expect(told).to.deep.equal([[], ["silent"]]);
    leave();
    clock.advance(1_000);
    expect(told).to.have.length(2);
    close();
  });
});
