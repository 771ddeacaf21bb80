import { expect } from "chai";
import { epoch } from "../../../src/base/units.js";
import { announcementId, occurrenceId, type ScheduleId } from "../../../src/domain/ids.js";
import type { Playlist } from "../../../src/domain/playlist.js";
import type { Schedule } from "../../../src/domain/schedule.js";
import { type Ticket, type TicketId, ticketId, ticketSchema } from "../../../src/domain/ticket.js";
import { airedLately } from "../../../src/server/control/lately.js";
import { anAnnouncement, aPlaylist, aSchedule } from "../../support/a-station.js";
import { fakeRecords } from "../../support/fake-records.js";

const NOW = epoch(Date.parse("2026-11-23T12:00:00Z"));
const HOUR = 3_600_000;
const A = anAnnouncement("a", 10, { title: "Tin a", text: "lời a" });
const B = anAnnouncement("b", 10, { title: "Tin b", text: "lời b" });
const RECORDING = anAnnouncement("c", 10, { recording: "c.wav" });

function aTicket(name: string, hoursAgo: number, more: object): Ticket {
  const start = NOW - hoursAgo * HOUR;
  const occurrence = occurrenceId(name, start);
  return ticketSchema.parse({
    ...{ id: ticketId(occurrence, start), occurrence, title: name, class: "ordinary", order: 1, resume: "drop" },
    ...{ planned: start, start, end: start + 1000, notAfter: start + 2000, items: [], receivers: [], results: {} },
    ...more,
  });
}
const itemOf = (one: typeof A) => ({
  ...{ announcement: one.id, sha256: one.clip?.sha256, bytes: 1, offsetMs: 0, durationMs: 1, gainDb: 0 },
});

function lately(tickets: readonly Ticket[], except?: string) {
  const playlist = aPlaylist("sang", [
    { kind: "announcement", announcement: "a" },
    { kind: "pause", ms: 5 },
    { kind: "announcement", announcement: "c" },
  ]);
  const playlists = { get: (id: string) => (id === "sang" ? playlist : undefined), all: () => [playlist] };
  return airedLately(
    {
      tickets: fakeRecords<TicketId, Ticket>(({ id }) => id, tickets),
      schedules: fakeRecords<ScheduleId, Schedule>(({ id }) => id, [aSchedule("sang")]),
      playlists: { ...playlists, put: async (_: Playlist) => {}, remove: async () => {} },
      announcements: fakeRecords(({ id }) => id, [A, B, RECORDING]),
    },
    NOW,
    except === undefined ? undefined : announcementId(except),
  ).map(({ text }) => text);
}

describe("what was on air lately", () => {
  it("is told by the tickets of the last 24 hours, oldest first", () => {
    const late = aTicket("x", 1, { items: [itemOf(A)] });
    const early = aTicket("y", 20, { items: [itemOf(B), itemOf(RECORDING)] });
    const tooEarly = aTicket("z", 25, { items: [itemOf(A)] });
    const toCome = aTicket("w", -1, { items: [itemOf(A)] });

    expect(lately([late, early, tooEarly, toCome])).to.deep.equal(["lời b", "lời a"]);
  });

  it("leaves out the announcement that is being looked at", () => {
    expect(lately([aTicket("x", 1, { items: [itemOf(A), itemOf(B)] })], "a")).to.deep.equal(["lời b"]);
  });

  it("follows a closed ticket to its schedule's playlist, or to the announcement of its title", () => {
    expect(lately([aTicket("x", 2, { closed: true, schedule: "sang" })])).to.deep.equal(["lời a"]);
    expect(lately([aTicket("tay", 2, { closed: true, title: "Tin b" })])).to.deep.equal(["lời b"]);
    expect(lately([aTicket("x", 2, { closed: true, schedule: "da-xoa" })])).to.deep.equal([]);
  });
});
