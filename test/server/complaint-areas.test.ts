import { expect } from "chai";
import type { Complaint } from "../../src/domain/complaint.js";
import { type AreaId, areaId, type ReceiverId, receiverId } from "../../src/domain/ids.js";
import type { LogQuery } from "../../src/domain/log-line.js";
import { type ComplaintAreaParts, nameComplaintAreas } from "../../src/server/complaint-areas.js";
import { fakeRecords } from "../support/fake-records.js";

const aComplaint = (number: number, more: Partial<Complaint> = {}): Complaint => ({
  ...{ number, place: "Ngõ 3", at: 0, what: "Quá ồn", recordedBy: "Chị Hoa", recordedAt: 0 },
  ...more,
});
const [gone, moved, unknown] = ["da-go", "da-doi", "khong-ro"].map(receiverId) as [ReceiverId, ReceiverId, ReceiverId];

describe("complaints of before their area was kept", () => {
  /** What the log tells: a kind of line, with a number, a loudspeaker and an area. */
  type Told = readonly [kind: string, number: number, receiver: ReceiverId, area: AreaId];

  async function named(complaints: readonly Complaint[], told: readonly Told[]) {
    const kept = fakeRecords<string, Complaint>(({ number }) => String(number), complaints);
    const lines = told.map(([kind, number, receiver, area], n) => ({ n, kind, receiver, area, detail: { number } }));
    const asked: LogQuery[] = [];
    const page = async (query: LogQuery) => {
      asked.push(query);
      // Two at a time, so that a second page is needed.
      return lines.filter(({ kind, n }) => kind === query.kind && n > (query.after ?? -1)).slice(0, 2);
    };
    const receivers = { get: (id: ReceiverId) => (id === moved ? { area: areaId("phuong-2") } : undefined) };
    await nameComplaintAreas({
      store: { complaints: kept, receivers },
      asRun: { page },
    } as unknown as ComplaintAreaParts);
    return { areas: kept.all().map(({ area }) => area), asked };
  }

  it("get the area that the log has for them, before the one where their loudspeaker stands now", async () => {
    const { areas } = await named(
      [aComplaint(1, { receiver: gone }), aComplaint(2, { receiver: moved }), aComplaint(3, { receiver: moved })],
      [
        ["complaint.recorded", 9, gone, areaId("phuong-9")],
        ["complaint.recorded", 8, moved, areaId("phuong-8")],
        ["complaint.recorded", 1, gone, areaId("phuong")],
        ["complaint.changed", 2, moved, areaId("phuong")],
      ],
    );
    expect(areas).to.deep.equal(["phuong", "phuong", "phuong-2"]);
  });

  it("stay without one when nobody knows it, or when they name no loudspeaker", async () => {
    const { areas } = await named([aComplaint(1, { receiver: unknown }), aComplaint(2)], []);
    expect(areas).to.deep.equal([undefined, undefined]);
  });

  it("are not looked for in the log once each has its area", async () => {
    const { areas, asked } = await named(
      [aComplaint(1, { receiver: gone, area: areaId("phuong") }), aComplaint(2)],
      [],
    );
    expect([areas, asked]).to.deep.equal([["phuong", undefined], []]);
  });
});
