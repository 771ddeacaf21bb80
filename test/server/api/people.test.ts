import { expect } from "chai";
import { Secret, TOTP } from "otpauth";
import * as z from "zod";
import type { EventLine } from "../../../src/domain/log-line.js";
import { ROUTES } from "../../../src/server/api/create-api.js";
import { paperPasskey } from "../../support/paper-passkey.js";
import { PASSWORD } from "../../support/some-accounts.js";
import { startApi } from "./start-api.js";

type Api = Awaited<ReturnType<typeof startApi>>;

/** A right request for every door about people, in an order in which each finds what it needs. */
async function askAll(api: Api) {
  const { people, ask, askAs } = api;
  const told = new Map<string, Awaited<ReturnType<Api["ask"]>> & { readonly lines: readonly EventLine[] }>();
  const note = async (id: string, asking: ReturnType<Api["ask"]>) => {
    const before = people.written.length;
    const answer = await asking;
    told.set(id, { ...answer, lines: people.written.slice(before) });
    return answer;
  };
  const secretIn = (answer: Awaited<ReturnType<Api["ask"]>>) =>
    (answer.headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=")[1] ?? "";
  const linkIn = (path: string) => new URL(path, "http://x").searchParams.get("link");
  const roles = [{ role: "auditor", area: "xuan-huong" }];

  const { path } = (await note("createSetUpLink", ask("POST", "/api/v1/set-up/link"))).json();
  const first = { link: linkIn(path), name: "Chủ đài", password: PASSWORD };
  const owner = secretIn(await note("setUpStation", ask("POST", "/api/v1/set-up", { body: first, token: "" })));
  const invited = (
    await note("invite", askAs(owner, "POST", "/api/v1/accounts", { body: { name: "Văn An", roles } }))
  ).json();
  const accepted = { link: linkIn(invited.path), password: PASSWORD };
  await note("acceptInvitation", ask("POST", "/api/v1/invitations/acceptance", { body: accepted, token: "" }));
  const entering = ask("POST", "/api/v1/session", { body: { name: "van-an", password: PASSWORD }, token: "" });
  let an = secretIn(await note("logIn", entering));
  await note("getSelf", askAs(an, "GET", "/api/v1/session"));
  an = secretIn(await note("prove", askAs(an, "POST", "/api/v1/session/proof", { body: { password: PASSWORD } })));
  const sessions = (await note("listSessions", askAs(an, "GET", "/api/v1/sessions"))).json();
  const other = sessions.find(({ isThis }: { isThis: boolean }) => !isThis).id;
  await note("endSession", askAs(an, "DELETE", `/api/v1/sessions/${other}`));
  const change = { present: PASSWORD, password: "bốn con ngựa ô phi" };
  an = secretIn(await note("changePassword", askAs(an, "PUT", "/api/v1/password", { body: change })));
  await note("listRoles", askAs(an, "GET", "/api/v1/roles"));
  await note("logOut", askAs(an, "DELETE", "/api/v1/session"));
  await factorsOf(api, owner, note);
  await note("listAccounts", askAs(owner, "GET", "/api/v1/accounts"));
  await note("endSessionsOf", askAs(owner, "DELETE", "/api/v1/accounts/van-an/sessions"));
  await note(
    "setRoles",
    askAs(owner, "PUT", "/api/v1/accounts/van-an/roles", { body: { roles }, headers: { "if-match": "*" } }),
  );
  await note("setDisabled", askAs(owner, "PUT", "/api/v1/accounts/van-an/disabled", { body: { disabled: true } }));
  await note("resetAccount", askAs(owner, "POST", "/api/v1/accounts/van-an/reset"));
  expect(people.verbs.hasAccounts()).to.equal(true);
  return told;
}

/** Both kinds of second factors, each added, used and removed, and a token for a program. */
async function factorsOf(
  { people, askAs, browse, port, clock }: Api,
  owner: string,
  note: (id: string, asking: ReturnType<Api["ask"]>) => ReturnType<Api["ask"]>,
) {
  const secretIn = (answer: Awaited<ReturnType<Api["ask"]>>) =>
    (answer.headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=")[1] ?? "";
  const origin = `http://localhost:${port}`;
  const headers = { host: `localhost:${port}`, origin };
  const passkey = paperPasskey();
  const { secret: me } = await people.person("Có khóa", [{ role: "auditor" }]);
  expect(owner).to.not.equal(me);
  const { secret: seed } = (await note("startTotp", askAs(me, "POST", "/api/v1/factors/totp"))).json();
  const code = new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: clock.date() });
  let now = secretIn(await note("addTotp", askAs(me, "PUT", "/api/v1/factors/totp", { body: { code } })));
  const begun = await note("startPasskey", browse(now, "POST", "/api/v1/factors/passkeys", { headers }));
  const made = { name: "Khóa", response: passkey.create(begun.json(), origin) };
  now = secretIn(await note("addPasskey", browse(now, "PUT", "/api/v1/factors/passkeys", { headers, body: made })));
  await note("listFactors", askAs(now, "GET", "/api/v1/factors"));
  const { recovery } = (await note("renewRecovery", askAs(now, "POST", "/api/v1/factors/recovery"))).json();
  await note("askPasskeyAgain", browse(now, "POST", "/api/v1/session/proof/passkey", { headers }));
  const entering = await browse("", "POST", "/api/v1/session", {
    headers,
    body: { name: "co-khoa", password: PASSWORD },
  });
  const { ticket } = entering.json();
  await note("askPasskeyAtDoor", browse("", "POST", "/api/v1/session/second/passkey", { headers, body: { ticket } }));
  const body = { ticket, recovery: recovery[0] };
  await note("finishLogIn", browse("", "POST", "/api/v1/session/second", { headers, body }));
  const grants = [{ permission: "inspect", area: "xuan-huong" }];
  const token = await note("createToken", askAs(now, "POST", "/api/v1/tokens", { body: { name: "Bảng tin", grants } }));
  await note("listTokens", askAs(now, "GET", "/api/v1/tokens"));
  await note("revokeToken", askAs(now, "DELETE", `/api/v1/tokens/${token.json().token.id}`));
  await note("removePasskey", askAs(now, "DELETE", `/api/v1/factors/passkeys/${passkey.id}`));
  await note("removeTotp", askAs(now, "DELETE", "/api/v1/factors/totp"));
}

/** They answer, or ask for what comes later. */
const CHANGE_NOTHING = new Set([
  ...["createSetUpLink", "startTotp", "startPasskey", "askPasskeyAtDoor", "askPasskeyAgain"],
]);
const WITH_A_LINK = new Set(["setUpStation", "acceptInvitation"]);
/** Lines about entering and leaving tell of no thing that is kept. */
const OF_SESSIONS = /^(?:login|logout|session)/;

describe("doors about people", () => {
  it("answer as their schemas say, each of them", async () => {
    const api = await startApi();
    const told = await askAll(api);

    for (const { id, status, response } of ROUTES.filter(({ tag }) => tag === "accounts")) {
      const answer = told.get(id);
      expect(answer?.status, `${id}: ${answer?.text}`).to.equal(status);
      if (response) expect(z.safeParse(response, answer?.json()).error, id).to.equal(undefined);
    }
    await api.close();
  });

  it("write who did it, from where and by what they had shown, and what it changed, each that changes something", async () => {
    const api = await startApi();
    const told = await askAll(api);

    for (const { id, method } of ROUTES.filter(({ tag }) => tag === "accounts")) {
      const lines = told.get(id)?.lines ?? [];
      if (method === "get" || CHANGE_NOTHING.has(id)) {
        expect(lines, id).to.deep.equal([]);
        continue;
      }
      expect(lines, id).to.not.deep.equal([]);
      for (const { kind, by, before, after } of lines) {
        expect(by, `${id}: ${kind}`).to.include({ from: "127.0.0.1" }).and.have.property("account");
        // Whoever makes an account has shown nothing yet but the link.
        if (!WITH_A_LINK.has(id)) expect(by, `${id}: ${kind}`).to.have.property("factor");
        if (!WITH_A_LINK.has(id) && kind !== "account.recovery-used")
          expect(by, `${id}: ${kind}`).to.have.property("session");
        if (!OF_SESSIONS.test(kind)) expect(before ?? after, `${id}: ${kind}`).to.be.an("object");
      }
    }
    await api.close();
  });

  it("never answer what somebody proves themselves with", async () => {
    const api = await startApi();
    const told = await askAll(api);
    const kept = api.people.kept.accounts
      .all()
      .flatMap(({ passwordHash = [], invitation }) => [
        ...[passwordHash].flat(),
        ...(invitation ? [invitation.hash] : []),
      ]);

    const all = [...told.values()].map(({ text }) => text).join("\n");

    expect(kept).to.not.be.empty;
    for (const secret of [PASSWORD, ...kept, ...api.people.kept.sessions.all().map(({ hash }) => hash)])
      expect(all).to.not.contain(secret);
    await api.close();
  });
});
