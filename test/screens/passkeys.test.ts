// Loaded before the trials begin: a helper of it puts names into the global space, and trials watch for that.
import "@simplewebauthn/server";
import { expect } from "chai";
import type { CDPSession } from "playwright-core";
import { closeBrowser, newVisitor } from "../support/real-browser.js";
import { firstAccount, PASSWORD } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("passkeys in a real browser", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let page: Awaited<ReturnType<typeof newVisitor>>;
  let devtools: CDPSession;
  let key: string;

  before(async () => {
    house = await openHouse();
    // Browsers know passkeys by names, and this is the one name of a machine that needs no TLS.
    page = await newVisitor(house.server.url.replace("127.0.0.1", "localhost"), 360);
    devtools = await page.context().newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...({ protocol: "ctap2", transport: "internal" } as const),
        ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    key = authenticatorId;
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const session = () =>
    page.evaluate(() => fetch("/api/v1/session").then((answer) => answer.json())) as Promise<{
      factor?: string;
      account?: { id: string; secondFactor: boolean };
    }>;
  const toSecondStep = async (id: string) => {
    await page.context().clearCookies();
    await page.goto("/log-in");
    await page.getByLabel("Tên đăng nhập").fill(id);
    await page.getByLabel("Mật khẩu").fill(PASSWORD);
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByRole("heading", { name: "Bước hai" }).waitFor();
  };

  it("are added on the account's page, with codes for paper beside a square for the telephone", async () => {
    await page.goto("/second-factor");
    await page.getByRole("img", { name: /^Mã QR/ }).waitFor();
    await page.getByLabel("Tên khóa").fill("Điện thoại của Đài");
    await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();

    await page.getByRole("heading", { name: "Đã thêm khóa truy cập" }).waitFor();
    expect(await page.locator("#added-with-codes li").count()).to.equal(10);
    expect((await session()).account?.secondFactor).to.equal(true);
    const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId: key });
    expect(credentials.map(({ rpId }) => rpId)).to.deep.equal(["localhost"]);
    expect(page.complaints).to.deep.equal([]);
  });

  it("let somebody in after the password", async () => {
    const { account } = await session();
    await toSecondStep(account?.id ?? "");
    await page.getByRole("button", { name: "Dùng khóa truy cập" }).click();
    await page.waitForURL("/");

    expect(await session()).to.include({ factor: "passkey" });
    expect(page.complaints).to.deep.equal([]);
  });

  it("let nobody in with another key, and say so in words", async () => {
    const { account } = await session();
    await toSecondStep(account?.id ?? "");
    await devtools.send("WebAuthn.clearCredentials", { authenticatorId: key });
    await page.getByRole("button", { name: "Dùng khóa truy cập" }).click();

    await page.getByText("Chưa dùng được khóa truy cập").waitFor();
    expect(await page.context().cookies()).to.deep.equal([]);
  });
});
