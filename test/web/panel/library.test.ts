import { expect } from "chai";
import type { Pack } from "../../../src/domain/emergency-pack.js";
import type { Playlist } from "../../../src/domain/playlist.js";
import { playlistSchema } from "../../../src/domain/playlist.js";
import { type Schedule, scheduleSchema } from "../../../src/domain/schedule.js";
import type { AnnouncementView } from "../../../src/server/api/views.js";
import { shelf } from "../../../src/web/panel/library/shelf.js";
import { usesOf } from "../../../src/web/panel/library/uses.js";

const kept = <T>(value: T) => ({ value, revision: "1" });
const playlist = (id: string, ...announcements: string[]) =>
  kept<Playlist>(
    playlistSchema.parse({
      id,
      title: id,
      items: announcements.map((one) => ({ kind: "announcement", announcement: one })),
    }),
  );
const schedule = (id: string, of: string) =>
  kept<Schedule>(
    scheduleSchema.parse({
      ...{ id, title: id, class: "ordinary", playlist: of, targets: { areas: ["phuong"] } },
      ...{ start: "2026-11-24", at: ["17:00"] },
    }),
  );
const view = (fields: object) =>
  ({ title: "", topic: "khac", stage: "draft", ...fields }) as unknown as AnnouncementView;

describe("where an announcement is used", () => {
  const plan = {
    playlists: [playlist("rieng", "tin"), playlist("chung", "tin", "khac"), playlist("la", "khac")],
    schedules: [schedule("sang", "rieng"), schedule("chieu", "chung"), schedule("toi", "la")],
  };

  it("names the playlists that hold it and the schedules that bring those on air", () => {
    const { playlists, schedules } = usesOf("tin", plan);
    expect(playlists.map(({ value }) => value.id)).to.deep.equal(["rieng", "chung"]);
    expect(schedules.map(({ value }) => value.id)).to.deep.equal(["sang", "chieu"]);
  });

  it("names the emergency packs that would be without it", () => {
    const pack = { id: "lu", title: "Lũ", alert: "tin", correction: "sua", allClear: "yen" } as unknown as Pack;
    const packsOf = (id: string) => usesOf(id, { ...plan, packs: [pack] }).packs.map(({ title }) => title);
    expect(["tin", "sua", "yen"].map(packsOf)).to.deep.equal([["Lũ"], ["Lũ"], ["Lũ"]]);
    expect(packsOf("khac")).to.deep.equal([]);
  });

  it("knows the playlist that holds nothing else", () => {
    expect(usesOf("tin", plan).alone?.id).to.equal("rieng");
    expect(usesOf("khac", plan).alone?.id).to.equal("la");
    expect(usesOf("moi", plan)).to.deep.equal({ playlists: [], schedules: [], packs: [], alone: undefined });
  });
});

describe("the library", () => {
  const all = [
    view({ id: "cu", title: "Cúp điện tổ 9", topic: "cup-dien", heardAt: "2026-11-01T10:00:00.000Z", stage: "aired" }),
    view({
      id: "moi",
      title: "Họp tổ dân phố",
      text: "Mời bà con đến nhà văn hoá",
      heardAt: "2026-11-20T10:00:00.000Z",
    }),
    view({ id: "sap", title: "Tiêm chủng", nextAt: "2026-11-30T10:00:00.000Z", stage: "planned" }),
    view({ id: "nhap", title: "Nháp" }),
  ];
  const ids = (wish: object) => shelf(all, { typed: "", stage: "any", ...wish }).map(({ id }) => id as string);

  it("shows first what will sound first, then what sounded last", () => {
    expect(ids({})).to.deep.equal(["sap", "moi", "cu", "nhap"]);
  });

  it("finds by letters without their marks, in title, text and topic", () => {
    expect(ids({ typed: "cup dien" })).to.deep.equal(["cu"]);
    expect(ids({ typed: "van hoa ba con" })).to.deep.equal(["moi"]);
    expect(ids({ typed: "không có" })).to.deep.equal([]);
  });

  it("shows those of one standing", () => {
    expect(ids({ stage: "aired" })).to.deep.equal(["cu"]);
  });
});
