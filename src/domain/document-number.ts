/**
 * The number of an office document, as people write it where an announcement comes from: `335-CV/ThU`, `16/CT-TTg`,
 * `117/2020/NĐ-CP`.
 *
 * @module
 */

/** Digits, a year where there is one, the kind of document, and the body that issued it (Decree 30/2020, appendix I, II.3). */
const NUMBER = /(?<![\p{L}\d/])\d{1,5}(?:\/(?:19|20)\d{2})?[-/]\p{Lu}{1,6}(?:[-/]\p{Lu}[\p{L}&.]{0,20})+/u;

/** The first document number in the text, as it is written there. */
export const documentNumberIn = (text: string): string | undefined => NUMBER.exec(text.normalize("NFC"))?.[0];
