/**
 * A spoken text as SSML 1.1, for voice services that take it: sentences and pauses are said outright, so that none has to be
 * guessed from punctuation.
 *
 * @module
 */
import { PAUSE_SECONDS, splitSentences } from "./sentences.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};
/** What XML 1.0 cannot hold, however it is written. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text between tags. */
const inside = (text: string): string =>
  text.replace(UNWRITABLE, "").replace(/[<>&"']/gu, (sign) => ENTITIES[sign] ?? "");

/** A whole `<speak>` document in Vietnamese: a paragraph a line, each sentence by itself, the house's pauses between them. */
export function ssmlOf(spoken: string): string {
  const paragraphs = spoken
    .normalize("NFC")
    .split("\n")
    .map((line) => splitSentences(line, Number.POSITIVE_INFINITY).map(({ text }) => `<s>${inside(text)}</s>`))
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => `<p>${sentences.join(breakOf(PAUSE_SECONDS.sentence))}</p>`);
  return `<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="vi-VN">${paragraphs.join(breakOf(PAUSE_SECONDS.paragraph))}</speak>`;
}

const breakOf = (seconds: number): string => `<break time="${Math.round(seconds * 1000)}ms"/>`;
