import { expect } from "chai";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { Order, StopScope } from "../../../src/protocol/orders.js";
import type { KeptStop } from "../../../src/server/control/ports.js";
import { createWhoStopped, type Stopped } from "../../../src/server/control/who-stopped.js";
import { fakeRecords } from "../../support/fake-records.js";

const SECOND = 1_000_000;
const due = 1_795_428_600 * SECOND;
const tin = announcementId("tin");
const about: Stopped = {
  ...{ receiver: receiverId("loa-1"), area: areaId("to-1"), cue: occurrenceId("sang", due / 1000) },
  ...{ announcements: [tin], dueAt: due, until: due + 60 * SECOND },
};

describe("who stopped it", () => {
  const ask = (stops: readonly { scope: StopScope; issuedAt: number; by?: string }[], more: Partial<Stopped> = {}) => {
    const kept = stops.map(({ scope, issuedAt, by }, index): KeptStop => {
      const order = { id: `stop-${index}`, issuedAt, body: { kind: "stop", scope }, by: { aired: by } };
      return { id: order.id, order: order as unknown as Order };
    });
    const isBelow = (area: string, roots: readonly string[]) => roots.includes(area) || roots.includes("phuong");
    return createWhoStopped(
      fakeRecords<string, KeptStop>(({ id }) => id, kept),
      isBelow,
    )({ ...about, ...more });
  };
  const scopes: [name: string, scope: StopScope, meant: boolean][] = [
    ["everything", { kind: "all" }, true],
    ["its area", { kind: "areas", areas: [areaId("phuong")] }, true],
    ["another area", { kind: "areas", areas: [areaId("to-2")] }, false],
    ["it by name", { kind: "receivers", receivers: [about.receiver] }, true],
    ["another by name", { kind: "receivers", receivers: [receiverId("loa-2")] }, false],
    ["this sounding", { kind: "occurrence", occurrence: occurrenceId("sang", due / 1000) }, true],
    ["another sounding", { kind: "occurrence", occurrence: occurrenceId("chieu", due / 1000) }, false],
  ];
  for (const [name, scope, meant] of scopes)
    it(`is ${meant ? "the person" : "nobody"} who stopped ${name}`, () => {
      const found = ask([{ scope, issuedAt: due + SECOND, by: "Chị Hoa" }]);
      expect(found).to.deep.equal(meant ? { why: "stopped", by: "Chị Hoa" } : undefined);
    });

  it("is the one who recalled what is in it, however long before", () => {
    const recall = { scope: { kind: "announcement", announcement: tin } as const, issuedAt: due - 3600 * SECOND };
    expect(ask([{ ...recall, by: "Anh Nam" }])).to.deep.equal({ why: "recalled", by: "Anh Nam" });
    expect(ask([{ ...recall, by: "Anh Nam" }], { announcements: [] })).to.equal(undefined);
  });

  it("is the last of several, and nobody who came too late or stopped what was before", () => {
    const all = { kind: "all" } as const;
    expect(
      ask([
        { scope: all, issuedAt: due + SECOND, by: "Chị Hoa" },
        { scope: all, issuedAt: due + 2 * SECOND, by: "Anh Nam" },
        { scope: all, issuedAt: due + 200 * SECOND, by: "Cô Tư" },
        { scope: all, issuedAt: due - 100 * SECOND, by: "Bác Ba" },
      ])?.by,
    ).to.equal("Anh Nam");
    expect(ask([{ scope: all, issuedAt: due - 100 * SECOND, by: "Bác Ba" }])).to.equal(undefined);
  });
});
