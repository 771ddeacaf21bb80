/**
 * `loa report`: the monthly report as a file, or in short on the screen.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { z } from "zod";
import { Fault } from "../../base/errors.js";
import { type AreaId, areaIdSchema } from "../../domain/ids.js";
import { type Month, monthSchema } from "../../domain/report-period.js";
import { minutesOf, numberWords, percentWords } from "../../domain/report-words.js";
import { reportView } from "../../server/api/report-views.js";
import { loadStation, stationFolder } from "../../server/config.js";
import { diskFault } from "../../server/store/index.js";
import { type Command, exactly, type Given, type Io, misuse, textOf } from "../command.js";
import { withKeptReports } from "../kept-report.js";
import { readArguments } from "../read-arguments.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";

const FORMATS = ["json", "xlsx", "pdf", "html", "sql"] as const;
type Format = (typeof FORMATS)[number];

export const report: Command = {
  usage: ["report NĂM-THÁNG [--area ĐỊA-BÀN] [--format json|xlsx|pdf|html|sql] [-o TỆP]"],
  flags: [
    ["--area", { vi: "chỉ địa bàn này", en: "only this area" }],
    [
      "--format",
      {
        vi: "dạng của tệp; không ghi thì theo đuôi tệp, không có tệp thì in tóm tắt. sql: câu lệnh để đếm lại",
        en: "form of the file; by its ending when left out, a summary without a file. sql: the script that counts again",
      },
    ],
    ["-o, --output", { vi: "ghi vào tệp này", en: "write into this file" }],
    ...STATION_FLAGS,
  ],
  options: {
    area: { type: "string" },
    format: { type: "string" },
    output: { type: "string", short: "o" },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    const [written = ""] = exactly(given, ["NĂM-THÁNG"]);
    const month = readArguments(monthSchema, written, { "": "NĂM-THÁNG" });
    const named = textOf(given, "area");
    const area = named === undefined ? undefined : readArguments(areaIdSchema, named, { "": "--area" });
    const output = textOf(given, "output");
    const format = formatOf(textOf(given, "format"), output);
    if (format !== undefined && output === undefined && (format === "xlsx" || format === "pdf"))
      throw needsFile(format);
    const bytes = await withReports(given, io, async (reports) => {
      if (format === undefined) return Buffer.from(summaryOf(await reports.report(month, area)));
      if (format === "json") return Buffer.from(`${JSON.stringify(await reports.report(month, area), null, 2)}\n`);
      return reports.reportFile(month, { area, form: format });
    });
    if (output === undefined) io.out(Buffer.from(bytes).toString("utf8"));
    else await writeOut(resolve(io.cwd, output), bytes);
    return 0;
  },
};

/** What makes reports: the running station, or the program itself in the folder of one that is not running. */
interface Reports {
  report(month: Month, area: AreaId | undefined): Promise<z.infer<typeof reportView>>;
  reportFile(
    month: Month,
    wish: { readonly area: AreaId | undefined; readonly form: Exclude<Format, "json"> },
  ): Promise<Uint8Array>;
}

async function withReports<T>(given: Given, io: Io, work: (reports: Reports) => Promise<T>): Promise<T> {
  // Whoever names a server means the station there.
  if (textOf(given, "server") === undefined) {
    const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
    try {
      return await withKeptReports(loadStation(folder, { env: io.env }), io.clock, (kept) =>
        work({ ...kept, report: async (month, area) => reportView.parse(await kept.report(month, area)) }),
      );
    } catch (error) {
      if (!(error instanceof Fault) || error.reason !== "locked") throw error;
    }
  }
  const client = await openStationClient(given, io);
  const path = (month: Month, ending: string, area: AreaId | undefined) =>
    `/reports/${month}${ending}${area === undefined ? "" : `?area=${area}`}`;
  return work({
    report: (month, area) => client.call("GET", path(month, "", area), { answer: reportView }),
    reportFile: (month, { area, form }) => client.fetchFile(path(month, `.${form}`, area)),
  });
}

/** @throws Fault for exit code 2 */
function formatOf(named: string | undefined, output: string | undefined): Format | undefined {
  const wanted = named ?? /\.([a-z]+)$/.exec(output ?? "")?.[1];
  if (wanted === undefined && output === undefined) return undefined;
  const format = FORMATS.find((one) => one === wanted);
  if (format) return format;
  throw misuse({
    vi: `Không rõ dạng tệp «${wanted ?? output}». Ghi --format ${FORMATS.join("|")}.`,
    en: `"${wanted ?? output}" is no form of the report. Give --format ${FORMATS.join("|")}.`,
  });
}

const needsFile = (format: Format) =>
  misuse({
    vi: `Dạng ${format} cần một tệp: -o TỆP.${format}`,
    en: `The form ${format} needs a file: -o FILE.${format}`,
  });

async function writeOut(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((cause: unknown) => {
    throw diskFault(cause, path);
  });
}

function summaryOf({ month, from, to, about, units, total, upTo, isOver }: z.infer<typeof reportView>): string {
  const line = (name: string, it: typeof total) =>
    `${name}: ${numberWords(it.sessions)} buổi, ${numberWords(it.airings)} lượt, ${numberWords(minutesOf(it.ms), 1)} phút (giờ vàng ${numberWords(minutesOf(it.goldenMs), 1)}), loa ${it.coverage.sounded}/${it.coverage.receivers}, phát trọn ${percentWords(it.coverage.played, it.coverage.due)}`;
  return [
    `Báo cáo tháng ${month}, ${about}: từ ${from} đến ${to}${isOver ? "" : " (kỳ chưa hết)"}`,
    ...units.map((unit) => line(unit.name, unit)),
    line("Tổng cộng", total),
    `Đếm đến dòng ${upTo.n} của nhật ký, mã băm ${upTo.hash}`,
    "",
  ].join("\n");
}
