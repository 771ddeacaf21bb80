/**
 * How the station at hand reads texts: its numbers, its `config/lexicon.json`, and what people taught it.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Fault } from "../base/errors.js";
import { silentLog } from "../base/log.js";
import type { LexiconEntry } from "../domain/lexicon.js";
import type { NormaliseOptions } from "../language/index.js";
import { readingView } from "../server/api/lexicon-views.js";
import { list } from "../server/api/views.js";
import { loadStation, type Station, stationFolder } from "../server/config.js";
import { mergedReadings } from "../server/lexicon-records.js";
import { readingOptions } from "../server/reading-options.js";
import { openStore } from "../server/store/index.js";
import { type Given, type Io, textOf } from "./command.js";
import { openStationClient } from "./station-client.js";

/** Empty outside a station: then only the readings that the program comes with are used. */
export async function keptReadings(given: Given, io: Io): Promise<NormaliseOptions> {
  const named = textOf(given, "station") ?? (io.env.LOA_STATION || undefined);
  const folder = resolve(io.cwd, stationFolder(named ?? io.cwd, {}));
  if (named === undefined && !existsSync(join(folder, "config", "station.json"))) return {};
  const station = loadStation(folder, { env: io.env });
  return {
    ...readingOptions(station.settings),
    lexicon: mergedReadings(station.lexicon, await taughtReadings(station, { given, io })),
  };
}

/** From the folder; from the running station when it has the folder open. */
async function taughtReadings(
  { folder, paths }: Station,
  { given, io }: { readonly given: Given; readonly io: Io },
): Promise<readonly LexiconEntry[]> {
  // A station that was never taught anything is not touched.
  if (!existsSync(join(paths.state, "lexicon.json"))) return [];
  try {
    const store = await openStore({ folder, clock: io.clock, log: silentLog });
    const taught = store.lexicon.all().map(({ entry }) => entry);
    await store.close();
    return taught;
  } catch (error) {
    if (!(error instanceof Fault) || error.reason !== "locked") throw error;
  }
  const client = await openStationClient(given, io);
  const readings = await client.call("GET", "/lexicon?from=taught", { answer: list(readingView) });
  return readings.map(({ entry }) => entry);
}
