import { expect } from "chai";
import { DeliveryFailure } from "../../../src/server/notice/delivery.js";
import { createMail, type MailServer } from "../../../src/server/notice/mail.js";
import { makeAuthority } from "../../support/certificates.js";
import { type SmtpWish, startSmtpDouble } from "../../support/smtp-double.js";

describe("notices by mail", () => {
  const { authority, issue } = makeAuthority();
  const certificate = issue(["localhost"]);
  let double: Awaited<ReturnType<typeof startSmtpDouble>>;
  afterEach(() => double.close());
  const parcel = {
    ...{ id: "0123456789abcdef", station: "Đài Xuân Hương", subject: "Cảnh báo: Cột 1", text: "Mất liên lạc.\n" },
    notices: [],
  };
  const send = async (
    wish: SmtpWish,
    { signal = new AbortController().signal, ...server }: Partial<MailServer> & { signal?: AbortSignal } = {},
    more: Partial<typeof parcel> = {},
  ) => {
    double = await startSmtpDouble(wish);
    const settings = {
      host: "localhost",
      port: double.port,
      security: "none",
      from: "dai@example.vn",
      ...server,
    } as const;
    return createMail(settings, "truc@example.vn")({ ...parcel, ...more }, signal);
  };
  const failure = (work: Promise<void>) =>
    work.then(
      () => "sent",
      (thrown: Error) => (thrown instanceof DeliveryFailure ? thrown.message : `${thrown.name} ${thrown.message}`),
    );

  it("are plain text from the station, in Vietnamese, and say that nobody should answer", async () => {
    await send({});
    const [mail = ""] = double.mails;
    expect(double.commands).to.include.members(["MAIL FROM:<dai@example.vn>", "RCPT TO:<truc@example.vn>"]);
    const subject = /^Subject: =\?UTF-8\?([QB])\?(.+)\?=$/m.exec(mail);
    const said = subject?.[1] === "B" ? Buffer.from(subject[2] ?? "", "base64").toString() : subject?.[2];
    expect(said).to.match(/C(?:ả|=E1=BA=A3)nh/);
    expect(mail).to.include("Content-Type: text/plain; charset=utf-8").and.include("Auto-Submitted: auto-generated");
    expect(mail).to.include("Message-ID: <0123456789abcdef@example.vn>");
  });

  it("cannot be given headers or recipients by what people wrote", async () => {
    await send({}, {}, { subject: "x\r\nBcc: la@example.com", station: 'Đài" <la@example.com>, "' });
    const [mail = ""] = double.mails;
    expect(mail).to.not.match(/^Bcc:/m);
    expect(double.commands.filter((line) => line.startsWith("RCPT"))).to.deep.equal(["RCPT TO:<truc@example.vn>"]);
  });

  it("go through TLS and a login, with an authority of the house's own", async () => {
    const login = { user: "dai", password: "mật khẩu dài" };
    await send({ certificate, login }, { security: "starttls", login, authority: authority.certificate });
    expect(double.wasSecure()).to.equal(true);
    expect(double.mails).to.have.length(1);
  });

  it("are never sent in the open when TLS is wanted, nor to a server that nobody vouches for", async () => {
    expect(await failure(send({}, { security: "starttls" }))).to.match(/^E(TLS|SOCKET|CONNECTION)/);
    expect(double.mails).to.deep.equal([]);
    double.close();
    expect(await failure(send({ certificate }, { security: "starttls" }))).to.match(/^E/);
    expect(double.mails).to.deep.equal([]);
  });

  const hangUp = (socket: { destroy(): void }) => socket.destroy();
  for (const [what, wish, reason] of [
    ["a server that is too busy", { script: { greeting: "421 later" } }, /421/],
    ["a wrong login", { login: { user: "dai", password: "khác" } }, /^EAUTH.*535/],
    ["an address that nobody has", { script: { RCPT: "550 nobody <truc@example.vn>" } }, /^EENVELOPE.*550$/],
    ["a server that asks to come again", { script: { RCPT: "451 grey" } }, /451$/],
    ["a mail that is refused", { script: { body: "554 spam" } }, /554$/],
    ["nonsense", { script: { greeting: "HTTP/1.1 400 Bad Request" } }, /^E/],
    ["a connection that ends before the greeting", { script: { greeting: hangUp } }, /^E/],
    ["a connection that ends before the mail is taken", { script: { body: hangUp } }, /^E/],
  ] as const)
    it(`say plainly what became of ${what}, and name nobody`, async () => {
      const login = "login" in wish ? { login: { user: "dai", password: "sai" } } : {};
      const said = await failure(send(wish, login));
      expect(said).to.match(reason).and.not.include("truc@").and.not.include("sai");
    });

  it("are given up when the station closes, whatever the server does", async () => {
    const ending = new AbortController();
    const sending = failure(send({ script: { greeting: () => ending.abort() } }, { signal: ending.signal }));
    expect(await sending).to.match(/Abort/);
  });
});
