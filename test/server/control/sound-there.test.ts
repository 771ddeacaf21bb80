import { expect } from "chai";
import { announcementId, occurrenceId, receiverId, scheduleId, sha256 } from "../../../src/domain/ids.js";
import { ticketSchema } from "../../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import { createLatelySaid } from "../../../src/server/control/lately-said.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { createSoundThere } from "../../../src/server/control/sound-there.js";
import { FakeClock } from "../../support/fake-clock.js";

const [LOA, OTHER] = [receiverId("loa-1"), receiverId("loa-2")];
const BEGAN = Date.UTC(2026, 10, 23);
const MORNING = occurrenceId(scheduleId("sang"), BEGAN);
const piece = (announcement: string, letter: string, offsetMs: number) => ({
  ...{ announcement: announcementId(announcement), sha256: sha256(letter.repeat(64)), bytes: 10 },
  ...{ offsetMs, durationMs: 1_000, gainDb: -3 },
});
const TICKET = ticketSchema.parse({
  ...{
    id: `${MORNING}#0`,
    occurrence: MORNING,
    title: "Bản tin sáng",
    class: "ordinary",
    order: 0,
    resume: "continue",
  },
  ...{ planned: BEGAN, start: BEGAN, end: BEGAN + 2_000, notAfter: BEGAN, receivers: [LOA] },
  items: [piece("mot", "a", 0), piece("hai", "b", 1_000)],
  results: { [LOA]: { state: "sounding", startedAt: BEGAN } },
});

function start({
  ticket = TICKET,
  recalled = "",
  mutedFromHere = false,
  said = createLatelySaid(),
  speaks = false,
} = {}) {
  const clock = new FakeClock(BEGAN);
  const registry = createRegistry(() => clock.date());
  const soundThere = createSoundThere({
    registry,
    tickets: { of: (occurrence) => (occurrence === ticket.occurrence ? [ticket] : []) },
    saidThere: (_occurrence, receiver, from) => (speaks && receiver === LOA ? said.since(from) : undefined),
    isRecalled: (id) => id === recalled,
    isMutedFromHere: () => mutedFromHere,
    now: () => clock.date(),
  });
  const says = (now: { cue: string; state: string; positionMs: number }[], muted = false) => {
    registry.hello(LOA, { software: "" } as HelloBody);
    registry.state(LOA, { clock: "trusted", muted, now } as unknown as StateBody);
  };
  return { clock, registry, soundThere, says };
}
const sounds = (positionMs: number, state = "sounding") => [{ cue: MORNING, state, positionMs }];

describe("what sounds at a loudspeaker", () => {
  it("is what it said last, as far as that has come by now", () => {
    const { clock, soundThere, says } = start();
    says(sounds(500));
    clock.advance(700);
    const told = soundThere(LOA);
    expect(told).to.include({ reportedAt: "2026-11-23T00:00:00.000Z", at: "2026-11-23T00:00:00.700Z", muted: false });
    expect(told.sounding).to.include({ title: "Bản tin sáng", positionMs: 1_200, since: "2026-11-23T00:00:00.000Z" });
    expect(told.sounding?.content).to.deep.include({
      kind: "clips",
      items: TICKET.items.map(({ announcement: _, bytes: __, ...item }) => item),
    });
  });

  it("is nothing when it says so, when it is only to wait, and nothing is known of one that is away", () => {
    const { registry, soundThere, says } = start();
    expect(soundThere(LOA), "never heard of").to.have.all.keys("at");
    says([]);
    expect(soundThere(LOA)).to.not.have.property("sounding");
    says(sounds(0, "interrupted"));
    expect(soundThere(LOA)).to.not.have.property("sounding");
    says(sounds(0));
    registry.gone(LOA);
    expect(soundThere(LOA)).to.have.all.keys("at");
  });

  it("leaves out what was recalled, and says when the station does not hold what it plays", () => {
    const { soundThere, says } = start({ recalled: "mot" });
    says(sounds(0));
    const { content } = soundThere(LOA).sounding ?? {};
    expect(content?.kind === "clips" && content.items.map(({ offsetMs }) => offsetMs)).to.deep.equal([1_000]);
    says([{ cue: "la@0", state: "sounding", positionMs: 0 }]);
    expect(soundThere(LOA).sounding).to.deep.include({ cue: "la@0", content: { kind: "unknown" } });
  });

  it("is not heard there while it is muted, but for a confirmed emergency of one that was muted at the pole", () => {
    const { soundThere, says } = start();
    says(sounds(0), true);
    expect(soundThere(LOA).muted).to.equal(true);
    const emergency = { ...TICKET, class: "emergency" as const, confirmedBy: "Chị Hoa" };
    const atThePole = start({ ticket: emergency });
    atThePole.says(sounds(0), true);
    expect(atThePole.soundThere(LOA).muted).to.equal(false);
    const fromHere = start({ ticket: emergency, mutedFromHere: true });
    fromHere.says(sounds(0), true);
    expect(fromHere.soundThere(LOA).muted).to.equal(true);
  });

  it("is what is spoken live, from where whoever listens along has come, for those who get it", () => {
    const said = createLatelySaid();
    for (let count = 0; count < 700; count++) said.add(Uint8Array.of(count & 255));
    const { soundThere, says } = start({ said, speaks: true, ticket: { ...TICKET, isLive: true, items: [] } });
    says(sounds(0));
    const contentFrom = (from?: number) => {
      const content = soundThere(LOA, from).sounding?.content;
      return content?.kind === "live" ? [content.packets.length, content.next] : undefined;
    };
    expect(contentFrom(), "the last second").to.deep.equal([50, 700]);
    expect(contentFrom(690)).to.deep.equal([10, 700]);
    expect(contentFrom(700)).to.deep.equal([0, 700]);
    expect(contentFrom(9_999), "of another talk").to.deep.equal([0, 700]);
    expect(soundThere(OTHER)).to.have.all.keys("at");
  });

  it("keeps the last ten seconds of speech and no more than twenty", () => {
    const said = createLatelySaid();
    for (let count = 0; count < 5_000; count++) said.add(Uint8Array.of(0));
    expect(said.since(0).packets.length).to.be.within(500, 1_000);
    expect(said.since(0).next).to.equal(5_000);
  });
});
