/**
 * The station's voices, in the order that its settings name.
 *
 * @module
 */
import { unreachable } from "../base/errors.js";
import { ms } from "../base/units.js";
import type { Settings } from "./config.js";
import type { Surroundings } from "./open-station.js";
import { createEspeakVoice } from "./speech/espeak-voice.js";
import { createGoogleVoice } from "./speech/google-voice.js";
import { createPiperVoice } from "./speech/piper-voice.js";
import type { Provider } from "./speech/provider.js";
import { createVoices, type VoiceChain } from "./speech/voices.js";

export function buildVoices(
  settings: Settings["voices"],
  cacheFolder: string,
  { clock, random, log }: Surroundings,
): VoiceChain {
  const build = (name: Settings["voices"]["order"][number]): Provider[] => {
    const { google, piper, espeak } = settings;
    switch (name) {
      case "google":
        if (!google.enabled) return [];
        return [
          createGoogleVoice({
            clock,
            random,
            log,
            timeout: ms(google.timeoutMs),
            ...(google.baseUrl === undefined ? {} : { host: google.baseUrl.replace(/\/+$/, "") }),
          }),
        ];
      case "piper":
        return piper.folder === undefined ? [] : [createPiperVoice({ dir: piper.folder, clock, log })];
      case "espeak": {
        const voice = createEspeakVoice({ clock, log });
        return [{ ...voice, choose: (wish) => voice.choose({ voice: espeak.voice, ...wish }) }];
      }
      case "http":
        return [];
      default:
        return unreachable(name);
    }
  };
  return createVoices({ cacheFolder, providers: settings.order.flatMap(build), clock, log });
}
