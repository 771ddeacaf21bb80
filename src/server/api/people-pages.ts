/**
 * The pages for entering and leaving, made on the server and without a script: set-up, log-in, taking up an invitation,
 * log-out.
 *
 * @module
 */
import type { Express, RequestHandler, Response } from "express";
import type { Access } from "./access.js";
import type { AccountVerbs, Entered } from "./account-verbs.js";
import { acceptSchema, logInSchema, setUpSchema } from "./account-views.js";
import { mountFactorPages, secondPage, withScript } from "./factor-pages.js";
import { type Field, formPage, type Given, readForm, show, submit, whenceOf } from "./form-page.js";
import { read } from "./refusals.js";
import { squareOf } from "./square.js";

export interface PeoplePages {
  readonly control: AccountVerbs;
  readonly access: Access;
  /** Few guesses for each address. */
  readonly slowly: RequestHandler;
  readonly setCookie: (response: Response, secret: string | undefined) => void;
}

export function mountPeoplePages(app: Express, parts: PeoplePages): void {
  const { control, access, slowly, setCookie } = parts;
  const enter = (response: Response, entered: Entered) => {
    if (entered.step === "second") {
      const hasPasskey = entered.factors.includes("passkey");
      return void response.type("html").send(secondPage({ link: entered.ticket, hasPasskey }));
    }
    setCookie(response, entered.secret);
    response.redirect(303, "/");
  };

  app.get("/log-in", show(logInPage));
  app.post(
    "/log-in",
    readForm,
    withScript,
    submit(logInPage, async (request, response) => {
      const { name, password } = read(logInSchema, { ...request.body });
      enter(response, await control.logIn(name, password, whenceOf(request)));
    }),
  );
  app.get("/set-up", show(setUpPage));
  app.post(
    "/set-up",
    slowly,
    readForm,
    submit(setUpPage, async (request, response) => {
      const { id, ...rest } = { ...request.body };
      const first = read(setUpSchema, id === "" || id === undefined ? rest : { ...rest, id });
      enter(response, await control.setUpStation(first, whenceOf(request)));
    }),
  );
  app.get("/invitation", show(invitationPage));
  app.post(
    "/invitation",
    slowly,
    readForm,
    submit(invitationPage, async (request, response) => {
      enter(response, await control.acceptInvitation(read(acceptSchema, { ...request.body }), whenceOf(request)));
    }),
  );
  app.post("/log-out", async (request, response) => {
    const { session, person } = access.callerOf(request) ?? {};
    if (session !== undefined && person !== undefined) await control.logOut(session, person);
    setCookie(response, undefined);
    response.redirect(303, "/log-in");
  });
  mountFactorPages(app, parts);
}

const PASSWORD_HELP = "Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất; không dùng mật khẩu ai cũng đoán được.";
const newPassword: Field = {
  ...({ name: "password", label: "Mật khẩu mới", type: "password", complete: "new-password" } as const),
  help: PASSWORD_HELP,
};

const logInPage = ({ name }: Given, wrong?: string) =>
  formPage({
    title: "Đăng nhập",
    about: "Chưa có tài khoản? Hãy nhờ người quản lý tài khoản của đài gửi lời mời.",
    fields: [
      { name: "name", label: "Tên đăng nhập", value: name, complete: "username" },
      { name: "password", label: "Mật khẩu", type: "password", complete: "current-password" },
    ],
    ...{ action: "/log-in", button: "Đăng nhập", wrong },
  });

const setUpPage = ({ link, name, id }: Given, wrong?: string) =>
  formPage({
    title: "Thiết lập đài",
    about:
      "Tạo tài khoản đầu tiên: người này quản lý tài khoản và vận hành đài. Người duyệt bản tin phải là một người khác, được mời sau.",
    fields: [
      { name: "name", label: "Họ và tên", value: name, complete: "name" },
      {
        ...{ name: "id", label: "Tên đăng nhập (không bắt buộc)", value: id, complete: "username", optional: true },
        help: "Chữ thường không dấu, số và gạch nối, ví dụ van-an. Bỏ trống thì lấy theo họ tên.",
      },
      newPassword,
    ],
    ...{ action: "/set-up", button: "Tạo tài khoản", link, wrong },
  });

const invitationPage = ({ link, address }: Given, wrong?: string) =>
  formPage({
    ...{ title: "Nhận lời mời", about: "Hãy chọn mật khẩu để vào đài.", fields: [newPassword] },
    ...{ action: "/invitation", button: "Vào đài", link, wrong },
    // A form that was sent once has no link in its address any more.
    below: address === "" || wrong !== undefined ? "" : onTelephone(address),
  });

const onTelephone = (address: string) =>
  `<section><h2>Mở trên điện thoại</h2><p>Quét ô vuông này để chọn mật khẩu ngay trên điện thoại. Đường dẫn dùng một lần: chỉ người được mời mới nên quét.</p>${squareOf(address, "Mã QR của đường dẫn mời này")}</section>`;
