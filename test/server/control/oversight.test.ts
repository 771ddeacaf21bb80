import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { areaId, playlistId } from "../../../src/domain/ids.js";
import { localDate, localTime } from "../../../src/domain/local-time.js";
import type { Playlist } from "../../../src/domain/playlist.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import type { Schedule } from "../../../src/domain/schedule.js";
import { guardMandates } from "../../../src/server/control/mandated-plan.js";
import { createOversightVerbs } from "../../../src/server/control/oversight.js";
import type { PlanVerbs } from "../../../src/server/control/plan-verbs.js";
import { aNewsroom, BY, LEADER } from "./a-newsroom.js";

const EDITOR = { name: "Biên tập thành phố" };
const PLAIN = "Chiều nay họp tổ.";
const WISH = {
  areas: [areaId("phuong-1"), areaId("phuong-2")],
  from: localDate("2026-11-23"),
  until: localDate("2026-11-25"),
  times: [localTime("06:30")],
};

function anOffice({ refuses = false } = {}) {
  const room = aNewsroom();
  const playlists = new Map<string, Playlist>();
  const schedules = new Map<string, Schedule>();
  const plan = {
    putPlaylist: async (value: Playlist) => void playlists.set(value.id, value),
    removePlaylist: async (id: string) => void playlists.delete(id),
    removeSchedule: async (id: string) => void schedules.delete(id),
    async putSchedule(value: Schedule) {
      if (refuses) throw new Fault("forbidden", { vi: "giờ yên tĩnh", en: "quiet" }, { reason: "quiet-hours" });
      schedules.set(value.id, value);
    },
  } as unknown as PlanVerbs;
  const receivers = ["1", "2", "2"].map((ward, index) =>
    receiverSchema.parse({ id: `loa-${index}`, name: "Loa", area: `phuong-${ward}`, kind: "fixed" }),
  );
  const office = createOversightVerbs({
    ...{ book: room.book, frozen: { mustBeAnswered: () => {}, obey: async () => {} }, plan, asRun: room.asRun },
    receivers: () => receivers,
    isBelow: (area, roots) => roots.includes(area),
    now: () => "2026-11-23T01:00:00.000Z",
  });
  const ward = guardMandates(plan, (id) => room.announcements.all().some(({ mandate }) => mandate?.schedule === id));
  return { ...room, office, ward, playlists, schedules };
}

describe("a block by the city's editor", () => {
  it("keeps an approved announcement off the air, with the reason, until it is lifted", async () => {
    const room = anOffice();
    const id = await room.write(PLAIN);
    await room.approve(id);

    await room.office.block(id, { reason: "số liệu chưa được xác nhận" }, EDITOR);
    expect(room.view(id)).to.include({ stage: "blocked" });
    expect(room.view(id).blocked).to.include({ by: EDITOR.name, reason: "số liệu chưa được xác nhận" });
    expect((await room.refusalOf(room.approve(id))).reason).to.equal("blocked");

    await room.office.unblock(id, EDITOR);
    expect(room.view(id)).to.include({ stage: "approved" }).and.not.have.property("blocked");
  });

  it("outlives whatever the ward does to the text", async () => {
    const room = anOffice();
    const id = await room.write(PLAIN);
    await room.office.block(id, { reason: "số liệu chưa được xác nhận" }, EDITOR);
    await room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: BY });
    await room.making.idle();

    expect(room.view(id).stage).to.equal("blocked");
    expect((await room.refusalOf(room.verbs.submit(id, room.version(id), BY))).reason).to.equal("blocked");
  });
});

describe("a bulletin that must be aired", () => {
  it("gets a schedule in the chosen wards, first in the programme, and only once it is approved", async () => {
    const room = anOffice();
    const id = await room.write(PLAIN);
    expect((await room.refusalOf(room.office.require(id, WISH, EDITOR))).reason).to.equal("checked");
    expect(room.playlists.size).to.equal(0);
    await room.approve(id);

    await room.office.require(id, WISH, EDITOR);

    expect([...room.schedules.values()]).to.have.length(1);
    expect([...room.schedules.values()][0]).to.deep.include({
      ...{ id: `bat-buoc-${id}`, class: "priority", order: 0, at: WISH.times, start: WISH.from, until: WISH.until },
      targets: { areas: WISH.areas, receivers: [], except: [], kinds: ["fixed", "van"] },
    });
    expect(room.playlists.get(`bat-buoc-${id}`)?.items).to.have.length(1);
  });

  it("is changed neither by the ward's edits, nor by its schedules and playlists, but is always recalled", async () => {
    const room = anOffice();
    const id = await room.write(PLAIN);
    await room.approve(id);
    await room.office.require(id, WISH, EDITOR);
    const schedule = room.view(id).mandate?.schedule;
    if (!schedule) throw new TypeError("no mandate");
    const tries = [
      room.verbs.updateAnnouncement(id, { text: "Khác." }, { expected: "*", by: BY }),
      room.verbs.withdraw(id, { reason: "không muốn phát" }, LEADER),
      room.verbs.removeAnnouncement(id, { expected: "*", by: BY }),
      room.ward.removeSchedule(schedule, { expected: "*", by: BY }),
      room.ward.enableSchedule(schedule, false, BY),
      room.ward.removePlaylist(playlistId(schedule), { expected: "*", by: BY }),
    ];
    for (const attempt of tries) expect((await room.refusalOf(attempt)).reason).to.equal("mandatory");
    await room.verbs.markRecalled(id, LEADER);
    expect(room.view(id).stage).to.equal("recalled");
  });

  it("leaves nothing behind when its hours are refused, and goes with its schedule when it ends", async () => {
    const night = anOffice({ refuses: true });
    const one = await night.write(PLAIN);
    await night.approve(one);
    expect((await night.refusalOf(night.office.require(one, WISH, EDITOR))).reason).to.equal("quiet-hours");
    expect([night.playlists.size, night.view(one).mandate]).to.deep.equal([0, undefined]);

    const room = anOffice();
    const id = await room.write(PLAIN);
    await room.approve(id);
    await room.office.require(id, WISH, EDITOR);
    await room.office.endMandate(id, EDITOR);
    expect([room.playlists.size, room.schedules.size, room.view(id).mandate]).to.deep.equal([0, 0, undefined]);
    await room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: BY });
  });

  it("tells of each ward how many loudspeakers were heard since it was ordered", async () => {
    const room = anOffice();
    const id = await room.write(PLAIN);
    await room.approve(id);
    room.hear("loa-0", [id], Date.UTC(2026, 10, 22));
    await room.office.require(id, WISH, EDITOR);
    room.hear("loa-1", [id], Date.UTC(2026, 10, 23, 2));

    expect(room.office.mandates().map(({ areas, by, stage }) => ({ areas, by, stage }))).to.deep.equal([
      {
        ...{ by: EDITOR.name, stage: "aired" },
        areas: [
          { area: "phuong-1", receivers: 1, heard: 0 },
          { area: "phuong-2", receivers: 2, heard: 1 },
        ],
      },
    ]);
  });
});
