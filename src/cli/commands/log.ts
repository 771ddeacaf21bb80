/**
 * `loa log`: what was heard and who did what, searched, exported, checked, and words erased.
 *
 * @module
 */
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { areasInLog } from "../../domain/area.js";
import { erasedView, erasureSchema, logExportQuerySchema, logQuerySchema } from "../../server/api/log-views.js";
import { loadStation, stationFolder } from "../../server/config.js";
import { createRecordVerbs } from "../../server/control/record-verbs.js";
import { checkExport, type LogReader, openLogReader } from "../../server/store/index.js";
import { readDayAnchor } from "../../server/trust/day-anchor.js";
import { chosenAction } from "../chosen-action.js";
import { type Command, type ExitCode, exactly, type Given, type Io, misuse, textOf, textsOf } from "../command.js";
import { checkText, logLineText } from "../log-text.js";
import { gatherWitness } from "../log-witness.js";
import { openStationClient, STATION_FLAGS, STATION_OPTIONS } from "../station-client.js";

const SEARCH = [
  "from",
  "until",
  "area",
  "receiver",
  "announcement",
  "occurrence",
  "directive",
  "person",
  "why",
  "kind",
];

const ACTIONS: Readonly<Record<string, (given: Given, io: Io) => Promise<ExitCode>>> = {
  async list(given, io) {
    exactly(given, []);
    return withLog(given, io, async ({ verbs }) => {
      const query = readFlags(logQuerySchema, given, [...SEARCH, "after", "limit"]);
      const { lines, next } = await verbs.logPage(query);
      if (given.values.json === true) io.out(`${JSON.stringify({ lines, next }, null, 2)}\n`);
      else for (const line of lines) io.out(`${logLineText(line)}\n`);
      if (next !== undefined && given.values.json !== true) io.error(`… --after ${next}\n`);
      return 0;
    });
  },
  async export(given, io) {
    exactly(given, []);
    return withLog(given, io, async ({ verbs }) => {
      const pieces = verbs.exportLog(readFlags(logExportQuerySchema, given, [...SEARCH, "format"]));
      const to = textOf(given, "out");
      if (to === undefined) for await (const piece of pieces) io.out(piece);
      else await pipeline(Readable.from(pieces), createWriteStream(resolve(io.cwd, to), { mode: 0o600 }));
      return 0;
    });
  },
  async verify(given, io) {
    const [file] = given.positionals;
    if (file !== undefined) return verifyFile(given, io);
    return withLog(given, io, async ({ log, keys }) => {
      const anchor = readDayAnchor(keys);
      const client = given.values["no-receivers"] === true ? {} : { client: () => openStationClient(given, io) };
      const gathered = await gatherWitness({ log, anchor, heads: textsOf(given, "head"), ...client });
      const check = await log.verify(gathered.witness);
      (check.ok ? io.out : io.error)(checkText(check));
      const { asked, silent, trouble } = gathered;
      if (asked.length > 0) io.out(`Đã so với ${asked.length} loa / compared with: ${asked.join(", ")}\n`);
      if (silent.length > 0) io.out(`Loa không trả lời / no answer from: ${silent.join(", ")}\n`);
      if (trouble)
        io.out(`Chưa so được với loa: ${trouble.words.vi}\nNot compared with loudspeakers: ${trouble.words.en}\n`);
      if (!anchor) io.out("Chưa so được với chương trình ký / not compared with the signer.\n");
      return check.ok ? 0 : 1;
    });
  },
  async days(given, io) {
    exactly(given, []);
    return withLog(given, io, async ({ log }) => {
      for (const { date, first, last, head, seal } of log.closedDays())
        io.out(`${[date, first, last, last - first + 1, head, seal.keyId].join("\t")}\n`);
      return 0;
    });
  },
  async erase(given, io) {
    exactly(given, []);
    const [line, announcement] = [textOf(given, "line"), textOf(given, "announcement")];
    const of = line === undefined ? { announcement } : announcement === undefined ? { line: Number(line) } : {};
    const body = erasureSchema.safeParse({ of, reason: textOf(given, "reason") ?? "" }).data;
    if (!body) throw wrongErasure;
    const client = await openStationClient(given, io);
    const { lines } = await client.call("POST", "/log/erasures", { body, answer: erasedView });
    io.out(
      `Đã xóa lời văn của dòng ${lines.join(", ")}; các dòng và chuỗi băm giữ nguyên. Bản sao lưu cũ có thể còn giữ lời văn đó.\n`,
    );
    io.out(
      `The words of lines ${lines.join(", ")} are erased; lines and chain stay. Former backups may still hold them.\n`,
    );
    return 0;
  },
};

async function verifyFile(given: Given, io: Io): Promise<ExitCode> {
  const [file = ""] = exactly(given, ["TỆP"]);
  const keys = textsOf(given, "key");
  const isOurs = keys.length === 0 ? {} : { isOurs: (seal: { publicKey: string }) => keys.includes(seal.publicKey) };
  const check = await checkExport(resolve(io.cwd, file), { heads: textsOf(given, "head"), ...isOurs });
  (check.ok ? io.out : io.error)(checkText(check));
  return check.ok ? 0 : 1;
}

interface AtHand {
  readonly log: LogReader;
  readonly verbs: ReturnType<typeof createRecordVerbs>;
  /** The folder of the order keys. */
  readonly keys: string;
}

/** Opens the log of the station that the flags, the environment or the working directory name, for reading alone. */
async function withLog(given: Given, io: Io, work: (at: AtHand) => Promise<ExitCode>): Promise<ExitCode> {
  const folder = resolve(io.cwd, stationFolder(textOf(given, "station") ?? (io.env.LOA_STATION || io.cwd), {}));
  const { areas, settings, paths } = loadStation(folder, { env: io.env });
  const log = openLogReader(paths.log);
  const readable = { ...log, eraseWords: () => [] };
  const areasWithin = (area: Parameters<typeof areasInLog>[1]) => areasInLog(areas, area);
  try {
    const verbs = createRecordVerbs({ log: readable, zone: settings.zone, areasWithin });
    return await work({ log, verbs, keys: paths.keys });
  } finally {
    log.close();
  }
}

/** The flags as the door of the same name reads its query. @throws Fault for exit code 2 */
function readFlags<T>(
  schema: { safeParse(value: unknown): { data?: T; error?: { issues: { path: PropertyKey[]; message: string }[] } } },
  given: Given,
  names: readonly string[],
): T {
  const said = names.flatMap((name) => {
    const text = textOf(given, name);
    return text === undefined ? [] : [[name, text]];
  });
  const { data, error } = schema.safeParse(Object.fromEntries(said));
  if (data !== undefined) return data;
  const flag = String(error?.issues[0]?.path[0] ?? "");
  throw misuse({
    vi: `--${flag} không đúng: ${textOf(given, flag) ?? ""}. Ngày viết như 2026-11-23; mã viết như trong danh sách.`,
    en: `--${flag} is not right: ${textOf(given, flag) ?? ""}. Dates are written like 2026-11-23, ids as they are listed.`,
  });
}

const wrongErasure = misuse({
  vi: "Hãy cho biết xóa lời văn của dòng nào (--line N) hay của bản tin nào (--announcement MÃ), và lý do (--reason, 3–500 chữ).",
  en: "Say the words of which line (--line N) or of which announcement (--announcement ID) to erase, and why (--reason, 3 to 500 letters).",
});

const text = { type: "string" } as const;

export const log: Command = {
  usage: [
    "log list [--from NGÀY] [--until NGÀY] [--area ĐỊA-BÀN] [--person TÊN] [--why LÝ-DO] [--directive SỐ-VĂN-BẢN] …",
    "log export [--format csv|ndjson] [--out TỆP] [các cờ tìm kiếm]",
    "log verify [TỆP] [--head MÃ]… [--key KHÓA]… [--no-receivers]",
    "log days",
    "log erase (--line N | --announcement BẢN-TIN) --reason LÝ-DO",
  ],
  flags: [
    ["--from, --until", { vi: "từ ngày, đến hết ngày (2026-11-23)", en: "first and last day (2026-11-23)" }],
    [
      "--area",
      {
        vi: "địa bàn, cùng mọi nơi bên dưới và nơi đã sáp nhập vào",
        en: "an area, with all below it and merged into it",
      },
    ],
    [
      "--receiver, --announcement, --occurrence",
      { vi: "loa, bản tin, lượt phát", en: "of a loudspeaker, announcement, sounding" },
    ],
    [
      "--directive",
      { vi: "số văn bản nguồn, như 335-CV/ThU", en: "number of the source document, such as 335-CV/ThU" },
    ],
    ["--person, --why, --kind", { vi: "người làm, lý do, loại dòng", en: "who did it, the reason, the kind of line" }],
    [
      "--head",
      {
        vi: "mã đã ghi lại hoặc in trên báo cáo, phải có trong nhật ký",
        en: "a hash noted down or printed, which must be in the log",
      },
    ],
    [
      "--key",
      {
        vi: "khóa công khai của đài, khi kiểm tệp ở nơi khác",
        en: "the station's public key, to check a file elsewhere",
      },
    ],
    ["--no-receivers", { vi: "không hỏi các loa", en: "ask no loudspeaker" }],
    ...STATION_FLAGS,
  ],
  options: {
    ...Object.fromEntries([...SEARCH, "after", "limit", "format", "out", "line", "reason"].map((name) => [name, text])),
    ...{ head: { ...text, multiple: true }, key: { ...text, multiple: true } },
    ...{ json: { type: "boolean" }, "no-receivers": { type: "boolean" } },
    ...STATION_OPTIONS,
  },
  async run(given, io) {
    const { action, rest } = chosenAction(ACTIONS, given);
    return action(rest, io);
  },
};
