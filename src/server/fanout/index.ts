/**
 * Orders and chunks in, bytes on sockets out. {@link createFanout} serves receivers; {@link createDoor} is the bare door,
 * for another kind of socket on the same HTTP server:
 *
 *     http.on("upgrade", (request, socket, head) => {
 *       if (!fanout.upgrade(request, socket, head) && !panel.upgrade(request, socket, head)) refuseUpgrade(socket, { status: 404 });
 *     });
 *
 * @module
 */
export type { Closing } from "./closing.js";
export type { FanoutMetrics } from "./counts.js";
export { createDoor, type Door, type DoorOptions, refuseUpgrade } from "./door.js";
export { createFanout, type Fanout, type Stream, type StreamOptions } from "./fanout.js";
export type { ChunkBody } from "./frames.js";
export type { FanoutParts } from "./lobby.js";
export type { Admittance } from "./newcomers.js";
export type { TimeSigning } from "./time-desk.js";
