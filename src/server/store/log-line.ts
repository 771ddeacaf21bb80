/**
 * A line of the as-run log as text that is hashed: the chain is over exactly these bytes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { LogLine } from "../../domain/log-line.js";

/** A line without its place in the chain. */
export interface LogBody extends Omit<LogLine, "hash" | "told" | "erased"> {
  /** When it was written, civil milliseconds. */
  readonly writtenAt: number;
  /** Who says so: a receiver's own journal, or the server. */
  readonly source: "receiver" | "server";
  readonly journal?: string | undefined;
  readonly seq?: number | undefined;
  readonly cue?: string | undefined;
  readonly dueAt?: number | undefined;
}

/** A line as it is kept. */
export interface ChainedLine extends LogBody {
  /** Hash of the line before; {@link NO_HASH} for the first. */
  readonly prev: string;
  /** SHA-256, hex, of `prev`, a line feed and the canonical body. */
  readonly hash: string;
}

/** The same with what it tells beside the chain. */
export type ToldLine = ChainedLine & Pick<LogLine, "told" | "erased">;

export const NO_HASH = "0".repeat(64);

/** JSON with sorted keys and nothing undefined: one text for one content. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const fields = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const name of Object.keys(fields).sort())
    if (fields[name] !== undefined) text += `${text && ","}${JSON.stringify(name)}:${canonical(fields[name])}`;
  return `{${text}}`;
}

/** The hash that a line has after `prev`. */
export const hashAfter = (prev: string, body: string): string =>
  createHash("sha256").update(prev).update("\n").update(body).digest("hex");
