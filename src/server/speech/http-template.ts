/**
 * What a station writes to reach a voice service of its choice: a request with holes for text, voice and speed.
 *
 * @module
 */

/** What fills the holes. */
export interface Filling {
  readonly text: string;
  /** The same as a whole SSML document. */
  readonly ssml: string;
  readonly voice: string;
  readonly speed: number;
}

/** How a value is written so that it cannot become anything but a value. */
export type Escape = (value: string) => string;

/** `{text}` or `{{text}}`; `{ssml}` is the text as SSML, and stays markup where the body is XML; `{env:NAME}` takes a secret from the environment, so that it need not stand in the file. */
const HOLE = /\{\{(text|ssml|voice|speed|env:[A-Z0-9_]{1,64})\}\}|\{(text|ssml|voice|speed|env:[A-Z0-9_]{1,64})\}/gu;

/**
 * Fills a template in one pass: what fills a hole is never searched for holes.
 *
 * @throws RangeError naming the variable when one of the environment is not set
 */
export function fill(
  template: string,
  { filling, env, inPlace }: { readonly filling: Filling; readonly env: Environment; readonly inPlace: Escape },
): string {
  return template.replace(HOLE, (_, double: string | undefined, single: string | undefined) => {
    const name = double ?? single ?? "";
    if (name === "ssml" && inPlace === inXml) return filling.ssml;
    if (name === "text" || name === "ssml" || name === "voice" || name === "speed")
      return inPlace(String(filling[name]));
    const value = env[name.slice("env:".length)];
    if (value === undefined) throw new RangeError(`the environment variable ${name.slice("env:".length)} is not set`);
    return inPlace(value);
  });
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Inside the quotes of a JSON string. */
const inJson: Escape = (value) => JSON.stringify(value).slice(1, -1);
const XML: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;" };
const inXml: Escape = (value) => value.replace(/[<>&"']/gu, (sign) => XML[sign] ?? "");

/** Inside a URL, whether in its path or in its query. */
export const inUrl: Escape = encodeURIComponent;
/** Inside a header, which carries one line of Latin letters: an ordinary key stays as it is. */
export const inHeader: Escape = (value) => (/^[\x20-\x7e]*$/u.test(value) ? value : encodeURIComponent(value));

/** How values are written in a body of this type; a body without a type is JSON. */
export function bodyEscape(contentType: string | undefined): Escape {
  if (contentType === undefined || contentType.includes("json")) return inJson;
  if (contentType.includes("xml")) return inXml;
  return contentType.includes("urlencoded") ? encodeURIComponent : (value) => value;
}

/**
 * What stands at a dotted path of a JSON answer, such as `data.0.audio`; undefined when there is no text.
 */
export function textAt(json: unknown, path: string): string | undefined {
  let value = json;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === "string" && value !== "" ? value : undefined;
}
