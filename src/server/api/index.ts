/**
 * The station's one HTTP port. {@link createApi} makes the Express app and the panel's socket door from the verbs of the
 * control ({@link ControlVerbs}); it knows nothing else of the station.
 *
 * @module
 */

export type * from "./control-verbs.js";
export { type ApiOptions, createApi, ROUTES } from "./create-api.js";
export { createLiveSocket, type LiveSocket, MICROPHONE_PATH } from "./live-socket.js";
export { createPanelSocket, PANEL_PATH, type PanelSocket } from "./panel-socket.js";
