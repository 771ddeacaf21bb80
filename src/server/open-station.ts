/**
 * Opens what a station keeps and what makes its sound: everything that stands before the network.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import { Fault, reasonOf, type Words } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { MEGABYTE } from "../base/units.js";
import { endWhatCameBack, type Restoration } from "./after-restore.js";
import { makeAutomaticBackup } from "./backup/automatic.js";
import { nameComplaintAreas } from "./complaint-areas.js";
import { parsePlaylist, type Station } from "./config.js";
import { chimesOf } from "./control/chimes.js";
import { type Library, readLibrary } from "./library.js";
import { automaticBackup } from "./own-backups.js";
import { type ClipPipeline, createPipeline } from "./pipeline/index.js";
import { createPlannerApart, type PlannerApart } from "./planning/index.js";
import { createReporterApart, type ReporterApart } from "./report-apart.js";
import { signerOf } from "./signer-options.js";
import { createVoices, providersOf, type VoiceChain } from "./speech/index.js";
import {
  type AsRunLog,
  type BaseMapStore,
  type ClipStore,
  type LiveRecordings,
  lockHolder,
  openAsRunLog,
  openBaseMap,
  openClipStore,
  openLiveRecordings,
  openPackageStore,
  openPaperStore,
  openPlaylists,
  openStore,
  type PackageStore,
  type PaperStore,
  type Playlists,
  pendingMigrations,
  type Store,
} from "./store/index.js";
import { type Signer, startSigner } from "./trust/signer.js";
import { writeStopsDown } from "./unwritten-stops.js";

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
  readonly baseMap: BaseMapStore;
  /** What was said live. */
  readonly talks: LiveRecordings;
  /** Reports that were handed in. */
  readonly papers: PaperStore;
  readonly reporter: ReporterApart;
  readonly voices: VoiceChain;
  readonly pipeline: ClipPipeline;
  readonly planner: PlannerApart;
  /** Signs orders and programmes; the key is in a program of its own. */
  readonly signer: Signer;
  /** The library's recordings, by file name. */
  readonly library: Library;
  /** What was ended because the station had been restored from a backup. */
  readonly restored: Restoration | undefined;
  /** Where files from outside wait to be looked into. */
  readonly uploads: string;
  close(): Promise<void>;
}

/** @throws Fault when the station is served already, or its state is damaged beyond its generations */
export async function openStation(station: Station, surroundings: Surroundings): Promise<OpenStation> {
  const { clock, log } = surroundings;
  await backUpBeforeMigrations(station, surroundings);
  const store = await openStore({ folder: station.folder, clock, log });
  try {
    return await openUnderLock(station, surroundings, store);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** What a newer program changes for good is copied first, so that the older one can go back to it. */
async function backUpBeforeMigrations(station: Station, { clock, log }: Surroundings): Promise<void> {
  const pending = await pendingMigrations(station.folder);
  if (pending.length === 0) return;
  const holder = existsSync(station.paths.state) ? lockHolder(station.paths.state) : undefined;
  // Opening it says so; a backup of a station that is being served is no affair of ours.
  if (holder !== undefined) return;
  log.warn("backup.before-migrations", { files: pending.map(({ file, from, to }) => `${file} ${from} → ${to}`) });
  try {
    const { folder } = await makeAutomaticBackup(automaticBackup(station, "upgrade"), clock);
    log.warn("backup.made", { folder });
  } catch (thrown) {
    throw noBackup(thrown instanceof Fault ? thrown.words : { vi: reasonOf(thrown), en: reasonOf(thrown) });
  }
}

const noBackup = ({ vi, en }: Words): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Chương trình mới phải đổi dạng dữ liệu của đài, mà chưa sao lưu trước được nên đài không mở. Không có gì bị thay đổi; phiên bản cũ vẫn chạy được. ${vi}`,
      en: `The new program has to change the form of the station's files, and no backup could be made before that, so the station does not open. Nothing was changed; the former version still runs. ${en}`,
    },
    { reason: "backup-failed" },
  );

/** Everything that needs the station's lock. */
async function openUnderLock(station: Station, surroundings: Surroundings, store: Store): Promise<OpenStation> {
  const { paths } = station;
  const { clock, random, log, signer: given } = surroundings;
  const signer = given ?? (await startSigner({ ...signerOf(station, clock), clock, random, log }));
  let asRun: AsRunLog | undefined;
  try {
    asRun = openAsRunLog({ path: paths.log, clock, log });
    return await openRest(station, surroundings, { store, signer, asRun });
  } catch (thrown) {
    asRun?.close();
    signer.close();
    throw thrown;
  }
}

interface OpenBefore {
  readonly store: Store;
  readonly signer: Signer;
  readonly asRun: AsRunLog;
}

/** What stands on the station's state, its keys and its log. */
async function openRest(
  station: Station,
  { clock, random, log }: Surroundings,
  { store, signer, asRun }: OpenBefore,
): Promise<OpenStation> {
  const { paths, settings } = station;
  asRun.noteSources(store.announcements.all());
  const restored = await endWhatCameBack({ folder: station.folder, store, asRun, now: () => clock.date(), log });
  await nameComplaintAreas({ store, asRun });
  await writeStopsDown({ stops: store.stops, asRun, log });
  const clips = await openClipStore({ folder: paths.clips, clock, log });
  const playlists = await openPlaylists({ folder: paths.playlists, parse: parsePlaylist, clock, log });
  const packages = await openPackageStore(paths.packages);
  const baseMap = await openBaseMap(paths.maps);
  const talks = await openLiveRecordings(paths.talks, log);
  const papers = await openPaperStore(paths.reports);
  const reporter = createReporterApart(paths.log, clock);
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
  const library = await readLibrary({ folder: paths.library, cache: paths.cache, pipeline, clips, log });
  const waiting = [...chimesOf(library.chimes, store.chimeApprovals)].filter(([, { isApproved }]) => !isApproved);
  if (waiting.length > 0) log.warn("library.not-approved", { names: waiting.map(([name]) => name) });
  return {
    store,
    asRun,
    clips,
    playlists,
    packages,
    baseMap,
    talks,
    papers,
    reporter,
    voices,
    pipeline,
    planner,
    signer,
    library,
    restored,
    uploads: join(paths.cache, "uploads"),
    async close() {
      planner.close();
      reporter.close();
      signer.close();
      await voices.close();
      await baseMap.close();
      // What is still on its way to disk writes its line into the log when it is there. The lock goes last: nobody else may
      // open the log while it is open here.
      await store.idle();
      asRun.close();
      await store.close();
    },
  };
}
