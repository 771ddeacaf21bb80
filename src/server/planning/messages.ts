/**
 * What the server and the planning program say to each other.
 *
 * @module
 */
import { Fault, type FaultCode, type Words } from "../../base/errors.js";
import type { Review } from "../../domain/refusals.js";
import type { PackedLine, Tables } from "./packed.js";
import type { Task } from "./work-out.js";

/** To the program: a task, or the wish for the next lines of the present one's rundown. One task at a time. */
export type Request = Task | { readonly kind: "more" };

/** From the program. */
export type Answer =
  /** What came of the task, without the lines of its rundown: those follow, a piece for each wish. */
  | { readonly kind: "found"; readonly review: Review; readonly tables: Tables }
  | { readonly kind: "lines"; readonly lines: readonly PackedLine[]; readonly last: boolean }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Something thrown. A class does not survive the way between programs. */
export interface Failure {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly fault?: FaultParts | undefined;
}
interface FaultParts {
  readonly code: FaultCode;
  readonly words: Words;
  readonly path: string | undefined;
  readonly reason: string | undefined;
}

/** Makes something thrown fit to travel. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { message, stack } = thrown;
  if (!(thrown instanceof Fault)) return { message, stack };
  const { code, words, path, reason } = thrown;
  return { message, stack, fault: { code, words, path, reason } };
}

/** What {@link failureOf} was made of. */
export function thrownOf({ message, stack, fault }: Failure): Error {
  if (!fault) return Object.assign(new Error(message), { stack });
  const { code, words, path, reason } = fault;
  return new Fault(code, words, {
    ...(path === undefined ? {} : { path }),
    ...(reason === undefined ? {} : { reason }),
  });
}
