import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { WebSocket } from "ws";
import * as z from "zod";
import { ROUTES } from "../../src/server/api/create-api.js";
import { browserAt } from "../support/browser.js";
import { raw } from "../support/raw-request.js";
import { PASSWORD } from "../support/some-accounts.js";
import { twoInside } from "../support/two-inside.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

const json = (cookie: string) => ({ cookie, "content-type": "application/json" });
const XSS = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\``;

describe("an attacker at the station's door", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let owner: ReturnType<typeof browserAt>;
  let drafter: ReturnType<typeof browserAt>;

  before(async () => {
    house = await openHouse();
    const inside = await twoInside(house);
    ({ owner, drafter } = inside);
    const { link } = inside;
    expect((await drafter.ask("POST", "/api/v1/invitations/acceptance", { link, password: PASSWORD })).status).to.equal(
      403,
    );
  });
  after(() => house.close());

  it("finds no default password, and learns no names", async () => {
    const stranger = browserAt(house);
    const told = new Set<string>();
    for (const [name, password] of [
      ...[
        ["admin", "admin"],
        ["admin", "password"],
        ["root", "root"],
        ["loa", "loa"],
      ],
      ...[["chu-dai", "matkhau123"]],
    ] as [string, string][]) {
      const answer = await stranger.ask("POST", "/api/v1/session", { name, password });
      expect(answer.status, name).to.equal(401);
      // But for the number of the request, which is another each time.
      const { instance: _number, ...said } = answer.json;
      told.add(JSON.stringify(said));
    }
    expect([...told], "the same words whether the name is known or not").to.have.length(1);
    expect(stranger.cookie).to.equal("");
  });

  it("may not guess on: whoever does is told how long to wait, and keeps nobody from stopping", async () => {
    const stranger = browserAt(house);
    const guess = () => stranger.ask("POST", "/api/v1/session", { name: "cong-tac-vien", password: "không phải đâu" });

    const statuses = [];
    for (let tries = 0; tries < 7; tries++) statuses.push((await guess()).status);

    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429, 429]);
    expect((await guess()).json.detail).to.match(/chờ \d+ phút/);
    expect((await owner.ask("POST", "/api/v1/stop", {})).status).to.equal(202);
    expect(await house.call("POST", "/stop", {})).to.have.property("order");
  });

  it("gains nothing by a cookie of its own choice, nor by one from before a proof or a log-out", async () => {
    const chosen = `${owner.cookie.split("=")[0]}=${"A".repeat(43)}`;
    const headers = json(chosen);
    const entered = await raw(
      house,
      "POST",
      "/api/v1/session",
      headers,
      JSON.stringify({ name: "chu-dai", password: PASSWORD }),
    );
    const given = String((entered.headers["set-cookie"] as string[])[0]);

    expect(given).to.contain("HttpOnly").and.to.contain("SameSite=Strict").and.to.not.contain("A".repeat(43));
    expect((await raw(house, "GET", "/api/v1/session", { cookie: chosen })).status).to.equal(401);
    const cookie = given.split(";")[0] ?? "";
    const proof = JSON.stringify({ password: PASSWORD });
    const proven = await raw(house, "POST", "/api/v1/session/proof", json(cookie), proof);
    expect((await raw(house, "GET", "/api/v1/session", { cookie })).status).to.equal(401);
    const fresh = String((proven.headers["set-cookie"] as string[])[0]).split(";")[0] ?? "";
    await raw(house, "DELETE", "/api/v1/session", { cookie: fresh });
    expect((await raw(house, "GET", "/api/v1/session", { cookie: fresh })).status).to.equal(401);
  });

  it("gets no session by an address that it makes somebody open", async () => {
    const { path } = await house
      .call<{ path: string }>("POST", "/set-up/link")
      .catch(() => ({ path: "/set-up?link=x" }));
    const pages = ["/", "/log-in", path, "/invitation?link=x", "/second-factor", "/nghe-lai"];
    const doors = ROUTES.filter(({ method }) => method === "get").map((one) => one.path.replaceAll(/\{\w+\}/g, "x"));
    for (const address of [...pages, ...doors])
      expect((await raw(house, "GET", address)).headers["set-cookie"], address).to.equal(undefined);
  });

  it("finds no secret in the files of the station", async () => {
    const folder = join(house.folder, "config", "state");
    const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    const kept = (await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))).join("\n");

    expect(kept).to.contain("scrypt$131072$8$1$");
    for (const secret of [PASSWORD, owner.cookie.split("=")[1] ?? "?", drafter.cookie.split("=")[1] ?? "?"])
      expect(kept).to.not.contain(secret);
  });

  it("changes nothing from another page: neither by a form, nor by fetch, nor over the socket", async () => {
    const { cookie } = owner;
    const stop = (headers: Record<string, string>, body = "{}") =>
      raw(house, "POST", "/api/v1/stop", { cookie, ...headers }, body);

    expect((await stop({ "content-type": "application/json", origin: "https://evil.example" })).status).to.equal(403);
    expect((await stop({ "content-type": "application/json", origin: "null" })).status).to.equal(403);
    expect((await stop({ "content-type": "application/json", "sec-fetch-site": "cross-site" })).status).to.equal(403);
    expect((await stop({ "content-type": "application/json", "sec-fetch-site": "same-site" })).status).to.equal(403);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect((await stop({ "content-type": type }, "a=b")).status, type).to.equal(415);
    const socket = new WebSocket(`${house.server.url.replace("http", "ws")}/ws/panel`, {
      headers: { cookie, origin: "https://evil.example" },
    });
    const refused = await new Promise<number>((resolve) => {
      socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode ?? 0)).on("error", () => {});
    });
    expect(refused).to.equal(403);
    expect((await raw(house, "GET", "/api/v1/session", { cookie, host: "evil.example" })).status).to.equal(403);
  });

  it("is thrown out of the panel's socket together with the session", async () => {
    const other = browserAt(house);
    await other.ask("POST", "/api/v1/session", { name: "chu-dai", password: PASSWORD });
    const socket = new WebSocket(`${house.server.url.replace("http", "ws")}/ws/panel`, {
      headers: { cookie: other.cookie, origin: house.server.url },
    });
    await new Promise((resolve) => socket.once("message", resolve));
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));

    const sessions = (await owner.ask("GET", "/api/v1/sessions")).json as { id: string; isThis: boolean }[];
    for (const { id, isThis } of sessions) if (!isThis) await owner.ask("DELETE", `/api/v1/sessions/${id}`);

    expect(await closed).to.equal(1008);
  });

  it("finds what it writes only as data: in JSON, and nowhere in a page", async () => {
    const made = [
      await owner.ask("POST", "/api/v1/announcements", {
        id: "x",
        title: XSS,
        text: `${XSS} xin chào bà con`,
        source: XSS,
      }),
      await owner.ask("PUT", "/api/v1/playlists/x", { id: "x", title: XSS, items: [{ kind: "pause", ms: 10 }] }),
      await owner.ask("POST", "/api/v1/receivers", { id: "x", name: XSS, area: "phuong", kind: "fixed" }),
      await owner.ask("POST", "/api/v1/repairs", { receiver: "x", text: XSS }),
      await owner.ask("POST", "/api/v1/complaints", {
        place: XSS,
        at: "2026-11-22T17:00:00+07:00",
        what: XSS,
        contact: XSS,
      }),
      await owner.ask("POST", "/api/v1/accounts", { id: "xss", name: XSS, roles: [] }),
      await owner.ask("POST", "/api/v1/tokens", { name: XSS, grants: [{ permission: "inspect" }] }),
    ];
    for (const { status, text } of made) expect(status, text).to.be.within(200, 202);

    const page = await raw(house, "GET", "/", { cookie: owner.cookie });
    expect(page.text).to.not.match(/<img|alert\(1\)|<script(?! type="module" crossorigin src="\/assets\/)/);
    expect(String(page.headers["content-security-policy"]))
      .to.contain("default-src 'none'")
      .and.to.not.contain("unsafe");
    for (const path of [
      "announcements",
      "playlists",
      "receivers",
      "repairs",
      "complaints",
      "accounts",
      "tokens",
      "log",
    ]) {
      const answer = await raw(house, "GET", `/api/v1/${path}`, { cookie: owner.cookie });
      expect(answer.text, path).to.contain("script>");
      expect(answer.headers["content-type"], path).to.equal("application/json; charset=utf-8");
      expect(answer.headers["x-content-type-options"], path).to.equal("nosniff");
    }
    const typed = `/log-in?link=${encodeURIComponent(XSS)}`;
    expect((await raw(house, "GET", typed)).text).to.not.contain("<script");
    expect((await raw(house, "GET", `/set-up?link=${encodeURIComponent(XSS)}`)).text).to.not.contain("<script");
    expect(
      (await raw(house, "GET", `/api/v1/${encodeURIComponent(XSS)}`, { cookie: owner.cookie })).headers["content-type"],
    ).to.contain("json");
  });

  it("brings in nothing that is no sound, under no name that leads elsewhere", async () => {
    const upload = (name: string, bytes: string | Buffer) =>
      raw(
        house,
        "POST",
        `/api/v1/recordings?${new URLSearchParams({ title: "Tệp lạ", name })}`,
        { cookie: owner.cookie, "content-type": "audio/mpeg", origin: house.server.url },
        bytes,
      );
    const before = (await readdir(house.folder, { recursive: true })).filter(
      (name) => !name.startsWith("config/state"),
    );

    for (const [name, bytes] of [
      ["a.mp3", "<html><script>alert(1)</script></html>"],
      ["a.mp3", "ffconcat version 1.0\nfile ../../config/token\n"],
      ["a.mp3", "#EXTM3U\nhttp://127.0.0.1:1/x\n"],
      ["a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ["../../../config/station.json", "{}"],
      ["a.mp3\u0000.sh", "#!/bin/sh\n"],
      ["a.wav", Buffer.alloc(2000)],
    ] as [string, string | Buffer][])
      expect((await upload(name, bytes)).status, name).to.be.within(400, 415);

    const after = (await readdir(house.folder, { recursive: true })).filter((name) => !name.startsWith("config/state"));
    expect(after.filter((name) => !before.includes(name) && !/^audio\/(cache|clips)|log\.db/.test(name))).to.deep.equal(
      [],
    );
  });

  it("sends the station nowhere: no door takes an address to call", () => {
    const names = ROUTES.flatMap(({ id, body, query }) =>
      [body, query].flatMap((schema) => {
        if (!schema) return [];
        const text = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
        return [...text.matchAll(/"(\w*(?:url|uri|href|webhook|callback|endpoint|proxy)\w*)":/gi)].map(
          (found) => `${id}: ${found[1]}`,
        );
      }),
    );

    expect(names).to.deep.equal([]);
  });
});
