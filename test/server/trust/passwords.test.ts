import { expect } from "chai";
import { COST, createPasswords } from "../../../src/server/trust/passwords.js";
import { createPasswordJudge } from "../../../src/server/trust/weak-passwords.js";

const QUICK = { n: 2 ** 10, r: 8, p: 1 };

describe("passwords", () => {
  it("are kept as scrypt hashes with a salt each, at the cost that OWASP asks for", async () => {
    const { hash } = createPasswords(QUICK);
    const [one, other] = [await hash("con bò vàng gặm cỏ"), await hash("con bò vàng gặm cỏ")];

    expect(COST).to.deep.equal({ n: 131_072, r: 8, p: 1 });
    expect(one).to.match(/^scrypt\$1024\$8\$1\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/);
    expect(one).to.not.equal(other);
  });

  it("are right however the letters were typed, and wrong otherwise", async () => {
    const { hash, isRight } = createPasswords(QUICK);
    const kept = await hash("con bò vàng gặm cỏ".normalize("NFC"));

    expect(await isRight("con bò vàng gặm cỏ".normalize("NFD"), kept)).to.equal(true);
    expect(await isRight("con bo vang gam co", kept)).to.equal(false);
    expect(await isRight("con bò vàng gặm cỏ", undefined)).to.equal(false);
  });

  it("hashed at another cost stay right when the cost is raised", async () => {
    const kept = await createPasswords({ ...QUICK, n: 2 ** 9 }).hash("con bò vàng gặm cỏ");

    expect(await createPasswords(QUICK).isRight("con bò vàng gặm cỏ", kept)).to.equal(true);
  });

  it("are looked at one at a time beside the event loop; more than twelve that wait are sent away", async () => {
    const { isRight } = createPasswords({ n: 2 ** 14, r: 8, p: 1 });
    let turns = 0;
    const turning = setInterval(() => turns++, 1);

    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => isRight("con bò vàng gặm cỏ", undefined)));
    clearInterval(turning);

    expect(tries.filter(({ status }) => status === "fulfilled")).to.have.length(13);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).to.include({ code: "busy" });
    // Were a hash made on this thread, the timer would hardly have run.
    expect(turns).to.be.greaterThan(13);
    expect(await isRight("con bò vàng gặm cỏ", undefined), "free again").to.equal(false);
  });
});

describe("weak passwords", () => {
  const judge = createPasswordJudge();
  const refused = async (password: string, about: readonly string[] = []) => (await judge(password, about))?.vi;

  it("are too short, whatever letters they have; Vietnamese letters count as one", async () => {
    expect(await refused("X9$k2!pQ")).to.contain("ít nhất 10 ký tự");
    expect(await refused("ừừ".normalize("NFD").repeat(4))).to.contain("mới có 8");
  });

  const common = [
    ...[
      "1234567890",
      "0987654321",
      "8888888888",
      "qwertyuiop",
      "1qaz2wsx3edc",
      "abcdefghij",
      "abc123abc123",
      "0912345678",
    ],
    ...[
      "password123",
      "P@ssw0rd2026",
      "matkhau123",
      "Mật khẩu 2026",
      "matkhaumoi1",
      "iloveyou1234",
      "vietnam2026",
      "anhyeuem123",
    ],
    ...[
      "admin123456",
      "loaphuong123",
      "dalatlamdong",
      "aaaaaaaaaaaa",
      "abababababab",
      "toiyeuvietnam!",
      "welcome2026!",
      "qwerty123456",
    ],
    // As the keys of Telex and VNI write «mật khẩu», «anh yêu em», «việt nam», and backwards.
    ...["maatjkhaaur2026", "ma65tkha6u3!!", "anhyeeuem123", "vieejtnam2026", "uahktam2026", "matkhauloaphuong1"],
    // Known from leaks only.
    ...["sunflower2026!", "Starwars#1977", "terminator", "fuck_inside"],
  ];
  for (const password of common)
    it(`are what everybody tries: ${password}`, async () => {
      expect(await refused(password)).to.be.a("string");
    });

  it("are all those of the list that leaked and are long enough to be one here", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    const leaked = dictionary["passwords-common"].filter((one) => [...one].length >= 10);

    const taken: string[] = [];
    for (const one of leaked) if ((await refused(one)) === undefined) taken.push(one);

    expect(leaked.length).to.be.greaterThan(1500);
    expect(taken).to.deep.equal([]);
  });

  it("are the three thousand commonest words of that list, with digits to make them long enough", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    const words = dictionary["passwords-common"].filter((one) => /^[a-z]{4,9}$/.test(one)).slice(0, 3000);

    const taken: string[] = [];
    for (const one of words) if ((await refused(`${one}2026!!`.padEnd(10, "!"))) === undefined) taken.push(one);

    expect(words).to.have.length(3000);
    expect(taken).to.deep.equal([]);
  });

  it("are the names of the person, the station or a place, with digits at their ends", async () => {
    const about = ["Phường Xuân Hương", "nguyen-van-an", "Đài phường Xuân Hương"];

    expect(await refused("Xuân Hương 2026", ["Xuân Hương"])).to.contain("tên của bạn");
    expect(await refused("nguyenvanan123", about)).to.contain("tên của bạn");
    expect(await refused("nguyen-van-an thích đi câu cá", about)).to.equal(undefined);
  });

  for (const password of [
    "con bò vàng gặm cỏ",
    "trăng lên đỉnh đèo Prenn",
    "correct horse battery",
    "7vT!q9Lm#2xR",
    "mưa phùn tháng chạp",
  ])
    it(`are not: ${password}`, async () => {
      expect(await refused(password, ["Xuân Hương"])).to.equal(undefined);
    });
});
