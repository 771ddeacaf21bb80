/**
 * Private order keys on disk: a folder that only the station's own user may enter, one file for each key, and beside them
 * the ring that says which of them hold. Only the signer program reads the keys.
 *
 * @module
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { parseDayHead } from "../../protocol/day-head.js";
import { signedSchema } from "../../protocol/orders.js";
import { keyIdSchema, publicKeySchema } from "../../protocol/signing.js";
import { pemOf, readKey, type SigningKey } from "./ed25519.js";
import { BAD, COPY, readTwin, removeTwin, writeTwin } from "./twin-key-file.js";

const time = z.int().min(0);

/** What is known of the station's order keys, without the keys themselves. */
export const ringSchema = z.strictObject({
  v: z.literal(1),
  /** Number of the newest notice; 0 before the first change of keys. */
  serial: z.int().min(0),
  /** The key that signs. */
  active: keyIdSchema,
  keys: z.array(
    z.strictObject({
      keyId: keyIdSchema,
      publicKey: publicKeySchema,
      /** µs of server time. */
      madeAt: time,
      /** From then on receivers refuse it. */
      until: time.optional(),
    }),
  ),
  /** Every notice whose signer may still be trusted somewhere, oldest first. */
  notices: z.array(z.strictObject({ serial: z.int().min(1), signerUntil: time.optional(), signed: signedSchema })),
});
export type Ring = z.infer<typeof ringSchema>;
export type RingKey = Ring["keys"][number];

export interface KeyFolder {
  /** `undefined` before the first start. @throws Fault "unavailable" when it cannot be read */
  ring(): Ring | undefined;
  /** On disk when it returns. */
  keepRing(ring: Ring): void;
  /** `undefined` when there is no such file. @throws Fault "unavailable" when others may read it or it is no key */
  key(keyId: string): SigningKey | undefined;
  keepKey(key: SigningKey): void;
  /** The last head of a day that was signed. @throws Fault "unavailable" when it cannot be read */
  lastDay(): string | undefined;
  keepLastDay(text: string): void;
  /** Files that came back from their copies since the folder was opened. */
  readonly damaged: readonly string[];
  /** Removes the keys that no ring names: of a change that was cut short, or ended long ago. */
  tidy(keep: ReadonlySet<string>): void;
}

/** @throws Fault "unavailable" when the folder cannot be made or others may enter it */
export function openKeyFolder(folder: string): KeyFolder {
  const ringFile = join(folder, "ring.json");
  const dayFile = join(folder, "last-day.json");
  const fileOf = (keyId: string) => join(folder, `${keyId}.pem`);
  makeFolder(folder);

  const damaged: string[] = [];
  const read = (path: string, isGood: (text: string) => boolean) => {
    try {
      return readTwin(path, { isGood, onDamaged: (one) => damaged.push(one) });
    } catch (cause) {
      throw unreadable(path, cause);
    }
  };

  return {
    damaged,
    ring() {
      const text = read(ringFile, (one) => ringIn(one) !== undefined);
      if (text === undefined) return undefined;
      const ring = ringIn(text);
      if (ring === undefined) throw unreadable(ringFile, "no ring of keys");
      return ring;
    },
    keepRing: (ring) => writeTwin(ringFile, `${JSON.stringify(ring)}\n`),
    key(keyId) {
      const text = read(fileOf(keyId), (one) => keyIn(one)?.keyId === keyId);
      if (text === undefined) return undefined;
      const key = readKeyFile(fileOf(keyId));
      // Loudspeakers would refuse whatever another key signs.
      if (key.keyId !== keyId) throw unreadable(fileOf(keyId), "another key");
      return key;
    },
    lastDay: () => read(dayFile, (one) => parseDayHead(one) !== undefined),
    keepLastDay: (text) => writeTwin(dayFile, text),
    keepKey: (key) => writeTwin(fileOf(key.keyId), pemOf(key)),
    tidy(keep) {
      for (const name of readdirSync(folder)) {
        if (name.endsWith(".new")) rmSync(join(folder, name));
        const keyId = KEY_FILE.exec(name)?.[1];
        if (keyId !== undefined && !keep.has(keyId)) removeTwin(fileOf(keyId));
      }
    },
  };
}

/** A key, its copy, or what was found in its place. */
const KEY_FILE = new RegExp(`^(.+)\\.pem(?:\\${COPY}|\\${BAD})?$`);

function ringIn(text: string): Ring | undefined {
  try {
    return ringSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // What is no JSON is no ring.
    return undefined;
  }
}

function keyIn(text: string): SigningKey | undefined {
  try {
    return readKey(text);
  } catch {
    // What cannot be read as a key is none.
    return undefined;
  }
}

/** A key in a file that an administrator named. @throws Fault "unavailable" saying what is wrong with it */
export function readKeyFile(path: string): SigningKey {
  let text: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw tooOpen(path);
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw cause instanceof Fault ? cause : unreadable(path, cause);
  }
  try {
    return readKey(text);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(folder).mode & 0o077) !== 0) throw tooOpen(folder);
  } catch (cause) {
    throw cause instanceof Fault ? cause : unreadable(folder, cause);
  }
}

const tooOpen = (path: string): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Khóa ký lệnh ${path} để người khác trên máy đọc được. Hãy chỉ cho người chạy đài đọc: chmod go= ${path}`,
      en: `The order key ${path} can be read by others on this machine. Leave it to the station's user alone: chmod go= ${path}`,
    },
    { reason: "order-key" },
  );

const unreadable = (path: string, cause: unknown): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Không đọc được khóa ký lệnh ${path}; cần một khóa riêng Ed25519 (PEM, PKCS #8). Hãy khôi phục tệp từ bản sao lưu. Nếu bỏ khóa cũ, mọi loa phải ghép lại.`,
      en: `The order key ${path} cannot be read; a private Ed25519 key (PEM, PKCS #8) is needed. Restore the file from a backup. Without the old key every loudspeaker has to be paired again.`,
    },
    { reason: "order-key", cause },
  );
