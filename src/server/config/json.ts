/**
 * JSON that people write: read strictly, with a line and column for everything, and mistakes told so that they can be
 * mended without knowing the grammar.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";

/** From 1, as editors count; columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The way from the root to a value: names of fields and numbers of list items. */
export type Path = readonly PropertyKey[];

/** A text that was JSON. */
export interface Located {
  readonly value: unknown;
  /** Where a field's name or a list's item stands; for one that is missing, where its parent stands. */
  at(path: Path): Place;
}

/** A text that was no JSON: where it stops being one, and why. */
export class NotJson extends Error {
  readonly place: Place;
  readonly words: Words;
  constructor(place: Place, words: Words) {
    super(words.en);
    this.place = place;
    this.words = words;
  }
}

/** Deeper nesting is refused; no file of a station needs a tenth of it. */
const MAX_DEPTH = 64;

/** @throws NotJson at the first mistake */
export function parseJson(source: string): Located {
  const text = source.startsWith("\uFEFF") ? ` ${source.slice(1)}` : source;
  const places = new Map<string, number>();
  const reader = createReader(text, places);
  const value = reader.document();
  return {
    value,
    at(path) {
      for (let length = path.length; length >= 0; length--) {
        const index = places.get(keyOf(path.slice(0, length)));
        if (index !== undefined) return placeOf(text, index);
      }
      return { line: 1, column: 1 };
    },
  };
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));

function placeOf(text: string, index: number): Place {
  const before = text.slice(0, index);
  return { line: before.split("\n").length, column: index - before.lastIndexOf("\n") };
}

function createReader(text: string, places: Map<string, number>) {
  let index = 0;

  const fail = (words: Words, at = index): never => {
    throw new NotJson(placeOf(text, at), words);
  };
  const skipSpace = () => {
    while (index < text.length && " \t\r\n".includes(text.charAt(index))) index++;
    if (text.startsWith("//", index) || text.startsWith("/*", index) || text[index] === "#") fail(MISTAKES.comment);
  };
  const mark = (path: Path, at: number) => places.set(keyOf(path), at);

  function document(): unknown {
    skipSpace();
    if (index >= text.length) fail(MISTAKES.empty);
    mark([], index);
    const found = value([]);
    skipSpace();
    if (index < text.length) fail(MISTAKES.afterEnd);
    return found;
  }

  function value(path: Path): unknown {
    if (path.length > MAX_DEPTH) fail(MISTAKES.tooDeep);
    const character = text[index];
    if (character === undefined) return fail(MISTAKES.endsTooSoon);
    if (character === "{") return object(path);
    if (character === "[") return list(path);
    if (character === '"') return string();
    if ("'“”‘’«".includes(character)) fail(MISTAKES.quotes);
    return bareWord();
  }

  function object(path: Path): unknown {
    const found: [string, unknown][] = [];
    const names = new Set<string>();
    sequence("}", () => {
      const at = index;
      if (text[index] !== '"') fail("'“”‘’«".includes(text.charAt(index)) ? MISTAKES.quotes : MISTAKES.fieldName);
      const name = string();
      if (names.has(name)) fail(twice(name), at);
      names.add(name);
      mark([...path, name], at);
      skipSpace();
      if (text[index] !== ":") fail(missingColon(name));
      index++;
      skipSpace();
      found.push([name, value([...path, name])]);
    });
    return Object.fromEntries(found);
  }

  function list(path: Path): unknown[] {
    const found: unknown[] = [];
    sequence("]", () => {
      mark([...path, found.length], index);
      found.push(value([...path, found.length]));
    });
    return found;
  }

  /** Reads `item, item` up to `end`; the opening bracket is still ahead. */
  function sequence(end: string, item: () => void): void {
    const opened = index;
    const isOver = () => index >= text.length || "]}".includes(text.charAt(index));
    index++;
    skipSpace();
    if (text[index] === end) {
      index++;
      return;
    }
    for (;;) {
      if (isOver()) fail(neverClosed(placeOf(text, opened)));
      item();
      skipSpace();
      if (text[index] === end) break;
      if (isOver()) fail(neverClosed(placeOf(text, opened)));
      if (text[index] !== ",") fail(MISTAKES.missingComma);
      const comma = index;
      index++;
      skipSpace();
      if (text[index] === end) fail(MISTAKES.commaBeforeEnd, comma);
    }
    index++;
  }

  function string(): string {
    const opened = index;
    index++;
    for (;;) {
      const character = text[index];
      if (character === undefined || character === "\n") return fail(MISTAKES.openString, opened);
      if (character === '"') break;
      if (character < " ") fail(MISTAKES.controlCharacter);
      if (character === "\\") {
        if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(index, index + 6))) fail(MISTAKES.escape);
        index++;
      }
      index++;
    }
    index++;
    return JSON.parse(text.slice(opened, index)) as string;
  }

  function bareWord(): unknown {
    const word = /[^\s,:[\]{}"]*/.exec(text.slice(index, index + 200))?.[0] ?? "";
    if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(word)) fail(unknownWord(word));
    index += word.length;
    return JSON.parse(word);
  }

  return { document };
}

const MISTAKES = {
  empty: { vi: "tệp trống", en: "the file is empty" },
  afterEnd: { vi: "còn chữ thừa sau khi nội dung đã kết thúc", en: "there is more text after the end" },
  endsTooSoon: { vi: "tệp kết thúc giữa chừng", en: "the file ends too soon" },
  tooDeep: { vi: "lồng nhau quá sâu", en: "nested too deeply" },
  comment: { vi: "JSON không có chú thích; hãy xóa phần này", en: "JSON has no comments; remove this" },
  quotes: { vi: 'phải dùng dấu ngoặc kép thẳng "', en: 'use straight double quotes "' },
  fieldName: {
    vi: 'ở đây phải là tên mục trong dấu ngoặc kép "',
    en: 'expected the name of a field in double quotes "',
  },
  missingComma: { vi: "thiếu dấu phẩy trước chỗ này", en: "a comma is missing before this" },
  commaBeforeEnd: { vi: "thừa dấu phẩy sau mục cuối", en: "there is a comma after the last item; remove it" },
  openString: { vi: 'chuỗi chữ thiếu dấu ngoặc kép " ở cuối dòng', en: 'the text lacks its closing " on this line' },
  controlCharacter: {
    vi: "trong chuỗi chữ có ký tự điều khiển (ví dụ phím Tab); hãy viết \\t",
    en: "a control character (such as a tab) inside a text; write \\t",
  },
  escape: {
    vi: 'sau dấu \\ chỉ được là " \\ / b f n r t hoặc u kèm bốn chữ số',
    en: 'after \\ only " \\ / b f n r t or u with four digits',
  },
} satisfies Record<string, Words>;

const twice = (name: string): Words => ({
  vi: `mục "${name}" được viết hai lần; hãy giữ một`,
  en: `the field "${name}" is written twice; keep one`,
});
const missingColon = (name: string): Words => ({
  vi: `thiếu dấu hai chấm sau "${name}"`,
  en: `a colon is missing after "${name}"`,
});
const neverClosed = ({ line, column }: Place): Words => ({
  vi: `dấu ngoặc mở ở dòng ${line} cột ${column} không được đóng`,
  en: `the bracket opened at line ${line}, column ${column} is never closed`,
});
const unknownWord = (word: string): Words => ({
  vi: `không hiểu «${word}»; chữ phải nằm trong dấu ngoặc kép "`,
  en: `cannot read ${JSON.stringify(word)}; text must stand in double quotes "`,
});
