import { expect } from "chai";
import { announcementId, occurrenceId } from "../../../src/domain/ids.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import { targetsSchema } from "../../../src/domain/schedule.js";
import { ticketSchema } from "../../../src/domain/ticket.js";
import { ticketByHand, type Wish } from "../../../src/server/control/ticket-by-hand.js";

const START = Date.parse("2026-11-29T02:40:00Z");
const RECEIVER = receiverSchema.parse({ id: "loa-1", name: "Loa", area: "phuong", kind: "fixed" });

function ticketOf(more: Partial<Wish>) {
  const content = { kind: "announcement" as const, announcement: announcementId("tin") };
  const laidOut = { planned: START, start: START, durationMs: 9000, receivers: [RECEIVER], by: { name: "Chị Hoa" } };
  return ticketByHand(
    { content, targets: targetsSchema.parse({ areas: ["phuong"] }), class: "ordinary", ...more },
    { occurrence: occurrenceId("ngay", START), title: "Tin", items: [], ...laidOut },
  );
}

describe("a ticket by hand", () => {
  it("is due at each receiver, and names who ordered and who confirmed it", () => {
    const ticket = ticketOf({ class: "emergency", confirmedBy: "Chủ tịch" });

    expect(ticketSchema.parse(ticket)).to.deep.equal(ticket);
    expect(ticket).to.deep.include({ by: "Chị Hoa", confirmedBy: "Chủ tịch", end: START + 9000 });
    expect(ticket.results).to.deep.equal({ "loa-1": { state: "due" } });
  });

  it("goes on after something more urgent, unless the person said otherwise", () => {
    expect(ticketOf({}).resume).to.equal("continue");
    expect(ticketOf({ resume: "drop" }).resume).to.equal("drop");
  });

  it("is begun no later than its class allows", () => {
    const late = (["ordinary", "priority", "emergency"] as const).map((of) => ticketOf({ class: of }).notAfter - START);

    expect(late).to.deep.equal([120_000, 600_000, 1_800_000]);
  });
});
