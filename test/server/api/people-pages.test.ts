import { expect } from "chai";
import { Secret, TOTP } from "otpauth";
import { squareOf } from "../../../src/server/api/square.js";
import { PASSWORD } from "../../support/some-accounts.js";
import { startApi } from "./start-api.js";

type Api = Awaited<ReturnType<typeof startApi>>;
const SQUARE = "Mã QR của đường dẫn mời này";
const form = { "content-type": "application/x-www-form-urlencoded" };

/** Sends a form as a browser does, with the cookie that it has. */
const send = (api: Api, path: string, fields: Record<string, string>, cookie = "") =>
  api.ask("POST", path, {
    token: "",
    headers: { ...form, origin: api.url, ...(cookie ? { cookie } : {}) },
    body: new URLSearchParams(fields).toString(),
  });
const cookieIn = ({ headers }: { headers: Headers }) => headers.getSetCookie()[0]?.split(";")[0] ?? "";
const get = (api: Api, path: string, cookie = "") =>
  api.ask("GET", path, { token: "", headers: cookie ? { cookie } : {} });

describe("the pages for people", () => {
  it("set the station up, log out and log in again", async () => {
    const api = await startApi();
    const link = api.people.verbs.newSetUpLink().secret;

    const page = await get(api, `/set-up?link=${link}`);
    expect(page.text).to.contain('<html lang="vi">').and.to.contain(`value="${link}"`);
    expect(page.text).to.match(/<label for="password">/);
    const weak = await send(api, "/set-up", { link, name: "Lê <b>Chủ", id: "", password: "1234567890" });
    expect(weak.status).to.equal(400);
    expect(weak.text).to.contain('role="alert"').and.to.contain("dễ đoán").and.to.contain("Lê &lt;b&gt;Chủ");
    expect(weak.text).to.not.contain("1234567890");
    const made = await send(api, "/set-up", { link, name: "Lê Chủ", id: "", password: PASSWORD });
    expect(made.status, made.text).to.equal(303);

    const inside = await get(api, "/api/v1/session", cookieIn(made));
    expect(JSON.parse(inside.text).name).to.equal("Lê Chủ");
    const left = await send(api, "/log-out", {}, cookieIn(made));
    expect(left.headers.get("location")).to.equal("/log-in");
    expect((await get(api, "/api/v1/session", cookieIn(made))).status).to.equal(401);
    const wrong = await send(api, "/log-in", { name: "le-chu", password: "không phải" });
    expect(wrong.status).to.equal(401);
    expect(wrong.text).to.contain("không đúng").and.to.contain('value="le-chu"').and.to.not.contain("không phải");
    expect((await send(api, "/log-in", { name: "le-chu", password: PASSWORD })).status).to.equal(303);
    await api.close();
  });

  it("add the codes of a telephone, show codes for paper once, and ask for one when logging in", async () => {
    const api = await startApi();
    const { secret } = await api.people.first();
    const cookie = `${api.access.cookie}=${secret}`;

    const page = await get(api, "/second-factor", cookie);
    const seed = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1]?.replaceAll(" ", "") ?? "";
    expect(page.text).to.contain("otpauth://totp/");
    const code = () => new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: api.clock.date() });
    const added = await send(api, "/second-factor", { code: code() }, cookie);
    expect(added.text.match(/<li><code>/g)).to.have.length(10);

    api.clock.advance(60_000);
    const asked = await send(api, "/log-in", { name: "chu-dai", password: PASSWORD });
    const ticket = /name="link" value="([^"]+)"/.exec(asked.text)?.[1] ?? "";
    const wrong = await send(api, "/log-in/second", { link: ticket, code: "000000" });
    expect(wrong.text).to.contain("Mã không đúng").and.to.contain(ticket);
    const right = await send(api, "/log-in/second", { link: ticket, code: code() });
    expect(right.status, right.text).to.equal(303);
    expect((await get(api, "/", cookieIn(right))).status).to.equal(200);
    await api.close();
  });

  it("offer passkeys to whoever has one, and run a script of ours nowhere else", async () => {
    const api = await startApi();
    const { secret } = await api.people.first();
    const { accounts } = api.people.kept;
    const [account] = accounts.all();
    if (!account) throw new Error("no account");
    const policy = ({ headers }: { headers: Headers }) => headers.get("content-security-policy") ?? "";
    const own = await get(api, "/second-factor", `${api.access.cookie}=${secret}`);
    expect(policy(own)).to.contain("script-src 'self'").and.to.not.contain("unsafe");
    expect(own.text).to.contain('data-passkey="add"').and.to.contain('<svg class="square"');
    expect(policy(await get(api, "/log-in"))).to.not.contain("script-src");

    const key = { id: "a", publicKey: "b", counter: 0, transports: [], name: "Khóa", addedAt: 0 };
    await accounts.put({ ...account, passkeys: [key] });
    const asked = await send(api, "/log-in", { name: "chu-dai", password: PASSWORD });
    expect(asked.text).to.contain('data-passkey="enter"').and.to.contain('src="/passkeys.js"');
    expect(policy(asked)).to.contain("script-src 'self'");
    const ticket = /name="link" value="([^"]+)"/.exec(asked.text)?.[1] ?? "";
    const wrong = await send(api, "/log-in/second", { link: ticket, code: "000000", passkey: "yes" });
    expect(wrong.text).to.contain("Mã không đúng").and.to.contain('data-passkey="enter"');
    await api.close();
  });

  it("show an invitation as a square where another device can follow it", async () => {
    const api = await startApi({ hosts: ["loa.test"], isSecure: true });
    const page = (host: string) => api.browse("", "GET", "/invitation?link=abc", { headers: { host } });

    expect((await page("loa.test")).text).to.contain(squareOf("https://loa.test/invitation?link=abc", SQUARE));
    for (const host of ["localhost", `127.0.0.1:${api.port}`])
      expect((await page(host)).text, host)
        .to.contain('name="password"')
        .and.to.not.contain("<svg");
    await api.close();
  });

  it("say how long to wait after too many wrong passwords", async () => {
    const api = await startApi();
    await api.people.first();
    const guess = () => send(api, "/log-in", { name: "chu-dai", password: "không phải" });

    for (let guesses = 0; guesses < 5; guesses++) expect((await guess()).status).to.equal(401);
    const held = await guess();

    expect(held.status).to.equal(429);
    expect(held.headers.get("retry-after")).to.equal("900");
    expect(held.text).to.contain("15 phút");
    api.clock.advance(15 * 60_000 + 1);
    expect((await send(api, "/log-in", { name: "chu-dai", password: PASSWORD })).status).to.equal(303);
    await api.close();
  });

  it("take no form from another web page", async () => {
    const api = await startApi();
    const body = new URLSearchParams({ name: "chu-dai", password: PASSWORD }).toString();
    await api.people.first();

    for (const origin of ["https://evil.example", "null"]) {
      const answer = await api.ask("POST", "/log-in", { token: "", headers: { ...form, origin }, body });
      expect(answer.status, origin).to.equal(403);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    }
    await api.close();
  });

  it("show nothing of the station to whoever is not logged in, once there are accounts", async () => {
    const api = await startApi();
    await api.people.first();

    const page = await get(api, "/");

    expect(page.status).to.equal(200);
    expect(page.text).to.equal("<p>Bảng điều khiển</p>");
    expect((await get(api, "/second-factor")).headers.get("location")).to.equal("/log-in");
    await api.close();
  });
});
