/**
 * Program 2, a loudspeaker: {@link runRelay} pairs, connects, keeps programme and clips on disk, and plays. It needs nothing
 * global, so that a station can run a few virtual ones beside itself.
 *
 * @module
 */
export { createLogFile } from "./disk/log-file.js";
export type { Unconfirmed } from "./link/membership.js";
export type { ExitCode, Relay, RelayOptions } from "./relay-options.js";
export { runRelay } from "./run-relay.js";
export { parseOut } from "./sound/players.js";
export { slotOf } from "./updating.js";
export { startWatchdog, watchdogPeriod } from "./watchdog.js";
