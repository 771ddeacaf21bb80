import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { browserAt } from "../support/browser.js";
import { raw } from "../support/raw-request.js";
import { PASSWORD } from "../support/some-accounts.js";
import { twoInside } from "../support/two-inside.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

const json = (cookie: string) => ({ cookie, "content-type": "application/json" });

describe("an attacker with odd requests", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let owner: ReturnType<typeof browserAt>;
  let drafter: ReturnType<typeof browserAt>;

  before(async () => {
    house = await openHouse();
    ({ owner, drafter } = await twoInside(house));
  });
  after(() => house.close());

  it("climbs out of no folder by a name", async () => {
    const names = [
      "..",
      "..%2f..%2fconfig%2ftoken",
      "%2e%2e%2fstate",
      "..%5c..%5cx",
      "x%00y",
      "con",
      "a/../b",
      "%c0%ae%c0%ae",
      "\u202ex",
    ];
    for (const name of names)
      for (const path of ["playlists", "announcements", "schedules", "receivers", "clips", "accounts", "templates"]) {
        const answer = await raw(
          house,
          "GET",
          `/api/v1/${path}/${encodeURI(decodeURI(name.replaceAll("%", "%25"))).replaceAll("%25", "%")}`,
          {
            cookie: owner.cookie,
          },
        );
        expect(answer.status, `${path}/${name}`).to.be.oneOf([400, 404, 405]);
        expect(answer.text).to.not.contain(house.server.token);
      }
    for (const path of [
      "/../config/token",
      "/%2e%2e/config/token",
      "//config/token",
      "/clips/../config/token",
      "/config/token",
    ])
      expect((await raw(house, "GET", path)).text, path).to.not.contain(house.server.token);
  });

  it("sets no field that is not its own, and pollutes nobody's prototype", async () => {
    const post = (path: string, body: string) => raw(house, "POST", `/api/v1/${path}`, json(owner.cookie), body);
    const draft = { id: "m", title: "Tin", text: "Xin chào bà con." };

    for (const more of [
      ...[{ approval: { version: "v", by: "tôi" } }, { authors: [] }, { composedBy: "người khác" }],
      ...[{ state: "ready" }, { approved: true }, { constructor: { prototype: { x: 1 } } }],
    ])
      expect(
        (await post("announcements", JSON.stringify({ ...draft, ...more }))).status,
        JSON.stringify(more),
      ).to.equal(400);
    const own = JSON.stringify({
      present: PASSWORD,
      password: "bốn con ngựa ô phi",
      roles: [{ role: "propaganda-office" }],
    });
    expect((await raw(house, "PUT", "/api/v1/password", json(owner.cookie), own)).status).to.equal(400);
    for (const key of ["__proto__", "constructor", "prototype"]) {
      await post("announcements", `{"id":"m","title":"Tin","text":"Xin chào","${key}":{"polluted":1}}`);
      await post("stop", `{"scope":{"kind":"areas","areas":["phuong"],"${key}":{"polluted":1}}}`);
      await raw(house, "GET", `/api/v1/log?${key}[polluted]=1&${key}.polluted=1`, { cookie: owner.cookie });
      const form = { "content-type": "application/x-www-form-urlencoded", origin: house.server.url };
      await raw(house, "POST", "/log-in", form, `${key}[polluted]=1&${key}=1`);
    }
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });

  it("holds nobody up by a text or a name made to be slow", async () => {
    const slow = [
      ...["a".repeat(20_000), "1.".repeat(10_000), `${" ".repeat(19_990)}x`, "-".repeat(20_000), "((((".repeat(5_000)],
      ...[
        "0 ".repeat(10_000),
        "ngày 1/1/".repeat(2_000),
        "A".repeat(50) + "!".repeat(19_000),
        "www.".repeat(5_000),
        "\u0301".repeat(20_000),
      ],
    ];
    for (const text of slow) {
      for (const path of ["normalize", "checks"]) {
        const began = performance.now();
        const answer = await raw(house, "POST", `/api/v1/${path}`, json(drafter.cookie), JSON.stringify({ text }));
        expect(answer.status, answer.text.slice(0, 200)).to.be.oneOf([200, 400]);
        expect(performance.now() - began, `${path} ${text.slice(0, 12)}`).to.be.lessThan(3_000);
      }
    }
    const headers = {
      authorization: `Bearer ${"a".repeat(7_000)}`,
      cookie: `${"a=;".repeat(2_000)}`,
      "if-match": `"${"\\".repeat(500)}`,
    };
    const began = performance.now();
    for (const path of ["/api/v1/session", `/${"a/".repeat(2_000)}`, `/api/v1/log?after=${"9".repeat(4_000)}`])
      expect((await raw(house, "GET", path, headers)).status).to.be.oneOf([400, 401, 404, 431]);
    const long = { name: "a-".repeat(50), password: "x".repeat(200) };
    expect(
      (await raw(house, "POST", "/api/v1/session", { "content-type": "application/json" }, JSON.stringify(long)))
        .status,
    ).to.equal(401);
    expect(performance.now() - began).to.be.lessThan(5_000);
  });

  it("fills no memory: bodies that are too large, too deep, or blow up are refused", async () => {
    const post = (body: string | Buffer, more: Record<string, string> = {}) =>
      raw(house, "POST", "/api/v1/announcements", { ...json(owner.cookie), ...more }, body);

    expect((await post(JSON.stringify({ title: "x".repeat(300_000) }))).status).to.equal(413);
    expect((await post(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).status).to.equal(400);
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    expect((await post(bomb, { "content-encoding": "gzip" })).status).to.equal(413);
    expect((await post("{}", { "content-encoding": "br, gzip" })).status).to.be.oneOf([400, 415]);
    const long = new URLSearchParams(Array.from({ length: 1000 }, (_, at): [string, string] => [`a${at}`, "x"]));
    const form = { "content-type": "application/x-www-form-urlencoded", origin: house.server.url };
    expect((await raw(house, "POST", "/log-in", form, long.toString())).status).to.be.oneOf([400, 413]);
    expect((await raw(house, "GET", "/healthz")).status).to.equal(200);
  });

  it("gets no other verb by a header or an odd method", async () => {
    await owner.ask("PUT", "/api/v1/playlists/p", { id: "p", title: "Buổi sáng", items: [{ kind: "pause", ms: 10 }] });
    const path = "/api/v1/playlists/p";

    for (const name of ["x-http-method-override", "x-http-method", "x-method-override"])
      await raw(house, "GET", path, { cookie: owner.cookie, [name]: "DELETE" });
    for (const method of ["TRACE", "PROPFIND", "PATCH"])
      expect((await raw(house, method, path, { cookie: owner.cookie })).status, method).to.be.oneOf([400, 404, 405]);
    expect((await owner.ask("GET", path)).status).to.equal(200);
    expect((await raw(house, "GET", `${path.toUpperCase()}`, { cookie: owner.cookie })).status).to.equal(404);
  });

  it("climbs to no other right: not by roles, tokens, invitations, nor somebody else's session", async () => {
    const token = await drafter.ask("POST", "/api/v1/tokens", {
      name: "Vượt quyền",
      grants: [{ permission: "approve" }, { permission: "air" }],
    });
    const bearer = { authorization: `Bearer ${token.json.secret}`, "content-type": "application/json" };
    const play = JSON.stringify({ content: { kind: "playlist", playlist: "p" }, targets: { areas: ["phuong"] } });

    expect((await raw(house, "POST", "/api/v1/play", bearer, play)).status).to.equal(403);
    expect((await raw(house, "GET", "/api/v1/announcements", bearer)).status, "nothing that both have").to.equal(403);
    expect((await raw(house, "POST", "/api/v1/tokens", bearer, "{}")).status).to.be.oneOf([400, 403]);
    for (const [method, path, body] of [
      ["PUT", "/api/v1/accounts/cong-tac-vien/roles", { roles: [{ role: "culture-office" }] }],
      ["PUT", "/api/v1/accounts/chu-dai/disabled", { disabled: true }],
      ["POST", "/api/v1/accounts/chu-dai/reset", undefined],
      ["POST", "/api/v1/accounts", { name: "Bạn", roles: [] }],
      ["POST", "/api/v1/set-up/link", undefined],
      ["POST", "/api/v1/keys/rotate", undefined],
    ] as [string, string, object | undefined][])
      expect((await drafter.ask(method, path, body)).status, path).to.equal(403);
    const itself = await owner.ask(
      "PUT",
      "/api/v1/accounts/chu-dai/roles",
      { roles: [{ role: "propaganda-office" }] },
      { "if-match": "*" },
    );
    expect(itself.json).to.include({ status: 403, reason: "own-account" });
    const [session] = (await owner.ask("GET", "/api/v1/sessions")).json;
    expect((await drafter.ask("DELETE", `/api/v1/sessions/${session.id}`)).status).to.equal(404);
    const named = { ...json(drafter.cookie), "loa-person": "Ch%E1%BB%A7%20%C4%91%C3%A0i" };
    const made = await raw(
      house,
      "POST",
      "/api/v1/announcements",
      named,
      JSON.stringify({ id: "ten", title: "Tên", text: "Xin chào." }),
    );
    expect(made.status, made.text).to.equal(202);
    const { lines } = (await owner.ask("GET", "/api/v1/log?limit=1000")).json as {
      lines: { by?: string; detail?: object }[];
    };
    expect(lines.at(-1)?.by, "the name of a header counts only beside the station's token").to.equal("Cộng tác viên");
  });

  it("leaves traces: each log-in and each refusal stands in the log", async () => {
    await browserAt(house).ask("POST", "/api/v1/session", { name: "chu-dai", password: "không phải đâu" });

    const { lines } = (await owner.ask("GET", "/api/v1/log?limit=1000")).json as {
      lines: { kind: string; why?: string }[];
    };

    const kinds = lines.map(({ kind }) => kind);
    expect(kinds).to.include.members([
      "account.first",
      "account.invited",
      "account.entered",
      "login.refused",
      "token.created",
    ]);
  });
});
