import { expect } from "chai";
import { browserAt } from "../support/browser.js";
import { PASSWORD } from "../support/some-accounts.js";
import { openHouse } from "../support/whole-house.js";

describe("people at a station", () => {
  it("set it up by a link, log in, and may do what their roles say and no more", async function () {
    this.timeout(60_000);
    const house = await openHouse();
    const { accounts } = house.server;
    const owner = browserAt(house);

    // The first account, by the link that `loa serve` prints.
    const { secret: link } = accounts.newSetUpLink();
    const first = await owner.ask("POST", "/api/v1/set-up", { link, name: "Lê Thị Chủ", password: PASSWORD });
    expect(first.status, first.text).to.equal(201);
    expect(first.set).to.contain("HttpOnly").and.to.contain("SameSite=Strict").and.to.contain("Path=/");
    expect((await owner.ask("POST", "/api/v1/set-up", { link, name: "Kẻ khác", password: PASSWORD })).status).to.equal(
      409,
    );

    // Somebody who only hands in drafts, invited by a link of their own.
    const invited = await owner.ask("POST", "/api/v1/accounts", {
      ...{ id: "hoi-phu-nu", name: "Hội Phụ nữ" },
      roles: [{ role: "contributor", area: "phuong" }],
    });
    expect(invited.status, invited.text).to.equal(201);
    const given = new URL(invited.json.path, house.server.url).searchParams.get("link");
    const drafter = browserAt(house);
    const accepted = await drafter.ask("POST", "/api/v1/invitations/acceptance", { link: given, password: PASSWORD });
    expect(accepted.status, accepted.text).to.equal(201);
    expect((await drafter.ask("DELETE", "/api/v1/session")).status).to.equal(204);
    expect((await drafter.ask("GET", "/api/v1/session")).status).to.equal(401);
    const entered = await drafter.ask("POST", "/api/v1/session", { name: "Hoi-Phu-Nu ", password: PASSWORD });
    expect(entered.status, entered.text).to.equal(201);

    // Drafts, yes; sound, no; nor the station's own token any more.
    const draft = { id: "tin", title: "Tin", text: "Xin chào bà con." };
    expect((await drafter.ask("POST", "/api/v1/announcements", draft)).status).to.equal(202);
    const urgent = await drafter.ask("POST", "/api/v1/announcements", { ...draft, id: "gap", class: "emergency" });
    expect(urgent.status).to.equal(403);
    expect(urgent.json).to.include({ reason: "not-permitted" });
    expect(urgent.json.detail).to.contain("soạn").and.to.contain("khẩn cấp");
    const play = { content: { kind: "announcement", announcement: "tin" }, targets: { areas: ["phuong"] } };
    const refused = await drafter.ask("POST", "/api/v1/play", play);
    expect(refused.status).to.equal(403);
    expect(refused.json.detail).to.contain("phát");
    const approval = await fetch(`${house.server.url}/api/v1/announcements/tin/approval`, {
      method: "POST",
      headers: { authorization: `Bearer ${house.server.token}`, "content-type": "application/json" },
      body: JSON.stringify({ version: "any" }),
    });
    expect(approval.status).to.equal(403);

    // The owner may air in the ward, and everybody's acts carry their account.
    expect((await owner.ask("POST", "/api/v1/stop", {})).status).to.equal(202);
    expect((await owner.ask("GET", "/api/v1/session")).json).to.deep.include({ kind: "account", name: "Lê Thị Chủ" });
    await house.close();
  });
});
