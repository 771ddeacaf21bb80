/**
 * The station's order keys as the signer program holds them: which one signs, how a new one takes over, and how an old one
 * ends. Each step is on disk before it takes effect, so that a restart at any moment finds the old keys or the new ones.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { KeyNotice } from "../../protocol/key-notice.js";
import type { Signed } from "../../protocol/orders.js";
import { makeKey, type SigningKey, signWith } from "./ed25519.js";
import { openKeyFolder, type Ring, type RingKey, readKeyFile } from "./key-folder.js";

/** Keys that hold at once, at most: a notice names no more. */
const MOST_KEYS = 8;

/** What everybody may know of the keys. */
export interface KeyStanding {
  readonly active: string;
  /** Those that hold now, the active one among them. */
  readonly keys: readonly RingKey[];
  /** To be told to each receiver that connects, in this order. */
  readonly notices: readonly Signed[];
}

export interface OrderKeys {
  /** Files of keys that the disk had damaged, and that came back from their copies. */
  readonly damaged: readonly string[];
  signingKey(): SigningKey;
  standing(): KeyStanding;
  /** Makes a new key that signs from now on; the old one holds for so long, µs. @throws Fault */
  rotate(overlapUs: number): KeyStanding;
  /** Ends a key at once. @throws Fault "conflict" for the one that signs, "not-found" for a stranger */
  retire(keyId: string): KeyStanding;
}

export interface OrderKeysOptions {
  readonly folder: string;
  /** A file outside the folder that holds the key to sign with; the administrator changes it. */
  readonly keyFile?: string | undefined;
  /** The file with the key before that one, for as long as it takes to introduce the new one. */
  readonly formerKeyFile?: string | undefined;
  /** Server time, µs. */
  readonly now: () => number;
  /** How long the former key holds when the administrator has put another into `keyFile`, µs. */
  readonly overlapUs: number;
}

/** Opens the keys, and makes the first one when there is none. @throws Fault "unavailable" */
export function openOrderKeys({ folder, keyFile, formerKeyFile, now, overlapUs }: OrderKeysOptions): OrderKeys {
  const files = openKeyFolder(folder);
  const named = keyFile === undefined ? undefined : readKeyFile(keyFile);
  let signing: SigningKey;
  let ring: Ring;

  const keep = (next: Ring) => {
    files.keepRing(next);
    ring = next;
  };
  const begin = (key: SigningKey): Ring => {
    const { keyId, publicKey } = key;
    // The key first: a ring must never name what is not there. A key in a file of its own stays there alone.
    if (key !== named) files.keepKey(key);
    return { v: 1, serial: 0, active: keyId, keys: [{ keyId, publicKey, madeAt: now() }], notices: [] };
  };
  const holds = ({ until }: RingKey) => until === undefined || until > now();
  /** A notice of these keys, signed by `signer`, together with those before it that may still be needed. */
  const withNotice = (keys: readonly RingKey[], active: string, signer: SigningKey): Ring => {
    const serial = ring.serial + 1;
    const signerUntil = keys.find(({ keyId }) => keyId === signer.keyId)?.until;
    const notice: KeyNotice = {
      v: 1,
      serial,
      issuedAt: now(),
      ...(signerUntil === undefined ? {} : { notAfter: signerUntil }),
      keys: keys.map(({ keyId, publicKey, until }) => ({
        keyId,
        publicKey,
        ...(until === undefined ? {} : { until }),
      })),
    };
    const text = JSON.stringify(notice);
    const signed = { text, keyId: signer.keyId, signature: signWith(signer, "key", text) };
    const trusted = new Set(keys.map(({ keyId }) => keyId));
    const useful = ring.notices.filter((one) => trusted.has(one.signed.keyId));
    const own = { serial, ...(signerUntil === undefined ? {} : { signerUntil }), signed };
    return { v: 1, serial, active, keys: [...keys], notices: [...useful, own] };
  };
  /** `next` signs from now on, introduced by the key that signed so far. */
  const handOver = (next: SigningKey, former: SigningKey, overlap: number) => {
    if (ring.keys.filter(holds).length >= MOST_KEYS) throw tooMany();
    const until = now() + overlap;
    if (next !== named) files.keepKey(next);
    const keys = ring.keys
      .filter((one) => holds(one) && one.keyId !== next.keyId)
      .map((one) => (one.keyId === former.keyId ? { ...one, until } : one));
    keep(withNotice([...keys, { keyId: next.keyId, publicKey: next.publicKey, madeAt: now() }], next.keyId, former));
    signing = next;
  };
  const standing = (): KeyStanding => ({
    active: ring.active,
    keys: ring.keys.filter(holds),
    notices: ring.notices
      .filter(({ signerUntil }) => signerUntil === undefined || signerUntil > now())
      .map(({ signed }) => signed),
  });

  const found = files.ring();
  ring = found ?? begin(named ?? makeKey());
  if (!found) keep(ring);
  const former = formerKeyFile === undefined ? undefined : readKeyFile(formerKeyFile);
  const active = [named, former].find((key) => key?.keyId === ring.active) ?? files.key(ring.active);
  if (!active) throw missing(folder, ring.active);
  signing = active;
  const successor = named ?? (active === former ? makeKey() : undefined);
  if (successor && successor.keyId !== active.keyId) handOver(successor, active, overlapUs);
  files.tidy(new Set(ring.keys.filter(holds).map(({ keyId }) => keyId)));

  return {
    damaged: files.damaged,
    signingKey: () => signing,
    standing,
    rotate(overlap) {
      if (named) throw byHand(String(keyFile));
      handOver(makeKey(), signing, overlap);
      return standing();
    },
    retire(keyId) {
      if (keyId === ring.active) throw stillSigns();
      const one = ring.keys.find((key) => key.keyId === keyId && holds(key));
      if (!one) throw stranger(keyId);
      const left = ring.keys.filter((key) => holds(key) && key !== one);
      const next = withNotice(left, ring.active, signing);
      keep(next);
      files.tidy(new Set(left.map((key) => key.keyId)));
      return standing();
    },
  };
}

const missing = (folder: string, keyId: string): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Thiếu khóa ký lệnh ${keyId}: không có ${folder}/${keyId}.pem. Hãy khôi phục nó từ bản sao lưu của đài; nếu khóa nằm trong tệp riêng, hãy ghi tên tệp đó vào trust.formerOrderKey của config/station.json. Nếu không còn, hãy xóa ${folder}/ring.json để đài bắt đầu với khóa mới; mọi loa phải ghép lại.`,
      en: `The order key ${keyId} is missing: there is no ${folder}/${keyId}.pem. Restore it from the station's backup; if it lies in a file of its own, name that file in trust.formerOrderKey of config/station.json. If it is lost, delete ${folder}/ring.json so that the station begins with a new key; every loudspeaker then has to be paired again.`,
    },
    { reason: "order-key" },
  );

const byHand = (file: string): Fault =>
  new Fault(
    "conflict",
    {
      vi: `Khóa ký lệnh nằm trong tệp do quản trị đặt (${file}). Hãy ghi tên tệp khóa mới vào trust.orderKey, tên tệp cũ vào trust.formerOrderKey, rồi khởi động lại đài: loa được báo khóa mới, khóa cũ còn dùng thêm 30 ngày.`,
      en: `The order key lies in a file that the administrator named (${file}). Name the file of the new key in trust.orderKey and the old one in trust.formerOrderKey, then restart the station: loudspeakers are told, and the old key holds for 30 more days.`,
    },
    { reason: "key-file" },
  );

const stillSigns = (): Fault =>
  new Fault(
    "conflict",
    {
      vi: "Khóa này đang ký lệnh. Hãy đổi khóa trước (loa keys rotate), rồi mới hủy khóa cũ.",
      en: "This key signs orders now. Change to another first (loa keys rotate), then retire the old one.",
    },
    { reason: "key-active" },
  );

const stranger = (keyId: string): Fault =>
  new Fault("not-found", {
    vi: `Không có khóa ký lệnh «${keyId.slice(0, 32)}» nào đang dùng. Xem danh sách: loa keys list`,
    en: `No order key "${keyId.slice(0, 32)}" holds. See which do: loa keys list`,
  });

const tooMany = (): Fault =>
  new Fault(
    "conflict",
    {
      vi: `Đã có ${MOST_KEYS} khóa cùng dùng được. Hãy hủy bớt khóa cũ trước: loa keys retire MÃ-KHÓA`,
      en: `${MOST_KEYS} keys hold already. Retire old ones first: loa keys retire KEY`,
    },
    { reason: "too-many-keys" },
  );
