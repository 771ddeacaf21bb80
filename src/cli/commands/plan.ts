/**
 * `loa plan`: what sounds in the coming days, and why some of it does not.
 *
 * @module
 */
import { resolve } from "node:path";
import { Fault } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import { isWithinAreas } from "../../domain/area.js";
import { explainText } from "../../domain/explain.js";
import { type AreaId, areaIdSchema } from "../../domain/ids.js";
import type { Rundown } from "../../domain/rundown.js";
import { type RundownView, rundownView, viewRundown } from "../../server/api/rundown-view.js";
import { loadStation, type Station, stationFolder } from "../../server/config.js";
import { type Command, exactly, type Given, type Io, numberOf, textOf } from "../command.js";
import { keptRundown } from "../kept-rundown.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";

export const plan: Command = {
  usage: ["plan [--days N] [--area ĐỊA-BÀN] [--json]"],
  flags: [
    ["--days", { vi: "số ngày kể từ hôm nay, 1 đến 31, thường là 7", en: "days from today, 1 to 31, 7 as a rule" }],
    ["--area", { vi: "chỉ địa bàn này", en: "only this area" }],
    ["--json", { vi: "in JSON", en: "print JSON" }],
    ...STATION_FLAGS,
  ],
  options: { days: { type: "string" }, area: { type: "string" }, json: { type: "boolean" }, ...STATION_OPTIONS },
  async run(given, io) {
    exactly(given, []);
    const days = numberOf(given, "days", { least: 1, most: 31 }) ?? 7;
    const named = textOf(given, "area");
    const area = named === undefined ? undefined : readArguments(areaIdSchema, named);
    const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
    const station = loadStation(folder, { env: io.env });
    if (area !== undefined && !station.areas.has(area)) throw noArea(area);
    const rundown = await rundownOf(station, { days, area }, { given, io });
    const { zone } = station.settings;
    io.out(
      given.values.json === true
        ? `${JSON.stringify(viewRundown(rundown, zone), null, 2)}\n`
        : `${explainText(rundown, zone, "vi")}\n`,
    );
    return 0;
  },
};

interface Wanted {
  readonly days: number;
  readonly area: AreaId | undefined;
}

/** From the folder; from the running station when it has the folder open. */
async function rundownOf(
  station: Station,
  { days, area }: Wanted,
  { given, io }: { given: Given; io: Io },
): Promise<Rundown> {
  try {
    const { rundown, areaOf } = await keptRundown(station, days, io.clock);
    if (area === undefined) return rundown;
    const isThere = (id: Parameters<typeof areaOf>[0]) => {
      const own = areaOf(id);
      return own !== undefined && isWithinAreas(station.areas, own, [area]);
    };
    const lines = rundown.lines.map((line) => ({ ...line, receivers: line.receivers.filter(isThere) }));
    return { ...rundown, lines: lines.filter(({ receivers }) => receivers.length > 0) };
  } catch (error) {
    if (!(error instanceof Fault) || error.reason !== "locked") throw error;
  }
  const client = await openStationClient(given, io);
  const query = `days=${days}${area === undefined ? "" : `&area=${area}`}`;
  return rundownIn(await client.call("GET", `/rundown?${query}`, { answer: rundownView }));
}

/** Back from the API's words to the planner's. */
function rundownIn({ from, until, lines }: RundownView): Rundown {
  const at = (time: string) => epoch(Date.parse(time));
  return {
    from: at(from),
    until: at(until),
    lines: lines.map((line) => ({
      ...line,
      planned: at(line.planned),
      start: at(line.start),
      end: at(line.end),
      notAfter: at(line.notAfter),
      reason: line.reason as Rundown["lines"][number]["reason"],
    })),
  };
}

const noArea = (area: AreaId) =>
  new Fault("not-found", {
    vi: `Đài không có địa bàn «${area}». Hãy xem config/areas.json.`,
    en: `The station has no area "${area}". See config/areas.json.`,
  });
