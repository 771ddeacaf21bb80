/**
 * Where a law is cited in short: `điểm b khoản 3 Điều 12`, `điểm b K7 Đ6 NĐ 168`.
 *
 * @module
 */
import { behind } from "../conditions.js";
import type { Recogniser } from "../match.js";
import { type Form, firstOf, form, told } from "./form.js";
import { spell } from "./letters.js";
import { sayCount } from "./quantity.js";

const POINT = behind(/(?:^|\P{L})(?:các )?điểm (?:[a-zđ](?:, ?| và | hoặc |; ?)){0,6}$/iu);
const OF_LAW =
  /^(?:(?:, ?| và | hoặc |; ?)(?:điểm )?[a-zđ](?!\p{L})){0,6},? ?\(?(?:(?:khoản|Khoản|mục|Mục|điều|Điều|tiểu mục)(?!\p{L})|[KĐ]\.?\d)/u;
/** How far either condition looks, UTF-16 units. */
const REACH = 40;

/** The letter of a point, where the article of a law follows, is said by its name. */
export const lawPoints: Recogniser = (text, index) => {
  const letter = text.charAt(index);
  if (!/[a-zđ]/u.test(letter) || !/[ ,;]/u.test(text.charAt(index + 1))) return undefined;
  const isPoint =
    POINT.test(text.slice(Math.max(0, index - REACH), index)) && OF_LAW.test(text.slice(index + 1, index + 1 + REACH));
  return isPoint ? { end: index + 1, spoken: spell(letter), kind: "code", known: true } : undefined;
};

const BEHIND_POINT = behind(/(?:^|\P{L})điểm [a-zđ],? $/iu);
const BEHIND_CLAUSE = behind(/(?:^|\P{L})(?:K\.?\d{1,2}|khoản \d{1,2}),? $/iu);
const BEFORE_ARTICLE = /^,? ?(?:Đ\.?\d|Điều \d|điều \d)/u;
const BEFORE_LAW = /^,? ?(?:NĐ|Nghị định|Luật|BLHS|BLDS|BLLĐ|BLTTHS|Bộ luật|TT \d|Thông tư|HP|Hiến pháp)(?!\p{L})/u;

/** `K7`, `Đ6`: clause and article, where a point stands before, a law behind, or each beside the other. */
const clause: Form = form(
  /([KĐ])\.?(\d{1,3})(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N})/uy,
  ({ groups: [, kind = "", number = ""], place: { before, words }, after }) => {
    const isClause = kind === "K" && (BEHIND_POINT.test(before) || BEFORE_ARTICLE.test(after));
    const isArticle =
      kind === "Đ" && (BEHIND_CLAUSE.test(before) || BEHIND_POINT.test(before) || BEFORE_LAW.test(after));
    if (!isClause && !isArticle) return undefined;
    return { spoken: `${isClause ? "khoản" : "Điều"} ${sayCount(number, words)}`, kind: "code" };
  },
);

/** Clauses and articles in short. */
export const articles: Form = firstOf([told(/^[KĐ]/u, clause)]);
