/**
 * Letters and digits that name something: viruses, substances, grades, initials, cards.
 *
 * @module
 */
import { behind } from "../conditions.js";
import { inGroups, readDigits, readGroups, readNumber } from "../numbers.js";
import { type Form, firstOf, form, told } from "./form.js";
import { spell } from "./letters.js";
import { sayMonth } from "./quantity.js";
import { unitAt } from "./units.js";

/** `4G`, `4G/5G`. */
const generation = form(/([2-6])G(?:\/([2-6])G)?(?![\p{L}\p{M}\p{N}])/uy, ({ groups: [, number = "", other] }) => ({
  spoken: [number, other].flatMap((one) => (one === undefined ? [] : `${readNumber(one)} gờ`)).join(", "),
  kind: "code",
}));

/** `ĐT 0263.3822.145`: a telephone, and no road. */
const telephone = form(/ĐT(?=:? ?\(?(?:0\d|\+84|1[89]00|\d[\d.]{6}))/uy, () => ({
  spoken: "điện thoại",
  kind: "abbreviation",
}));

/** `m2`, `km²` without a number: what a price or density is told for. */
const unit = form(/[kcd]?m[23²³](?![\p{L}\p{M}\p{N}])/uy, ({ groups: [written = ""] }) => ({
  spoken: unitAt(written)?.spoken ?? "",
  kind: "measure",
}));

/** `N.V.A`, `bệnh nhân N.T.H.`: names shortened to spare the person. */
const initials = form(/(?:\p{Lu}\.){1,4}\p{Lu}(?![\p{L}\p{M}\p{N}]|\.\p{L})/uy, ({ groups: [written = ""] }) => ({
  spoken: spell(written),
  kind: "code",
}));

/** `VT` that ends a row of receivers is the office that files the paper; nobody reads it. */
const filed = form(/VT(?=[.;]?\s*$)/uy, ({ place: { before } }) =>
  /(?:^|\P{L})[\p{Lu}&]{3,6}(?:, |; )$/u.test(before) ? { spoken: "", kind: "abbreviation" } : undefined,
);

/** One capital letter by itself: `vitamin C`, `Nguyễn Văn B`, `38 độ C`. With a full stop it is a short form. */
const letter = form(
  /[B-DF-HJ-NP-TV-XZĐ](?:(?![\p{L}\p{M}\p{N}]|\.|[-/&]\p{L})|(?=\.\s*$))/uy,
  ({ groups: [written = ""], place: { before } }) =>
    /(?:^|[\s(“"])$/u.test(before) ? { spoken: spell(written), kind: "code" } : undefined,
);

/** Key: what is in the air, the water and the blood, as weather and health bulletins write it. */
const SUBSTANCES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CO2: "xê o hai",
    H2O: "hát hai o",
    O2: "o hai",
    O3: "o ba",
    SO2: "sờ o hai",
    NO2: "nờ o hai",
    "PM2.5": "pê mờ hai phẩy năm",
    "PM2,5": "pê mờ hai phẩy năm",
    PM10: "pê mờ mười",
    SpO2: "sờ pê o hai",
    SPO2: "sờ pê o hai",
  }),
);

const substance = form(
  /[A-Z][A-Za-z]{0,2}\d[.,]?[\dO]?(?![\p{L}\p{M}\p{N}]|[.,]\p{N})/uy,
  ({ groups: [written = ""] }) => {
    const name = written.replace(/[.,]$/u, "");
    const spoken = SUBSTANCES.get(name);
    return spoken === undefined ? undefined : { spoken, kind: "code", length: name.length };
  },
);

/** `B.1.617.2`, `BA.5`: with one point only the families that everybody knows. */
const lineage = form(
  /(BA|BQ|XBB|JN|EG|[A-Z]{1,2}(?=\.\d{1,3}\.\d))((?:\.\d{1,3}){1,5})(?![\p{L}\p{M}\p{N}]|\.\p{N})/uy,
  ({ groups: [, letters = "", numbers = ""] }) => {
    const pieces = numbers.split(".").slice(1);
    const said = pieces.map((piece) => (piece.length > 2 ? readDigits(piece) : readNumber(piece)));
    return { spoken: [spell(letters), ...said].join(" chấm "), kind: "code" };
  },
);

/** `A/H5N1`, `H1N1`. */
const influenza = form(
  /(?:([ABC])\/)?H(\d{1,2})N(\d{1,2})(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups: [, type, h = "", n = ""] }) => ({
    spoken: `${type === undefined ? "" : `${spell(type)} `}hát ${readNumber(h)} en ${readNumber(n)}`,
    kind: "code",
  }),
);

/** `T9` may be a month; T2 to T7 are days. */
const MONTH = /^(?:0[1-9]|[189]|1[0-2])$/u;
/** Behind these a letter and a number name a building or a thing. */
const BUILT = behind(
  /(?:^|\P{L})(?:tòa|toà|nhà|block|chung cư|căn|căn hộ|lô|khối|tháp|cổng|ga|nhà ga|sảnh|trạm|trạm biến áp|TBA|tuyến|máy|máy biến áp|trụ|cột|mẫu|đốt sống|xe|số|mã|lớp|đội|bảng|nhóm|phòng)(?: [\p{L}]+)? $/iu,
);
/** Behind these it is a month. */
const MONTHLY = behind(
  /(?:^|\P{L})(?:tháng|so|so với|với|trong|từ|đến|tới|hết|cuối|đầu|giữa|kỳ|kì|kì này|kỳ lương|lương|lương hưu|vào|tiền điện|tiền nước|học phí|hóa đơn) $/iu,
);

/** `F0`, `B2`, `A1`: one letter and a small number. P is rather a ward, and T2 to T7 are days. */
const lettered = form(
  /([A-OR-ZĐ])(\d{1,2})(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N}|-\p{L})/uy,
  ({ groups: [, name = "", number = ""], place }) => {
    if (name === "T" && /^[2-7]$/u.test(number)) return undefined;
    const known = name !== "T" || !MONTH.test(number) || BUILT.test(place.before);
    if (!known && MONTHLY.test(place.before))
      return { spoken: `tháng ${sayMonth(number.replace(/^0/u, ""), place.words)}`, kind: "date" };
    const said = number.startsWith("0") ? readDigits(number) : readNumber(number, place.words);
    return { spoken: `${spell(name)} ${said}`, kind: "code", known };
  },
);

/** `nhóm máu B-, AB+`. */
const bloodGroup = form(
  /(AB|[ABO])( ?Rh)? ?([+−–-])(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups: [, group = "", rhesus, sign = ""], place: { before } }) =>
    /(?:^|\P{L})máu(?!\p{L})[^.;!?]{0,40}$/iu.test(before)
      ? {
          spoken: `${spell(group)}${rhesus === undefined ? "" : " e-rờ hát"} ${sign === "+" ? "dương" : "âm"}`,
          kind: "code",
        }
      : undefined,
);

const sayLong = (digits: string): string => (digits.length > 5 ? readGroups(inGroups(digits)) : readDigits(digits));

/** Anything else in capitals and digits, after a word that says so: `mã BN1234`, `thẻ GD4797912345678`. */
const named = form(
  /([A-ZĐ]{1,4})[-.]?(\d{1,15})(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N})/uy,
  ({ groups: [, letters = "", digits = ""], place: { before } }) =>
    /(?:^|\P{L})(?:mã|mã số|số thẻ|thẻ|thẻ BHYT|ký hiệu|kí hiệu|số hiệu|chuyến bay|hộ chiếu|mẫu|lô|bệnh nhân|seri)(?: số)?:? $/iu.test(
      before,
    )
      ? { spoken: `${spell(letters)} ${sayLong(digits)}`, kind: "identity" }
      : undefined,
);

/** `dầu 0,05S`: how much sulphur is in it. */
const sulphur = form(/(0,\d{2,3})S(?:-[IVX]{1,3})?(?![\p{L}\p{M}\p{N}])/uy, ({ groups: [, share = ""] }) => ({
  spoken: `không phẩy ${readDigits(share.slice(2))} ét`,
  kind: "code",
}));

/** `4G`, `0,05S`. */
export const numberedCodes: Form = firstOf([told(/^G/u, generation, "23456"), told(/^,0/u, sulphur, "0")]);
/** Codes with letters and digits. A lone letter is asked for last. */
export const letteredCodes: Form = firstOf([
  told(/^Đ/u, telephone),
  told(/^V/u, filed),
  told(/^[A-Z]/u, substance),
  told(/^[kcdm]/u, unit),
  told(/^\p{Lu}/u, initials),
  told(/^[ABCH]/u, influenza),
  told(/^[A-Z]/u, lineage),
  told(/^[A-ZĐ]/u, named),
  told(/^[ABO]/u, bloodGroup),
  told(/^[A-ZĐ]/u, lettered),
  told(/^[A-ZĐ]/u, letter),
]);
