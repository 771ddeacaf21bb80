import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { type Sha256, sha256 } from "../../src/domain/ids.js";
import { emptyMemory, factsOf, remember } from "../../src/receiver/memory.js";
import { openClips } from "../../src/relay/disk/clip-store.js";
import type { CopyFile } from "../../src/relay/disk/copy-file.js";
import { openJournal } from "../../src/relay/disk/journal.js";
import { createLineFile, openLines } from "../../src/relay/disk/line-file.js";
import { createLineQueue } from "../../src/relay/disk/line-queue.js";
import { lockFolder } from "../../src/relay/disk/lock.js";
import { createLogFile } from "../../src/relay/disk/log-file.js";
import { openMemory } from "../../src/relay/disk/memory-file.js";

/** A copy on a disk that is full for so many writes. */
function fullFor(writes: number): CopyFile {
  let left = writes;
  return {
    async append() {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    },
    ...{ replace: async () => {}, isGood: () => true, abandon() {}, close: async () => {} },
  };
}
const options = { log: silentLog, onFull: async () => {} };

describe("the disk of a relay", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-disk-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);

  it("keeps every line that was written, and cuts off one that a power cut tore", async () => {
    const first = await openLines(at("lines"), options);
    await Promise.all(["a", "b", "c"].map((line) => first.log.append(line)));
    await first.log.close();
    await appendFile(at("lines"), "8e2f1a07 0 4 tor");

    const second = await openLines(at("lines"), options);
    await second.log.append("d");
    await second.log.close();

    expect(second.lines).to.deep.equal(["a", "b", "c"]);
    expect((await openLines(at("lines"), options)).lines).to.deep.equal(["a", "b", "c", "d"]);
  });

  it("puts lines that come while the file is rewritten behind it", async () => {
    const { log } = await openLines(at("lines"), options);
    const kept = ["old"];
    await log.append("old");
    const append = (line: string) => {
      kept.push(line);
      return log.append(line);
    };
    await Promise.all([append("before"), log.rewrite(() => ["kept", ...kept]), append("with"), append("too")]);
    await append("after");
    await log.close();

    const { lines } = await openLines(at("lines"), options);
    expect(lines).to.deep.equal(["kept", "old", "before", "with", "too", "after"]);
  });

  it("numbers the journal without gaps across restarts and reports until acknowledged", async () => {
    const line = { event: "started", cue: "a", at: 1 } as const;
    const first = await openJournal(at("journal"), () => "j-1", options);
    first.write(line);
    first.write(line);
    await first.close();
    first.acknowledge(1);

    const second = await openJournal(at("journal"), () => "j-2", options);
    expect(second.id).to.equal("j-1");
    expect(second.pending(0).map(({ seq }) => seq)).to.deep.equal([1, 2]);
    second.acknowledge(2);
    second.write(line);
    expect(second.pending(0), "not on disk yet").to.deep.equal([]);
    await second.close();

    expect(second.pending(0).map(({ seq }) => seq)).to.deep.equal([3]);
  });

  it("remembers over a restart what it obeyed, began and stopped", async () => {
    const first = await openMemory(at("memory"), { ...options, hasPlayed: false });
    await first.remember(
      { kind: "order", id: "order0001", epoch: 3, sequence: 7 },
      { kind: "started", key: "a", at: 5 },
      { kind: "stop", scope: { kind: "all" }, issuedAt: 9 },
      { kind: "mute", muted: true },
    );
    await first.close();
    await appendFile(at("memory"), '1f 0 9 {"kind":"done","key":"a"'.padStart(40, "0").slice(6));

    const { memory, close } = await openMemory(at("memory"), { ...options, hasPlayed: false });
    await close();

    expect(memory).to.include({ epoch: 3, sequence: 7, muted: true });
    expect(memory.played.get("a")).to.deep.equal({ at: 5, done: false });
    expect(memory.stops.size).to.equal(1);
  });

  it("takes a memory in which nothing happened yet for a memory, and one that is gone for lost", async () => {
    const first = await openMemory(at("memory"), { ...options, hasPlayed: false });
    await first.close();
    const second = await openMemory(at("memory"), { ...options, hasPlayed: true });
    await second.close();
    expect(second.memory).to.include({ isForgetful: false, forgotAt: 0 });

    for (const name of ["memory", "memory.copy"]) await writeFile(at(name), "");
    const third = await openMemory(at("memory"), { ...options, hasPlayed: true });
    await third.close();
    expect(third.memory).to.include({ isForgetful: true });
  });

  it("forgets nothing when the memory is written anew", () => {
    const memory = emptyMemory();
    remember(memory, { kind: "order", id: "order0001", epoch: 3, sequence: 7 });
    remember(memory, { kind: "started", key: "a", at: 5 });
    remember(memory, { kind: "done", key: "a" });
    remember(memory, { kind: "stop", scope: { kind: "announcement", announcement: "tin" as never }, issuedAt: 9 });
    remember(memory, { kind: "stop", scope: { kind: "areas", areas: ["to-1", "to-2"] as never }, issuedAt: 9 });
    remember(memory, { kind: "stop", scope: { kind: "all" }, issuedAt: 8 });
    remember(memory, { kind: "volume", percent: 40, issuedAt: 3 });
    remember(memory, { kind: "time", at: 11 });
    const again = emptyMemory();
    for (const fact of factsOf(memory)) remember(again, fact);

    expect(again).to.deep.equal(memory);
  });

  it("refuses a download that is something else, and removes a clip that rotted", async () => {
    const clips = await openClips(at("clips"), 1_000, silentLog);
    const empty = sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    await writeFile(clips.partOf(empty), "not empty");
    expect(await clips.adopt(empty).catch((thrown: Error) => thrown.message)).to.match(/something else/);
    await writeFile(clips.partOf(empty), "");
    await clips.adopt(empty);
    expect(clips.has(empty)).to.equal(true);
    await writeFile(join(at("clips"), `${empty}.opus`), "rotten");

    expect(await clips.read(empty).catch((thrown: Error) => thrown.message)).to.match(/damaged/);
    expect(clips.has(empty)).to.equal(false);
    expect(await readdir(at("clips"))).to.deep.equal([]);
  });

  it("makes room by removing what is not needed, the longest unused first, and never what is", async () => {
    const names = ["1", "2", "3"].map((digit) => sha256(digit.repeat(64)));
    const [one, two, three] = names as [(typeof names)[0], (typeof names)[0], (typeof names)[0]];
    await openClips(at("clips"), 0, silentLog);
    for (const name of names) await writeFile(join(at("clips"), `${name}.opus`), "x".repeat(100));
    const clips = await openClips(at("clips"), 350, silentLog);

    expect(await clips.makeRoom(100, new Set([one]))).to.equal(true);
    expect(clips.list().toSorted()).to.deep.equal([one, three]);
    expect(await clips.makeRoom(400, new Set([one]))).to.equal(false);
    expect(clips.list()).to.deep.equal([one]).and.not.include(two);
  });

  it("gives up unfinished downloads and what nobody needs when the disk is full, and nothing before it knows that", async () => {
    const [needed, idle] = ["1", "2"].map((digit) => sha256(digit.repeat(64))) as [Sha256, Sha256];
    await openClips(at("clips"), 0, silentLog);
    for (const name of [needed, idle]) await writeFile(join(at("clips"), `${name}.opus`), "x");
    const clips = await openClips(at("clips"), 350, silentLog);
    await writeFile(clips.partOf(sha256("3".repeat(64))), "half");

    await clips.shrink();
    expect((await readdir(at("clips"))).toSorted()).to.deep.equal([`${needed}.opus`, `${idle}.opus`]);
    clips.pin(new Set([needed]));
    await clips.shrink();
    expect(clips.list()).to.deep.equal([needed]);
    expect(await readdir(at("clips"))).to.deep.equal([`${needed}.opus`]);
  });

  it("makes room once for a line that a full disk refused, and takes the next ones when there is room", async () => {
    let asked = 0;
    const onFull = async () => {
      asked += 1;
    };
    const copies = [fullFor(1), fullFor(1)];
    const log = createLineFile("lines", copies, { log: silentLog, onFull, generation: 0, count: 0 });
    await log.append("a");
    expect(asked).to.be.above(0);
    expect(log.health()).to.equal("ok");
    const hopeless = createLineFile("lines", [fullFor(2), fullFor(2)], {
      log: silentLog,
      onFull,
      generation: 0,
      count: 0,
    });
    expect(await hopeless.append("b").catch(() => "refused")).to.equal("refused");
    await hopeless.append("c");
    expect(hopeless.health()).to.equal("ok");
  });

  it("goes on with one copy when the other fails, and has both again after it was written anew", async () => {
    let isBroken = true;
    const broken = {
      ...fullFor(0),
      append: async () => {
        if (isBroken) throw new Error("EIO");
      },
    };
    let isGood = true;
    const second = {
      ...broken,
      isGood: () => isGood,
      abandon: () => {
        isGood = false;
      },
      replace: async () => {
        isGood = true;
        isBroken = false;
      },
    };
    const log = createLineFile("lines", [fullFor(0), second], { ...options, generation: 0, count: 0 });
    await log.append("a");
    expect(log.health()).to.equal("degraded");
    await log.rewrite(() => ["a"]);
    await log.append("b");
    expect(log.health()).to.equal("ok");
  });

  it("lets one program at a time into a folder", async () => {
    const unlock = await lockFolder(folder);
    expect(await lockFolder(folder).catch((thrown: Error) => thrown.message)).to.match(/another running relay/);
    unlock();
    (await lockFolder(folder))();
  });

  it("turns its log over when it has grown", async () => {
    const write = createLogFile(at("relay.log"), 20);
    for (const line of ["one two three four five", "six", "seven"]) write(line);

    expect(await readFile(at("relay.log"), "utf8")).to.equal("six\nseven\n");
    expect(await readFile(at("relay.log.1"), "utf8")).to.match(/^one/);
  });
});

describe("a journal of many lines", () => {
  it("holds fifty thousand that nobody has taken, gives them in order, and shrinks its file as they go", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-journal-"));
    const file = join(folder, "journal");
    const first = await openJournal(file, () => "j", options);
    for (let index = 1; index <= 50_000; index++)
      first.write({ event: "started", cue: `cue-${index}`, at: 1 as never });
    await first.close();
    const journal = await openJournal(file, () => "j", options);
    let taken = 0;
    for (let lines = journal.pending(0); lines.length > 0; lines = journal.pending(taken)) {
      expect(lines[0]?.seq).to.equal(taken + 1);
      taken = lines.at(-1)?.seq ?? 0;
      journal.acknowledge(taken);
    }
    await journal.close();

    expect(taken).to.equal(50_000);
    expect((await readFile(file)).length).to.be.below(300_000);
    await rm(folder, { recursive: true, force: true });
  });

  it("lets the oldest go when nobody takes them for years, and says so", async () => {
    const queue = createLineQueue([{ seq: 1 }]);
    for (let seq = 2; seq <= 200_000; seq++) {
      queue.push({ seq });
      if (queue.length > 100) queue.dropUpTo(queue.first?.seq ?? 0);
    }
    expect(queue.length).to.equal(100);
    expect(queue.first?.seq).to.equal(199_901);
    expect(queue.after(199_990, 5).map(({ seq }) => seq)).to.deep.equal([199_991, 199_992, 199_993, 199_994, 199_995]);
    expect(queue.dropUpTo(500_000)).to.equal(100);
    expect(queue.first).to.equal(undefined);
  });
});
