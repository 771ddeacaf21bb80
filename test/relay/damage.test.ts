import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import { programmeSchema } from "../../src/protocol/programme.js";
import type { Fact } from "../../src/receiver/memory.js";
import { openJournal } from "../../src/relay/disk/journal.js";
import { openMemory } from "../../src/relay/disk/memory-file.js";
import { createProgrammeFile } from "../../src/relay/disk/programme-file.js";
import { openStateFolder } from "../../src/relay/disk/state-folder.js";
import { readTwin, writeTwin } from "../../src/relay/disk/twin-file.js";
import { FakeClock } from "../support/fake-clock.js";

const PAGE = 4096;

/** What a disk may do to one page of a file, and what is cut off behind it. */
const DAMAGES: Record<string, (bytes: Buffer, page: number) => Buffer> = {
  zeroed: (bytes, page) => Buffer.from(bytes).fill(0, page * PAGE, Math.min(bytes.length, (page + 1) * PAGE)),
  scrambled: (bytes, page) => {
    const copy = Buffer.from(bytes);
    for (let at = page * PAGE; at < Math.min(copy.length, (page + 1) * PAGE); at++)
      copy[at] = (at * 167 + 13 * (at >> 3)) & 0xff;
    return copy;
  },
  "one bit flipped": (bytes, page) => {
    const copy = Buffer.from(bytes);
    const at = Math.min(copy.length - 2, page * PAGE + 2048);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  },
  "cut short": (bytes, page) => bytes.subarray(0, page * PAGE),
  "zero behind": (bytes, page) => Buffer.from(bytes).fill(0, page * PAGE),
  torn: (bytes, page) => Buffer.concat([bytes.subarray(0, page * PAGE), bytes.subarray((page + 1) * PAGE)]),
};

/** Only the end is gone: nothing in the file itself shows that there was more. */
const isCut = (name: string, bytes: Buffer, page: number) =>
  name === "cut short" || (name === "torn" && (page + 1) * PAGE >= bytes.length);

describe("state files that a disk has damaged", () => {
  let folder: string;
  let events: string[];
  const log = createLog(new FakeClock(), (line) => events.push((JSON.parse(line) as { event: string }).event));
  const options = { log, onFull: async () => {} };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-damage-"));
    events = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  const asideOf = async () => (await readdir(folder)).filter((name) => /\.bad-\d$/.test(name));

  /** A memory of a few pages: what sounded, a recall in the middle, a stop near the end. */
  const facts: Fact[] = [
    ...Array.from(
      { length: 120 },
      (_, index): Fact => ({ kind: "started", key: `cue-${index}@20261123t000000z`, at: index }),
    ),
    { kind: "stop", scope: { kind: "announcement", announcement: "thu-hoi" as never }, issuedAt: 5 },
    ...Array.from({ length: 120 }, (_, index): Fact => ({ kind: "done", key: `cue-${index}@20261123t000000z` })),
    { kind: "stop", scope: { kind: "all" }, issuedAt: 77 },
    { kind: "stop", scope: { kind: "receivers", receivers: ["loa-a" as never] }, issuedAt: 78 },
    { kind: "order", id: "order0001", epoch: 3, sequence: 9 },
  ];
  const remembers = async () => {
    const memory = await openMemory(at("memory"), { ...options, hasPlayed: true });
    await memory.close();
    return memory;
  };
  const fill = async () => {
    const first = await openMemory(at("memory"), { ...options, hasPlayed: false });
    await first.remember(...facts);
    await first.close();
    const bytes = await readFile(at("memory"));
    expect(bytes.equals(await readFile(at("memory.copy")))).to.equal(true);
    return bytes;
  };

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`remembers everything when any page of one copy of the memory is ${name}, says so and keeps it aside`, async () => {
      const bytes = await fill();
      for (const copy of ["memory", "memory.copy"])
        for (let page = 0; page * PAGE < bytes.length; page++) {
          events = [];
          await writeFile(at(copy), damage(bytes, page));
          const { memory, damage: found } = await remembers();
          const where = `${copy}, page ${page}`;
          expect(memory.played.size, where).to.equal(120);
          expect(
            [...memory.played.values()].every(({ done }) => done),
            where,
          ).to.equal(true);
          expect(memory, where).to.include({ forgotAt: 0, isForgetful: false, epoch: 3, sequence: 9 });
          expect(memory.recalled.has("thu-hoi"), where).to.equal(true);
          expect(memory.stops.size, where).to.equal(2);
          // A few lines less than the other are what any power cut leaves.
          const isSmall = isCut(name, bytes, page) && bytes.length - page * PAGE < 32 * 60;
          if (!isSmall) {
            expect(events, where).to.include("relay.file-damaged");
            expect(found, where).to.deep.include({ isLossy: false });
            if (page > 0) expect(await asideOf(), where).to.not.be.empty;
          }
          expect((await readFile(at("memory"))).equals(await readFile(at("memory.copy"))), where).to.equal(true);
          await rm(at("memory"));
          await rm(at("memory.copy"));
          await fill();
        }
    });
  }

  it("keeps a few of the bad files, not all there ever were", async () => {
    const bytes = await fill();
    for (let turn = 0; turn < 8; turn++) {
      await writeFile(at("memory"), DAMAGES.zeroed?.(bytes, 0) ?? "");
      await remembers();
    }
    expect(await asideOf()).to.have.members(["memory.bad-1", "memory.bad-2", "memory.bad-3"]);
  });

  for (const name of ["zeroed", "scrambled", "one bit flipped", "zero behind", "torn"]) {
    it(`believes nothing that was due before when both copies are ${name} at the same place`, async () => {
      const bytes = await fill();
      for (let page = 0; page * PAGE < bytes.length; page++) {
        if (isCut(name, bytes, page)) continue;
        for (const copy of ["memory", "memory.copy"]) await writeFile(at(copy), DAMAGES[name]?.(bytes, page) ?? "");
        const where = `page ${page}`;
        const { memory } = await remembers();
        expect(memory, where).to.include({ forgotAt: Number.POSITIVE_INFINITY, isForgetful: true });
        expect(events, where).to.include("relay.memory-lost");
        // It is not forgotten again that something was forgotten.
        expect((await remembers()).memory, where).to.include({ forgotAt: Number.POSITIVE_INFINITY, isForgetful: true });
        const again = await openMemory(at("memory"), { ...options, hasPlayed: true });
        await again.remember({ kind: "forgot", at: micros(500) }, { kind: "reminded" });
        await again.close();
        expect((await remembers()).memory, where).to.include({ forgotAt: 500, isForgetful: false });
        for (const copy of ["memory", "memory.copy"]) await rm(at(copy));
        await fill();
      }
    });
  }

  it("takes a memory that is gone, beside a programme that is there, for one that was lost", async () => {
    const { memory } = await remembers();
    expect(memory).to.include({ forgotAt: Number.POSITIVE_INFINITY, isForgetful: true });
  });

  const aLine = (index: number) =>
    ({ event: "started", cue: `cue-${index}@20261123t000000z`, at: micros(1_000 + index), volume: 60 }) as const;
  const fillJournal = async () => {
    for (const copy of ["journal", "journal.copy"]) await rm(at(copy), { force: true });
    const first = await openJournal(at("journal"), () => "j-1", options);
    for (let index = 1; index <= 150; index++) first.write(aLine(index));
    await first.close();
    return readFile(at("journal"));
  };
  const allOf = async () => {
    const journal = await openJournal(at("journal"), () => "j-2", options);
    const lines = [...journal.pending(0)];
    for (let more = journal.pending(lines.length); more.length > 0; more = journal.pending(lines.length))
      lines.push(...more);
    journal.write(aLine(999));
    await journal.close();
    return { id: journal.id, lines, next: journal.pending(lines.at(-1)?.seq ?? 0).at(-1)?.seq, lost: journal.lost };
  };

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`tells every line of a journal of which any page of one copy is ${name}`, async () => {
      const bytes = await fillJournal();
      for (const copy of ["journal", "journal.copy"])
        for (let page = 0; page * PAGE < bytes.length; page++) {
          await writeFile(at(copy), damage(bytes, page));
          const { id, lines, next, lost } = await allOf();
          expect(
            lines.map(({ seq }) => seq),
            `${copy}, page ${page}`,
          ).to.deep.equal(Array.from({ length: 150 }, (_, index) => index + 1));
          expect({ id, next, lost }).to.deep.equal({ id: "j-1", next: 151, lost: 0 });
          await fillJournal();
        }
    });
  }

  for (const name of ["zeroed", "scrambled", "one bit flipped", "zero behind", "torn"]) {
    it(`never gives a number twice, and tells what is gone, when both copies of the journal are ${name}`, async () => {
      const bytes = await fillJournal();
      for (let page = 0; page * PAGE < bytes.length; page++) {
        if (isCut(name, bytes, page)) continue;
        for (const copy of ["journal", "journal.copy"]) await writeFile(at(copy), DAMAGES[name]?.(bytes, page) ?? "");
        const { id, lines, next, lost } = await allOf();
        const where = `page ${page}`;
        expect(lost, where).to.be.above(0);
        if (id === "j-1") {
          const known = lines.filter(({ event }) => event === "started");
          for (const { seq, cue } of known) expect(cue, where).to.equal(`cue-${seq}@20261123t000000z`);
          expect(
            lines.map(({ seq }) => seq),
            where,
          ).to.deep.equal(lines.map((_, index) => index + 1));
          expect(next, where).to.be.above(150);
          expect(lines.filter(({ why }) => why === "journal-damaged").length, where).to.equal(lost);
        } else expect(page, "only the head names the journal").to.equal(0);
        await fillJournal();
      }
    });
  }

  const aProgramme = (revision: number) =>
    programmeSchema.parse({
      ...{ v: 1, receiver: "loa-1", revision, issuedAt: 1, from: 1, until: 2, zone: "Asia/Ho_Chi_Minh" },
      ...{ areas: [], sensitive: false, policies: [], volume: 50, outputDelayMs: 0, pathBiasUs: 0 },
      cues: Array.from({ length: 60 }, (_, index) => ({
        ...{ id: `cue-${index}@20261123t000000z`, class: "ordinary", at: index, durationMs: 5, notAfter: index + 1 },
        ...{ resume: "continue", items: [{ sha256: "a".repeat(64), offsetMs: 0, durationMs: 5 }] },
      })),
    });

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`holds the newest programme that proves itself when any page is ${name}`, async () => {
      const save = async () => {
        const file = createProgrammeFile(folder, log);
        await file.save(aProgramme(1));
        await file.save(aProgramme(2));
        return readFile(at("programme.json"));
      };
      const bytes = await save();
      const load = async () => (await createProgrammeFile(folder, log).load())?.revision;
      for (let page = 0; page * PAGE < bytes.length; page++) {
        const bad = damage(bytes, page);
        for (const copies of [["programme.json"], ["programme.json.copy"]]) {
          for (const copy of copies) await writeFile(at(copy), bad);
          expect(await load(), `${copies}, page ${page}`).to.equal(2);
          expect(events).to.include("relay.file-damaged");
        }
        for (const copy of ["programme.json", "programme.json.copy"]) await writeFile(at(copy), bad);
        expect(await load(), `both, page ${page}`).to.equal(1);
        expect(events).to.include("relay.programme-older");
        await save();
      }
    });
  }

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`finds key, credentials and trusted keys again when their only page, or that of their copy, is ${name}`, async () => {
      const text = `${JSON.stringify({ key: "k".repeat(300) })}\n`;
      for (const copy of ["small.json", "small.json.copy"]) {
        writeTwin(at("small.json"), text);
        await writeFile(at(copy), damage(await readFile(at(copy)), 0));
        events = [];
        expect(readTwin(at("small.json"), { log, isGood: (one) => one === text })).to.equal(text);
        expect(events).to.deep.equal(["relay.file-damaged"]);
        expect(readTwin(at("small.json"), { log, isGood: () => false })).to.equal(text);
        expect(await readFile(at("small.json"), "utf8")).to.equal(text);
      }
    });
  }

  it("takes a small file that a person removed for gone, and one without any good copy for what it is", async () => {
    writeTwin(at("small.json"), "{}\n");
    await rm(at("small.json"));
    expect(readTwin(at("small.json"), { log, isGood: () => true })).to.equal(undefined);
    expect(await readdir(folder)).to.not.include("small.json.copy");
    await writeFile(at("small.json"), "{");
    expect(readTwin(at("small.json"), { log, isGood: () => false })).to.equal("{");
  });

  it("plays nothing of the old programme until the station has told it anew, and confesses it in the journal", async () => {
    const open = () => openStateFolder({ folder, clipBudget: 1_000, clock: new FakeClock(), log });
    const first = await open();
    await first.programmes.save(aProgramme(7));
    await first.disk.remember(...facts);
    await first.close();
    for (const copy of ["memory.ndjson", "memory.ndjson.copy"]) await writeFile(at(copy), Buffer.alloc(PAGE));

    const second = await open();
    expect(second.programme).to.deep.include({ revision: 0, cues: [], volume: 50 });
    expect(second.revision).to.equal(7);
    second.confess(micros(9));
    await second.close();
    expect(second.journal.pending(0).map(({ event, why }) => `${event} ${why}`)).to.deep.equal(["failed memory-lost"]);
  });
});
