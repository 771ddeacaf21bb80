import type { Updating } from "../../src/relay/update/updater.js";

/** For a loudspeaker that nobody updates. */
export const noUpdates: Updating = {
  hindrance: () => "no-launcher",
  take() {},
  drop() {},
  welcome() {},
  lost() {},
  setRate() {},
  close: async () => {},
};
