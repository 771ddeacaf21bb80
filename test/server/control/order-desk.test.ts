import { expect } from "chai";
import { micros } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import type { EventLine } from "../../../src/domain/log-line.js";
import { orderSchema, type Signed } from "../../../src/protocol/orders.js";
import { createOrderDesk, STOP_LIFETIME_MS } from "../../../src/server/control/order-desk.js";
import { failureOf } from "../../support/failure-of.js";

const loa1 = receiverId("loa-1");

describe("the order desk", () => {
  function start(record: (line: EventLine) => void = () => {}) {
    const happened: string[] = [];
    const sent: { to: unknown; signed: Signed }[] = [];
    let number = 0;
    const desk = createOrderDesk({
      now: () => micros(1_000_000_000),
      number: () => ({ epoch: 3, sequence: ++number }),
      newId: () => `order${String(number).padStart(6, "0")}`,
      sign: async (text) => ({ text, keyId: "k", signature: "s" }),
      policyVersion: () => "p1",
      send: (to, signed) => {
        happened.push("sent");
        sent.push({ to, signed });
      },
      record: (line) => {
        happened.push("recorded");
        record(line);
      },
    });
    const volume = () =>
      desk.issue({
        body: { kind: "volume", percent: 40 },
        audience: { kind: "receivers", receivers: [loa1] },
        receivers: [loa1],
        class: "ordinary",
        by: { aired: "Chị Hoa" },
      });
    const stop = () =>
      desk.issue({
        body: { kind: "stop", scope: { kind: "all" } },
        audience: { kind: "all" },
        receivers: "all",
        class: "emergency",
        lifetimeMs: STOP_LIFETIME_MS,
      });
    return { desk, happened, sent, volume, stop };
  }

  it("sends exactly the text that was signed, and it is an order", async () => {
    const { sent, volume } = start();
    const order = await volume();
    expect(sent[0]?.to).to.deep.equal([loa1]);
    expect(orderSchema.parse(JSON.parse(sent[0]?.signed.text ?? ""))).to.deep.equal(order);
    expect(sent[0]?.signed.signature).to.equal("s");
  });

  it("numbers orders, and lets a tap expire after half a minute", async () => {
    const { volume } = start();
    const [first, second] = await Promise.all([volume(), volume()]);
    expect([first.sequence, second.sequence]).to.deep.equal([1, 2]);
    expect(first.notAfter - first.issuedAt).to.equal(30_000_000);
  });

  it("writes whole microseconds, whatever the length of its life", async () => {
    const { desk, sent } = start();
    await desk.issue({
      body: { kind: "mute", muted: true },
      audience: { kind: "all" },
      receivers: "all",
      class: "ordinary",
      lifetimeMs: 1000.0004,
    });
    expect(orderSchema.safeParse(JSON.parse(sent[0]?.signed.text ?? "")).success).to.equal(true);
  });

  it("writes an order down before it is sent", async () => {
    const { happened, volume } = start();
    await volume();
    expect(happened).to.deep.equal(["recorded", "sent"]);
  });

  it("does not send what cannot be written down", async () => {
    const { sent, volume } = start(() => {
      throw new Error("disk full");
    });
    expect(await failureOf(volume())).to.include({ message: "disk full" });
    expect(sent).to.deep.equal([]);
  });

  it("sends a stop even when the disk is full, and hands it on to be kept for those who are away", async () => {
    const { sent, stop } = start(() => {
      throw new Error("disk full");
    });
    const order = await stop();
    expect(order.body.kind).to.equal("stop");
    expect(sent).to.have.length(1);
  });

  it("writes a stop down once the log takes lines again, as of when it was issued, and once", async () => {
    let isFull = true;
    const lines: EventLine[] = [];
    const { desk, stop } = start((line) => {
      if (isFull) throw new Error("disk full");
      lines.push(line);
    });
    const first = await stop();
    const second = await stop();
    desk.writeDown();
    isFull = false;
    desk.writeDown();
    desk.writeDown();
    expect(lines.map(({ kind, at, detail }) => [kind, at, detail && "id" in detail && detail.id])).to.deep.equal([
      ["order.issued", 1_000_000, first.id],
      ["order.issued", 1_000_000, second.id],
    ]);
  });

  it("sends in the order of the numbers, however long each signature takes, and numbers a waiting stop first", async () => {
    const signing: { sequence: number; done: (signed: Signed) => void }[] = [];
    const sent: number[] = [];
    let number = 0;
    const desk = createOrderDesk({
      now: () => micros(1_000_000_000),
      number: () => ({ epoch: 1, sequence: ++number }),
      newId: () => `order${String(number).padStart(6, "0")}`,
      sign: (text) =>
        new Promise((resolve) => {
          signing.push({ sequence: JSON.parse(text).sequence, done: resolve });
        }),
      policyVersion: () => "",
      send: (_to, { text }) => sent.push(JSON.parse(text).sequence),
      record: () => {},
    });
    const wish = { audience: { kind: "all" }, receivers: "all", class: "ordinary" } as const;
    const orders = Array.from({ length: 40 }, () => desk.issue({ ...wish, body: { kind: "mute", muted: true } }));
    const stop = desk.issue({ ...wish, body: { kind: "stop", scope: { kind: "all" } } });
    while (signing.length > 0) {
      signing.pop()?.done({ text: JSON.stringify({ sequence: 0 }), keyId: "", signature: "" });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const numbers = (await Promise.all(orders)).map(({ sequence }) => sequence);
    expect(numbers.toSorted((a, b) => a - b)).to.deep.equal(numbers);
    // Those in hand are few; the stop is the first of all that waited.
    expect((await stop).sequence).to.equal(33);
    expect(sent).to.have.length(41);
  });

  it("goes on after an order that nobody would sign", async () => {
    const { desk, sent } = start();
    const refusing = createOrderDesk({
      now: () => micros(1_000_000_000),
      number: () => ({ epoch: 1, sequence: 1 }),
      newId: () => "order000001",
      sign: async (text, urgency) => {
        if (urgency === "order") throw new Error("no signer");
        return { text, keyId: "k", signature: "s" };
      },
      policyVersion: () => "",
      send: (to, signed) => sent.push({ to, signed }),
      record: () => {},
    });
    const wish = { audience: { kind: "all" }, receivers: "all", class: "ordinary" } as const;
    const lost = failureOf(refusing.issue({ ...wish, body: { kind: "mute", muted: true } }));
    const stop = refusing.issue({ ...wish, body: { kind: "stop", scope: { kind: "all" } } });
    expect(await lost).to.include({ message: "no signer" });
    expect((await stop).body.kind).to.equal("stop");
    expect([sent.length, desk.answersTo("order000001")]).to.deep.equal([1, undefined]);
  });

  it("signs a stop once, however many receivers come back and are told of it", async () => {
    let signatures = 0;
    const sent: unknown[] = [];
    const desk = createOrderDesk({
      now: () => micros(1_000_000_000),
      number: () => ({ epoch: 1, sequence: 1 }),
      newId: () => "order000001",
      sign: async (text) => {
        signatures += 1;
        return { text, keyId: "k", signature: "s" };
      },
      policyVersion: () => "",
      send: (to) => sent.push(to),
      record: () => {},
    });
    const wish = { audience: { kind: "all" }, receivers: "all", class: "emergency" } as const;
    const order = await desk.issue({ ...wish, body: { kind: "stop", scope: { kind: "all" } } });
    await desk.resend(order, [loa1]);
    await desk.resend(order, [receiverId("loa-2")]);
    expect([signatures, sent.length]).to.deep.equal([1, 3]);
  });

  it("keeps what receivers answer apart: confirmed, refused and why", async () => {
    const { desk, volume } = start();
    const { id } = await volume();
    desk.answered(loa1, id, true);
    desk.answered(receiverId("loa-2"), id, false, "expired");
    expect(desk.answersTo(id)).to.deep.include({
      confirmed: 1,
      refused: [{ receiver: "loa-2", why: "expired" }],
    });
  });
});
