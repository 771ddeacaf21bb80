/**
 * Spoken text in, a file with sound out: the chain google, piper, espeak, http.
 *
 * The only place that knows google-tts-api, eSpeak NG and sherpa-onnx. Speech is made when a text is saved, never at air
 * time, and remembered, so that saying the same again costs nothing.
 *
 * @module
 */
export { type ProviderParts, providersOf, type VoiceSettings } from "./providers.js";
export {
  createVoices,
  type ListedVoice,
  LONGEST_TEXT,
  type SpokenFile,
  type VoiceChain,
  type VoicesOptions,
} from "./voices.js";
