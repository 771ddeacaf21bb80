/**
 * What the station keeps: state, playlists, clips and the as-run log. Nobody else knows how.
 *
 * Open {@link openStore} first: it takes the lock that keeps a second server out of the folder.
 *
 * @module
 */
export { type AsRunLog, type AsRunLogOptions, type Mended, openAsRunLog } from "./as-run-log.js";
export { type BaseMapStore, openBaseMap } from "./base-map.js";
export { type ClipFacts, type ClipStore, type ClipStoreOptions, openClipStore } from "./clip-store.js";
export { type Collection, type CollectionKind, type Kept, openCollection, type Step } from "./collection.js";
export { diskFault, type Files, machineFiles, writeDurably } from "./disk.js";
export { type LiveRecordings, openLiveRecordings } from "./live-recordings.js";
export { lockFolder, lockHolder, type Unlock } from "./lock.js";
export type { HeldHead, Witness } from "./log-check.js";
export { type DaySeal, isSealed } from "./log-days.js";
export { checkExport } from "./log-export-check.js";
export { type ChainedLine, NO_HASH } from "./log-line.js";
export { type LogReader, openLogReader } from "./log-reader.js";
export type { OrderNumbers } from "./order-numbers.js";
export { openPackageStore, type PackageStore } from "./package-store.js";
export { openPaperStore, type PaperStore } from "./paper-store.js";
export { type PendingMigration, pendingMigrations } from "./pending-migrations.js";
export { type BadPlaylist, openPlaylists, type Playlists, type PlaylistsOptions } from "./playlists.js";
export type { KeptStop, Meta, ReceiverRecord } from "./records.js";
export { openStore, type Store, type StoreOptions, stateFolder } from "./store.js";
