/**
 * Other stations, from the network to packets of house sound.
 *
 * @module
 */
export { connect, RadioFailure } from "./connect.js";
export { hlsBytes } from "./hls.js";
export { createOpenRadio } from "./open.js";
export { createRadio, type RadioOptions, type Received } from "./tuner.js";
