import { expect } from "chai";
import { aNewsroom, LEADER } from "./a-newsroom.js";

describe("what is kept of a reading and its findings", () => {
  it("says how many findings are not kept, and shows each in its turn as those before it are decided", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin lưu ý. ".repeat(30) + "Xin giữ kín. ".repeat(60));
    expect(room.view(id)).to.include({ findingsCut: 40 });
    expect(room.view(id).findings?.map(({ found }) => found)).to.deep.equal(Array(50).fill("kín"));

    for (let decided = 0; decided < 60; decided++) {
      const { findings = [], decisions = [] } = room.view(id);
      const open = findings.find(({ id: one }) => !decisions.some(({ finding }) => finding === one));
      await room.verbs.decide(id, { finding: open?.id ?? "", reason: "không nêu tên ai", mayConfirm: false }, LEADER);
    }

    expect((await room.approve(id)).value.approved).to.equal(true);
  });

  it("keeps what is read otherwise than written, and says how much more there is", async () => {
    const room = aNewsroom();
    const few = await room.write("Họp lúc 7h30.");
    const many = await room.write(`${"5 hộ, ".repeat(400)}${Array(150).fill("Xyzq").join(" ")}`);

    expect(room.view(few).reading).to.not.have.property("cut");
    expect(room.view(many).reading?.cut).to.deep.equal({ unknown: 50, tokens: 100 });
    expect(room.view(many).reading?.tokens).to.have.length(300);
    expect(room.view(many).reading?.unknown).to.have.length(100);
  });
});
