/**
 * What the programs tell the person who looks after the machine: one line of JSON per event, never a draft's text.
 *
 * @module
 */
import type { Clock } from "./clock.js";

/** How much somebody should care. `error` means that a person must act. */
export type Level = "debug" | "info" | "warn" | "error";

/** Writes events. `event` is a short stable name such as `receiver.connected`; `detail` holds plain values. */
export interface Log {
  debug(event: string, detail?: object): void;
  info(event: string, detail?: object): void;
  warn(event: string, detail?: object): void;
  error(event: string, detail?: object): void;
  /** A log whose lines all carry `detail` too. */
  with(detail: object): Log;
}

const RANK: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** Takes a line, JSON without a line end, and what it is about, for those who show less than all of it. */
export type WriteLine = (line: string, level: Level, event: string) => void;

/** A log that hands each line to `write`. Lines below `least` are left out. */
export function createLog(clock: Clock, write: WriteLine, least: Level = "info", always: object = {}): Log {
  const at =
    (level: Level) =>
    (event: string, detail: object = {}) => {
      if (RANK[level] < RANK[least]) return;
      const time = new Date(clock.date()).toISOString();
      write(JSON.stringify({ time, level, event, ...always, ...plain(detail) }, withoutSecrets), level, event);
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (detail) => createLog(clock, write, least, { ...always, ...detail }),
  };
}

/** A log that keeps nothing, for programs that speak to their user directly. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => silentLog };

/** Nobody means to log these; that one was there is told, what it was is not. */
const SECRET = /^(?:pass(?:word|phrase)|secret|token|cookie|authorization|private-?key|recovery|totp)$/i;
const withoutSecrets = (name: string, value: unknown): unknown =>
  typeof value === "string" && SECRET.test(name) ? "•••" : value;

/** Errors become text: JSON would print them as `{}`. */
function plain(detail: object): object {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [
      key,
      value instanceof Error ? (value.stack ?? value.message) : value,
    ]),
  );
}
