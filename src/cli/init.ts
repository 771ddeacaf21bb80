/**
 * `loa init DIR`: a station of one's own, empty but for templates to adapt.
 *
 * @module
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault, type Words } from "../base/errors.js";
import { codeOf } from "../base/system-words.js";
import { TEMPLATES } from "../server/config/templates.js";
import { diskFault, machineFiles, writeDurably } from "../server/store/disk.js";

const FOLDERS = [TEMPLATES, "playlists", "audio/library", "audio/clips"];
/** The forms of the sample station; each says in its title that it is a sample, and names nobody. */
const SAMPLES = fileURLToPath(new URL(`../../../${TEMPLATES}/`, import.meta.url));

/** What a new station starts from; every file is meant to be edited. */
const FILES: Readonly<Record<string, unknown>> = {
  "config/areas.json": [
    { id: "phuong", name: "Phường (hãy đổi tên)", kind: "ward" },
    { id: "to-dan-pho-1", name: "Tổ dân phố 1", kind: "group", parent: "phuong" },
  ],
  "config/policy.json": [
    {
      area: "phuong",
      quiet: [{ from: "21:00", to: "05:30" }],
      quietSensitive: [{ from: "21:00", to: "06:00" }],
      golden: [
        { from: "06:00", to: "07:00" },
        { from: "17:00", to: "18:00" },
      ],
      sessionsPerDay: 3,
      minutesPerSession: 30,
    },
  ],
  "config/holidays.json": [],
  "config/levels.json": [],
  "config/station.json": {
    station: { name: "Đài truyền thanh phường (hãy đổi tên)" },
    zone: "Asia/Ho_Chi_Minh",
    listen: { host: "127.0.0.1", port: 8080 },
    // The usual order, written out so that whoever keeps words in the house has only to strike one out.
    voices: { order: ["google", "piper", "espeak"] },
  },
};

/**
 * Makes a station in `folder`, which must be empty or not there yet.
 *
 * @returns what to do next, for the person who asked
 * @throws Fault "conflict", reason `not-empty`; "unavailable" when the disk refuses
 */
export async function initStation(folder: string): Promise<Words> {
  const root = resolve(folder);
  if ((await namesIn(root)).length > 0) throw notEmpty(root);
  try {
    for (const name of FOLDERS) await mkdir(join(root, name), { recursive: true });
  } catch (error) {
    throw diskFault(error, root);
  }
  const files = { ...(await sampleTemplates()), ...FILES };
  // What makes the folder a station comes last, so that an interrupted start is no half station.
  for (const [name, content] of Object.entries(files))
    await writeDurably(machineFiles, join(root, name), `${JSON.stringify(content, null, 2)}\n`, { isShared: true });
  return nextSteps(root);
}

/** By their places in a station. */
async function sampleTemplates(): Promise<Readonly<Record<string, unknown>>> {
  const names = (await namesIn(SAMPLES)).filter((name) => name.endsWith(".json"));
  const samples = names.map(async (name) => {
    const template: unknown = JSON.parse(await readFile(join(SAMPLES, name), "utf8"));
    return [`${TEMPLATES}/${name}`, template] as const;
  });
  return Object.fromEntries(await Promise.all(samples));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw diskFault(error, folder);
  }
}

const notEmpty = (root: string): Fault =>
  new Fault(
    "conflict",
    {
      vi: `Thư mục ${root} đã có tệp nên không tạo đài ở đó; không có gì bị thay đổi. Hãy chọn một thư mục trống.`,
      en: `${root} is not empty, so no station was made there; nothing was changed. Choose an empty folder.`,
    },
    { reason: "not-empty" },
  );

const nextSteps = (root: string): Words => ({
  vi: [
    `Đã tạo đài mới trong ${root}.`,
    "1. Đổi tên đài trong config/station.json, tên phường và các tổ dân phố trong config/areas.json.",
    "2. Xem giờ yên tĩnh và số buổi phát trong config/policy.json.",
    "3. Đọc lại các mẫu bản tin trong config/templates: tên mẫu có chữ «bản mẫu», hãy sửa cho hợp với địa phương hoặc xóa đi.",
    "4. Chép nhạc hiệu và bản ghi âm vào audio/library; người có quyền duyệt nghe và duyệt rồi mới phát.",
    "5. Giọng đọc đầu tiên là google: lời đọc của bản tin được gửi tới dịch vụ của Google, ngoài cơ quan. Muốn lời đọc ở lại",
    '   trong máy, hãy bỏ "google" khỏi voices.order trong config/station.json; giọng espeak có sẵn, không cần mạng.',
    `6. Chạy: loa serve ${root}`,
  ].join("\n"),
  en: [
    `A new station is in ${root}.`,
    "1. Rename the station in config/station.json, the ward and its neighbourhoods in config/areas.json.",
    "2. Look through quiet hours and sessions in config/policy.json.",
    "3. Read the templates in config/templates: they are samples («bản mẫu»); adapt them to your ward, or delete them.",
    "4. Copy chimes and recordings into audio/library; somebody who may approve hears and approves them before they sound.",
    "5. The first voice is google: the words of announcements are sent to a service of Google, outside the house. To keep them",
    '   in this machine, take "google" out of voices.order in config/station.json; the voice espeak is built in.',
    `6. Run: loa serve ${root}`,
  ].join("\n"),
});
