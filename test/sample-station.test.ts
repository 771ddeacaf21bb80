import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import * as z from "zod";
import { alertLevelSchema } from "../src/domain/alert-level.js";
import { announcementSchema } from "../src/domain/announcement.js";
import { ancestry, areaSchema, existsOn } from "../src/domain/area.js";
import { holidaySchema } from "../src/domain/holiday.js";
import { areaId, playlistId } from "../src/domain/ids.js";
import { isWithin, localDate, secondsOf } from "../src/domain/local-time.js";
import { playlistSchema } from "../src/domain/playlist.js";
import { policySchema } from "../src/domain/policy.js";
import { scheduleSchema } from "../src/domain/schedule.js";
import { loadStation } from "../src/server/config.js";
import { chimes } from "./support/make-chimes.js";

// Read from the working directory, which npm sets to the checkout: the compiled test lies deeper than its source.
const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const draftSchema = z.strictObject({
  ...announcementSchema.shape,
  text: z.string().min(20).max(2000),
  approved: z.literal(true),
});

const areas = z.array(areaSchema).parse(json("config/areas.json"));
const tree = new Map(areas.map((area) => [area.id, area]));
const policies = z.array(policySchema).parse(json("config/policy.json"));
const levels = z.array(alertLevelSchema).parse(json("config/levels.json"));
const first = z
  .strictObject({
    announcements: z.array(draftSchema),
    schedules: z.array(scheduleSchema),
    declarations: z.array(z.never()),
  })
  .parse(json("config/first-start.json"));
const playlists = readdirSync("playlists")
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, playlist: playlistSchema.parse(json(`playlists/${name}`)) }));

const station = loadStation(".", { env: {} });

describe("the sample station", () => {
  it("is accepted as it stands, without a warning", () => {
    expect(station.warnings).to.deep.equal([]);
    expect(station.firstStart?.announcements).to.have.length(first.announcements.length);
  });

  it("speaks without a network, and sounds at two loudspeakers and a van of the test area only", () => {
    const { voices, virtual, listen } = station.settings;

    expect(voices.order).to.deep.equal(["espeak"]);
    expect(listen.host).to.equal("127.0.0.1");
    expect(virtual.map(({ kind, area }) => `${kind} ${area}`)).to.deep.equal([
      "fixed thu-nghiem",
      "fixed thu-nghiem",
      "van thu-nghiem",
    ]);
    for (const { id, out } of virtual) expect(out).to.equal(`wav:audio/out/${id}.wav`);
  });

  it("knows the five wards of Đà Lạt and the units that each was made of", () => {
    const wards = areas.filter((area) => area.kind === "ward" && existsOn(area, localDate("2026-11-23")));
    const partsOf = (ward: string) =>
      areas.filter((area) => area.kind === "quarter" && area.parent === ward).map((area) => area.id);

    expect(wards.map((ward) => ward.id)).to.deep.equal([
      "xuan-huong",
      "cam-ly",
      "lam-vien",
      "xuan-truong",
      "lang-biang",
    ]);
    expect(partsOf("cam-ly")).to.deep.equal(["khu-phuong-5", "khu-phuong-6", "khu-ta-nung"]);
    expect(partsOf("lang-biang")).to.deep.equal(["khu-phuong-7", "khu-lac-duong", "khu-lat"]);
    expect(areas.filter((area) => area.kind === "quarter")).to.have.length(18);
  });

  it("keeps each former unit, ended on the day of the reform and merged into a ward that exists", () => {
    const ended = areas.filter((area) => area.until !== undefined);

    expect(ended).to.have.length(18);
    for (const area of ended) {
      expect(existsOn(area, localDate("2025-06-30")), area.id).to.equal(true);
      expect(existsOn(area, localDate("2025-07-01")), area.id).to.equal(false);
      expect(tree.get(area.mergedInto ?? areaId("none"))?.kind, area.id).to.equal("ward");
    }
  });

  it("has one tree: no id twice, every parent known, no loop", () => {
    expect(tree.size).to.equal(areas.length);
    for (const area of areas) expect(ancestry(tree, area.id).at(-1)?.parent, area.id).to.equal(undefined);
  });

  it("keeps the nights quiet everywhere but in the test area", () => {
    const open = policies.filter((policy) => policy.quiet.length === 0);

    expect(open.map((policy) => policy.area)).to.deep.equal(["thu-nghiem"]);
    expect(ancestry(tree, areaId("thu-nghiem"))).to.have.length(1);
    for (const policy of policies.filter((other) => !open.includes(other))) {
      expect(policy.quiet.some((range) => isWithin(range, 3 * 3600))).to.equal(true);
      expect(policy.quietSensitive.some((range) => isWithin(range, 5.75 * 3600))).to.equal(true);
    }
  });

  it("plans nothing in a quiet hour and nothing in the test area", () => {
    const quiet = policies.flatMap((policy) => [...policy.quiet, ...policy.quietSensitive]);
    for (const schedule of first.schedules) {
      expect(schedule.targets.areas).not.to.include("thu-nghiem");
      for (const area of schedule.targets.areas) expect(tree.get(area)?.kind).to.equal("ward");
      for (const at of schedule.at)
        expect(
          quiet.some((range) => isWithin(range, secondsOf(at))),
          `${schedule.id} ${at}`,
        ).to.equal(false);
    }
  });

  it("uses only announcements, chimes, playlists and schedules that it has", () => {
    const announcements = new Set<string>(first.announcements.map((draft) => draft.id));
    const library = new Set(readdirSync("audio/library"));
    const known = new Set<string>(playlists.map(({ playlist }) => playlist.id));
    const schedules = new Set<string>(first.schedules.map((schedule) => schedule.id));

    for (const { name, playlist } of playlists) {
      expect(name).to.equal(`${playlist.id}.json`);
      for (const item of playlist.items) {
        if (item.kind === "announcement") expect(announcements).to.include(item.announcement);
        if (item.kind === "chime") expect(library).to.include(item.recording);
      }
    }
    for (const schedule of first.schedules) expect(known).to.include(playlistId(schedule.playlist));
    for (const level of levels)
      for (const schedule of [...level.schedules, ...level.suspends]) expect(schedules).to.include(schedule);
  });

  it("says of every text, playlist, schedule and level that it is a sample", () => {
    const titles = [
      ...first.announcements,
      ...first.schedules,
      ...levels,
      ...playlists.map(({ playlist }) => playlist),
    ];
    for (const { title } of titles) expect(title).to.match(/\(bản mẫu\)$/);
    expect(station.settings.station.name).to.match(/\(bản mẫu\)$/);
  });

  it("says aloud that it is a sample at the head of every playlist", () => {
    const spoken = new Map<string, string>(first.announcements.map((draft) => [draft.id, draft.text]));
    for (const { playlist } of playlists) {
      const words = playlist.items.flatMap((item) =>
        item.kind === "announcement" ? [spoken.get(item.announcement)] : [],
      );
      expect(words.join(" "), playlist.id).to.match(/mẫu/);
    }
  });

  it("keeps texts short enough to be heard whole beside a passing van, and free of digits that could be a number", () => {
    for (const { id, text } of first.announcements) {
      expect(text.split(/\s+/).length, id).to.be.lessThan(200);
      expect(text, id).not.to.match(/\d{3}/);
      expect(text, id).to.equal(text.normalize("NFC"));
    }
  });

  it("lists holidays in order, each once", () => {
    const days = z
      .array(holidaySchema)
      .parse(json("config/holidays.json"))
      .map(({ date }) => date);
    expect(days).to.deep.equal([...new Set(days)].sort());
  });
});

/** The samples of a 16-bit mono WAV with the plain header of 44 bytes. */
const samplesOf = (file: Buffer): number[] =>
  Array.from({ length: (file.length - 44) / 2 }, (_, i) => file.readInt16LE(44 + i * 2));

describe("the chimes", () => {
  for (const [name, made] of chimes()) {
    it(`${name} is what the generator makes: small, mono, unclipped, silent at both ends`, () => {
      const file = readFileSync(`audio/library/${name}`);
      const samples = samplesOf(file);

      // One step of difference is what another machine's sine may make.
      const furthest = samplesOf(Buffer.from(made)).map((sample, i) => Math.abs(sample - (samples[i] ?? 0)));
      expect(furthest.reduce((most, step) => Math.max(most, step), 0)).to.be.lessThan(2);
      expect(file.length).to.equal(made.length).and.to.be.lessThan(200_000);
      expect(file.readUInt16LE(22)).to.equal(1);
      expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).to.be.within(20_000, 24_000);
      expect(Math.abs(samples[0] ?? 1)).to.be.lessThan(10);
      expect(Math.abs(samples.at(-1) ?? 1)).to.be.lessThan(200);
    });
  }
});
