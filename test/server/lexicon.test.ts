import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../src/base/errors.js";
import { silentLog } from "../../src/base/log.js";
import { epoch } from "../../src/base/units.js";
import type { LexiconEntry } from "../../src/domain/lexicon.js";
import type { EventLine } from "../../src/domain/log-line.js";
import { createStationLexicon } from "../../src/server/lexicon.js";
import { openStore, type Store } from "../../src/server/store/store.js";
import { anAnnouncement } from "../support/a-station.js";
import { FakeClock } from "../support/fake-clock.js";

const HOA = { name: "chị Hoa" };
const entry = (written: string, spoken: string, more: Partial<LexiconEntry> = {}): LexiconEntry => ({
  written,
  spoken,
  ...more,
});

describe("the station's lexicon", () => {
  let folder: string;
  let store: Store;
  const events: EventLine[] = [];

  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-lexicon-"));
    store = await openStore({ folder, clock: new FakeClock(), log: silentLog });
    events.length = 0;
  });
  afterEach(async () => {
    await store.close();
    await fs.rm(folder, { recursive: true });
  });

  const open = (file: readonly LexiconEntry[] = []) =>
    createStationLexicon({
      file,
      taught: store.lexicon,
      announcements: store.announcements,
      options: {},
      voiceFor: () => ({}),
      asRun: { event: (line) => events.push(line) },
      now: () => epoch(Date.parse("2026-11-23T00:00:00Z")),
      digest: (text) => createHash("sha256").update(text).digest("hex"),
    });
  const refusal = async (attempt: Promise<unknown>): Promise<Fault> => {
    const thrown = await attempt.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (thrown instanceof Fault) return thrown;
    throw new Error(`expected a refusal, got ${String(thrown)}`);
  };
  /** Announcements with these texts, spoken as the lexicon says now. */
  const announce = async (lexicon: ReturnType<typeof open>, texts: Readonly<Record<string, string>>) => {
    for (const [id, text] of Object.entries(texts)) {
      const { spoken } = lexicon.read(text);
      await store.announcements.put(anAnnouncement(id, 5, { text, spokenText: spoken }));
    }
  };

  it("reads by the file before the shipped readings, and by what was taught before both", async () => {
    const lexicon = open([entry("UBND", "ủy ban"), entry("HĐND", "hội đồng")]);
    expect(lexicon.read("UBND và HĐND").spoken).to.equal("ủy ban và hội đồng");

    await lexicon.verbs.teach(entry("UBND", "ủy ban phường"), HOA);
    expect(lexicon.read("UBND và HĐND").spoken).to.equal("ủy ban phường và hội đồng");
  });

  it("lets a taught reading stand before any that the file has for the same form", async () => {
    const lexicon = open([entry("XYZ", "ích", { context: { before: ["phường"] } })]);
    await lexicon.verbs.teach(entry("XYZ", "y"), HOA);
    expect(lexicon.read("XYZ phường").spoken).to.equal("y phường");
  });

  it("keeps what was taught, with who and when", async () => {
    const { reading } = await open().verbs.teach(entry("VCNET", "vê xê nét mới"), HOA);
    await store.close();
    store = await openStore({ folder, clock: new FakeClock(), log: silentLog });
    const lexicon = open();

    expect(lexicon.read("VCNET").spoken).to.equal("vê xê nét mới");
    expect(lexicon.verbs.taughtReading(reading.id).value).to.include({ by: "chị Hoa", at: "2026-11-23T00:00:00.000Z" });
    expect(events).to.deep.equal([
      {
        ...{ kind: "lexicon.changed", by: HOA, detail: { taught: 1, removed: 0, written: ["VCNET"] } },
        ...{ before: { readings: [] }, after: { readings: [{ written: "VCNET", spoken: "vê xê nét mới" }] } },
      },
    ]);
  });

  it("keeps one reading for a form at a place, and several for a form at different places", async () => {
    const { verbs } = open();
    await verbs.teach(entry("ABC", "a"), HOA);
    await verbs.teach(entry("ABC", "b"), HOA);
    await verbs.teach(entry("ABC", "c", { context: { near: ["chợ"] } }), HOA);
    expect(verbs.readings({ from: "taught" }).map((one) => one.entry.spoken)).to.deep.equal(["b", "c"]);
  });

  it("says which announcements a reading changes, and changes none of them", async () => {
    const lexicon = open();
    await announce(lexicon, { a: "Mời họp tại NVHX.", b: "Mời bà con họp.", c: "nvhx mở cửa" });
    const before = store.announcements.all();

    const { impact } = await lexicon.verbs.teach(entry("NVHX", "nhà văn hóa xã"), HOA);

    expect(impact.announcements.map(({ id, approved, after }) => ({ id, approved, after }))).to.deep.equal([
      { id: "a", approved: true, after: "nhà văn hóa xã." },
    ]);
    expect(store.announcements.all()).to.deep.equal(before);
  });

  it("looks ahead without changing anything", async () => {
    const lexicon = open();
    await announce(lexicon, { a: "Họp ở NVHX." });
    const { announcements } = await lexicon.verbs.previewReadings({ put: [entry("NVHX", "nhà văn hóa xã")] });
    expect(announcements.map(({ id }) => id)).to.deep.equal(["a"]);
    expect(lexicon.verbs.readings({ from: "taught" })).to.deep.equal([]);
    expect(events).to.deep.equal([]);
  });

  it("lists what was spoken before the readings became what they are, page by page", async () => {
    const lexicon = open();
    await announce(lexicon, { a: "NVHX", b: "Mời họp", c: "NVHX đông" });
    await lexicon.verbs.teach(entry("NVHX", "nhà văn hóa xã"), HOA);
    const outdated = async (after?: string) =>
      (await lexicon.verbs.outdated(after as never)).announcements.map(({ id }) => String(id));
    expect(await outdated()).to.deep.equal(["a", "c"]);
    expect(await outdated("a")).to.deep.equal(["c"]);
  });

  it("forgets, and says what that changes", async () => {
    const lexicon = open();
    const { reading } = await lexicon.verbs.teach(entry("NVHX", "nhà văn hóa xã"), HOA);
    await announce(lexicon, { a: "Họp ở NVHX." });
    const { impact } = await lexicon.verbs.forget(reading.id, HOA);
    expect(impact.announcements.map(({ before }) => before)).to.deep.equal(["nhà văn hóa xã."]);
    expect(lexicon.read("NVHX").unknown).to.deep.equal(["NVHX"]);
    expect(await refusal(lexicon.verbs.forget(reading.id, HOA))).to.include({ code: "not-found" });
  });

  it("refuses a change of a reading that somebody else changed, and of what it is known by", async () => {
    const { verbs } = open();
    const { reading } = await verbs.teach(entry("ABC", "a"), HOA);
    await verbs.updateReading(reading.id, entry("ABC", "b"), { expected: reading.revision, by: HOA });

    const late = verbs.updateReading(reading.id, entry("ABC", "c"), { expected: reading.revision, by: HOA });
    expect(await refusal(late)).to.include({ code: "conflict", reason: "stale" });
    const other = verbs.updateReading(reading.id, entry("ABD", "c"), { expected: "*", by: HOA });
    expect(await refusal(other)).to.include({ code: "invalid", reason: "other-reading" });
    expect(verbs.taughtReading(reading.id).value.entry.spoken).to.equal("b");
  });

  it("takes a table whole or not at all, and tells a preview from the deed", async () => {
    const lexicon = open();
    const table = "written,spoken\nNVHX,nhà văn hóa xã\nABC,a bê xê\n";
    const dry = await lexicon.verbs.importReadings(table, { dry: true, by: HOA });
    expect(dry).to.include({ taught: 2, unchanged: 0, dry: true });
    expect(store.lexicon.size).to.equal(0);

    await lexicon.verbs.importReadings(table, { dry: false, by: HOA });
    const again = await lexicon.verbs.importReadings(table, { dry: false, by: HOA });
    expect(again).to.include({ taught: 0, unchanged: 2 });
    expect(events.length).to.equal(1);

    const wrong = lexicon.verbs.importReadings("written,spoken\nD,đê\nE,3\n", { dry: false, by: HOA });
    expect(await refusal(wrong)).to.include({ code: "invalid", reason: "wrong-table", path: "/line/3/spoken" });
    expect(store.lexicon.size).to.equal(2);
  });

  it("gives out what was taught as a table that comes back unchanged", async () => {
    const { verbs } = open([entry("UBND", "ủy ban")]);
    await verbs.teach(entry("+84", "cộng tám tư"), HOA);
    expect(verbs.exportReadings("taught")).to.include("'+84,cộng tám tư");
    expect(verbs.exportReadings("file")).to.include("UBND,ủy ban");
    const back = await verbs.importReadings(verbs.exportReadings("taught"), { dry: false, by: HOA });
    expect(back).to.include({ taught: 0, unchanged: 1 });
  });

  it("finds readings by what is written or said", () => {
    const found = open().verbs.readings({ q: "bluezone" });
    expect(found.map(({ from, entry: { spoken } }) => `${from} ${spoken}`)).to.deep.equal(["shipped blu-dôn"]);
  });
});
