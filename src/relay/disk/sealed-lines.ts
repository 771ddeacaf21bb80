/**
 * Lines that prove themselves, in two copies: what is written, and how a whole file is found again when a disk has torn, zeroed,
 * cut short or scrambled parts of it. Pure: bytes in, lines out.
 *
 * A line is `<CRC-32> <generation> <number> <text>`. Numbers rise by one from 1; each time a file is written anew it is of the
 * next generation.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** Fewest bytes of a line: for a guess at how many are gone. */
const SHORTEST = 40;
/** A copy that lacks more lines than are ever written at once was cut short. Fewer are what a power cut leaves. */
const AT_ONCE = 32;
const FORM = /^([0-9a-f]{8}) (\d{1,15}) (\d{1,15}) (.*)$/s;

/** The line as it stands in the file, with its end. */
export function sealLine(generation: number, number: number, text: string): string {
  const body = `${generation} ${number} ${text}`;
  return `${crc32(body).toString(16).padStart(8, "0")} ${body}\n`;
}

/** What one copy of a file holds. */
interface Copy {
  readonly bytes: number;
  readonly generation: number;
  readonly lines: ReadonlyMap<number, string>;
  /** Highest number. */
  readonly last: number;
  /** Something in it is no line; a last line that was never finished does not count. */
  readonly isBad: boolean;
  /** Bytes behind its last good line that are no unfinished line. */
  readonly badTail: number;
}

/** What both copies together hold. */
export interface Merged {
  /** In order. Lines that no copy has are left out. */
  readonly lines: readonly string[];
  readonly generation: number;
  /** By copy: it holds what cannot be, or lacks what another has. */
  readonly bad: readonly boolean[];
  /** Both copies are good and alike. */
  readonly isWhole: boolean;
  /** Lines may be gone from all copies. */
  readonly isLossy: boolean;
  /** So many lines may be gone at the end, at most. */
  readonly tailLines: number;
}

/** Finds the newest generation that is held, and of it every line that any copy still has. */
export function mergeCopies(files: readonly (Uint8Array | undefined)[]): Merged {
  const copies = files.map((bytes) => readCopy(bytes ?? new Uint8Array()));
  const generation = Math.max(0, ...copies.map((copy) => copy.generation));
  const newest = copies.filter((copy) => copy.generation === generation && copy.last > 0);
  const last = Math.max(0, ...newest.map((copy) => copy.last));
  const lines: string[] = [];
  for (let number = 1; number <= last; number++) {
    const text = newest.find((copy) => copy.lines.has(number))?.lines.get(number);
    if (text !== undefined) lines.push(text);
  }
  // A good end at the last number of all shows that nothing came behind it.
  const isProven = newest.some((copy) => copy.last === last && copy.badTail === 0);
  const hasContent = copies.some(({ bytes }) => bytes > 0);
  const isEndless = last > 0 ? !isProven : copies.some(({ isBad }) => isBad);
  const tail = isEndless ? Math.max(0, ...copies.map(({ badTail }) => badTail)) : 0;
  const lacking = (copy: Copy) => (copy.generation === generation ? lines.length - copy.lines.size : 0);
  return {
    lines,
    generation,
    bad: copies.map((copy) => copy.isBad || (hasContent && copy.bytes === 0) || lacking(copy) > AT_ONCE),
    isWhole: copies.every((copy) => !copy.isBad && copy.generation === generation && lacking(copy) === 0),
    isLossy: lines.length < last || isEndless,
    tailLines: Math.ceil(tail / SHORTEST),
  };
}

function readCopy(bytes: Uint8Array): Copy {
  const pieces = new TextDecoder().decode(bytes).split("\n");
  const unfinished = pieces.pop() ?? "";
  let generation = 0;
  let lines = new Map<number, string>();
  let last = 0;
  let badTail = 0;
  let isBad = false;
  for (const piece of pieces) {
    const one = readLine(piece);
    if (!one) {
      isBad = true;
      badTail += piece.length + 1;
      continue;
    }
    badTail = 0;
    if (one.generation > generation) {
      generation = one.generation;
      lines = new Map();
      last = 0;
    }
    if (one.generation < generation) continue;
    lines.set(one.number, one.text);
    last = Math.max(last, one.number);
  }
  // A power cut leaves the beginning of a line; what no program wrote is damage.
  if (unfinished !== "" && !isBeginning(unfinished)) {
    isBad = true;
    badTail += unfinished.length;
  }
  return { bytes: bytes.length, generation, lines, last, isBad: isBad || lines.size < last, badTail };
}

function readLine(piece: string): { generation: number; number: number; text: string } | undefined {
  const [, seal, generation, number, text] = FORM.exec(piece) ?? [];
  if (seal === undefined || generation === undefined || number === undefined || text === undefined) return undefined;
  if (crc32(`${generation} ${number} ${text}`) !== Number.parseInt(seal, 16)) return undefined;
  return { generation: Number(generation), number: Number(number), text };
}

/** Whether it may be the beginning of a line that was never finished. */
const isBeginning = (text: string): boolean => BEGINNING.test(text.replace(/\uFFFD{1,3}$/, ""));
const BEGINNING =
  /^[0-9a-f]{1,8}$|^[0-9a-f]{8} \d{0,15}$|^[0-9a-f]{8} \d{1,15} \d{0,15}$|^[0-9a-f]{8} \d{1,15} \d{1,15} [^\0\uFFFD]*$/;
