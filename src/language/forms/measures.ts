/**
 * Numbers with units and prices: `12,5%`, `50.000đ/kg`, `60 km/h`, `37.5°C`, `10-15 km`, `120/80 mmHg`, `$50`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readNumber } from "../numbers.js";
import { afterOf, type Form, firstOf, form, type Said, told } from "./form.js";
import { MOST_POINTS, pointsOrMoney } from "./points.js";
import { MEASURED, quantityValue, sayCount, sayQuantity } from "./quantity.js";
import { EACH, type Unit, unitAt } from "./units.js";

const TO = String.raw` ?[-–—~] ?`;
/** A capital letter behind a bare number is rather a class, a house or a block. */
const CLASSED = behind(/(?:^|\P{L})(?:lớp|nhà|số|số nhà|tổ|khu|phòng|block|tòa|toà|hẻm|đường|lô|khối|ngõ) $/iu);

/** What is weighed in grams. */
const WEIGHED =
  /^ (?:muối|đường|bột|thuốc|vàng|chất|hạt|gạo|thịt|cá|rau|bơ|sữa|tiêu|tỏi|gừng|hành|chè|trà|cà phê|đạm|protein|phân|men|hóa chất|hoá chất|ma túy|ma tuý|cloramin|clo|đậu|mì)(?!\p{L})/u;

interface Measure {
  readonly unit: Unit;
  /** Of the unit with what it is counted per, and the space before it, UTF-16 units. */
  readonly length: number;
  readonly spoken: string;
}

/** The unit after a number, and what it is counted per: `đ/kg`, `km/h`, `đ/người/ngày`. */
function measureAt(text: string): Measure | undefined {
  const gap = text.startsWith(" ") ? 1 : 0;
  const unit = unitAt(text.slice(gap));
  if (unit === undefined || /^đ\/c(?!\p{L})/u.test(text.slice(gap))) return undefined;
  // One letter after a space is rather a list mark or a name.
  if (gap === 1 && /^[A-ZĐs]$/u.test(text.slice(gap, gap + unit.length))) return undefined;
  let length = gap + unit.length;
  let spoken = unit.spoken;
  for (let count = 0; count < 2 && text.charAt(length) === "/"; count++) {
    const per = perAt(text.slice(length + 1), unit);
    if (per === undefined) break;
    length += 1 + per.length;
    spoken += ` ${per.spoken}`;
  }
  return { unit, length, spoken };
}

/** So many kilometres `trên giờ`, but so many đồng `một giờ`. */
function perAt(text: string, unit: Unit): { readonly length: number; readonly spoken: string } | undefined {
  const each = EACH.exec(text)?.[0];
  const second = unitAt(text);
  if (second !== undefined && !second.isMoney) {
    const joint = unit.isMoney ? "một" : "trên";
    return { length: second.length, spoken: `${joint} ${second.spoken}` };
  }
  if (each === undefined || (each === "đêm" && unit.spoken === "ngày")) return undefined;
  const isSpeed = /^(?:giờ|phút|giây|lít)$/u.test(each) && !unit.isMoney;
  return { length: each.length, spoken: `${isSpeed ? "trên" : "một"} ${each}` };
}

/** Whether a point or a comma before three digits parts thousands is told by the unit. */
const isSafe = (written: string, unit: Unit): boolean => {
  if (!/^\d{1,3},\d{3}$/u.test(written) || written.startsWith("0")) return true;
  return !unit.isMoney;
};

const single: Form = form(new RegExp(MEASURED, "uy"), ({ groups: [written = ""], place }): Said | undefined => {
  const end = place.index + written.length;
  const rest = afterOf(place.text, end);
  const found = measureAt(rest);
  if (found === undefined || (/^[WVLAĐ]$/u.test(rest.slice(0, found.length)) && CLASSED.test(place.before)))
    return undefined;
  if (quantityValue(written) <= MOST_POINTS && /^ ?đ(?![\p{L}\p{N}])/u.test(rest)) {
    const isPrice = rest.slice(0, found.length).includes("/");
    const meant = pointsOrMoney(place.before, afterOf(place.text, end + found.length), isPrice);
    const said = `${sayAmount(written, place.words)} ${meant === "points" ? "điểm" : found.spoken}`;
    const kind = meant === "points" ? "score" : "money";
    return { spoken: said, kind, known: meant !== "unsure", length: written.length + found.length };
  }
  return {
    spoken: `${sayAmount(written, place.words)} ${found.spoken}`,
    kind: found.unit.isMoney ? "money" : "measure",
    known: isSafe(written, found.unit) && !mayBeHour(written, found, afterOf(place.text, end + found.length)),
    length: written.length + found.length,
  };
});

/** `8g` is eight o'clock in the south, and eight grams in a recipe. */
const mayBeHour = (written: string, { spoken, length }: Measure, after: string): boolean =>
  spoken === "gam" && length === 1 && /^\d{1,2}$/u.test(written) && Number(written) <= 24 && !WEIGHED.test(after);

const sayAmount = (written: string, words: NumberWords): string =>
  /^0\d$/u.test(written) ? sayCount(written, words) : sayQuantity(written, words);

/** `10-15 km`, `30%-40%`, `50.000-70.000đ/kg`. */
const span: Form = form(
  new RegExp(`(${MEASURED})( ?[\\p{L}°%$²³]{1,5}\\d?)?${TO}(${MEASURED})`, "uy"),
  ({ groups, place }): Said | undefined => {
    const [whole = "", from = "", written, to = ""] = groups;
    const found = measureAt(afterOf(place.text, place.index + whole.length));
    const first = written === undefined ? undefined : unitAt(written.trimStart());
    if (found === undefined || (written !== undefined && first?.length !== written.trimStart().length))
      return undefined;
    const unit = first === undefined || first.spoken === found.unit.spoken ? "" : ` ${first.spoken}`;
    const spoken = `${sayAmount(from, place.words)}${unit} đến ${sayAmount(to, place.words)} ${found.spoken}`;
    return {
      spoken,
      kind: found.unit.isMoney ? "money" : "measure",
      known: quantityValue(from) < quantityValue(to) || unit !== "",
      length: whole.length + found.length,
    };
  },
);

/** `2.5 tỷ`, `1.5 lít`: before a word of measure the point can only part decimals. */
const worded: Form = form(
  /(\d{1,6}\.\d{1,2})(?= (?:tỷ|tỉ|triệu|nghìn|ngàn|lít|mét|ki-lô|kí|cân|tấn|tạ|độ|phần trăm|héc-ta|hecta|sào|mẫu|điểm|lần|cây số)(?!\p{L}))/uy,
  ({ groups: [, written = ""], place }) => ({ spoken: sayQuantity(written, place.words), kind: "number" }),
);

/** `xe tải trên 3,5T`: tonnes, where lorries are spoken of. */
const tonnes: Form = form(
  /(\d{1,3}(?:[.,]\d{1,2})?) ?T(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups: [, written = ""], place: { before, words } }) =>
    /(?:^|\P{L})(?:tải|xe|cầu|trọng lượng)(?!\p{L})[^.;:!?]{0,30}$/iu.test(before)
      ? { spoken: `${sayAmount(written, words)} tấn`, kind: "measure" }
      : undefined,
);

/** `120/80 mmHg`. */
const pressure: Form = form(/(\d{2,3})\/(\d{2,3}) ?mmHg(?!\p{L})/uy, ({ groups: [, high = "", low = ""], place }) => ({
  spoken: `${readNumber(high, place.words)} trên ${readNumber(low, place.words)} mi-li-mét thủy ngân`,
  kind: "measure",
}));

/** Before these `1m2` is no square metre. */
const TALL = behind(
  /(?:^|\P{L})(?:trẻ|trẻ em|TE|em|bé|cháu|học sinh|người|cao|chiều cao|ngập|sâu|dâng|mực nước|triều)(?: \p{L}{1,6}){0,2} ?\(?(?:[<>≤≥] ?)?$/iu,
);

/** `1m65`, `2m5`: metres and centimetres, as heights are written. */
const height: Form = form(
  /(\d{1,2})m(\d{1,2})(?![\p{L}\p{M}\p{N}]|[.,/]\d)/uy,
  ({ groups: [, metres = "", rest = ""], place }) =>
    /^[23]$/u.test(rest) && !TALL.test(place.before)
      ? undefined
      : { spoken: `${readNumber(metres, place.words)} mét ${readNumber(rest, place.words)}`, kind: "measure" },
);

/** `2x3 m`, `1,2m x 2,4m`: each number by itself, with "nhân" between. */
const times: Form = form(
  new RegExp(`(${MEASURED})( ?(?:m|cm|mm))? ?[x×X] ?(?=\\d)`, "uy"),
  ({ groups: [whole = "", written = "", unit], place }) => {
    if (/^0x/iu.test(whole)) return undefined;
    const said = unit === undefined ? undefined : unitAt(unit.trim());
    return { spoken: `${sayQuantity(written, place.words)}${said ? ` ${said.spoken}` : ""} nhân`, kind: "measure" };
  },
);

/** `50k`, `5tr`, `2tr5`, `1,2 tỷ` are how people write sums of money. */
const informal: Form = form(
  /(\d{1,4}(?:[.,]\d{1,3})?)(?:(k)|(tr)(\d)?|(tỷ|tỉ)(\d)?)(?![\p{L}\p{M}\p{N}]|\.đ)/uy,
  ({ groups, place }) => {
    const [, amount = "", isThousand, isMillion, hundreds, isMilliard, more] = groups;
    const unit =
      isThousand !== undefined ? place.words.thousand : isMillion !== undefined ? "triệu" : (isMilliard ?? "");
    const rest = hundreds ?? more;
    const tail = rest === undefined ? "" : ` ${readNumber(rest, place.words)}`;
    return { spoken: `${sayQuantity(amount, place.words)} ${unit}${tail}`, kind: "money" };
  },
);

/** `2-3tr`, `50-80k`. */
const informalSpan: Form = form(
  /(\d{1,4}(?:,\d)?) ?[-–] ?(\d{1,4}(?:,\d)?)(k|tr)(?![\p{L}\p{M}\p{N}]|\.đ)/uy,
  ({ groups: [, from = "", to = "", unit], place: { words } }) =>
    quantityValue(from) < quantityValue(to)
      ? {
          spoken: `${sayQuantity(from, words)} đến ${sayQuantity(to, words)} ${unit === "k" ? words.thousand : "triệu"}`,
          kind: "money",
        }
      : undefined,
);

/** `800k-1tr`, `500k - 1 triệu`: from a sum in one unit to one in another. */
const informalFrom: Form = form(
  /(\d{1,4}(?:,\d{1,2})?)(k|tr) ?[-–] ?(?=(\d{1,4}(?:[.,]\d{1,2})?)(k|tr|tỷ|tỉ| triệu| tỷ| tỉ)(?!\p{L})( ?[-–] ?\d)?)/uy,
  ({ groups: [, from = "", unit, to = "", lastUnit, third], place: { before, words } }) => {
    // `300k-500k-700k` are three sums.
    const isRow = third !== undefined || /(?:k|tr) ?[-–] ?$/u.test(before);
    if (!isRow && unit === lastUnit && quantityValue(from) >= quantityValue(to)) return undefined;
    const said = `${sayQuantity(from, words)} ${unit === "k" ? words.thousand : "triệu"}`;
    return { spoken: `${said}${isRow ? ", " : " đến "}`, kind: "money" };
  },
);

/** `$50`, `€20`, `USD 100`, `USD 2,5 triệu`; in `USD 26.320đ` the currency is what is priced, and left to its name. */
const before: Form = form(
  new RegExp(
    `(US\\$|USD |VND |VNĐ |[$€£¥₫]) ?(${MEASURED})( (?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\\p{L}))?(?![\\p{L}\\p{N}]|[.,]\\d)`,
    "uy",
  ),
  (found) => {
    const [, currency = "", amount = "", scale = ""] = found.groups;
    const unit = unitAt(currency.trim());
    if (unit === undefined || unitAt(found.after.trimStart())?.isMoney) return undefined;
    return {
      spoken: `${sayQuantity(amount, found.place.words)}${scale} ${unit.spoken}`,
      kind: "money",
      known: isSafe(amount, unit),
    };
  },
);

/** What begins with a digit. */
export const measures: Form = firstOf([
  told(/^m/u, height),
  told(/^\//u, pressure),
  told(/^(?:[.,]0| ?T)/u, tonnes),
  told(/^\.0/u, worded),
  told(/^(?:[.,]0| 000|\d| ?[-–—~\p{L}°%$²³])/u, span),
  told(/^(?:[.,]0| 000|\d| ?[mcx×X])/u, times),
  told(/^(?:,0| ?[-–])/u, informalSpan),
  told(/^(?:,0|[kt])/u, informalFrom),
  told(/^(?:[.,]0|[kt])/u, informal),
  told(/^(?:[.,]0| 000|\d| ?[\p{L}°º℃℉%‰₫$€£¥])/u, single),
]);
/** What begins with a sign or letters of a currency. */
export const prices: Form = told(/^[UV$€£¥₫]/u, before);
