import { expect } from "chai";
import type { ComplaintView } from "../../src/server/api/care-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { aSchedule } from "../server/api/fake-control.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the whole house, when two people change the same thing", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
  });
  after(() => house.close());

  const ask = async (method: string, path: string, { body, match }: { body?: object; match?: string } = {}) => {
    const response = await fetch(`${house.server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${house.server.token}`,
        ...(body ? { "content-type": "application/json" } : {}),
        ...(match === undefined ? {} : { "if-match": `"${match}"` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const problem = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, etag: response.headers.get("etag"), problem };
  };

  it("keeps the first change of a place, and shows the second both sides", async () => {
    const place = async () => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
    const read = (await place())?.revision ?? "";
    const path = "/receivers/cot-1";

    const first = await ask("PATCH", path, { body: { name: "Cột chợ" }, match: read });
    const second = await ask("PATCH", path, { body: { name: "Cột đình", pole: "C-07" }, match: read });
    const blind = await ask("PATCH", path, { body: { name: "Cột đình" } });

    expect([first.status, second.status, blind.status]).to.deep.equal([200, 409, 428]);
    expect(second.problem).to.deep.include({ reason: "stale", yours: { name: "Cột đình", pole: "C-07" } });
    expect(second.problem.current.name).to.equal("Cột chợ");
    expect(await place())
      .to.include({ name: "Cột chợ" })
      .and.not.have.property("pole");
    expect(
      (await ask("PATCH", path, { body: { pole: "C-07" }, match: second.problem.currentRevision })).status,
    ).to.equal(200);
    expect(await place()).to.include({ name: "Cột chợ", pole: "C-07" });
  });

  it("keeps the first answer to a resident, and shows the second both sides", async () => {
    const complaint = {
      receiver: "cot-1",
      place: "Ngõ 3",
      at: new Date(Date.now() - 1000).toISOString(),
      what: "Quá ồn",
    };
    const { number, revision } = await house.call<ComplaintView>("POST", "/complaints", complaint);
    const path = `/complaints/${number}`;

    const first = await ask("PATCH", path, { body: { answer: "Đã vặn nhỏ" }, match: revision });
    const second = await ask("PATCH", path, { body: { answer: "Chưa xử lý" }, match: revision });

    expect([first.status, second.status]).to.deep.equal([200, 409]);
    expect(first.etag).to.equal(`"${second.problem.currentRevision}"`);
    expect(second.problem.current.answer).to.equal("Đã vặn nhỏ");
    expect(second.problem.yours).to.deep.equal({ answer: "Chưa xử lý" });
    expect((await ask("PATCH", path, { body: { answer: "x" } })).status).to.equal(428);
  });

  it("takes no playlist and no schedule away that somebody has changed meanwhile", async () => {
    const playlist = { id: "sang", title: "Buổi sáng", items: [{ kind: "pause", ms: 1000 }] };
    const schedule = { ...aSchedule(), id: "sang", playlist: "sang", targets: { areas: ["phuong"] }, enabled: false };
    for (const [path, body] of [
      ["/playlists/sang", playlist],
      ["/schedules/sang", schedule],
    ] as const) {
      await house.call("PUT", path, body);
      const read = (await ask("GET", path)).etag?.replaceAll('"', "") ?? "";
      await house.call("PUT", path, { ...body, title: "Buổi sớm" }, { "if-match": "*" });
      const late = await ask("DELETE", path, { match: read });
      expect([late.status, late.problem.current.title]).to.deep.equal([409, "Buổi sớm"]);
      expect((await ask("DELETE", path)).status).to.equal(428);
    }
    for (const path of ["/schedules/sang", "/playlists/sang"]) {
      const now = (await ask("GET", path)).etag?.replaceAll('"', "") ?? "";
      expect((await ask("DELETE", path, { match: now })).status).to.equal(204);
    }
  });

  it("removes no announcement that somebody has changed meanwhile", async () => {
    await house.announce("tin", "Sáng mai họp tổ dân phố.");
    const read = (await ask("GET", "/announcements/tin")).etag?.replaceAll('"', "") ?? "";
    await house.call("PATCH", "/announcements/tin", { title: "Tin họp" }, { "if-match": "*" });

    const late = await ask("DELETE", "/announcements/tin", { match: read });

    expect(late.status).to.equal(409);
    expect(late.problem).to.include({ reason: "stale" });
    expect(late.problem.current.title).to.equal("Tin họp");
    expect((await ask("DELETE", "/announcements/tin")).status).to.equal(428);
    expect((await ask("DELETE", "/announcements/tin", { match: late.problem.currentRevision })).status).to.equal(204);
    expect((await ask("GET", "/announcements/tin")).status).to.equal(404);
  });
});
