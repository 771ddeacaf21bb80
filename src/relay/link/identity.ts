/**
 * The key of this device: made at the first start, kept in the state folder, never told to anybody.
 *
 * @module
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, pbkdf2, sign } from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod/mini";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { systemWords } from "../../base/system-words.js";
import { type PairingFacts, WORD_COUNT, WORD_ROUNDS, wordsOf, wordsText } from "../../protocol/pairing-words.js";
import { publicKeySchema } from "../../protocol/signing.js";
import { readTwin, writeTwin } from "../disk/twin-file.js";

export interface Identity {
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  /** Signs; base64url. */
  sign(bytes: Uint8Array): string;
}

const stretch = promisify(pbkdf2);

/** The private half as a JSON Web Key (RFC 8037). */
const fileSchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: publicKeySchema,
  d: publicKeySchema,
});

/**
 * The key in this state folder, made when there is none.
 *
 * @throws Fault "forbidden", reason `identity`, when the file cannot be understood, "unavailable" when it cannot be read
 */
export async function openIdentity(folder: string, log: Log): Promise<Identity> {
  const path = join(folder, "identity.json");
  const kept = await readKept(path, log);
  const key = kept ?? makeKey();
  const { x = "" } = key.export({ format: "jwk" });
  if (kept === undefined) writeTwin(path, `${JSON.stringify(key.export({ format: "jwk" }))}\n`);
  return { publicKey: x, sign: (bytes) => sign(null, bytes, key).toString("base64url") };
}

/** Read from its bytes: of a key object as it was generated, `export` as a JWK can wait for itself for ever (Node 20). */
function makeKey(): KeyObject {
  const { privateKey } = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return createPrivateKey({ key: privateKey, type: "pkcs8", format: "der" });
}

async function readKept(path: string, log: Log): Promise<KeyObject | undefined> {
  let text: string | undefined;
  try {
    text = readTwin(path, { log, isGood });
    if (text === undefined) return undefined;
    // Whoever copied the folder may have opened it to others.
    await chmod(path, 0o600);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    return keyIn(text);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

const keyIn = (text: string): KeyObject => createPrivateKey({ key: fileSchema.parse(JSON.parse(text)), format: "jwk" });

function isGood(text: string): boolean {
  try {
    return keyIn(text).type === "private";
  } catch {
    // Half a key is none.
    return false;
  }
}

/** The six words of a pairing, as the station makes them, too. */
export const pairingWords = async (facts: PairingFacts): Promise<readonly string[]> =>
  wordsOf(await stretch(wordsText(facts), facts.publicKey, WORD_ROUNDS, WORD_COUNT, "sha256"));

function unreadable(path: string, cause: unknown): Fault {
  const why = systemWords(cause);
  return new Fault(
    "unavailable",
    { vi: `không đọc được ${path}: ${why.vi}`, en: `${path} cannot be read: ${why.en}` },
    { reason: "disk", cause },
  );
}

/** Only a new pairing helps, so that a supervisor need not try on. */
const damaged = (path: string, cause: unknown) =>
  new Fault(
    "forbidden",
    {
      vi: `không đọc được khóa của thiết bị trong ${path}; hãy xóa tệp đó cùng credentials.json và ghép lại bằng mã mới`,
      en: `the key of this device in ${path} cannot be read; remove the file and credentials.json, and pair again with a new code`,
    },
    { reason: "identity", cause },
  );
