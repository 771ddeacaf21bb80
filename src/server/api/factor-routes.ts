/**
 * Doors about what people prove themselves with, and about tokens of their programs.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import * as ask from "./account-views.js";
import { browser } from "./browser.js";
import { entered, json, nothing, type Route, route } from "./route.js";
import { list } from "./views.js";

const tag = "accounts";
const access = "station";

const factors: readonly Route[] = [
  route({
    ...{ id: "listFactors", method: "get", path: "/api/v1/factors", tag, access, status: 200 },
    needs: "self",
    summary: { vi: "Yếu tố thứ hai của tôi", en: "My second factors" },
    response: ask.factorsView,
    run: ({ control, caller }) => json(ask.viewFactors(control.account(browser(caller).account))),
  }),
  route({
    ...{ id: "startTotp", method: "post", path: "/api/v1/factors/totp", tag, access, status: 200 },
    needs: "proven",
    summary: { vi: "Bắt đầu thêm mã trên điện thoại", en: "Begin to add codes of a telephone" },
    response: ask.totpView,
    run: ({ control, caller }) => json(control.startTotp(browser(caller))),
  }),
  route({
    ...{ id: "addTotp", method: "put", path: "/api/v1/factors/totp", tag, access, status: 200 },
    needs: "proven",
    summary: {
      vi: "Thêm mã trên điện thoại bằng mã đang hiện; lần đầu nhận mã dự phòng",
      en: "Add codes of a telephone by the one it shows; the first factor brings recovery codes",
    },
    body: ask.totpCodeSchema,
    response: ask.recoveryView,
    async run({ control, caller, body }) {
      const { secret, recovery } = await control.addTotp(browser(caller), body.code);
      return entered({ recovery }, secret);
    },
  }),
  route({
    ...{ id: "removeTotp", method: "delete", path: "/api/v1/factors/totp", tag, access, status: 204 },
    needs: "proven",
    summary: { vi: "Bỏ mã trên điện thoại", en: "Remove the codes of a telephone" },
    async run({ control, caller }) {
      await control.removeTotp(browser(caller));
      return nothing;
    },
  }),
  route({
    ...{ id: "startPasskey", method: "post", path: "/api/v1/factors/passkeys", tag, access, status: 200 },
    needs: "proven",
    summary: { vi: "Bắt đầu thêm khóa truy cập", en: "Begin to add a passkey" },
    response: ask.optionsView,
    run: async ({ control, caller, site }) =>
      json(ask.optionsView.parse(await control.startPasskey(browser(caller), site))),
  }),
  route({
    ...{ id: "addPasskey", method: "put", path: "/api/v1/factors/passkeys", tag, access, status: 200 },
    needs: "proven",
    summary: { vi: "Thêm khóa truy cập", en: "Add a passkey" },
    body: ask.newPasskeySchema,
    response: ask.recoveryView,
    async run({ control, caller, body, site }) {
      const { secret, recovery } = await control.addPasskey(browser(caller), body, site);
      return entered({ recovery }, secret);
    },
  }),
  route({
    ...{ id: "removePasskey", method: "delete", path: "/api/v1/factors/passkeys/{key}", tag, access, status: 204 },
    needs: "proven",
    summary: { vi: "Bỏ một khóa truy cập", en: "Remove a passkey" },
    params: z.strictObject({ key: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/) }),
    async run({ control, caller, params: { key } }) {
      await control.removePasskey(browser(caller), key);
      return nothing;
    },
  }),
  route({
    ...{ id: "renewRecovery", method: "post", path: "/api/v1/factors/recovery", tag, access, status: 200 },
    needs: "proven",
    summary: { vi: "Lấy mã dự phòng mới; mã cũ hết hiệu lực", en: "Fresh recovery codes; the former are void" },
    response: ask.recoveryView,
    run: async ({ control, caller }) => json({ recovery: await control.renewRecovery(browser(caller)) }),
  }),
  route({
    ...{ id: "askPasskeyAgain", method: "post", path: "/api/v1/session/proof/passkey", tag, access, status: 200 },
    needs: "self",
    summary: { vi: "Hỏi khóa truy cập để xác nhận lại", en: "What the browser needs to ask a passkey for a proof" },
    response: ask.optionsView,
    run: async ({ control, caller, site }) =>
      json(ask.optionsView.parse(await control.askAgain(browser(caller), site))),
  }),
];

const tokens: readonly Route[] = [
  route({
    ...{ id: "listTokens", method: "get", path: "/api/v1/tokens", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Mã cho chương trình: của tôi; người quản lý tài khoản thấy của mọi người",
      en: "Tokens of programs: mine; whoever looks after accounts sees all",
    },
    response: list(ask.tokenView),
    run({ control, person, mayAlso }) {
      const seesAll = mayAlso("configure", { areas: "station" });
      return json(
        control
          .programTokens()
          .filter(({ account }) => seesAll || account === person.account)
          .map(ask.viewToken),
      );
    },
  }),
  route({
    ...{ id: "createToken", method: "post", path: "/api/v1/tokens", tag, access, status: 201 },
    needs: "proven",
    summary: {
      vi: "Tạo mã cho một chương trình: phạm vi, địa bàn, hạn dùng; mã chỉ hiện một lần",
      en: "Make a token for a program: scope, area, end; it is said this once",
    },
    body: ask.newTokenSchema,
    response: ask.newTokenView,
    async run({ control, caller, body, person }) {
      const { token, secret } = await control.createProgramToken(browser(caller).account, body, person);
      return json({ token: ask.viewToken(token), secret });
    },
  }),
  route({
    ...{ id: "revokeToken", method: "delete", path: "/api/v1/tokens/{token}", tag, access, status: 204 },
    needs: "known",
    summary: { vi: "Thu hồi mã của một chương trình", en: "Revoke a program's token" },
    params: z.strictObject({ token: z.string().regex(/^[0-9a-f]{20}$/) }),
    async run({ control, params, person, mayAlso }) {
      const found = control.programTokens().find(({ id }) => id === params.token);
      const isOwn = found !== undefined && found.account === person.account;
      if (!isOwn && !mayAlso("configure", { areas: "station" })) throw noSuchToken();
      await control.revokeProgramToken(params.token, person);
      return nothing;
    },
  }),
];

/** Said of tokens of others, too: whoever may not see them learns nothing. */
const noSuchToken = () =>
  new Fault("not-found", { vi: "Không có mã chương trình này.", en: "There is no such token of a program." });

export const factorRoutes: readonly Route[] = [...factors, ...tokens];
