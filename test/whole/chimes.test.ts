import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { ChimeView } from "../../src/server/api/chime-routes.js";
import { tone } from "../support/tones.js";
import { eventually, LEADER, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Line {
  readonly fate: string;
  readonly reason?: string;
  readonly items: readonly object[];
}

describe("a chime that somebody copied into the library", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
    await house.announce("tin", "Sáng mai họp tổ dân phố.");
    await house.call("PUT", "/playlists/sang", {
      ...{ id: "sang", title: "Buổi sáng" },
      items: [
        { kind: "chime", recording: "chuong-moi.wav" },
        { kind: "announcement", announcement: "tin" },
      ],
    });
    await house.call("PUT", "/schedules/sang", {
      ...{ id: "sang", title: "Buổi sáng", class: "ordinary", playlist: "sang", targets: { areas: ["phuong"] } },
      ...{ start: new Date().toISOString().slice(0, 10), at: ["23:58:00"], rule: "FREQ=DAILY" },
    });
  });
  after(() => house.close());

  const copyIn = (seconds: number) =>
    house.restartServer(() => writeFile(join(house.folder, "audio/library/chuong-moi.wav"), tone(seconds, 440)));
  const chime = async () => (await house.call<ChimeView[]>("GET", "/chimes"))[0];
  const planned = (count: number) =>
    eventually(`${count} sounds in the plan`, 20_000, async () => {
      const { lines } = await house.call<{ lines: Line[] }>("GET", "/rundown?days=2");
      return lines.find(({ items, fate }) => fate === "airs" && items.length === count);
    });

  it("does not sound before somebody has approved exactly that file, and what the playlist says does", async () => {
    await copyIn(2);
    expect(await chime()).to.include({ name: "chuong-moi.wav", isShipped: false, isApproved: false });
    expect((await planned(1)).reason).to.equal("not-approved");

    const other = house.call("POST", "/chimes/chuong-moi.wav/approval", { version: "0".repeat(64) }, LEADER);
    expect(await other.catch(String)).to.contain("409");
    await house.call("POST", "/chimes/chuong-moi.wav/approval", { version: (await chime())?.version }, LEADER);

    expect((await planned(2)).reason).to.equal(undefined);
    await house.restartServer();
    await planned(2);
  });

  it("does not sound when another file takes its name, nor when the approval is taken back", async () => {
    await copyIn(3);
    expect(await chime()).to.include({ isApproved: false });
    await planned(1);
    await house.call("POST", "/chimes/chuong-moi.wav/approval", { version: (await chime())?.version }, LEADER);
    await planned(2);

    await house.call("POST", "/chimes/chuong-moi.wav/withdrawal", { reason: "tiếng rè" }, LEADER);

    await planned(1);
    const { lines } = await house.call<{ lines: { kind: string; by?: string }[] }>("GET", "/log?limit=1000");
    const told = lines.filter(({ kind }) => kind.startsWith("chime.")).map(({ kind, by }) => [kind, by]);
    expect(told.toReversed()).to.deep.include(["chime.approval-withdrawn", "Lãnh đạo (thử)"]);
    expect(told).to.have.length(3);
  });
});
