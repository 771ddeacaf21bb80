/**
 * How the station at hand reads texts: its numbers, its `config/lexicon.json`, what people taught it, and how fast its voices speak.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Fault } from "../base/errors.js";
import { silentLog } from "../base/log.js";
import type { LexiconEntry } from "../domain/lexicon.js";
import { expectedVoice, type VoiceWish, voiceKey } from "../domain/voice-pace.js";
import type { NormaliseOptions } from "../language/index.js";
import { readingView } from "../server/api/lexicon-views.js";
import { list, voiceView } from "../server/api/views.js";
import { loadStation, type Station, stationFolder } from "../server/config.js";
import { mergedReadings } from "../server/lexicon-records.js";
import { createPacing } from "../server/pacing.js";
import { readingOptions } from "../server/reading-options.js";
import { createVoices, providersOf } from "../server/speech/index.js";
import { openStore } from "../server/store/index.js";
import { type Given, type Io, textOf } from "./command.js";
import { openStationClient } from "./station-client.js";

/** What a station has learned since it was set up. */
interface Learned {
  readonly taught: readonly LexiconEntry[];
  /** The voice that would speak, and its pace. */
  readonly voice: Pick<NormaliseOptions, "voice" | "speed" | "pace">;
}

interface Asking {
  readonly given: Given;
  readonly io: Io;
  readonly wish: VoiceWish;
}

/**
 * Empty outside a station: then only the readings that the program comes with are used, and the embedded voice is meant.
 * @param wish the voice whose length is estimated; the station's own when left out
 */
export async function keptReadings(given: Given, io: Io, wish: VoiceWish = {}): Promise<NormaliseOptions> {
  const named = textOf(given, "station") ?? (io.env.LOA_STATION || undefined);
  const folder = resolve(io.cwd, stationFolder(named ?? io.cwd, {}));
  if (named === undefined && !existsSync(join(folder, "config", "station.json"))) return {};
  const station = loadStation(folder, { env: io.env });
  const { taught, voice } = await learnedBy(station, { given, io, wish });
  return { ...readingOptions(station.settings), ...voice, lexicon: mergedReadings(station.lexicon, taught) };
}

/** From the folder; from the running station when it has the folder open. */
async function learnedBy(station: Station, asking: Asking): Promise<Learned> {
  const { folder, paths } = station;
  // A station that has learned nothing is not touched.
  const isFresh = !["lexicon.json", "voicePaces.json"].some((file) => existsSync(join(paths.state, file)));
  if (isFresh) return { taught: [], voice: voiceOf(station, asking, { get: () => undefined, put: async () => 0 }) };
  try {
    const store = await openStore({ folder, clock: asking.io.clock, log: silentLog });
    const taught = store.lexicon.all().map(({ entry }) => entry);
    const voice = voiceOf(station, asking, store.voicePaces);
    await store.close();
    return { taught, voice };
  } catch (error) {
    if (!(error instanceof Fault) || error.reason !== "locked") throw error;
  }
  return askedOf(asking);
}

/** By the settings: no voice is started for it. */
function voiceOf(
  { settings, paths }: Station,
  { io, wish }: Asking,
  paces: Parameters<typeof createPacing>[0]["paces"],
): Learned["voice"] {
  const { clock, random } = io;
  const providers = providersOf(settings.voices, { clock, random, log: silentLog });
  const voices = createVoices({ cacheFolder: join(paths.cache, "speech"), providers, clock, log: silentLog });
  return createPacing({ voices, paces, log: silentLog }).optionsFor(wish);
}

async function askedOf({ given, io, wish }: Asking): Promise<Learned> {
  const client = await openStationClient(given, io);
  const readings = await client.call("GET", "/lexicon?from=taught", { answer: list(readingView) });
  const voices = await client.call("GET", "/voices", { answer: list(voiceView) });
  const choice = expectedVoice(voices, wish);
  const pace = voices.find((one) => choice && voiceKey(one.choice) === voiceKey(choice))?.pace.factor;
  return {
    taught: readings.map(({ entry }) => entry),
    voice: choice === undefined ? {} : { voice: voiceKey(choice), speed: choice.speed, pace },
  };
}
