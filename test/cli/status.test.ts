import { rm } from "node:fs/promises";
import { expect } from "chai";
import { openHouse } from "../support/whole-house.js";
import { run } from "./run.js";

describe("loa status", () => {
  it("says that the station is ready and what weakens it, or that none answers", async () => {
    const house = await openHouse();
    const env = { LOA_PORT: new URL(house.server.url).port };
    const served = await run(["status", house.folder], { env });
    await house.close();
    expect(served.code, served.out).to.equal(0);
    expect(served.out).to.match(/^✓ Đài sẵn sàng phát\./);
  });

  it("ends with 1 where nobody answers, and with 78 where there is no station", async () => {
    const house = await openHouse();
    const port = new URL(house.server.url).port;
    await house.server.stop();
    const env = { LOA_PORT: port };
    const silent = await run(["status", house.folder], { env });
    expect(silent).to.include({ code: 1 });
    expect(silent.out).to.include(`http://127.0.0.1:${port}/`);
    expect((await run(["status", `${house.folder}/không-có`], { env })).code).to.equal(78);
    expect((await run(["status", "a", "b"], { env })).code).to.equal(2);
    await rm(house.folder, { recursive: true });
  });
});
