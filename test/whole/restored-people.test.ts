import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { run } from "../cli/run.js";
import { browserAt } from "../support/browser.js";
import { PASSWORD } from "../support/some-accounts.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("people of a station that was restored", () => {
  let house: WholeHouse;
  let backup: string;
  beforeEach(async () => {
    house = await openHouse();
    backup = join(await mkdtemp(join(tmpdir(), "loa-luu-")), "ban-sao");
  });
  afterEach(async () => {
    await house.close();
    await rm(join(backup, ".."), { recursive: true });
  });

  const loa = async (...argv: string[]) => {
    const { code, out, error } = await run(argv);
    expect(code, error).to.equal(0);
    return out;
  };
  const restore = () =>
    house.restartServer(async () => {
      expect(await loa("backup", "restore", backup, house.folder, "--replace")).to.contain("hết hiệu lực");
    });
  const session = (browser: ReturnType<typeof browserAt>) => browser.ask("GET", "/api/v1/session");

  it("log in again: neither a session nor an invitation that was over comes back with the backup", async () => {
    const owner = browserAt(house);
    const { secret: link } = house.server.accounts.newSetUpLink();
    await owner.ask("POST", "/api/v1/set-up", { link, id: "chu", name: "Lê Thị Chủ", password: PASSWORD });
    const thief = browserAt(house);
    await thief.ask("POST", "/api/v1/session", { name: "chu", password: PASSWORD });
    expect((await session(thief)).status).to.equal(200);
    const invited = await owner.ask("POST", "/api/v1/accounts", {
      ...{ id: "khach", name: "Khách" },
      roles: [{ role: "contributor", area: "phuong" }],
    });
    const invitation = new URL(invited.json.path, house.server.url).searchParams.get("link");
    const made = await owner.ask("POST", "/api/v1/tokens", {
      ...{ name: "Bảng tin", days: 30 },
      grants: [{ permission: "inspect" }],
    });
    expect(made.status, made.text).to.equal(201);
    await loa("backup", "create", backup, "--station", house.folder);

    // Thrown out after the backup was made; in the backup the session still stands.
    await thief.ask("DELETE", "/api/v1/session");
    expect((await session(thief)).status).to.equal(401);
    const stolen = thief.cookie;
    await restore();

    expect(stolen).to.not.equal("");
    expect((await session(thief)).status, "the cookie that was over").to.equal(401);
    expect((await session(owner)).status, "everybody else logs in again, too").to.equal(401);
    const accepted = { link: invitation, password: "trăng lên đỉnh đèo Prenn" };
    expect((await browserAt(house).ask("POST", "/api/v1/invitations/acceptance", accepted)).status).to.equal(403);
    const { restored } = house.server;
    expect(restored).to.deep.include({ sessions: 2, invitations: 1, pairingCodes: 0 });
    expect(restored?.words.vi).to.contain("2 phiên đăng nhập").and.to.contain("«Bảng tin» (chu)");
    const lines = await house.call<{ lines: { kind: string; detail?: object }[] }>("GET", "/log?kind=station.restored");
    expect(lines.lines).to.have.length(1);

    // The program goes on, people come in by what they know, and the next start ends nothing.
    const program = await fetch(`${house.server.url}/api/v1/receivers`, {
      headers: { authorization: `Bearer ${made.json.secret}` },
    });
    expect(program.status).to.equal(200);
    await owner.ask("POST", "/api/v1/session", { name: "chu", password: PASSWORD });
    expect((await session(owner)).status).to.equal(200);
    await house.restartServer();
    expect(house.server.restored).to.equal(undefined);
    expect((await session(owner)).status).to.equal(200);
  }).timeout(60_000);
});
