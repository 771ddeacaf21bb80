import { expect } from "chai";
import { createLog } from "../../../src/base/log.js";
import { areaId } from "../../../src/domain/ids.js";
import type { Notice } from "../../../src/domain/notice.js";
import { DeliveryFailure, type Parcel } from "../../../src/server/notice/delivery.js";
import { createOutbox, type WaitingNotice } from "../../../src/server/notice/outbox.js";
import { FakeClock } from "../../support/fake-clock.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the outbox", () => {
  const kept = new Map<string, WaitingNotice>();
  let clock: FakeClock;
  let sent: [recipient: string, minute: number, parcel: Parcel][];
  let tries: number[];
  let lines: string[];
  const world = { isDown: false, hangs: false, isDiskFull: false };
  beforeEach(() => {
    kept.clear();
    clock = new FakeClock();
    [sent, tries, lines] = [[], [], []];
    Object.assign(world, { isDown: false, hangs: false, isDiskFull: false });
  });

  let ids = 0;
  const recipient = (name: string, more: object = {}) => ({
    ...{ name, kinds: ["alarm", "approval"] as const, ...more },
    deliver: async (parcel: Parcel, signal: AbortSignal) => {
      tries.push(clock.now() / MINUTE);
      if (world.hangs)
        await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      if (world.isDown) throw new DeliveryFailure("ECONNREFUSED");
      sent.push([name, clock.now() / MINUTE, parcel]);
    },
  });
  const open = (recipients = [recipient("Trực")], perHour = 20) =>
    createOutbox({
      ...{ recipients, perHour, station: "Đài thử", timeOf: (at) => `lúc ${at % 1000}`, clock },
      records: {
        all: () => [...kept.values()],
        async commit(steps) {
          if (world.isDiskFull) throw new Error("full");
          for (const step of steps) "put" in step ? kept.set(step.put.id, step.put) : kept.delete(step.delete);
        },
      },
      isBelow: (area, others) => others.some((other) => area.startsWith(other)),
      random: () => 0.5,
      newId: () => `n${ids++}`,
      log: createLog(clock, (line) => lines.push(line)),
    });
  const alarm = (name: string, more: Partial<Notice> = {}): Notice => ({
    ...{ kind: "alarm", at: clock.date(), title: { vi: `Cảnh báo: ${name}`, en: `Alarm: ${name}` }, ...more },
  });
  const go = async (outbox: ReturnType<typeof open>, length: number, step = 5 * SECOND) => {
    for (let passed = 0; passed < length; passed += step) {
      clock.advance(step);
      outbox.look();
      await settle();
    }
  };

  it("tells together what comes together", async () => {
    const outbox = open();
    for (let pole = 1; pole <= 60; pole++) outbox.post(alarm(`Cột ${pole}`));
    await go(outbox, MINUTE);
    expect(sent).to.have.length(1);
    const [, , { subject, text, notices }] = sent[0] as (typeof sent)[number];
    expect(subject).to.equal("[Đài thử] Cảnh báo: Cột 1 (và 59 tin khác)");
    expect(text).to.include("Cột 50").and.include("… và 10 tin nữa.").and.not.include("Cột 51");
    expect(notices).to.have.length(60);
    expect(kept.size).to.equal(0);
  });

  it("tells everybody what he wants to know of his areas, and nothing else", async () => {
    const outbox = open([
      recipient("Lãnh đạo", { kinds: ["approval"] }),
      recipient("Phường 1", { areas: [areaId("p1")] }),
      recipient("Thành phố"),
    ]);
    outbox.post(alarm("Cột 1", { area: areaId("p1-to-3") }));
    outbox.post(alarm("Cột 2", { area: areaId("p2") }));
    outbox.post(alarm("x", { kind: "approval" }));
    outbox.post(alarm("y", { kind: "digest" }));
    await go(outbox, MINUTE);
    const told = Object.fromEntries(
      sent.map(([name, , { notices }]) => [name, notices.map(({ title }) => title.vi.slice(10))]),
    );
    expect(told).to.deep.equal({
      "Lãnh đạo": ["x"],
      "Phường 1": ["Cột 1", "x"],
      "Thành phố": ["Cột 1", "Cột 2", "x"],
    });
  });

  it("tries again with longer and longer waits, without changing what is told, and gives up after three days", async () => {
    world.isDown = true;
    const outbox = open();
    outbox.post(alarm("Cột 1"));
    await go(outbox, 80 * HOUR, MINUTE);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(waits.slice(0, 8)).to.deep.equal([1, 2, 3, 5, 9, 17, 33, 65]);
    expect(Math.max(...waits)).to.be.at.most(6.1 * 60);
    expect(tries.at(-1)).to.be.below(72 * 60 + 1);
    expect(outbox.counts()).to.deep.equal({ waiting: 0, sent: 0, failed: tries.length, dropped: 1 });
    expect(kept.size).to.equal(0);
    expect(lines.filter((line) => line.includes("notices.dropped"))).to.have.length(1);
  });

  it("begins anew with short waits once somebody was reached", async () => {
    world.isDown = true;
    const outbox = open();
    outbox.post(alarm("Cột 1"));
    await go(outbox, 30 * MINUTE);
    outbox.post(alarm("Cột 2"));
    world.isDown = false;
    await go(outbox, HOUR);
    expect(sent.map(([, , { notices }]) => notices.length)).to.deep.equal([2]);
    outbox.post(alarm("Cột 3"));
    await go(outbox, MINUTE);
    expect(sent).to.have.length(2);
  });

  it("keeps what waits over a restart, and forgets those who are no longer told", async () => {
    world.isDown = true;
    const before = open([recipient("Trực"), recipient("Đã nghỉ")]);
    before.post(alarm("Cột 1"));
    await go(before, MINUTE);
    await before.close();
    expect(kept.size).to.equal(2);
    world.isDown = false;
    await go(open(), MINUTE);
    expect(sent.map(([name]) => name)).to.deep.equal(["Trực"]);
    expect(kept.size).to.equal(0);
  });

  it("sends at most so many messages in an hour; the rest goes out together", async () => {
    const outbox = open(undefined, 3);
    for (let minute = 0; minute < 50; minute++) {
      outbox.post(alarm(`Cột ${minute}`));
      await go(outbox, MINUTE);
    }
    expect(sent).to.have.length(3);
    await go(outbox, 20 * MINUTE);
    expect(sent.map(([, , { notices }]) => notices.length)).to.deep.equal([1, 1, 1, 47]);
  });

  it("holds at most two hundred for one recipient: the oldest go", async () => {
    world.isDown = true;
    const outbox = open();
    for (let pole = 0; pole < 250; pole++) outbox.post(alarm(`Cột ${pole}`));
    expect(outbox.counts()).to.include({ waiting: 200, dropped: 50 });
    await settle();
    expect(kept.size).to.equal(200);
    world.isDown = false;
    await go(outbox, MINUTE);
    expect(sent[0]?.[2].notices[0]?.title.vi).to.equal("Cảnh báo: Cột 50");
  });

  describe("of an emergency", () => {
    const urgent = (name: string) => alarm(name, { kind: "emergency" });
    const everything = (more: object = {}) => recipient("Trực", { kinds: ["alarm", "emergency"], ...more });
    const subjects = () =>
      sent.map(([, minute, { subject }]) => [subject.slice("[Đài thử] Cảnh báo: ".length), minute]);

    it("tells at once, by itself, without waiting for what else may come", async () => {
      const outbox = open([everything()]);
      outbox.post(alarm("Cột 1"));
      outbox.post(urgent("PHÁ KÍNH"));
      await settle();
      expect(subjects()).to.deep.equal([["PHÁ KÍNH", 0]]);
      await go(outbox, MINUTE);
      expect(subjects().map(([subject]) => subject)).to.deep.equal(["PHÁ KÍNH", "Cột 1"]);
    });

    it("tells also when the messages of the hour are used up, and takes none of them", async () => {
      const outbox = open([everything()], 1);
      outbox.post(urgent("Khẩn 1"));
      await go(outbox, MINUTE);
      outbox.post(alarm("Cột 1"));
      await go(outbox, MINUTE);
      outbox.post(alarm("Cột 2"));
      await go(outbox, MINUTE);
      outbox.post(urgent("Khẩn 2"));
      await settle();
      expect(subjects().map(([subject]) => subject)).to.deep.equal(["Khẩn 1", "Cột 1", "Khẩn 2"]);
    });

    it("tries at once though others have failed for hours, and again within seconds, then minutes", async () => {
      world.isDown = true;
      const outbox = open([everything()]);
      outbox.post(alarm("Cột 1"));
      await go(outbox, 3 * HOUR, MINUTE);
      tries.length = 0;
      outbox.post(urgent("PHÁ KÍNH"));
      const begun = clock.now() / MINUTE;
      await go(outbox, HOUR);
      const waits = tries.map((at, index) => at - (tries[index - 1] ?? begun));
      expect(waits[0]).to.equal(0);
      expect(waits[1]).to.be.at.most(0.5);
      expect(Math.max(...waits)).to.be.within(2, 6);
      world.isDown = false;
      await go(outbox, 6 * MINUTE);
      expect(subjects()[0]?.[0]).to.equal("PHÁ KÍNH");
    });

    it("finds a line free while other recipients hang, and is not pushed out by what is less", async () => {
      const hanging = [1, 2, 3, 4].map((n) => ({
        ...recipient(`Treo ${n}`),
        deliver: () => new Promise<void>(() => {}),
      }));
      const outbox = open([...hanging, everything()]);
      outbox.post(alarm("Cột 1", { area: areaId("p1") }));
      await go(outbox, MINUTE);
      world.isDown = true;
      outbox.post(urgent("PHÁ KÍNH"));
      for (let pole = 0; pole < 250; pole++) outbox.post(alarm(`Cột ${pole}`));
      world.isDown = false;
      await go(outbox, MINUTE);
      expect(subjects().map(([subject]) => subject)).to.include("PHÁ KÍNH");
    });
  });

  it("never lets one recipient delay another, nor the one who posts", async () => {
    const outbox = open([{ ...recipient("Treo"), deliver: () => new Promise<void>(() => {}) }, recipient("Nhanh")]);
    outbox.post(alarm("Cột 1"));
    await go(outbox, MINUTE);
    outbox.post(alarm("Cột 2"));
    await go(outbox, MINUTE);
    expect(sent.map(([name]) => name)).to.deep.equal(["Nhanh", "Nhanh"]);
  });

  it("still tells when the disk is full", async () => {
    world.isDiskFull = true;
    const outbox = open();
    outbox.post(alarm("Ổ đĩa"));
    await go(outbox, MINUTE);
    expect(sent).to.have.length(1);
  });

  it("ends what is under way when it closes, and keeps it for the next start", async () => {
    world.hangs = true;
    const outbox = open();
    outbox.post(alarm("Cột 1"));
    await go(outbox, MINUTE);
    expect(tries).to.have.length(1);
    await outbox.close();
    expect(kept.size).to.equal(1);
    outbox.look();
    expect(tries).to.have.length(1);
  });
});
