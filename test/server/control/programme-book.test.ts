import { createHash } from "node:crypto";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import { areaId, occurrenceId, playlistId, type ReceiverId, receiverId, scheduleId } from "../../../src/domain/ids.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import type { Rundown, RundownLine } from "../../../src/domain/rundown.js";
import { programmeSchema } from "../../../src/protocol/programme.js";
import { ticketOf } from "../../../src/server/control/cues.js";
import { createProgrammeBook, type Offer } from "../../../src/server/control/programme-book.js";
import { aHash, aTicket } from "../../support/builders.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");
const DAY = Date.UTC(2026, 10, 23);

describe("the programme book", () => {
  const receivers = [loa1, loa2].map((id) => receiverSchema.parse({ id, name: id, area: "xuan-huong", kind: "fixed" }));
  const line = (name: string, hour: number, fields: Partial<RundownLine> = {}): RundownLine => ({
    occurrence: occurrenceId(name, DAY + hour * 3_600_000),
    schedule: scheduleId(name),
    playlist: playlistId("p"),
    title: name,
    class: "ordinary",
    order: 1,
    receivers: [loa1, loa2],
    planned: epoch(DAY + hour * 3_600_000),
    start: epoch(DAY + hour * 3_600_000),
    end: epoch(DAY + hour * 3_600_000 + 2000),
    notAfter: epoch(DAY + hour * 3_600_000 + 120_000),
    timing: { kind: "hard" },
    resume: "continue",
    maxMs: 60_000,
    items: [{ sha256: aHash(), offsetMs: 0, durationMs: 2000, gainDb: 0 }],
    golden: false,
    fate: "airs",
    ...fields,
  });
  const rundown = (...lines: RundownLine[]): Rundown => ({
    from: epoch(DAY),
    until: epoch(DAY + 8 * 86_400_000),
    lines,
  });

  /** @param kept what is on disk */
  function start(kept = new Map<ReceiverId, Offer>()) {
    const offered: [string, number][] = [];
    const world = { signerIsDead: false, held: 0 };
    let onDisk: Promise<void> = Promise.resolve();
    const writing = {
      /** The disk takes its time until the returned function is called. */
      hold(): () => void {
        let release = () => {};
        onDisk = new Promise((resolve) => {
          release = resolve;
        });
        return release;
      },
    };
    const book = createProgrammeBook({
      offers: {
        get: (id) => kept.get(id),
        putAll: async (offers) => {
          for (const offer of offers) kept.set(offer.id, offer);
          await onDisk;
        },
      },
      digest: (text) => createHash("sha256").update(text).digest("hex"),
      now: () => epoch(DAY),
      peopleBehind: () => ({ composed: "Văn thư", approved: "Lãnh đạo" }),
      placeOf: (area) => ({
        zone: "Asia/Ho_Chi_Minh",
        areas: [area, areaId("da-lat")],
        sensitive: false,
        policies: [],
      }),
      bytesOf: () => 8000,
      breathe: async () => {},
      sign: async (text) => {
        if (world.signerIsDead) throw new Fault("unavailable", { vi: "", en: "" });
        return { text, keyId: "k", signature: "s" };
      },
      isConnected: () => true,
      heldBy: () => world.held,
      offer: (receiver, { revision, signature }) => {
        expect(signature).to.equal("s");
        offered.push([receiver, revision]);
      },
      policyVersion: () => "p1",
      log: silentLog,
    });
    const programme = (id: ReceiverId) => programmeSchema.parse(JSON.parse(book.programmeOf(id)?.body ?? "null"));
    return { book, kept, offered, programme, writing, world };
  }

  it("gives each receiver its cues with explicit instants, named by the hash of the very bytes", async () => {
    const { book, programme } = start();
    await book.refresh(rundown(line("trua", 4), line("sang", 1, { receivers: [loa1] })), receivers, []);
    expect(programme(loa1).cues.map(({ title, at }) => [title, at])).to.deep.equal([
      ["sang", (DAY + 3_600_000) * 1000],
      ["trua", (DAY + 4 * 3_600_000) * 1000],
    ]);
    expect(programme(loa2).cues.map(({ title }) => title)).to.deep.equal(["trua"]);
    const file = book.programmeOf(loa1);
    expect(file?.sha256).to.equal(
      createHash("sha256")
        .update(file?.body ?? "")
        .digest("hex"),
    );
  });

  it("says of each cue who is behind it, the same before and after it is frozen", async () => {
    const { book, programme, offered } = start();
    const plan = rundown(line("trua", 4));
    await book.refresh(plan, receivers, []);
    const behind = { composed: "Văn thư", approved: "Lãnh đạo", schedule: "trua" };
    expect(programme(loa1).cues.map(({ by }) => by)).to.deep.equal([behind]);
    const [planned] = plan.lines;
    if (!planned) throw new Error("no line");
    await book.refresh(plan, receivers, [
      ticketOf(
        planned,
        () => 8000,
        () => ({ composed: "Văn thư", approved: "Lãnh đạo" }),
      ),
    ]);
    expect(programme(loa1).cues.map(({ by }) => by)).to.deep.equal([behind]);
    expect(offered, "nothing new to offer").to.have.length(2);
  });

  it("tells of it, after a start, who came before the programmes were laid out, though nothing in them changed", async () => {
    const plan = rundown(line("trua", 4));
    const before = start();
    await before.book.refresh(plan, receivers, []);
    const { book, offered } = start(before.kept);
    book.offer(loa1);
    book.tellOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(offered).to.deep.equal([]);
    await book.refresh(plan, receivers, []);
    book.tellOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(offered).to.deep.equal([["loa-1", 1]]);
    book.tellOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(offered, "once").to.have.length(1);
  });

  it("offers nothing unsigned, and offers it once the signer is back", async () => {
    const { book, offered, world } = start();
    world.signerIsDead = true;
    await book.refresh(rundown(line("trua", 4)), receivers, []);
    expect(offered).to.deep.equal([]);
    expect(book.programmeOf(loa1)?.revision).to.equal(1);
    world.signerIsDead = false;
    book.tellOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(offered).to.deep.equal([
      [loa1, 1],
      [loa2, 1],
    ]);
  });

  it("raises the revision only of those whose programme changed", async () => {
    const { book, offered } = start();
    await book.refresh(rundown(line("trua", 4)), receivers, []);
    await book.refresh(rundown(line("trua", 4)), receivers, []);
    await book.refresh(rundown(line("trua", 4), line("chieu", 9, { receivers: [loa2] })), receivers, []);
    expect(offered).to.deep.equal([
      [loa1, 1],
      [loa2, 1],
      [loa2, 2],
    ]);
  });

  it("holds what is frozen, whatever the plan says now, and never the same occurrence twice", async () => {
    const { book, programme } = start();
    const planned = line("trua", 4);
    const ticket = aTicket({
      occurrence: planned.occurrence,
      start: planned.start,
      receivers: [loa1],
      title: "đóng băng",
    });
    const moved = line("trua", 4, {
      start: epoch(planned.start + 600_000),
      end: epoch(planned.start + 602_000),
      fate: "moved",
    });
    await book.refresh(rundown(moved), receivers, [ticket]);
    expect(programme(loa1).cues.map(({ title, at }) => [title, at])).to.deep.equal([
      ["đóng băng", planned.start * 1000],
    ]);
    expect(programme(loa2).cues.map(({ at }) => at)).to.deep.equal([moved.start * 1000]);
  });

  it("gives no revision before it is on disk, and none with the content of another", async () => {
    const { book, programme, writing } = start();
    await book.refresh(rundown(line("trua", 4)), receivers, []);
    const written = writing.hold();
    const refreshed = book.refresh(rundown(line("chieu", 9)), receivers, []);
    await new Promise(setImmediate);
    expect([programme(loa1).revision, programme(loa1).cues.map(({ title }) => title)]).to.deep.equal([1, ["trua"]]);
    written();
    await refreshed;
    expect([programme(loa1).revision, programme(loa1).cues.map(({ title }) => title)]).to.deep.equal([2, ["chieu"]]);
  });

  it("gives nothing that was dropped, and nothing at all to a receiver out of service", async () => {
    const { book, programme } = start();
    const [first, second] = receivers;
    if (!first || !second) throw new Error("two receivers");
    await book.refresh(
      rundown(line("trua", 4), line("dem", 16, { fate: "dropped" })),
      [first, { ...second, disabled: true }],
      [],
    );
    expect(programme(loa1).cues.map(({ title }) => title)).to.deep.equal(["trua"]);
    expect(programme(loa2).cues).to.deep.equal([]);
  });

  it("surpasses what a receiver holds of a time that the station has forgotten, before and after it has planned", async () => {
    const { book, offered, world } = start();
    await book.refresh(rundown(line("sang", 6)), receivers.slice(0, 1), []);
    offered.length = 0;
    world.held = 41;
    book.offer(loa1);
    await book.refresh(rundown(line("sang", 6)), receivers.slice(0, 1), []);
    expect(offered).to.deep.equal([["loa-1", 42]]);
    expect(book.revisionOf(loa1)).to.equal(42);
    world.held = 77;
    await book.refresh(rundown(line("sang", 6)), receivers.slice(0, 1), []);
    expect(offered.at(-1)).to.deep.equal(["loa-1", 78]);
  });

  it("believes no number that no station has ever reached", async () => {
    const { book, world } = start();
    world.held = Number.MAX_SAFE_INTEGER;
    await book.refresh(rundown(line("sang", 6)), receivers.slice(0, 1), []);
    book.offer(loa1);
    await book.refresh(rundown(line("sang", 6)), receivers.slice(0, 1), []);
    expect(book.revisionOf(loa1)).to.equal(1);
  });
});
