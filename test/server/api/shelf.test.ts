import { expect } from "chai";
import { createShelf } from "../../../src/server/api/shelf.js";

function start(most: number) {
  const reads: string[] = [];
  const shelf = createShelf({
    most,
    read: async (path) => {
      reads.push(path);
      if (path === "gone") throw new Error("gone");
      return Buffer.alloc(path.length);
    },
  });
  return { shelf, reads };
}

describe("files on the shelf", () => {
  it("are read once for all who ask, together or one after the other", async () => {
    const { shelf, reads } = start(100);

    const [one, other] = await Promise.all([shelf("clip"), shelf("clip")]);
    const third = await shelf("clip");

    expect(reads).to.deep.equal(["clip"]);
    expect([other === one, third === one]).to.deep.equal([true, true]);
  });

  it("give way when there are too many, the one first that nobody asked for lately", async () => {
    const { shelf, reads } = start(10);

    for (const path of ["aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"]) await shelf(path);

    expect(reads).to.deep.equal(["aaaa", "bbbb", "cccc", "bbbb"]);
  });

  it("are read anew each time when one alone is too large", async () => {
    const { shelf, reads } = start(3);

    expect((await shelf("large")).length).to.equal(5);
    await shelf("large");

    expect(reads).to.deep.equal(["large", "large"]);
  });

  it("are asked for again after they could not be read", async () => {
    const { shelf, reads } = start(100);
    const tried = await Promise.allSettled([shelf("gone"), shelf("gone")]);
    await shelf("gone").catch(() => {});

    expect(tried.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
    expect(reads).to.deep.equal(["gone", "gone"]);
  });
});
