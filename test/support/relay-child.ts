import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { runRelay } from "../../src/relay/index.js";
import type { RelayProgramOptions, RelayProgramWord } from "./relay-program.js";

// A loudspeaker in a process of its own, so that a test can kill it at any moment or put it behind another network.
const options = JSON.parse(process.argv[2] ?? "") as RelayProgramOptions;
const tell = (word: RelayProgramWord) => process.send?.(word);

const relay = await runRelay({
  ...{ clock: systemClock, log: silentLog, random: Math.random },
  ...options,
  onUnconfirmed: async ({ receiver, words }) => void tell({ kind: "unconfirmed", receiver, words }),
});
tell({ kind: "runs", receiver: relay.receiver });
// Whoever started it takes it down with itself.
process.once("disconnect", () => void relay.close().then(() => process.exit(0)));
