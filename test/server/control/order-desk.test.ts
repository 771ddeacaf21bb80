import { expect } from "chai";
import { micros } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import { type Order, orderSchema, type Signed } from "../../../src/protocol/orders.js";
import { createOrderDesk, STOP_LIFETIME_MS } from "../../../src/server/control/order-desk.js";

const loa1 = receiverId("loa-1");

describe("the order desk", () => {
  function start(record: (order: Order) => void = () => {}) {
    const happened: string[] = [];
    const sent: { to: unknown; signed: Signed }[] = [];
    let number = 0;
    const desk = createOrderDesk({
      now: () => micros(1_000_000_000),
      number: () => ({ epoch: 3, sequence: ++number }),
      newId: () => `order${String(number).padStart(6, "0")}`,
      sign: (text) => ({ text, keyId: "k", signature: "s" }),
      send: (to, signed) => {
        happened.push("sent");
        sent.push({ to, signed });
      },
      record: (order) => {
        happened.push("recorded");
        record(order);
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

  it("sends exactly the text that was signed, and it is an order", () => {
    const { sent, volume } = start();
    const order = volume();
    expect(sent[0]?.to).to.deep.equal([loa1]);
    expect(orderSchema.parse(JSON.parse(sent[0]?.signed.text ?? ""))).to.deep.equal(order);
    expect(sent[0]?.signed.signature).to.equal("s");
  });

  it("numbers orders, and lets a tap expire after half a minute", () => {
    const { volume } = start();
    const [first, second] = [volume(), volume()];
    expect([first.sequence, second.sequence]).to.deep.equal([1, 2]);
    expect(first.notAfter - first.issuedAt).to.equal(30_000_000);
  });

  it("writes whole microseconds, whatever the length of its life", () => {
    const { desk, sent } = start();
    desk.issue({
      body: { kind: "mute", muted: true },
      audience: { kind: "all" },
      receivers: "all",
      class: "ordinary",
      lifetimeMs: 1000.0004,
    });
    expect(orderSchema.safeParse(JSON.parse(sent[0]?.signed.text ?? "")).success).to.equal(true);
  });

  it("writes an order down before it is sent", () => {
    const { happened, volume } = start();
    volume();
    expect(happened).to.deep.equal(["recorded", "sent"]);
  });

  it("does not send what cannot be written down", () => {
    const { sent, volume } = start(() => {
      throw new Error("disk full");
    });
    expect(volume).to.throw("disk full");
    expect(sent).to.deep.equal([]);
  });

  it("sends a stop even when the disk is full", () => {
    const { sent, stop } = start(() => {
      throw new Error("disk full");
    });
    expect(stop).to.throw("disk full");
    expect(sent).to.have.length(1);
  });

  it("keeps what receivers answer apart: confirmed, refused and why", () => {
    const { desk, volume } = start();
    const { id } = volume();
    desk.answered(loa1, id, true);
    desk.answered(receiverId("loa-2"), id, false, "expired");
    expect(desk.answersTo(id)).to.deep.include({
      confirmed: 1,
      refused: [{ receiver: "loa-2", why: "expired" }],
    });
  });
});
