/**
 * Numbers that name a line, an account or a person: said digit by digit, in the groups in which they are written.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { inGroups, readDigits, readGroups } from "../numbers.js";
import { sortAt } from "../sorts.js";
import { BEFORE, beginning, type Form, firstOf, form, type Place, type Said, told } from "./form.js";

const END = String.raw`(?![\p{L}\p{M}\p{N}]|[.,-]\d)`;
const GAP = String.raw`[ .-]?`;
/** Words after which a number of any length is dialled. */
const DIALLED = behind(
  /(?:^|[^\p{L}])(?:gọi(?: ngay)?(?: số)?|gọi (?:đến|tới|về)(?: số)?|soạn(?: [\p{L}\p{N}]+){1,4} gửi(?: đến| tới| về)?|đường dây nóng|hotline|tổng đài|số điện thoại|điện thoại|đt|sđt|đtdđ|tel|phone|fax|zalo|viber|di động|liên hệ|số máy|alo|bấm|quay số|nhắn tin|số nóng|mobile)(?: số)?(?: [\p{L}]+){0,3}[:.]? ?\(?(?:[\d .+()-]{3,16}(?:, ?|; ?| - | hoặc | và |\/)){0,3}$/iu,
);
/** Emergency services, by their three digits. */
const SERVICE = behind(
  /(?:^|[^\p{L}])(?:cấp cứu|cứu hỏa|cứu hoả|cảnh sát|công an|chữa cháy|cứu nạn|cứu hộ|cứu thương|phản ứng nhanh|báo bão|báo cháy|thiên tai|khẩn cấp|trẻ em|tổng đài quốc gia)[:,]? ?\(?$/iu,
);
/** Words after which a long number names an account, a person or a paper. */
const NAMED = behind(
  /(?:^|[^\p{L}])(?:số tài khoản|tài khoản(?: số)?|stk|số tk|tk|cccd|cmnd|cmtnd|căn cước(?: công dân)?|chứng minh nhân dân|mã số thuế|mst|mã số|mã định danh|định danh(?: cá nhân)?|số thẻ|thẻ bhyt|bhyt|mã thẻ|mã hồ sơ|mã vạch|mã|hộ chiếu|số sổ|số hiệu|số seri|seri|mã đơn|số hợp đồng|mã khách hàng|otp|mật khẩu|mã bưu (?:chính|điện))(?: số)?(?: [\p{L}]+){0,3}[:.]? ?\(?(?:số ?)?:? ?$/iu,
);

/** Asked first: without a word there is nothing to go by. */
const behindWord =
  (one: Form): Form =>
  (place) =>
    hasWord(place) ? one(place) : undefined;

/** How far a text has been looked through for two letters side by side, and where the last of them are. */
let looked = { text: "", upTo: 0, last: -1 };

/** Whether two letters stand side by side before a place. A text is mostly asked from its beginning on: each letter is seen once. */
function hasWord({ text, index }: Place): boolean {
  const from = Math.max(0, index - BEFORE);
  if (looked.text !== text || index < looked.upTo) looked = { text, upTo: from, last: -1 };
  for (let at = Math.max(looked.upTo, from, 1); at < index; at++)
    if (sortAt(text, at) === "letter" && sortAt(text, at - 1) === "letter") looked.last = at;
  looked.upTo = index;
  return looked.last > from;
}

const groupsOf = (written: string): readonly string[] => written.match(/\d+/gu) ?? [];

/** The written groups; a number without any is cut for breath. */
const sayGroups = (written: string): string => {
  const groups = groupsOf(written);
  return readGroups(groups.flatMap((group) => (group.length > 5 ? cut(group) : [group])));
};

/** A mobile number as people say it, 4-3-3; anything else in threes. */
const cut = (digits: string): readonly string[] =>
  digits.length === 10 && digits.startsWith("0")
    ? [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)]
    : digits.length === 11 && digits.startsWith("0")
      ? [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8)]
      : digits.length === 7 || digits.length === 8
        ? [digits.slice(0, 4), digits.slice(4)]
        : inGroups(digits);

const phone = (spoken: string): Said => ({ spoken, kind: "phone" });

/** `0263.3822.145`, `(0263) 3822145`, `0905 123 456`: ten digits, or eleven for a fixed line. */
const national = form(
  new RegExp(
    String.raw`(?:\(0\d{2,3}\)[ .-]{0,2}\d(?:${GAP}\d){5,7}|02(?:${GAP}\d){9}|0[1-9](?:${GAP}\d){8}|0\d{2,3}(?: - \d{3,4}){2})${END}`,
    "uy",
  ),
  ({ groups: [written = ""] }) => phone(sayGroups(written)),
);

/** `0263.3822.145/146`: the same line with other last digits. */
const lastDigits = form(/\/ ?(\d{1,4})(?![\p{L}\p{M}\p{N}]|[ .,-]\d)/uy, ({ groups: [, digits = ""], place }) =>
  /(?:^|\D)\(?0\d(?:[ .)-]{0,2}\d){7,9}(?:\/\d{1,4}){0,3}$/u.test(place.before)
    ? phone(`, ${readDigits(digits)}`)
    : undefined,
);

/** `+84 263 3822 145`, `(+84) 905 123 456`, `0084…`. */
const international = form(
  new RegExp(
    String.raw`(?:\(\+(\d{1,3})\)|\+(\d{1,3})(?=[ .-]?\(?\d)|00(84))${GAP}((?:\(0\))?\(?\d(?:[ .)-]{0,2}\d){6,11})${END}`,
    "uy",
  ),
  ({ groups: [written = "", bracketed, plus, zeros, rest = ""] }) => {
    const code = bracketed ?? plus ?? zeros ?? "";
    // Written without a gap the country's two digits cannot be told from the number's by the pattern.
    const isJoined = plus !== undefined && /^\+84\d/u.test(written);
    const country = isJoined ? "84" : code;
    const number = isJoined ? written.slice(3) : rest;
    const groups = groupsOf(number).flatMap((group) => (group.length > 5 ? cut(group) : [group]));
    return phone(`cộng ${readGroups([country, ...groups])}`);
  },
);

/** `1900 9095`, `1800.1119`, `1900545415`. */
const service = form(new RegExp(String.raw`(1[89]00)${GAP}(\d(?:${GAP}\d){3,5})${END}`, "uy"), (found) => {
  const [written = "", head = "", rest = ""] = found.groups;
  const isBare = /^\d+$/u.test(written);
  // Two years with a dash between them look alike.
  if (/^1[89]00-\d{4}$/u.test(written) && !DIALLED.test(found.place.before)) return undefined;
  if (isBare && written.length > 8 && !DIALLED.test(found.place.before) && written.length !== 10) return undefined;
  const groups = groupsOf(rest).flatMap((group) => (group.length > 5 ? cut(group) : [group]));
  return phone([readDigits(head), ...groups.map(sayPairs)].join(", "));
});

/** Four digits of a service number are said as two pairs, and 95 as `chín lăm`. */
const sayPairs = (group: string): string =>
  group.length === 4 && /[1-9]5$/u.test(group) ? readDigits(group).replace(/năm$/u, "lăm") : readDigits(group);

/** What is counted is not dialled. */
const COUNTED = /^ (?:người|hộ|ca|phút|lượt|cuộc|đồng|triệu|tỷ|giờ|ngày|tháng|trường hợp|lần)(?!\p{L})/u;

/** Anything after a word such as `gọi`: `113`, `1022`, `3822.145`. */
const dialled = form(
  new RegExp(String.raw`[*#]?\d(?:${GAP}\d){2,12}#?${END}`, "uy"),
  ({ groups: [written = ""], place, after }) => {
    const isService = /^1\d\d$/u.test(written) && SERVICE.test(place.before);
    if (!isService && !DIALLED.test(place.before)) return undefined;
    if (COUNTED.test(after)) return undefined;
    return phone(sayGroups(written));
  },
);

/** `0263.3822.145 hoặc 115`. */
const AFTER_LINE = behind(/(?:0\d|1[89]00)(?:[ .-]?\d){4,9}(?:, ?| và | hoặc |; ?| ?[-–] ?)$/u);

const AFTER_SERVICE = behind(/(?:^|\P{N})11[1-9](?:, ?| và | hoặc |; ?| ?[-–] ?)$/u);
/** `113, 114, 115`. */
const BEFORE_SERVICE = /^(?:, ?| và | hoặc |; ?| ?[-–] ?)11[1-9](?!\d)/u;

/** A row of service numbers. */
const listed = form(/11[1-9](?![\p{L}\p{M}\p{N}]|[.,]\d)/uy, ({ groups: [written = ""], place, after }) => {
  const isListed = (AFTER_LINE.test(place.before) && !COUNTED.test(after)) || AFTER_SERVICE.test(place.before);
  return isListed || BEFORE_SERVICE.test(after) ? phone(readDigits(written)) : undefined;
});

/** Accounts, identity cards, tax numbers. */
const named = form(new RegExp(String.raw`\d(?:${GAP}\d){3,23}${END}`, "uy"), ({ groups: [written = ""], place }) =>
  NAMED.test(place.before) ? { spoken: sayGroups(written), kind: "identity" } : undefined,
);

/** `*101#`: what is keyed in. */
const keyed = form(/[*#]\d{1,6}(?:\*\d{1,14}){0,3}#/uy, ({ groups: [written = ""] }) =>
  phone(
    (written.match(/\d+|[*#]/gu) ?? [])
      .map((piece) => (piece === "*" ? "sao" : piece === "#" ? "thăng" : readDigits(piece)))
      .join(" "),
  ),
);

/** Lines, accounts and identity numbers, which begin with a digit. */
export const phones: Form = firstOf([
  behindWord(named),
  beginning("0", international),
  beginning("0", national),
  beginning("1", service),
  behindWord(dialled),
  beginning("1", listed),
]);
/** Those that begin with a sign. */
export const signedPhones: Form = firstOf([
  told(/^\//u, lastDigits),
  told(/^[*#]/u, keyed),
  told(/^[(+]/u, international),
  told(/^\(/u, national),
  told(/^[*#]/u, behindWord(dialled)),
]);
