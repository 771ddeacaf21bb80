import { expect } from "chai";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

interface Spoken {
  readonly spoken: string;
  readonly unknown: readonly string[];
}
interface Impact {
  readonly announcements: readonly { readonly id: string; readonly approved: boolean }[];
}

describe("a reading that somebody teaches", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  it("is heard in what is written next, and leaves what was approved as it is until somebody asks", async () => {
    const text = "Mời bà con họp tại Bluezone.";
    await house.announce("cu", text);
    const before = await house.call<{ spokenText: string; approved: boolean }>("GET", "/announcements/cu");

    const entry = { written: "Bluezone", spoken: "vùng xanh", anyCase: true };
    const taught = await house.call<{ impact: Impact; reading: { id: string } }>("POST", "/lexicon", entry);

    expect(taught.impact.announcements.map(({ id, approved }) => ({ id, approved }))).to.deep.equal([
      { id: "cu", approved: true },
    ]);
    expect((await house.call<Spoken>("POST", "/normalize", { text })).spoken).to.equal("Mời bà con họp tại vùng xanh.");
    const after = await house.call<{ spokenText: string; approved: boolean }>("GET", "/announcements/cu");
    expect(after).to.include({ spokenText: before.spokenText, approved: true });

    await house.announce("moi", text);
    expect((await house.call<{ spokenText: string }>("GET", "/announcements/moi")).spokenText).to.include("vùng xanh");
    const outdated = await house.call<Impact>("GET", "/lexicon/impact");
    expect(outdated.announcements.map(({ id }) => id)).to.deep.equal(["cu"]);

    await house.call("DELETE", `/lexicon/${taught.reading.id}`);
    expect((await house.call<Spoken>("POST", "/normalize", { text })).spoken).to.include("blu-dôn");
  });
});
