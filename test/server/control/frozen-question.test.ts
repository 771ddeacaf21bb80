import { expect } from "chai";
import { epoch } from "../../../src/base/units.js";
import { announcementId } from "../../../src/domain/ids.js";
import type { Ticket } from "../../../src/domain/ticket.js";
import type { StopScope } from "../../../src/protocol/orders.js";
import { createFrozenQuestion } from "../../../src/server/control/frozen-question.js";
import { aTicket } from "../../support/builders.js";
import { aNewsroom, BY } from "./a-newsroom.js";

/** Nine o'clock in Đà Lạt. */
const NINE = Date.UTC(2026, 10, 23, 2);
const PLAIN = "Chiều nay họp tổ.";

function aRoom(now = NINE - 5_000) {
  const open: Ticket[] = [];
  const stopped: StopScope[] = [];
  const frozen = createFrozenQuestion({
    tickets: { open: () => open },
    now: () => epoch(now),
    zone: "Asia/Ho_Chi_Minh",
    stop: async (scope) => stopped.push(scope),
  });
  const room = aNewsroom({ frozen });
  const freeze = (id: string, fields: Partial<Ticket> = {}) => {
    const [item] = aTicket().items;
    if (!item) throw new TypeError("a ticket without sound");
    open.push(aTicket({ start: NINE, items: [{ ...item, announcement: announcementId(id) }], ...fields }));
    return open.at(-1)?.occurrence;
  };
  return { ...room, freeze, stopped };
}

describe("an announcement that is frozen for its airing, or on air", () => {
  it("asks whoever edits it: next time, or stop now; and keeps nothing until they say", async () => {
    const room = aRoom();
    const id = await room.write(PLAIN);
    await room.approve(id);
    room.freeze(id);
    const edit = (frozen?: "next-time" | "stop-now") =>
      room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: BY, frozen });

    const refusal = await room.refusalOf(edit());
    expect(refusal).to.include({ code: "conflict", reason: "frozen" });
    expect(refusal.message).to.include("09:00").and.include("Bản tin sáng");
    expect(room.view(id)).to.include({ text: PLAIN, approved: true });

    await edit("next-time");
    expect(room.view(id)).to.include({ text: "Chiều mai họp tổ.", approved: false });
    expect(room.stopped).to.deep.equal([]);
  });

  it("is stopped at once where that is the answer, each sounding once", async () => {
    const room = aRoom();
    const id = await room.write(PLAIN);
    await room.approve(id);
    const occurrence = room.freeze(id);
    room.freeze(id, { id: `${occurrence}#other` as Ticket["id"] });

    await room.verbs.withdraw(id, { reason: "ngày họp đã đổi", frozen: "stop-now" }, BY);

    expect(room.view(id).approved).to.equal(false);
    expect(room.stopped).to.deep.equal([{ kind: "occurrence", occurrence }]);
  });

  it("asks as well before it is removed five seconds before air, or its approval taken back", async () => {
    const room = aRoom();
    const id = await room.write(PLAIN);
    await room.approve(id);
    room.freeze(id);

    expect((await room.refusalOf(room.verbs.removeAnnouncement(id, { expected: "*", by: BY }))).reason).to.equal(
      "frozen",
    );
    expect((await room.refusalOf(room.verbs.withdraw(id, { reason: "đã đổi giờ" }, BY))).reason).to.equal("frozen");
    expect(room.view(id).approved).to.equal(true);
    await room.verbs.removeAnnouncement(id, { expected: "*", by: BY, frozen: "next-time" });
    expect(room.announcements.all()).to.deep.equal([]);
    expect(room.stopped).to.deep.equal([]);
  });

  it("asks nothing about a title, about another announcement, or when everybody is through with it", async () => {
    const room = aRoom();
    const id = await room.write(PLAIN);
    await room.approve(id);
    room.freeze(id, { results: { "loa-1": { state: "played" } } });
    room.freeze("khac");

    await room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: BY });
    await room.making.idle();
    room.freeze(id);
    await room.verbs.updateAnnouncement(id, { title: "Họp" }, { expected: "*", by: BY });

    expect(room.view(id)).to.include({ title: "Họp", text: "Chiều mai họp tổ." });
  });
});
