/**
 * `loa plan`: what sounds in the coming days, and why some of it does not.
 *
 * @module
 */
import { resolve } from "node:path";
import { Fault, type Words } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import { isWithinAreas } from "../../domain/area.js";
import { explainText } from "../../domain/explain.js";
import { type AreaId, areaIdSchema, type PlaylistId } from "../../domain/ids.js";
import type { Rundown } from "../../domain/rundown.js";
import { reviewedView } from "../../server/api/playlist-routes.js";
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
    const area = named === undefined ? undefined : readArguments(areaIdSchema, named, { "": "--area" });
    const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
    const station = loadStation(folder, { env: io.env });
    if (area !== undefined && !station.areas.has(area)) throw noArea(area);
    const { rundown, remarksOn } = await planOf(station, { days, area }, { given, io });
    const { zone } = station.settings;
    if (given.values.json === true) {
      io.out(`${JSON.stringify(viewRundown(rundown, zone), null, 2)}\n`);
      return 0;
    }
    io.out(`${explainText(rundown, zone, "vi")}\n`);
    const remarks = await remarksIn(rundown, remarksOn);
    if (remarks.length > 0) io.out(`\n${remarks.join("\n")}\n`);
    return 0;
  },
};

interface Wanted {
  readonly days: number;
  readonly area: AreaId | undefined;
}

interface Planned {
  readonly rundown: Rundown;
  /** What is said about a playlist as a whole. */
  readonly remarksOn: (id: PlaylistId) => readonly Words[] | Promise<readonly Words[]>;
}

/** From the folder; from the running station when it has the folder open. */
async function planOf(
  station: Station,
  { days, area }: Wanted,
  { given, io }: { given: Given; io: Io },
): Promise<Planned> {
  try {
    const { rundown, areaOf, remarksOn } = await keptRundown(station, days, io.clock);
    if (area === undefined) return { rundown, remarksOn };
    const isThere = (id: Parameters<typeof areaOf>[0]) => {
      const own = areaOf(id);
      return own !== undefined && isWithinAreas(station.areas, own, [area]);
    };
    const lines = rundown.lines.map((line) => ({ ...line, receivers: line.receivers.filter(isThere) }));
    return { rundown: { ...rundown, lines: lines.filter(({ receivers }) => receivers.length > 0) }, remarksOn };
  } catch (error) {
    if (!(error instanceof Fault) || error.reason !== "locked") throw error;
  }
  const client = await openStationClient(given, io);
  const query = `days=${days}${area === undefined ? "" : `&area=${area}`}`;
  return {
    rundown: rundownIn(await client.call("GET", `/rundown?${query}`, { answer: rundownView })),
    async remarksOn(id) {
      const { findings } = await client.call("GET", `/playlists/${id}/review`, { answer: reviewedView });
      return findings.map(({ words }) => words);
    },
  };
}

/** One line for each playlist of which something is to be said, in the order in which they sound. */
async function remarksIn({ lines }: Rundown, remarksOn: Planned["remarksOn"]): Promise<readonly string[]> {
  const titles = new Map(lines.map(({ playlist, title }) => [playlist, title]));
  const remarks: string[] = [];
  for (const [playlist, title] of titles)
    for (const { vi } of await remarksOn(playlist)) remarks.push(`Lưu ý, «${title}»: ${vi}`);
  return remarks;
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
