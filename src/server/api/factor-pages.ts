/**
 * The pages about the second factor: showing a code or a passkey when logging in, and adding either. Codes need no script.
 *
 * @module
 */
import type { Express, Request, RequestHandler, Response } from "express";
import type { Access } from "./access.js";
import type { AccountVerbs, Answer } from "./account-verbs.js";
import { secondSchema, totpCodeSchema } from "./account-views.js";
import { browser } from "./browser.js";
import { formPage, type Given, givenIn, readForm, submit, whenceOf } from "./form-page.js";
import { document, safe } from "./html.js";
import { permit } from "./permit.js";
import { read } from "./refusals.js";
import { squareOf } from "./square.js";

export interface FactorPages {
  readonly control: AccountVerbs;
  readonly access: Access;
  readonly setCookie: (response: Response, secret: string | undefined) => void;
}

/** Forms that are sent without a script have no passkeys. */
const NO_SITE = { host: "", origin: "" };

export function mountFactorPages(app: Express, { control, access, setCookie }: FactorPages): void {
  app.post(
    "/log-in/second",
    readForm,
    withScript,
    submit(secondPage, async (request, response) => {
      const { link: ticket } = givenIn(request);
      const { ticket: right, ...given } = read(secondSchema, { ticket, ...shownIn(request) });
      const answer: Answer =
        given.code === undefined
          ? { kind: "recovery", code: given.recovery ?? "" }
          : { kind: "totp", code: given.code };
      const entered = await control.finishLogIn(right, answer, { ...whenceOf(request), site: NO_SITE });
      if (entered.step === "inside") setCookie(response, entered.secret);
      response.redirect(303, "/");
    }),
  );
  const ownOf = (request: Request) => {
    const caller = access.callerOf(request);
    permit("proven", caller, undefined, control.here());
    return browser(caller);
  };
  app.get("/second-factor", withScript, (request, response) => {
    if (access.callerOf(request)?.session === undefined) return response.redirect(303, "/log-in");
    return submit(stalePage, async () => {
      const { secret, uri } = control.startTotp(ownOf(request));
      response.type("html").send(addPage(secret, uri));
    })(request, response, () => {});
  });
  app.post(
    "/second-factor",
    readForm,
    submit(stalePage, async (request, response) => {
      const { code } = read(totpCodeSchema, { code: String({ ...request.body }.code ?? "") });
      const { secret, recovery } = await control.addTotp(ownOf(request), code);
      setCookie(response, secret);
      response.type("html").send(addedPage(recovery));
    }),
  );
}

/** Six digits are of a telephone, anything else is from paper. */
function shownIn(request: Request): { code: string } | { recovery: string } {
  const typed = String({ ...request.body }.code ?? "").trim();
  return /^[\d\s]{6,8}$/.test(typed) ? { code: typed } : { recovery: typed };
}

/** @param ticket stands in the field of the link */
export const secondPage = ({ link, hasPasskey }: Pick<Given, "link" | "hasPasskey">, wrong?: string): string =>
  formPage({
    title: "Bước hai",
    about: "Hãy nhập mã sáu số đang hiện trên điện thoại, hoặc một mã dự phòng chưa dùng.",
    fields: [{ name: "code", label: "Mã xác thực hoặc mã dự phòng", complete: "one-time-code" }],
    ...{ action: "/log-in/second", button: "Vào đài", link, wrong },
    ...(hasPasskey ? { also: { passkey: "yes" }, below: enterByPasskey(link) } : {}),
  });

/** Lets a page run the one script of our own that knows passkeys. */
export const withScript: RequestHandler = (_request, response, next) => {
  const policy = String(response.get("Content-Security-Policy"));
  response.set("Content-Security-Policy", `${policy}; script-src 'self'`);
  next();
};

const SCRIPT = '<script type="module" src="/passkeys.js"></script>';

const enterByPasskey = (link: string): string =>
  `<section data-needs-passkeys hidden><h2>Khóa truy cập</h2><form class="person" data-passkey="enter" method="post" action="/log-in/second"><input type="hidden" name="link" value="${safe(link)}"><p role="alert" hidden></p><button>Dùng khóa truy cập</button></form></section>${SCRIPT}`;

const ADD_PASSKEY = `<section data-needs-passkeys hidden><h2>Thêm khóa truy cập</h2><p>Khóa nằm trong điện thoại, máy tính hoặc khóa USB này, mở bằng vân tay, khuôn mặt hoặc mã PIN.</p><form class="person" data-passkey="add" method="post" action="/second-factor"><p role="alert" hidden></p><label for="passkey-name">Tên khóa, để sau này nhận ra</label><input id="passkey-name" name="name" maxlength="120" value="Khóa của tôi" required><button>Thêm khóa truy cập</button></form></section>`;

const CODES_HELP =
  "Hãy in hoặc chép các mã dự phòng này và cất kỹ. Mỗi mã dùng được một lần khi không có điện thoại hay khóa; chúng không hiện lại lần nữa.";
const BACK = '<p><a href="/">Về trang đài</a></p>';
/** What the script shows when it is done. */
const ADDED_PASSKEY = `<section id="added" tabindex="-1" hidden><h1>Đã thêm khóa truy cập</h1>${BACK}</section><section id="added-with-codes" tabindex="-1" hidden><h1>Đã thêm khóa truy cập</h1><p>${CODES_HELP}</p><ul></ul>${BACK}</section>`;

const addPage = (secret: string, uri: string): string =>
  formPage({
    title: "Thêm mã trên điện thoại",
    about: `Mở ứng dụng tạo mã trên điện thoại (như Google Authenticator) và quét ô vuông này, hoặc <a href="${safe(uri)}">thêm đài này</a> khi đang dùng chính điện thoại đó, hoặc nhập khóa <code>${safe(secret.replaceAll(/(.{4})/g, "$1 ").trim())}</code>. Rồi nhập mã sáu số đang hiện.</p>${squareOf(uri, "Mã QR của khóa trên; ai không quét được thì nhập khóa bằng tay")}<p>Đừng cho ai khác xem hay chụp.`,
    fields: [{ name: "code", label: "Mã sáu số", complete: "one-time-code" }],
    ...{ action: "/second-factor", button: "Thêm", below: `${ADD_PASSKEY}${SCRIPT}`, after: ADDED_PASSKEY },
  });

const addedPage = (recovery: readonly string[]): string =>
  document(
    "Đã thêm",
    `<main><h1>Đã thêm mã trên điện thoại</h1>${
      recovery.length === 0
        ? ""
        : `<p>${CODES_HELP}</p><ul>${recovery.map((code) => `<li><code>${safe(code)}</code></li>`).join("")}</ul>`
    }${BACK}</main>`,
  );

const stalePage = (_given: Given, wrong = ""): string =>
  document(
    "Chưa thêm được",
    `<main><h1>Chưa thêm được</h1><p role="alert">${safe(wrong)}</p><p><a href="/second-factor">Làm lại từ đầu</a>, hoặc đăng xuất rồi đăng nhập lại.</p><form method="post" action="/log-out"><button>Đăng xuất</button></form></main>`,
  );
