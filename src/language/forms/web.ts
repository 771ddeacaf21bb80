/**
 * Web and e-mail addresses: `www.lamdong.gov.vn`, `ubnd@dalat.gov.vn`.
 *
 * @module
 */
import type { Lexicon } from "../lexicon.js";
import { readDigits, readNumber } from "../numbers.js";
import { isSyllableOrToneless } from "../syllable.js";
import { type Form, firstOf, form, type Place, told } from "./form.js";
import { spell } from "./letters.js";

const LABEL = String.raw`[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?`;
const TOP = "vn|com|net|org|edu|gov|info|asia|io|me|app|online|shop|int|ly";
const HOST = String.raw`(?:${LABEL}\.){1,5}(?:${TOP})(?:\.vn)?`;
const PATH = String.raw`(?:/[A-Za-z0-9._~%?=&#-]{0,60}){0,6}`;
const WEB = new RegExp(String.raw`(?:https?://)?(${HOST})(:\d{1,5})?(${PATH})(?![\p{L}\p{N}@])`, "uy");
const MAIL = new RegExp(String.raw`([A-Za-z0-9][A-Za-z0-9._+-]{0,40})@(${HOST})(?![\p{L}\p{M}\p{N}])`, "uy");

/** Every address ends in one of these. */
const HAS_TOP = new RegExp(String.raw`\.(?:${TOP})`, "u");
/** What an address is made of. */
const RUN = /[A-Za-z0-9._~%?=&#+:@/-]*/uy;

/** The run of signs of an address that was looked at last: many places of it are asked about. */
let looked = { text: "", from: 0, end: 0, mayBeAddress: false };

function mayBeAddress({ text, index }: Place): boolean {
  if (looked.text !== text || index < looked.from || index >= looked.end) {
    RUN.lastIndex = index;
    const run = RUN.exec(text)?.[0] ?? "";
    looked = { text, from: index, end: index + run.length, mayBeAddress: HAS_TOP.test(run) };
  }
  return looked.mayBeAddress;
}

/** Asked first: most words before a full stop are none. */
const ofAddress =
  (one: Form): Form =>
  (place) =>
    mayBeAddress(place) ? one(place) : undefined;

/** Key: a piece of an address that everybody says in the same way. */
const PIECES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    www: "vê kép vê kép vê kép",
    vn: "vê nờ",
    com: "com",
    gov: "gốp",
    net: "nét",
    org: "oóc",
    edu: "e-đu",
    info: "in-phô",
    html: "hát tê mờ lờ",
    gmail: "gi-meo",
    yahoo: "da-hu",
    outlook: "ao-lúc",
    hotmail: "hót-meo",
    facebook: "phây-búc",
    youtube: "diu-túp",
    zalo: "da-lô",
    tiktok: "tích-tóc",
    google: "gu-gồ",
    ubnd: "u bê nờ dê",
    lamdong: "Lâm Đồng",
    tuc: "tức",
    dichvucong: "dịch vụ công",
    chinhphu: "chính phủ",
    congan: "công an",
    baohiemxahoi: "bảo hiểm xã hội",
    bluezone: "blu-dôn",
  }),
);

interface Piece {
  readonly spoken: string;
  readonly known: boolean;
}

/** A run of letters: what the lexicon or the table knows, Vietnamese syllables written together, or letters. */
function sayLetters(letters: string, lexicon: Lexicon): Piece {
  const entry = lexicon.at(letters, 0);
  const listed = PIECES.get(letters.toLowerCase());
  if (listed !== undefined) return { spoken: listed, known: true };
  if (entry !== undefined && entry.written.length === letters.length) return { spoken: entry.spoken, known: true };
  if (isSyllableOrToneless(letters)) return { spoken: letters.toLowerCase(), known: true };
  const syllables = syllablesOf(letters.toLowerCase());
  if (syllables !== undefined) return { spoken: syllables.join(" "), known: false };
  return { spoken: letters.length <= 4 ? spell(letters) : letters.toLowerCase(), known: letters.length <= 3 };
}

/** The longest syllable. */
const LONGEST = 7;

/** Vietnamese words written together without marks, cut into as few syllables as can be: `tokhaiyte`. */
function syllablesOf(letters: string): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end++) {
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      const [before, piece] = [best[start], letters.slice(start, end)];
      const shortest = best[end]?.length ?? Number.POSITIVE_INFINITY;
      if (before !== undefined && before.length + 1 < shortest && isSyllableOrToneless(piece))
        best[end] = [...before, piece];
    }
  }
  return best[letters.length];
}

const SIGNS: Readonly<Record<string, string>> = {
  ".": "chấm",
  "/": "gạch chéo",
  "-": "gạch ngang",
  _: "gạch dưới",
  "+": "cộng",
  ":": "hai chấm",
  "?": "hỏi chấm",
  "=": "bằng",
  "&": "và",
  "#": "thăng",
  "%": "phần trăm",
  "~": "ngã",
  "@": "a còng",
};

function sayAddress(written: string, lexicon: Lexicon): Piece {
  const pieces = (written.match(/[A-Za-z]+|\d+|[^A-Za-z\d]/gu) ?? []).map((piece): Piece => {
    if (/^\d/u.test(piece)) return { spoken: piece.length > 2 ? readDigits(piece) : readNumber(piece), known: true };
    const sign = SIGNS[piece];
    return sign === undefined ? sayLetters(piece, lexicon) : { spoken: sign, known: true };
  });
  return { spoken: pieces.map(({ spoken }) => spoken).join(" "), known: pieces.every(({ known }) => known) };
}

/** Addresses; what is before `://` and a stroke at the very end are not said. A name nobody knows must be confirmed. */
export const webAddresses = (lexicon: Lexicon): Form =>
  firstOf([
    told(
      /^(?:[A-Za-z_+@-]|\.[0x]|.$)/u,
      ofAddress(form(MAIL, ({ groups: [written = ""] }) => ({ ...sayAddress(written, lexicon), kind: "web" }))),
    ),
    told(
      /^(?:[A-Za-z-]|\.[0x]|.$)/u,
      ofAddress(
        form(WEB, ({ groups: [, host = "", port = "", path = ""], place }) => {
          if (/[\p{L}\p{N}]$/u.test(place.before)) return undefined;
          return { ...sayAddress(host + port + path.replace(/(?<![/.?])[/.?]+$/u, ""), lexicon), kind: "web" };
        }),
      ),
    ),
  ]);
