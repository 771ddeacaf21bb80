/**
 * Secrets: the station's access token, tokens of connections and pairing codes. Only hashes of what others hold are kept.
 *
 * @module
 */
import { createHash, randomBytes, randomInt } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { bareCode } from "../../protocol/pairing-words.js";

/** Bits enough that guessing is hopeless; 43 letters in base64url. */
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** What a disk leaves of one; a word that somebody has put there is refused. */
const DAMAGED = /^$|[^\x20-\x7e]/;

/** A fresh secret. */
export const createToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

/** What is kept of a token: SHA-256, hex. A token is random enough that a slow hash adds nothing. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * The access token of a station, made when there is none, and anew when the disk has damaged it: whoever holds the former one reads
 * the file again. The file is for its owner alone.
 *
 * @param path such as `config/token` in the station's folder
 * @param onDamaged told where a file that was no token is kept
 * @throws Fault "unavailable" when the file cannot be read, or holds a word of somebody's own
 */
export function stationToken(path: string, onDamaged: (kept: string) => void = () => {}): string {
  const made = createToken();
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, `${made}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(dirname(path));
    return made;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw unusable(path, error);
  }
  const kept = readToken(path);
  if (TOKEN.test(kept)) return kept;
  if (!DAMAGED.test(kept)) throw unusable(path);
  try {
    renameSync(path, `${path}.bad`);
  } catch (error) {
    throw unusable(path, error);
  }
  onDamaged(`${path}.bad`);
  return stationToken(path);
}

function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw unusable(path, error);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Letters and digits that nobody confuses when reading aloud or off a screen: no 0 O, 1 I L, 5 S, 8 B, 2 Z. */
const ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679";
const CODE_LENGTH = 8;

/** So many of those letters, by chance. */
export const createLetters = (length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");

/** How long a pairing code is good for, milliseconds: time to climb down from the pole. */
export const CODE_LIFETIME_MS = 600_000;

/** A pairing code as people see it, such as `KX4P-9WTM`: 37 bits, single use. */
export function createPairingCode(): string {
  const letters = createLetters(CODE_LENGTH);
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** What is kept of a code, and what a typed one is compared by: case, spaces and dashes do not matter. */
export const hashPairingCode = (typed: string): string => hashToken(bareCode(typed));

const unusable = (path: string, cause?: unknown): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Không đọc được mã truy cập trong ${path}. Hãy kiểm tra quyền đọc tệp, hoặc xóa tệp để chương trình tạo mã mới.`,
      en: `The access token in ${path} cannot be read. Check who may read the file, or delete it so that the program makes a new one.`,
    },
    { reason: "token", cause },
  );
