/**
 * What the server and the signer program say to each other.
 *
 * @module
 */
import { z } from "zod";
import { Fault, type FaultCode, type Words } from "../../base/errors.js";
import type { Place } from "../../domain/place.js";
import type { KeyStanding } from "./order-keys.js";
import { REQUESTED, type Requested } from "./signing-rules.js";

/** What the program needs to begin. */
export interface SignerOptions {
  /** Absolute. */
  readonly folder: string;
  readonly keyFile?: string | undefined;
  readonly formerKeyFile?: string | undefined;
  readonly places: readonly Place[];
  readonly overlapUs: number;
  /** How far the station's clock is from the machine's, µs: 0 but in tests. */
  readonly clockOffsetUs: number;
}

/** What the program does when asked. */
export type Task =
  | { readonly kind: "sign"; readonly what: Requested; readonly text: string }
  | { readonly kind: "rotate" }
  | { readonly kind: "retire"; readonly keyId: string };

/** To the program. The first message opens the keys. */
export type Request =
  | { readonly id: 0; readonly task: { readonly kind: "open"; readonly options: SignerOptions } }
  | { readonly id: number; readonly task: Task };

/** From the program: one for each request. */
export type Answer = { readonly id: number } & (
  | { readonly kind: "signed"; readonly keyId: string; readonly signature: string }
  /** `damaged` names files of keys that came back from their copies. */
  | { readonly kind: "standing"; readonly standing: KeyStanding; readonly damaged?: readonly string[] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
);

/** A request as it comes over a socket, where anybody of the group may have written it. Options of an `open` are not looked at. */
export const requestSchema = z.object({
  id: z.int().min(0),
  task: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("open") }),
    z.object({ kind: z.literal("sign"), what: z.enum(REQUESTED), text: z.string() }),
    z.object({ kind: z.literal("rotate") }),
    z.object({ kind: z.literal("retire"), keyId: z.string().max(64) }),
  ]),
});

/** Something thrown: a class does not survive the way between programs. */
export interface Refusal {
  readonly code: FaultCode;
  readonly words: Words;
  readonly reason: string | undefined;
}

/** Makes what was thrown fit to travel. What is no fault is a bug, and is told as such without its insides. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Fault) return { code: thrown.code, words: thrown.words, reason: thrown.reason };
  return { code: "unavailable", words: BROKEN, reason: "signer" };
}

/** What {@link refusalOf} was made of. */
export const faultOf = ({ code, words, reason }: Refusal): Fault =>
  new Fault(code, words, reason === undefined ? {} : { reason });

const BROKEN: Words = {
  vi: "Chương trình ký lệnh gặp lỗi nên lệnh chưa gửi. Hãy thử lại; nếu lặp lại, xem nhật ký của máy chủ.",
  en: "The signer program failed, so nothing was sent. Try again; if it happens again, see the server's log.",
};
