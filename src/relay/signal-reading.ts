/**
 * The strength of the radio signal as a program at the machine tells it: ModemManager's `mmcli`, a script of the modem's maker, or
 * anything else that prints a number.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Instant } from "../base/units.js";

/** What was told longer ago is not known any more, ms. */
const STALE = 600_000;

/** A figure of a line, dBm. */
export interface SignalFigure {
  /** `total` power in the band, as a Wi-Fi card tells it; `pilot` that of the cell alone, some 20 dB lower. */
  readonly kind: "total" | "pilot";
  readonly dBm: number;
}

/**
 * Reads a line: a bare number, with or without `dBm`, or what `mmcli --signal-get` prints, plain or with `-K`. `undefined` for every
 * other line, and for a number that no signal has.
 */
export function parseSignalLine(line: string): SignalFigure | undefined {
  const bare = /^\s*(-\d{1,3}(?:\.\d{1,4})?)\s*(?:dBm)?\s*$/i.exec(line);
  const named = /\b(rssi|rscp|rsrp)\s*:\s*(-\d{1,3}(?:\.\d{1,4})?)(?:\s*dBm)?\s*$/i.exec(line);
  const dBm = Number(bare?.[1] ?? named?.[2] ?? Number.NaN);
  if (!(dBm >= -150 && dBm < 0)) return undefined;
  return { kind: bare !== null || named?.[1]?.toLowerCase() === "rssi" ? "total" : "pilot", dBm };
}

export interface SignalReading {
  take(line: string): void;
  /** dBm; `undefined` when nothing was told for ten minutes. The whole band's where the modem tells it, for that is what can be compared. */
  dBm(): number | undefined;
}

export function createSignalReading(clock: Pick<Clock, "now">): SignalReading {
  const last = new Map<SignalFigure["kind"], { readonly dBm: number; readonly at: Instant }>();
  const fresh = (kind: SignalFigure["kind"]) => {
    const one = last.get(kind);
    return one && clock.now() - one.at < STALE ? one.dBm : undefined;
  };
  return {
    take(line) {
      const figure = parseSignalLine(line);
      if (figure) last.set(figure.kind, { dBm: figure.dBm, at: clock.now() });
    },
    dBm: () => fresh("total") ?? fresh("pilot"),
  };
}
