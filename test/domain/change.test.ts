import { expect } from "chai";
import { changeOf, HIDDEN } from "../../src/domain/change.js";

describe("a change", () => {
  it("is of the fields that differ, however deep, and of no other", () => {
    const before = { title: "Chợ", targets: { areas: ["p1", "p2"] }, enabled: true, note1: undefined };
    const after = { title: "Chợ", targets: { areas: ["p1"] }, enabled: true, order: 2 };
    expect(changeOf({ before, after })).to.deep.equal({
      before: { targets: { areas: ["p1", "p2"] } },
      after: { targets: { areas: ["p1"] }, order: 2 },
    });
  });

  it("has one side alone for what was not there, or is no more", () => {
    expect(changeOf({ after: { id: "a", of: 1 } })).to.deep.equal({ after: { id: "a", of: 1 } });
    expect(changeOf({ before: { id: "a" } })).to.deep.equal({ before: { id: "a" } });
  });

  it("tells that a secret changed, and never what it is", () => {
    const account = (hash: string) => ({
      ...{
        id: "hoa",
        passwordHash: hash,
        recovery: ["x"],
        totp: { secret: "ABC" },
        invitation: { hash: "f", by: "Hòa" },
      },
    });
    expect(changeOf({ before: account("one"), after: account("two") })).to.deep.equal({
      before: { passwordHash: HIDDEN },
      after: { passwordHash: HIDDEN },
    });
    expect(JSON.stringify(changeOf({ after: account("one") }))).to.not.match(/one|"x"|ABC|"f"/);
  });

  it("hides the words that prove a device, and not the words of a sentence", () => {
    const after = { candidate: { words: ["an", "bình"] }, problem: { words: { vi: "hỏng", en: "broken" } } };
    expect(changeOf({ after }).after).to.deep.equal({
      candidate: { words: HIDDEN },
      problem: { words: { vi: "hỏng", en: "broken" } },
    });
  });

  it("keeps what people wrote freely apart from the rest", () => {
    expect(changeOf({ before: { title: "a", text: "Bà Năm" }, after: { title: "b", text: "Ông Sáu" } })).to.deep.equal({
      before: { title: "a" },
      after: { title: "b" },
      personal: { before: { text: "Bà Năm" }, after: { text: "Ông Sáu" } },
    });
  });
});
