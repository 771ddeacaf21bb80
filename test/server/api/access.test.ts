import { request } from "node:http";
import { expect } from "chai";
import { ADDRESS_LIMIT } from "../../../src/base/throttle.js";
import { hours } from "../../../src/base/units.js";
import { areaId } from "../../../src/domain/ids.js";
import type { Grant } from "../../../src/domain/permission.js";
import { startApi, TOKEN } from "./start-api.js";

const MAX_WRONG = ADDRESS_LIMIT.most;

/** fetch sets Host itself, so this goes one level lower. */
const askAs = (port: number, headers: Record<string, string>, method = "GET", path = "/api/v1/station") =>
  new Promise<number>((resolve, reject) => {
    const asked = request(
      { port, method, path, headers: { authorization: `Bearer ${TOKEN}`, ...headers } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on("error", reject).end();
  });

describe("access to the station", () => {
  it("refuses a missing or wrong token with 401 and words in both languages", async () => {
    const api = await startApi();

    const none = await api.ask("GET", "/api/v1/station", { token: "" });
    const wrong = await api.ask("GET", "/api/v1/station", { token: "wrong" });

    expect(none.status).to.equal(401);
    expect(none.headers.get("content-type")).to.contain("application/problem+json");
    expect(none.headers.get("www-authenticate")).to.contain("Bearer");
    expect(none.json()).to.include({ status: 401, reason: "no-token" });
    expect(none.json().detail).to.contain("mã của đài");
    expect(none.json().en.detail).to.contain("token");
    expect(wrong.status).to.equal(401);
    await api.close();
  });

  it("asks for the token even where there is nothing", async () => {
    const api = await startApi();

    expect((await api.ask("GET", "/api/v1/nowhere", { token: "" })).status).to.equal(401);
    expect((await api.ask("GET", "/api/v1/nowhere")).status).to.equal(404);
    await api.close();
  });

  it("slows down who guesses, for a minute, but never whoever holds the token", async () => {
    const api = await startApi();

    for (let i = 0; i < MAX_WRONG; i++)
      expect((await api.ask("GET", "/api/v1/station", { token: `wrong-${i}` })).status).to.equal(401);
    const slowed = await api.ask("GET", "/api/v1/station", { token: "wrong-again" });
    const right = await api.ask("POST", "/api/v1/stop", { body: {} });
    api.clock.advance(60_001);
    const later = await api.ask("GET", "/api/v1/station", { token: "wrong-again" });

    expect(slowed.status).to.equal(429);
    expect(Number(slowed.headers.get("retry-after"))).to.be.within(1, 60);
    expect(right.status).to.equal(202);
    expect(later.status).to.equal(401);
    await api.close();
  });

  it("slows down who guesses pairing codes, right guess or not", async () => {
    const api = await startApi();
    const pair = (code: string) =>
      api.ask("POST", "/api/v1/pair", { body: { code, publicKey: "k".repeat(43), name: "pi" }, token: "" });

    for (let i = 0; i < MAX_WRONG + 5; i++) expect((await pair("ABCD2345")).status).to.equal(201);
    const statuses = await Promise.all(Array.from({ length: MAX_WRONG + 5 }, () => pair("WRONG123")));

    expect(statuses.filter(({ status }) => status === 403)).to.have.length(MAX_WRONG);
    expect(statuses.filter(({ status }) => status === 429)).to.have.length(5);
    expect((await pair("ABCD2345")).status).to.equal(429);
    await api.close();
  });

  it("answers only to its own names and to IP addresses", async () => {
    const api = await startApi({ hosts: ["loa.dalat.local"] });
    const as = (host: string) => askAs(api.port, { host });

    expect(await as("evil.example")).to.equal(403);
    expect(await as("localhost.evil.example:80")).to.equal(403);
    expect(await as("loa.dalat.local:8080")).to.equal(200);
    expect(await as("LOCALHOST:8080")).to.equal(200);
    expect(await as("192.168.1.5:8080")).to.equal(200);
    expect(await as("[::1]:8080")).to.equal(200);
    await api.close();
  });

  it("changes nothing for another web page", async () => {
    const api = await startApi();
    const stopFrom = (headers: Record<string, string>) =>
      askAs(api.port, { host: "localhost", ...headers }, "POST", "/api/v1/receivers/loa-1/pairing");

    expect(await stopFrom({ origin: "http://evil.example" })).to.equal(403);
    expect(await stopFrom({ origin: "null" })).to.equal(403);
    expect(await stopFrom({ "sec-fetch-site": "cross-site" })).to.equal(403);
    expect(await stopFrom({ origin: "http://localhost" })).to.equal(201);
    expect(await stopFrom({})).to.equal(201);
    await api.close();
  });

  it("lets programs on the same machine read metrics and the page, but not through a proxy", async () => {
    const api = await startApi();
    const far = { token: "", headers: { "x-forwarded-for": "203.0.113.7" } };

    expect((await api.ask("GET", "/metrics", { token: "" })).text).to.contain(
      '# TYPE loa_receivers_connected gauge\nloa_receivers_connected{area="a\\"b"} 1\n',
    );
    expect((await api.ask("GET", "/metrics", far)).status).to.equal(401);
    expect((await api.ask("GET", "/metrics", { headers: far.headers })).status).to.equal(200);
    expect((await api.ask("GET", "/", { token: "" })).status).to.equal(200);
    const page = await api.ask("GET", "/", far);
    expect(page.status).to.equal(401);
    expect(page.text).to.not.contain("Xuân Hương");
    await api.close();
  });

  it("sends headers that keep other pages and scripts out", async () => {
    const api = await startApi();

    const { headers } = await api.ask("GET", "/");

    expect(headers.get("content-security-policy")).to.contain("default-src 'none'").and.to.not.contain("unsafe");
    // Browsers say `Origin: null` from pages without a referrer, and a form of our own would be refused.
    expect(headers.get("referrer-policy")).to.equal("same-origin");
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
    expect(headers.get("x-powered-by")).to.equal(null);
    expect(headers.get("access-control-allow-origin")).to.equal(null);
    await api.close();
  });
});

describe("the token of a program", () => {
  const start = async (grants: readonly Grant[]) => {
    const api = await startApi();
    await api.people.first();
    const { account } = await api.people.person("Người vận hành", [{ role: "ward-operator" }]);
    const wish = { name: "Bảng tin", grants, days: 1 };
    const { secret } = await api.people.verbs.createProgramToken(account.id, wish, { name: "Chủ đài" });
    return {
      ...api,
      by: (method: string, path: string, body?: unknown) => api.ask(method, path, { body, token: secret }),
    };
  };

  it("opens nothing any more from the instant at which it expires", async () => {
    const api = await start([{ permission: "inspect" }]);
    const status = async () => (await api.by("GET", "/api/v1/receivers")).status;

    api.clock.advance(hours(24) - 1);
    expect(await status()).to.equal(200);
    api.clock.advance(1);
    expect(await status()).to.equal(401);
    expect(api.people.verbs.programTokens()).to.deep.equal([]);
    await api.close();
  });

  it("does in its own ward what it was made for, and nothing in another, though its owner might", async () => {
    const api = await start([{ permission: "air", area: areaId("xuan-huong") }]);
    const speak = async (area: string) =>
      (await api.by("POST", "/api/v1/live", { targets: { areas: [area] }, reason: "Tìm trẻ lạc" })).status;

    expect([await speak("xuan-huong"), await speak("to-1")]).to.deep.equal([201, 201]);
    expect([await speak("cam-ly"), await speak("tinh")]).to.deep.equal([403, 403]);
    expect((await api.by("GET", "/api/v1/log")).status).to.equal(403);
    await api.close();
  });
});
