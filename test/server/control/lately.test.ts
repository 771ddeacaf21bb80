import { expect } from "chai";
import { epoch } from "../../../src/base/units.js";
import { announcementId, occurrenceId, type ReceiverId, type ScheduleId } from "../../../src/domain/ids.js";
import type { Playlist } from "../../../src/domain/playlist.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import { type Schedule, type Targets, targetsSchema } from "../../../src/domain/schedule.js";
import { type ResultState, type Ticket, type TicketId, ticketId, ticketSchema } from "../../../src/domain/ticket.js";
import { airedLately } from "../../../src/server/control/lately.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
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

const PLAYLIST = aPlaylist("sang", [
  { kind: "announcement", announcement: "a" },
  { kind: "pause", ms: 5 },
  { kind: "announcement", announcement: "c" },
]);
const HEARD_AT_1 = { receivers: ["loa-1"], results: { "loa-1": { state: "played" } } };
const aReceiver = (name: string, area: string): ReceiverRecord =>
  receiverSchema.parse({ id: name, name, area, kind: "fixed" });

interface Asked {
  readonly about?: string;
  /** What the log says of closed tickets. */
  readonly settled?: Readonly<Record<string, ResultState>>;
  readonly schedules?: readonly Schedule[];
}

function heardLately(tickets: readonly Ticket[], { about, settled = {}, schedules = [aSchedule("sang")] }: Asked = {}) {
  const playlists = { get: (id: string) => (id === "sang" ? PLAYLIST : undefined), all: () => [PLAYLIST] };
  const receivers = [aReceiver("loa-1", "to-1"), aReceiver("loa-2", "to-2")];
  const kept = {
    tickets: fakeRecords<TicketId, Ticket>(({ id }) => id, tickets),
    schedules: fakeRecords<ScheduleId, Schedule>(({ id }) => id, schedules),
    playlists: { ...playlists, put: async (_: Playlist) => {}, remove: async () => {} },
    announcements: fakeRecords(({ id }) => id, [A, B, RECORDING]),
    receivers: fakeRecords<ReceiverId, ReceiverRecord>(({ id }) => id, receivers),
  };
  const results = Object.entries(settled).map(([id, state]) => [id as ReceiverId, { state, said: true }] as const);
  const targeted = ({ areas }: Targets) => receivers.filter(({ area }) => areas.includes(area));
  const knowledge = { targeted, areaName: (area: string) => `Khu ${area}` };
  const asRun = { settledAt: () => new Map(results) };
  return airedLately({ kept, asRun, knowledge }, NOW, about === undefined ? undefined : announcementId(about));
}
const lately = (...asked: Parameters<typeof heardLately>) => heardLately(...asked).map(({ text }) => text);

describe("what was heard lately", () => {
  it("is told by the tickets of the last 24 hours, oldest first", () => {
    const late = aTicket("x", 1, { items: [itemOf(A)], ...HEARD_AT_1 });
    const early = aTicket("y", 20, { items: [itemOf(B), itemOf(RECORDING)], ...HEARD_AT_1 });
    const tooEarly = aTicket("z", 25, { items: [itemOf(A)], ...HEARD_AT_1 });
    const toCome = aTicket("w", -1, { items: [itemOf(A)], ...HEARD_AT_1 });

    expect(lately([late, early, tooEarly, toCome])).to.deep.equal(["lời b", "lời a"]);
  });

  it("leaves out the announcement that is being looked at", () => {
    expect(
      lately([aTicket("x", 1, { items: [itemOf(A), itemOf(B)], ...HEARD_AT_1 })], { about: "a", schedules: [] }),
    ).to.deep.equal(["lời b"]);
  });

  it("follows a closed ticket to its schedule's playlist, or to the announcement of its title", () => {
    const settled = { "loa-1": "played" } as const;
    const closed = (more: object) => aTicket("x", 2, { closed: true, receivers: ["loa-1"], ...more });

    expect(lately([closed({ schedule: "sang" })], { settled })).to.deep.equal(["lời a"]);
    expect(lately([closed({ title: "Tin b" })], { settled })).to.deep.equal(["lời b"]);
    expect(lately([closed({ schedule: "da-xoa" })], { settled })).to.deep.equal([]);
  });

  it("counts only what somebody heard, and says where", () => {
    const at = (state: ResultState, closed = false) =>
      aTicket("x", 2, {
        ...{ closed, schedule: "sang", items: [itemOf(A)], receivers: ["loa-1", "loa-2"] },
        results: closed ? {} : { "loa-1": { state }, "loa-2": { state: "missed" } },
      });

    for (const state of ["missed", "muted", "recalled", "refused", "unknown", "due"] as const) {
      expect(lately([at(state)]), state).to.deep.equal([]);
      expect(lately([at(state, true)], { settled: { "loa-1": state } }), state).to.deep.equal([]);
    }
    for (const state of ["played", "cut", "sounding", "interrupted"] as const)
      expect(heardLately([at(state)])[0]?.areas, state).to.deep.equal(["Khu to-1"]);
    expect(heardLately([at("played", true)], { settled: { "loa-2": "played" } })[0]?.areas).to.deep.equal(["Khu to-2"]);
  });

  it("counts, for an announcement with schedules, only what was heard where it is to sound", () => {
    const there = aTicket("x", 2, { items: [itemOf(B)], ...HEARD_AT_1 });
    const to = (area: string, enabled = true) => ({
      schedules: [aSchedule("sang", { targets: targetsSchema.parse({ areas: [area] }), enabled })],
    });

    expect(lately([there], { about: "a", ...to("to-1") })).to.deep.equal(["lời b"]);
    expect(lately([there], { about: "a", ...to("to-2") })).to.deep.equal([]);
    expect(lately([there], { about: "a", ...to("to-2", false) })).to.deep.equal(["lời b"]);
  });
});
