import type { Page } from "playwright-core";
import type { RoleId } from "../../src/domain/role.js";
import type { WholeHouse } from "./whole-house.js";

/** A sentence that nobody guesses. */
export const PASSWORD = "mười hai con sóc ăn hạt dẻ";

/** Makes the station's first account in a real browser, by the set-up link, and ends on the panel's first page. */
export async function firstAccount({ call }: Pick<WholeHouse, "call">, page: Page): Promise<void> {
  const { path } = await call<{ path: string }>("POST", "/set-up/link");
  await page.goto(path);
  await page.getByLabel("Họ và tên").fill("Lê Trực Đài");
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.waitForURL("/");
}

/** Asks the API as whoever is logged in at that page. @throws Error for what is refused */
export async function askAs<T>(
  page: Page,
  { server }: Pick<WholeHouse, "server">,
  method: string,
  path: string,
  data?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const headers = { origin: server.url, ...more };
  const answer = await page.request.fetch(`/api/v1${path}`, {
    method,
    headers,
    ...(data === undefined ? {} : { data }),
  });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** Somebody whom `owner` invites for a role in a ward, the test ward unless another is named, in a browser of their own; ends on the panel's first page. */
export async function invitedAccount(
  house: Pick<WholeHouse, "server">,
  owner: Page,
  page: Page,
  {
    id,
    name,
    role,
    area = "phuong",
  }: { readonly id: string; readonly name: string; readonly role: RoleId; readonly area?: string },
): Promise<void> {
  const account = { id, name, roles: [{ role, area }] };
  const { path } = await askAs<{ path: string }>(owner, house, "POST", "/accounts", account);
  await page.goto(path);
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await page.getByRole("button", { name: "Vào đài" }).click();
  await page.waitForURL("/");
}
