/**
 * Which passwords are no secret: those that leaked again and again, those that everybody uses in English and in Vietnamese, and
 * those that say what the station or the account is called.
 *
 * @module
 */

import type { Words } from "../../base/errors.js";
import { plainLetters } from "../../base/plain-letters.js";
import { MAX_PASSWORD, MIN_PASSWORD } from "../../domain/account.js";

/** What remains of the commonest passwords once digits, marks and spelling tricks at their ends are gone. */
const COMMON = new Set(
  `password passwort passw0rd pass passwd admin administrator root user guest test tester testing login welcome default changeme
secret letmein master monkey dragon shadow sunshine princess football baseball superman batman iloveyou iloveu trustno whatever
qwerty qwertyuiop qwertyui qwert asdf asdfgh asdfghjkl asdfghjk zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qwe asd zxc qweasd qweasdzxc
abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij google facebook youtube computer internet samsung iphone apple android
microsoft windows server database system manager supervisor operator support service public access freedom hello helloworld
liverpool chelsea arsenal manchester manchesterunited barcelona realmadrid michael jordan charlie thomas daniel jessica ashley
matkhau matkhaula matkhaumoi matkhaucu mk matma khongcomatkhau khongco khongbiet quenmatkhau dangnhap taikhoan quantri quantrivien
vietnam vietnamvodich vietnammuonnam toiyeuvietnam yeuvietnam hanoi saigon hochiminh tphcm danang haiphong cantho hue dalat nhatrang
dalatlamdong lamdong phuong xa quan huyen thon khupho todanpho loaphuong loa phatthanh truyenthanh daiphatthanh daitruyenthanh
daiphuong ubnd ubndphuong uybannhandan congan vanhoa thongtin anhyeuem emyeuanh yeuem yeuanh iloveyouvietnam conyeu congchua
hoangtu giadinh bome concuaba concuame hanhphuc maimaiyeuem motminh mottinhyeu khongten xinchao chaoban camon tinhyeu
nguyen nguyenvan nguyenthi tran le pham hoang phan vu vo dang bui do ho ngo duong ly anhem banbe ngoisao thienthan
deptrai xinhgai nhatban hanquoc bongda dongdong linhlinh tuananh minhanh quynhanh ngocanh thuylinh phuongthao haianh`
    .split(/\s+/)
    .filter(Boolean),
);

/** Rows of keys and of numbers, forwards; backwards is looked at too. */
const ROWS = [
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "abcdefghijklmnopqrstuvwxyz",
];

const TRICKS: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

/** The shortest word of the list of leaked passwords that counts with digits and marks around it. */
const SHORTEST_WORD = 4;

/**
 * A judge of passwords, which says why one may not be; `undefined` when it may. The list of leaked passwords is loaded for the
 * first one that is looked at.
 *
 * @param about names that are no secret here: of the account, the person, the station, its areas
 */
export function createPasswordJudge(): (password: string, about: readonly string[]) => Promise<Words | undefined> {
  let leaked: Promise<ReadonlySet<string>> | undefined;
  return async (password, about) => {
    const weakness = weaknessOf(password, about);
    if (weakness) return weakness;
    // A list that could not be loaded is tried again the next time.
    leaked ??= leakedPasswords().catch((thrown: unknown) => {
      leaked = undefined;
      throw thrown;
    });
    return isLeaked(password, await leaked) ? COMMON_ONE : undefined;
  };
}

/** In small letters. */
async function leakedPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}

function isLeaked(password: string, leaked: ReadonlySet<string>): boolean {
  const plain = plainOf(password);
  if (leaked.has(password.toLowerCase()) || leaked.has(plain)) return true;
  return wordsIn(plain).some((word) => word.length >= SHORTEST_WORD && leaked.has(word));
}

function weaknessOf(password: string, about: readonly string[]): Words | undefined {
  const letters = [...password.normalize("NFC")].length;
  if (letters < MIN_PASSWORD) return tooShort(letters);
  if (password.length > MAX_PASSWORD) return TOO_LONG;
  const plain = plainOf(password);
  if (new Set(plain).size <= 3 || isRepeated(plain) || isRow(plain)) return GUESSED;
  const words = wordsIn(plain);
  if (/^\d+$/.test(plain) && isDateOrPhone(plain)) return GUESSED;
  if (words.some(saysCommon)) return COMMON_ONE;
  const names = about.map((name) => coreOf(plainOf(name))).filter((name) => name.length >= 4);
  if (names.some((name) => words.some((word) => word.includes(name) && word.length - name.length < 6))) return NAMED;
  return undefined;
}

/** The words that it may have been made of: as it stands, as the keys of Telex and VNI make it, and backwards. */
function wordsIn(plain: string): readonly string[] {
  const core = coreOf(plain);
  const keyed = [untelexed(plain.replaceAll(/^[^a-z]+|[^a-z]+$/g, "")), plain.replaceAll(/[^a-z]/g, "")];
  return [...new Set([core, ...keyed, [...core].reverse().join("")])].filter((word) => word !== "");
}

/** Without the letters by which Telex writes marks and tones: `maatjkhaaur` is `matkhau`. */
const untelexed = (typed: string) =>
  typed
    .replaceAll("dd", "d")
    .replaceAll(/([aeo])((?:ch|ng|nh|[cmnpt])?)\1/g, "$1$2")
    .replaceAll(/(?<=[aou])w/g, "")
    .replaceAll(/(?<=[aeiouy](?:ch|ng|nh|[cmnpt])?)[sfrxj](?![aeiouy])/g, "");

/** Small letters without accents, marks and blanks: as a guessing program tries them. */
const plainOf = (text: string) => plainLetters(text).replaceAll(/[\s._\-–,;:]/g, "");

/** Without the digits and marks that people put at the ends, and with letters for the digits inside. */
function coreOf(plain: string): string {
  const inner = plain.replaceAll(/^[^a-z]+|[^a-z]+$/g, "");
  return [...inner]
    .map((letter) => TRICKS[letter] ?? letter)
    .join("")
    .replaceAll(/[^a-z]/g, "");
}

/** One common word, the same one again and again, or two of them. */
function saysCommon(core: string): boolean {
  if (COMMON.has(core)) return true;
  for (let at = 1; at < core.length; at++)
    if (COMMON.has(core.slice(0, at)) && COMMON.has(core.slice(at)) && core.length < 24) return true;
  return false;
}

/** Such as `abc123abc123`. */
function isRepeated(plain: string): boolean {
  for (let size = 1; size <= plain.length / 2; size++) {
    const piece = plain.slice(0, size);
    if (piece.repeat(Math.ceil(plain.length / size)).startsWith(plain)) return true;
  }
  return false;
}

/** Mostly steps along a row, such as `1234567890` or `qwertyuiop`. */
function isRow(plain: string): boolean {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
  let along = 0;
  for (let at = 0; at + 3 <= plain.length; at++) if (rows.some((row) => row.includes(plain.slice(at, at + 3)))) along++;
  return along >= (plain.length - 2) * 0.7;
}

/** Ten or eleven digits that are a Vietnamese telephone number or a date twice over. */
const isDateOrPhone = (digits: string) =>
  /^(?:0|84)\d{9}$/.test(digits) || /^(?:[0-3]\d[01]\d(?:19|20)\d\d){1,2}\d{0,3}$/.test(digits);

const tooShort = (letters: number): Words => ({
  vi: `mật khẩu phải có ít nhất ${MIN_PASSWORD} ký tự, mới có ${letters}; một câu ngắn dễ nhớ là tốt nhất`,
  en: `a password has at least ${MIN_PASSWORD} characters, not ${letters}; a short sentence is best`,
});
const TOO_LONG: Words = {
  vi: `mật khẩu dài nhất ${MAX_PASSWORD} ký tự`,
  en: `a password has at most ${MAX_PASSWORD} characters`,
};
const GUESSED: Words = {
  vi: "mật khẩu này dễ đoán: dãy phím, dãy số hoặc một đoạn lặp lại; hãy dùng vài từ không liên quan đến nhau",
  en: "this password is easily guessed: a row of keys, of digits, or the same piece again; use some unrelated words",
};
const COMMON_ONE: Words = {
  vi: "rất nhiều người dùng mật khẩu này nên ai cũng đoán được; hãy dùng vài từ không liên quan đến nhau",
  en: "very many people use this password, so it is tried first; use some unrelated words",
};
const NAMED: Words = {
  vi: "mật khẩu không được là tên của bạn, của đài hay của địa bàn; hãy dùng vài từ không liên quan đến nhau",
  en: "a password must not be your name, the station's or a place's; use some unrelated words",
};
