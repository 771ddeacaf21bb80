/**
 * Opens what a station keeps and what makes its sound: everything that stands before the network.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { type Clock, systemClock } from "../base/clock.js";
import type { Log } from "../base/log.js";
import { hours, MEGABYTE } from "../base/units.js";
import type { Clip } from "../domain/announcement.js";
import { placeOf } from "../domain/place.js";
import { zoneOf } from "../domain/zone.js";
import { parsePlaylist, type Station } from "./config.js";
import { readLibrary } from "./library.js";
import { type ClipPipeline, createPipeline } from "./pipeline/index.js";
import { createPlannerApart, type PlannerApart } from "./planning/index.js";
import { createVoices, providersOf, type VoiceChain } from "./speech/index.js";
import {
  type AsRunLog,
  type ClipStore,
  openAsRunLog,
  openClipStore,
  openPackageStore,
  openPlaylists,
  openStore,
  type PackageStore,
  type Playlists,
  type Store,
} from "./store/index.js";
import { type Signer, startSigner } from "./trust/signer.js";
import type { SignerOptions } from "./trust/signer-messages.js";

/** How long the former order key is still believed: time for loudspeakers that are away to come back. */
const KEY_OVERLAP = hours(30 * 24);

export interface Surroundings {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** In the place of the signer program, for a station whose clock is none of the machine's. */
  readonly signer?: Signer;
}

export interface OpenStation {
  readonly store: Store;
  readonly asRun: AsRunLog;
  readonly clips: ClipStore;
  readonly playlists: Playlists;
  readonly packages: PackageStore;
  readonly voices: VoiceChain;
  readonly pipeline: ClipPipeline;
  readonly planner: PlannerApart;
  /** Signs orders and programmes; the key is in a program of its own. */
  readonly signer: Signer;
  /** Clips of the library's recordings, by file name. */
  readonly chimes: ReadonlyMap<string, Clip>;
  /** Where files from outside wait to be looked into. */
  readonly uploads: string;
  close(): Promise<void>;
}

/** @throws Fault when the station is served already, or its state is damaged beyond its generations */
export async function openStation(station: Station, surroundings: Surroundings): Promise<OpenStation> {
  const { clock, log } = surroundings;
  const store = await openStore({ folder: station.folder, clock, log });
  try {
    return await openUnderLock(station, surroundings, store);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** Everything that needs the station's lock. */
async function openUnderLock(
  station: Station,
  { clock, random, log, signer: given }: Surroundings,
  store: Store,
): Promise<OpenStation> {
  const { paths, settings } = station;
  const signer = given ?? (await startSigner({ options: signerOptionsOf(station, clock), clock, random, log }));
  const asRun = openAsRunLog({ path: paths.log, clock, log });
  const clips = await openClipStore({ folder: paths.clips, clock, log });
  const playlists = await openPlaylists({ folder: paths.playlists, parse: parsePlaylist, clock, log });
  const packages = await openPackageStore(paths.packages);
  const voices = createVoices({
    cacheFolder: join(paths.cache, "speech"),
    providers: providersOf(settings.voices, { clock, random, log }),
    clock,
    log,
  });
  const pipeline = await createPipeline({
    quarantine: join(paths.cache, "quarantine"),
    keep: clips.keep,
    clock,
    log,
    bitrate: settings.audio.bitrate,
    ffmpeg: settings.audio.ffmpeg,
    mostUploadBytes: settings.limits.uploadMb * MEGABYTE,
  });
  const planner = createPlannerApart({ clock, log });
  const chimes = await readLibrary({ folder: paths.library, cache: paths.cache, pipeline, clips, log });
  return {
    store,
    asRun,
    clips,
    playlists,
    packages,
    voices,
    pipeline,
    planner,
    signer,
    chimes,
    uploads: join(paths.cache, "uploads"),
    async close() {
      planner.close();
      signer.close();
      await voices.close();
      // What is still on its way to disk writes its line into the log when it is there.
      await store.close();
      asRun.close();
    },
  };
}

function signerOptionsOf({ paths, folder, settings, policies, areas }: Station, clock: Clock): SignerOptions {
  const { orderKey, formerOrderKey } = settings.trust;
  const path = (name: string | undefined) => (name === undefined ? undefined : resolve(folder, name));
  const { zone } = settings;
  const date = zoneOf(zone).toLocal(clock.date()).date;
  /** Every area that has rules of its own, and the roots, for those that have none. */
  const roots = [...areas.values()].filter(({ parent }) => parent === undefined).map(({ id }) => id);
  const ruled = new Set([...roots, ...policies.map(({ area }) => area)]);
  return {
    folder: paths.keys,
    keyFile: path(orderKey),
    formerKeyFile: path(formerOrderKey),
    places: [...ruled].map((area) => placeOf({ zone, areas, policies }, area, date)),
    overlapUs: KEY_OVERLAP * 1000,
    clockOffsetUs: Math.round((clock.date() - systemClock.date()) * 1000),
  };
}
