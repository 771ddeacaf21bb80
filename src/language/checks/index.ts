/**
 * Editorial checks: what must not go on air unseen, and what an editor would put differently.
 *
 * What each looks for, how severe it is, and where it fails is told in `../CHECKS.md`.
 *
 * @module
 */
export { check } from "./check.js";
export type { Aired, CheckContext, Finding } from "./finding.js";
export { ISSUING_BODIES } from "./official-source.js";
export { checkPlaylist, LEAST_GOOD, MOODS, type PlaylistContext } from "./playlist-balance.js";
