/**
 * Doors about people: setting the station up, entering and leaving, sessions, accounts and their roles.
 *
 * @module
 */
import * as z from "zod";
import type { Account } from "../../domain/account.js";
import type { Touched } from "../../domain/permission.js";
import { accountIdSchema } from "../../domain/person.js";
import type { Assignment } from "../../domain/role.js";
import type { Answer, Entered, Invitation } from "./account-verbs.js";
import * as ask from "./account-views.js";
import { browser } from "./browser.js";
import type { ControlVerbs } from "./control-verbs.js";
import { noCaller } from "./permit.js";
import { type Call, entered, json, kept, left, marked, nothing, type Route, route } from "./route.js";
import { list } from "./views.js";

const tag = "accounts";
const access = "station";
const one = z.strictObject({ id: accountIdSchema });
const params = one;

/** Whoever looks after accounts must do so wherever the account has a role. */
const placesOf = (...assignments: readonly (readonly Assignment[])[]): Touched => {
  const areas = assignments.flat().map(({ area }) => area);
  const named = areas.filter((area) => area !== undefined);
  return { areas: named.length === 0 || named.length < areas.length ? "station" : named };
};
const rolesOf = (control: ControlVerbs, id: Account["id"]): readonly Assignment[] =>
  control.accounts().find((account) => account.id === id)?.roles ?? [];

const markedView = (control: ControlVerbs, account: Account): ask.MarkedAccountView => ({
  ...ask.viewAccount(account),
  revision: control.accountRevision(account.id),
});

const whence = ({ person, agent, site }: Pick<Call<unknown, unknown, unknown>, "person" | "agent" | "site">) => ({
  ...{ from: person.from ?? "", agent, site },
});
type Given = Pick<z.infer<typeof ask.proofSchema>, "code" | "recovery" | "passkey">;
function answerIn({ code, recovery, passkey }: Given): Answer {
  if (code !== undefined) return { kind: "totp", code };
  return recovery !== undefined ? { kind: "recovery", code: recovery } : { kind: "passkey", response: passkey };
}

const enter = (it: Entered) =>
  it.step === "inside"
    ? entered({ step: it.step, account: ask.viewAccount(it.account) }, it.secret)
    : json({ step: it.step, ticket: it.ticket, name: it.account.name, factors: it.factors });
const invited = ({ account, secret, expiresAt }: Invitation) =>
  json({
    account: ask.viewAccount(account),
    path: ask.invitationPath(secret),
    expiresAt: new Date(expiresAt).toISOString(),
  });

const entering: readonly Route[] = [
  route({
    ...{ id: "setUpStation", method: "post", path: "/api/v1/set-up", tag, access: "pairing", status: 201 },
    needs: "nothing",
    summary: { vi: "Tạo tài khoản đầu tiên bằng đường dẫn thiết lập", en: "Make the first account by the set-up link" },
    body: ask.setUpSchema,
    response: ask.enteredView,
    run: async (call) => enter(await call.control.setUpStation(call.body, whence(call))),
  }),
  route({
    ...{ id: "createSetUpLink", method: "post", path: "/api/v1/set-up/link", tag, access, status: 201 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: {
      vi: "Tạo đường dẫn thiết lập mới, khi chưa có tài khoản",
      en: "Another set-up link, while there is no account",
    },
    response: ask.linkView,
    run({ control }) {
      const { secret, expiresAt } = control.newSetUpLink();
      return json({ path: ask.setUpPath(secret), expiresAt: new Date(expiresAt).toISOString() });
    },
  }),
  route({
    ...{ id: "logIn", method: "post", path: "/api/v1/session", tag, access: "open", status: 201 },
    needs: "nothing",
    summary: { vi: "Đăng nhập", en: "Log in" },
    body: ask.logInSchema,
    response: ask.enteredView,
    run: async (call) => enter(await call.control.logIn(call.body.name, call.body.password, whence(call))),
  }),
  route({
    ...{ id: "finishLogIn", method: "post", path: "/api/v1/session/second", tag, access: "open", status: 201 },
    needs: "nothing",
    summary: {
      vi: "Đăng nhập, bước hai: mã trên điện thoại, mã dự phòng hoặc khóa truy cập",
      en: "Log in, second step: a code of a telephone, one on paper, or a passkey",
    },
    body: ask.secondSchema,
    response: ask.enteredView,
    run: async (call) => enter(await call.control.finishLogIn(call.body.ticket, answerIn(call.body), whence(call))),
  }),
  route({
    ...{ id: "askPasskeyAtDoor", method: "post", tag, access: "open", status: 200 },
    path: "/api/v1/session/second/passkey",
    needs: "nothing",
    summary: { vi: "Hỏi khóa truy cập khi đăng nhập", en: "What the browser needs to ask a passkey at log-in" },
    body: ask.ticketSchema,
    response: ask.optionsView,
    run: async ({ control, body, site }) => json(ask.optionsView.parse(await control.askAtDoor(body.ticket, site))),
  }),
  route({
    ...{
      id: "acceptInvitation",
      method: "post",
      path: "/api/v1/invitations/acceptance",
      tag,
      access: "pairing",
      status: 201,
    },
    needs: "nothing",
    summary: { vi: "Nhận lời mời: chọn mật khẩu và vào đài", en: "Take up an invitation: choose a password and enter" },
    body: ask.acceptSchema,
    response: ask.enteredView,
    run: async (call) => enter(await call.control.acceptInvitation(call.body, whence(call))),
  }),
];

const own: readonly Route[] = [
  route({
    ...{ id: "getSelf", method: "get", path: "/api/v1/session", tag, access, status: 200 },
    needs: "self",
    summary: { vi: "Tôi là ai, được làm gì", en: "Who I am, and what I may do" },
    response: ask.selfView,
    run({ control, caller }) {
      if (!caller) throw noCaller();
      const { kind, person, grants, session, isFresh, isLimited } = caller;
      return json({
        ...{ kind, name: person.name, isFresh, isLimited, grants: grants[0] ?? [] },
        ...(person.factor === undefined ? {} : { factor: person.factor }),
        ...(session === undefined ? {} : { session }),
        ...(person.account === undefined ? {} : { account: ask.viewAccount(control.account(person.account)) }),
      });
    },
  }),
  route({
    ...{ id: "logOut", method: "delete", path: "/api/v1/session", tag, access, status: 204 },
    needs: "self",
    summary: { vi: "Đăng xuất", en: "Log out" },
    async run({ control, caller, person }) {
      await control.logOut(browser(caller).session, person);
      return left;
    },
  }),
  route({
    ...{ id: "prove", method: "post", path: "/api/v1/session/proof", tag, access, status: 200 },
    needs: "self",
    summary: { vi: "Xác nhận lại chính mình đang ngồi máy", en: "Show again that it is you" },
    body: ask.proofSchema,
    response: z.object({ isFresh: z.literal(true) }),
    async run(call) {
      const { password } = call.body;
      const proof = password === undefined ? answerIn(call.body) : ({ kind: "password", password } as const);
      const secret = await call.control.prove(browser(call.caller), proof, whence(call));
      return entered({ isFresh: true } as const, secret);
    },
  }),
  route({
    ...{ id: "changePassword", method: "put", path: "/api/v1/password", tag, access, status: 200 },
    needs: "self",
    summary: {
      vi: "Đổi mật khẩu; mọi nơi đăng nhập khác bị đăng xuất",
      en: "Choose another password; every other browser is logged out",
    },
    body: ask.passwordChangeSchema,
    response: z.object({ changed: z.literal(true) }),
    async run(call) {
      const secret = await call.control.changePassword(browser(call.caller), call.body, whence(call));
      return entered({ changed: true } as const, secret);
    },
  }),
  route({
    ...{ id: "listSessions", method: "get", path: "/api/v1/sessions", tag, access, status: 200 },
    needs: "self",
    summary: { vi: "Những nơi tôi đang đăng nhập", en: "Where I am logged in" },
    response: list(ask.sessionView),
    run({ control, caller }) {
      const { account, session } = browser(caller);
      return json(control.sessionsOf(account).map((one) => ask.viewSession(one, session)));
    },
  }),
  route({
    ...{ id: "endSession", method: "delete", path: "/api/v1/sessions/{session}", tag, access, status: 204 },
    needs: "proven",
    summary: { vi: "Đăng xuất ở một nơi khác", en: "Log another browser out" },
    params: z.strictObject({ session: z.string().regex(/^[0-9a-f]{20}$/) }),
    async run({ control, caller, params: { session }, person }) {
      await control.endSession(browser(caller).account, session, person);
      return nothing;
    },
  }),
];

const others: readonly Route[] = [
  route({
    ...{ id: "listRoles", method: "get", path: "/api/v1/roles", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các vai trò và việc mỗi vai trò được làm", en: "The roles, and what each may do" },
    response: list(ask.roleView),
    run: () => json(ask.roleViews),
  }),
  route({
    ...{ id: "listAccounts", method: "get", path: "/api/v1/accounts", tag, access, status: 200 },
    needs: { permission: ["configure", "inspect"], touches: "anywhere" },
    summary: { vi: "Các tài khoản", en: "The accounts" },
    response: list(ask.markedAccountView),
    run: ({ control, mayAlso }) =>
      json(
        control
          .accounts()
          .filter(({ roles }) => mayAlso("configure", placesOf(roles)) || mayAlso("inspect", placesOf(roles)))
          .map((account) => markedView(control, account)),
      ),
  }),
  route({
    ...{ id: "invite", method: "post", path: "/api/v1/accounts", tag, access, status: 201 },
    needs: { permission: "configure", touches: ({ body }) => placesOf(body.roles), fresh: true },
    summary: {
      vi: "Mời một người; trả về đường dẫn dùng một lần",
      en: "Invite somebody; answers a link for a single use",
    },
    body: ask.newAccountSchema,
    response: ask.invitationView,
    run: async ({ control, body, person }) => invited(await control.invite(body, person)),
  }),
  route({
    ...{ id: "setRoles", method: "put", path: "/api/v1/accounts/{id}/roles", tag, access, status: 200 },
    needs: {
      permission: "configure",
      touches: ({ control, params: { id }, body }) => [placesOf(rolesOf(control, id)), placesOf(body.roles)],
      fresh: true,
    },
    summary: { vi: "Đổi vai trò của một tài khoản", en: "Give an account other roles" },
    params,
    needsExpected: true,
    body: ask.rolesSchema,
    response: ask.markedAccountView,
    current: ({ control, params: { id } }) => marked(markedView(control, control.account(id))),
    run: async ({ control, params: { id }, body, expected, person }) =>
      kept(marked(markedView(control, await control.setRoles(id, body.roles, { expected, by: person })))),
  }),
  route({
    ...{ id: "setDisabled", method: "put", path: "/api/v1/accounts/{id}/disabled", tag, access, status: 200 },
    needs: {
      permission: "configure",
      touches: ({ control, params: { id } }) => placesOf(rolesOf(control, id)),
      fresh: true,
    },
    summary: { vi: "Khóa tài khoản hoặc mở lại", en: "Close an account, or open it again" },
    params,
    body: ask.disableSchema,
    response: ask.accountView,
    run: async ({ control, params: { id }, body, person }) =>
      json(ask.viewAccount(await control.setDisabled(id, body.disabled, person))),
  }),
  route({
    ...{ id: "endSessionsOf", method: "delete", path: "/api/v1/accounts/{id}/sessions", tag, access, status: 204 },
    needs: {
      permission: "configure",
      touches: ({ control, params: { id } }) => placesOf(rolesOf(control, id)),
      fresh: true,
    },
    summary: { vi: "Đăng xuất một người ở mọi nơi", en: "Log somebody out everywhere" },
    params,
    async run({ control, params: { id }, person }) {
      await control.endSessionsOf(id, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "resetAccount", method: "post", path: "/api/v1/accounts/{id}/reset", tag, access, status: 201 },
    needs: {
      permission: "configure",
      touches: ({ control, params: { id } }) => placesOf(rolesOf(control, id)),
      fresh: true,
    },
    summary: {
      vi: "Đặt lại tài khoản: mật khẩu và yếu tố thứ hai cũ hết hiệu lực, trả về đường dẫn mới",
      en: "Reset an account: its password and second factor are void; answers a new link",
    },
    params,
    response: ask.invitationView,
    run: async ({ control, params: { id }, person }) => invited(await control.resetAccount(id, person)),
  }),
];

export const accountRoutes: readonly Route[] = [...entering, ...own, ...others];
