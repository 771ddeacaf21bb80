/**
 * The addresses of a station: the first is where it is as a rule, another is for when that does not answer.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";

/** Addresses of one station, at most. */
const MOST = 2;

export interface Addresses {
  /** Where to ask now. */
  current(): URL;
  /** Where it is as a rule. */
  readonly first: URL;
  readonly all: readonly URL[];
  isAtFirst(): boolean;
  /** It did not answer: from now on the next one. `true` when all have been tried. */
  next(): boolean;
  toFirst(): void;
}

/** @param all at least one */
export function createAddresses(all: readonly URL[]): Addresses {
  const [first] = all;
  if (first === undefined) throw new TypeError("no address");
  let index = 0;
  return {
    first,
    all,
    current: () => all[index] ?? first,
    isAtFirst: () => index === 0,
    next() {
      index = (index + 1) % all.length;
      return index === 0;
    },
    toFirst() {
      index = 0;
    },
  };
}

/** Reads the addresses of a station, the first first; one text may hold both. @throws Fault "invalid", reason `server` */
export function parseServers(texts: readonly string[]): readonly URL[] {
  const urls = texts
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((text) => text !== "")
    .map(parseServer);
  const different = urls.filter(({ href }, index) => urls.findIndex((url) => url.href === href) === index);
  if (different.length > 0 && different.length <= MOST) return different;
  throw new Fault(
    "invalid",
    {
      vi: `--server: cần một hoặc hai địa chỉ của cùng một đài, không phải ${different.length}`,
      en: `--server: one or two addresses of the same station are needed, not ${different.length}`,
    },
    { reason: "server" },
  );
}

/** Reads the address of a station. @throws Fault "invalid", reason `server` */
export function parseServer(text: string): URL {
  const address = text.endsWith("/") ? text : `${text}/`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new Fault(
    "invalid",
    {
      vi: `--server ${text}: cần một địa chỉ như https://loa.phuong.vn`,
      en: `--server ${text}: an address such as https://loa.example.vn is needed`,
    },
    { reason: "server" },
  );
}
