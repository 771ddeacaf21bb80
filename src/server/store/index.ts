/**
 * What the station keeps: state, playlists, clips and the as-run log. Nobody else knows how.
 *
 * Open {@link openStore} first: it takes the lock that keeps a second server out of the folder.
 *
 * @module
 */
export { type AsRunLog, type AsRunLogOptions, openAsRunLog } from "./as-run-log.js";
export { type ClipFacts, type ClipStore, type ClipStoreOptions, openClipStore } from "./clip-store.js";
export { type Collection, type CollectionKind, type Kept, openCollection, type Step } from "./collection.js";
export { diskFault, type Files, machineFiles, writeDurably } from "./disk.js";
export { lockFolder, lockHolder, type Unlock } from "./lock.js";
export { type ChainedLine, NO_HASH } from "./log-line.js";
export type { OrderNumbers } from "./order-numbers.js";
export { openPackageStore, type PackageStore } from "./package-store.js";
export { type BadPlaylist, openPlaylists, type Playlists, type PlaylistsOptions } from "./playlists.js";
export { declarationKey, type KeptStop, type Meta, type ReceiverRecord } from "./records.js";
export { openStore, type Store, type StoreOptions, stateFolder } from "./store.js";
