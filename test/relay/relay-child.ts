import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { runRelay } from "../../src/relay/index.js";

// A loudspeaker in a process of its own, so that a test can kill it at any moment.
const [server = "", file = "", state = "", pair] = process.argv.slice(2);
await runRelay({ server, pair, state, out: `wav:${file}`, clock: systemClock, log: silentLog, random: Math.random });
