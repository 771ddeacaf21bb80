import { expect } from "chai";
import { accountIdSchema } from "../../../src/domain/person.js";
import { createPresence, type Presence } from "../../../src/server/api/presence.js";

const [hoa, minh] = [{ name: "Hoa" }, { name: "Minh" }];
const tin = { kind: "announcement", id: "tin" };
const opens = (thing: object = tin) => JSON.stringify({ open: thing });
const closes = (thing: object = tin) => JSON.stringify({ close: thing });

function aRoom() {
  const told: Presence[] = [];
  let now = Date.UTC(2026, 10, 23);
  const presence = createPresence<object>({ now: () => now, tell: (one) => told.push(one) });
  return {
    ...presence,
    told,
    last: () => told.at(-1)?.people.map(({ name }) => name),
    pass: (seconds: number) => {
      now += seconds * 1000;
      presence.expire();
    },
  };
}

describe("who has a thing open", () => {
  it("is told to everybody when somebody opens it, and when they close it", () => {
    const room = aRoom();
    const [one, other] = [{}, {}];
    room.heard(one, hoa, opens());
    room.pass(5);
    room.heard(other, minh, opens());
    expect(room.told.at(-1)).to.deep.equal({
      kind: "presence",
      thing: tin,
      people: [
        { name: "Hoa", since: "2026-11-23T00:00:00.000Z" },
        { name: "Minh", since: "2026-11-23T00:00:05.000Z" },
      ],
    });
    room.heard(one, hoa, closes());
    expect(room.last()).to.deep.equal(["Minh"]);
    room.gone(other);
    expect(room.last()).to.deep.equal([]);
    expect(room.all()).to.deep.equal([]);
  });

  it("is over by itself when it is not said again, and says nothing new while it is", () => {
    const room = aRoom();
    const panel = {};
    room.heard(panel, hoa, opens());
    for (let minute = 0; minute < 5; minute++) {
      room.pass(60);
      room.heard(panel, hoa, opens());
    }
    expect(room.told).to.have.length(1);
    room.pass(91);
    expect(room.last()).to.deep.equal([]);
  });

  it("counts one person with two panels once, by account where there is one", () => {
    const room = aRoom();
    const account = accountIdSchema.parse("hoa");
    room.heard({}, { name: "Hoa", account }, opens());
    room.heard({}, { name: "Hoa T.", account }, opens());
    expect(room.last()).to.deep.equal(["Hoa"]);
  });

  it("does not let one panel have endlessly many things open, and ignores nonsense", () => {
    const room = aRoom();
    const panel = {};
    for (let number = 0; number < 30; number++) room.heard(panel, hoa, opens({ kind: "playlist", id: `p-${number}` }));
    expect(room.all()).to.have.length(10);
    const before = room.told.length;
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '{"open":{"kind":"x","id":"y"}}',
      '{"open":{"kind":"playlist","id":"../a"}}',
      closes(),
    ])
      room.heard({}, minh, text);
    expect(room.told).to.have.length(before);
  });
});
