import { expect } from "chai";
import { Secret, TOTP } from "otpauth";
import { paperPasskey } from "../../support/paper-passkey.js";
import { PASSWORD } from "../../support/some-accounts.js";
import { startApi } from "./start-api.js";

type Answer = { headers: Headers };
const secretIn = ({ headers }: Answer) => (headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=")[1] ?? "";
const codeOf = (secret: string, timestamp: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

describe("a second factor", () => {
  async function start() {
    const api = await startApi();
    const { secret } = await api.people.first();
    return {
      api,
      secret,
      logIn: () => api.ask("POST", "/api/v1/session", { token: "", body: { name: "chu-dai", password: PASSWORD } }),
    };
  }
  async function withTotp() {
    const { api, secret: first, logIn } = await start();
    const { secret: seed } = (await api.askAs(first, "POST", "/api/v1/factors/totp")).json();
    const added = await api.askAs(first, "PUT", "/api/v1/factors/totp", {
      body: { code: codeOf(seed, api.clock.date()) },
    });
    return { api, logIn, seed, secret: secretIn(added), former: first, recovery: added.json().recovery as string[] };
  }

  it("is asked for after the password, and each code counts once", async () => {
    const { api, logIn, seed, secret, former, recovery } = await withTotp();
    expect(recovery).to.have.length(10);
    expect((await api.askAs(former, "GET", "/api/v1/session")).status).to.equal(401);
    expect((await api.askAs(secret, "GET", "/api/v1/session")).json()).to.include({ factor: "totp", isFresh: true });

    api.clock.advance(60_000);
    const asked = (await logIn()).json();
    expect(asked).to.include({ step: "second" });
    expect(asked.factors).to.deep.equal(["totp", "recovery"]);
    const code = codeOf(seed, api.clock.date());
    const second = (body: object) =>
      api.ask("POST", "/api/v1/session/second", { token: "", body: { ticket: asked.ticket, ...body } });
    expect((await second({ code: "000000" })).json()).to.include({ status: 403, reason: "wrong-code" });
    const right = await second({ code });
    expect(right.status, right.text).to.equal(201);
    expect((await api.askAs(secretIn(right), "GET", "/api/v1/session")).status).to.equal(200);
    expect((await second({ code })).json()).to.include({ reason: "no-ticket" });

    const again = (await logIn()).json();
    const twice = await api.ask("POST", "/api/v1/session/second", { token: "", body: { ticket: again.ticket, code } });
    expect(twice.json(), "a code that was taken").to.include({ reason: "wrong-code" });
    await api.close();
  });

  it("lets nobody guess codes: five, then a wait that is told", async () => {
    const { api, logIn } = await withTotp();
    const { ticket } = (await logIn()).json();
    const guess = () => api.ask("POST", "/api/v1/session/second", { token: "", body: { ticket, code: "000000" } });

    for (let guesses = 0; guesses < 5; guesses++) expect((await guess()).status).to.equal(403);
    const held = await guess();

    expect(held.status).to.equal(429);
    expect(Number(held.headers.get("retry-after"))).to.equal(900);
    expect(held.json().detail).to.contain("15 phút");
    await api.close();
  });

  it("forgets the question after five minutes", async () => {
    const { api, logIn, recovery } = await withTotp();
    const { ticket } = (await logIn()).json();
    api.clock.advance(300_000);

    const late = await api.ask("POST", "/api/v1/session/second", {
      token: "",
      body: { ticket, recovery: recovery[0] },
    });

    expect(late.json()).to.include({ reason: "no-ticket" });
    await api.close();
  });

  it("may be a code on paper, however it is typed, once", async () => {
    const { api, logIn, recovery } = await withTotp();
    const enter = async () => {
      const { ticket } = (await logIn()).json();
      const typed = recovery[0]?.toLowerCase().replaceAll("-", " ");
      return api.ask("POST", "/api/v1/session/second", { token: "", body: { ticket, recovery: typed } });
    };

    expect((await enter()).status).to.equal(201);
    expect((await enter()).status).to.equal(403);
    await api.close();
  });

  it("is what dangerous things are proven by, not the password alone", async () => {
    const { api, seed, secret } = await withTotp();
    api.clock.advance(11 * 60_000);
    const invite = (by: string) => api.askAs(by, "POST", "/api/v1/accounts", { body: { name: "Văn An", roles: [] } });
    const prove = (body: object) => api.askAs(secret, "POST", "/api/v1/session/proof", { body });

    expect((await invite(secret)).json()).to.include({ status: 403, reason: "proof-needed" });
    expect((await prove({ password: PASSWORD })).json()).to.include({ reason: "second-factor-needed" });
    expect((await prove({ code: codeOf(seed, api.clock.date()), password: PASSWORD })).status).to.equal(400);
    const proven = await prove({ code: codeOf(seed, api.clock.date()) });

    expect((await invite(secret)).status, "the secret from before the proof").to.equal(401);
    expect((await invite(secretIn(proven))).status).to.equal(201);
    await api.close();
  });

  it("may be a passkey, by which one enters and proves", async () => {
    const { api, secret: first, logIn } = await start();
    const origin = `http://localhost:${api.port}`;
    const at = { host: `localhost:${api.port}`, origin };
    const passkey = paperPasskey();
    const begun = await api.browse(first, "POST", "/api/v1/factors/passkeys", { headers: at });
    expect(begun.status, begun.text).to.equal(200);
    const body = { name: "Điện thoại", response: passkey.create(begun.json(), origin) };
    const added = await api.browse(first, "PUT", "/api/v1/factors/passkeys", { headers: at, body });
    expect(added.status, added.text).to.equal(200);
    expect(added.json().recovery).to.have.length(10);

    const { ticket, factors } = (await logIn()).json();
    expect(factors).to.deep.equal(["passkey", "recovery"]);
    const ask = async () =>
      (await api.browse("", "POST", "/api/v1/session/second/passkey", { headers: at, body: { ticket } })).json();
    const enter = (answer: object) =>
      api.browse("", "POST", "/api/v1/session/second", { headers: at, body: { ticket, passkey: answer } });

    const elsewhere = passkey.answer(await ask(), "https://evil.example");
    expect((await enter(elsewhere)).json(), "an answer for another site").to.include({ reason: "wrong-code" });
    const right = passkey.answer(await ask(), origin);
    const other = paperPasskey().answer(await ask(), origin);
    expect((await enter({ ...other, id: passkey.id, rawId: passkey.id })).json()).to.include({ reason: "wrong-code" });
    expect((await enter(right)).json(), "an answer to a question that is over").to.include({ reason: "wrong-code" });
    expect((await enter(passkey.answer(await ask(), origin))).status).to.equal(201);
    await api.close();
  });

  it("is no passkey where the station is opened by an address", async () => {
    const { api, secret } = await start();

    const answer = await api.askAs(secret, "POST", "/api/v1/factors/passkeys");

    expect(answer.json()).to.include({ status: 409, reason: "no-passkeys-here" });
    await api.close();
  });

  it("goes only after a fresh proof, and codes on paper with the last one", async () => {
    const { api, secret } = await withTotp();

    expect((await api.askAs(secret, "DELETE", "/api/v1/factors/totp")).status).to.equal(204);

    expect((await api.askAs(secret, "GET", "/api/v1/factors")).json()).to.deep.equal({
      totp: false,
      passkeys: [],
      recovery: 0,
    });
    await api.close();
  });
});
