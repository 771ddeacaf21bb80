/**
 * The launcher alone, without the loudspeaker: what starts a program must not depend on what it starts.
 *
 * @module
 */
export { type LauncherOptions, launch, type Running } from "./update/launcher.js";
