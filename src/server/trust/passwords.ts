/**
 * Passwords are kept as scrypt hashes. Making one costs 128 MiB and a quarter of a second of another thread, so only a few
 * are made at a time and only so many wait: a flood of log-ins must never take the machine away from what sounds (R8).
 *
 * @module
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { Fault } from "../../base/errors.js";

/** OWASP's first choice for scrypt. */
export interface Cost {
  /** Power of two. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
}
export const COST: Cost = { n: 2 ** 17, r: 8, p: 1 };

/** One at a time: two would need a quarter of a gigabyte. */
const AT_ONCE = 1;
/** Log-ins that wait, at most: about three seconds' worth. */
const MOST_WAITING = 12;
const BYTES = 32;
const SALT_BYTES = 16;

export interface Passwords {
  /** What is kept of a password. @throws Fault "busy" when too many are being checked */
  hash(password: string): Promise<string>;
  /**
   * Whether it is the password; as slow for an account that has none as for one that has.
   * @throws Fault "busy" when too many are being checked
   */
  isRight(password: string, kept: string | undefined): Promise<boolean>;
}

export function createPasswords(cost: Cost = COST): Passwords {
  const inTurn = createTurns();
  const decoy = `scrypt$${cost.n}$${cost.r}$${cost.p}$${"A".repeat(22)}$${"A".repeat(43)}`;
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const made = await inTurn(() => derive(password, salt, cost));
      return ["scrypt", cost.n, cost.r, cost.p, salt.toString("base64url"), made.toString("base64url")].join("$");
    },
    async isRight(password, kept) {
      const [, n, r, p, salt = "", right = ""] = (kept ?? decoy).split("$");
      const made = await inTurn(() =>
        derive(password, Buffer.from(salt, "base64url"), { n: Number(n), r: Number(r), p: Number(p) }),
      );
      return timingSafeEqual(made, Buffer.from(right, "base64url")) && kept !== undefined;
    },
  };
}

/** Composed letters, so that the same word typed on another keyboard is the same password. */
function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 2 * 128 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** Lets tasks run a few at a time, in the order in which they came. */
function createTurns() {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running < AT_ONCE) running += 1;
    else {
      if (waiting.length >= MOST_WAITING) throw tooMany();
      // Whoever is called up takes over the place of the one that has finished.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const tooMany = () =>
  new Fault(
    "busy",
    {
      vi: "Đang có quá nhiều người đăng nhập cùng lúc. Hãy thử lại sau vài giây.",
      en: "Too many people are logging in at once. Try again in a few seconds.",
    },
    { reason: "busy" },
  );
