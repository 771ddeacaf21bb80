/**
 * The voices that a station asked for.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { ms } from "../../base/units.js";
import { createEspeakVoice } from "./espeak-voice.js";
import { createGoogleVoice } from "./google-voice.js";
import type { Environment } from "./http-template.js";
import { createHttpVoice, type HttpTemplate } from "./http-voice.js";
import { createPiperVoice } from "./piper-voice.js";
import type { Provider } from "./provider.js";

/** `voices` of `config/station.json`. A provider that is not in `order`, or lacks what it needs, is left out. */
export interface VoiceSettings {
  /** First that works. */
  readonly order: readonly ("google" | "piper" | "espeak" | "http")[];
  readonly google: { readonly enabled: boolean; readonly baseUrl?: string | undefined; readonly timeoutMs: number };
  readonly piper: { readonly folder?: string | undefined };
  /** The accent that speaks unless another is wished. */
  readonly espeak: { readonly voice: string };
  readonly http?: HttpTemplate | undefined;
}

export interface ProviderParts {
  readonly clock: Clock;
  /** A number in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  readonly log: Log;
  /** Where a template's `{env:NAME}` is looked up. */
  readonly env?: Environment;
}

/** The providers in the order of the settings. Nothing is started, called or written before the first text. */
export function providersOf(
  { order, google, piper, espeak, http }: VoiceSettings,
  { clock, random, log, env = process.env }: ProviderParts,
): readonly Provider[] {
  const make: Record<VoiceSettings["order"][number], () => Provider | undefined> = {
    google: () =>
      google.enabled
        ? createGoogleVoice({ ...hostOf(google.baseUrl), timeout: ms(google.timeoutMs), clock, random, log })
        : undefined,
    piper: () => (piper.folder ? createPiperVoice({ dir: piper.folder, clock, log }) : undefined),
    espeak: () => createEspeakVoice({ voice: espeak.voice, clock, log }),
    http: () => (http ? createHttpVoice({ template: http, env, clock, random, log }) : undefined),
  };
  return [...new Set(order)].flatMap((name) => make[name]() ?? []);
}

const hostOf = (baseUrl: string | undefined) => (baseUrl === undefined ? {} : { host: baseUrl.replace(/\/+$/u, "") });
