import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ConfigProblem, loadStation, parsePlaylist } from "../../../src/server/config.js";

type Files = Record<string, string | Uint8Array>;

const AREAS = '[{ "id": "phuong-1", "name": "Phường 1", "kind": "ward" }]';
const GOOD: Files = { "station.json": '{ "station": { "name": "Đài" } }', "areas.json": AREAS };
const station = (more: string) => ({ "station.json": `{\n  "station": { "name": "Đài" },\n  ${more}\n}` });
const area = (more: string) => `{ "id": "a", "name": "A", "kind": "ward"${more} }`;
const areas = (...list: string[]) => ({ "areas.json": `[\n${list.join(",\n")}\n]` });
const schedule = (more: string) =>
  `{ "id": "s", "title": "S", "class": "ordinary", "playlist": "p", "start": "2026-11-23", "at": ["06:00"], ${more} }`;

/** What is wrong, and parts that the Vietnamese or the English message must hold. */
const BAD: [name: string, files: Files, ...parts: string[]][] = [
  ["an empty file", { "station.json": "" }, "config/station.json:1:1", "tệp trống"],
  ["a file that ends too soon", { "station.json": '{ "station": {' }, "config/station.json", "không được đóng"],
  ["an unclosed list", station('"virtual": ['), "dòng 3 cột 14 không được đóng"],
  ["a comma after the last field", station('"zone": "UTC",'), "station.json:3:16", "thừa dấu phẩy"],
  ["a missing comma", station('"zone": "UTC" "log": {}'), "station.json:3:17", "thiếu dấu phẩy"],
  ["a missing colon", station('"zone" "UTC"'), "station.json:3:10", 'thiếu dấu hai chấm sau "zone"'],
  ["curly quotes", station("“zone”: “UTC”"), "station.json:3:3", 'ngoặc kép thẳng "'],
  ["single quotes", station("'zone': 'UTC'"), "station.json:3:3", 'ngoặc kép thẳng "'],
  ["a bare word", station('"zone": UTC'), "station.json:3:11", "không hiểu «UTC»"],
  ["a name without quotes", station('zone: "UTC"'), "station.json:3:3", "tên mục trong dấu ngoặc kép"],
  ["a comment", station('"zone": "UTC" // giờ'), "station.json:3:17", "không có chú thích"],
  ["a field written twice", station('"zone": "UTC", "zone": "UTC"'), "station.json:3:18", '"zone" được viết hai lần'],
  ["a text over two lines", station('"zone": "UTC\n"'), "station.json:3:11", "thiếu dấu ngoặc kép"],
  ["a tab inside a text", station('"zone": "U\tTC"'), "station.json:3:13", "ký tự điều khiển"],
  ["a wrong escape", station('"zone": "C:\\x"'), "station.json:3:14", "sau dấu \\"],
  ["two values", { "station.json": '{ "station": { "name": "Đ" } } {}' }, "chữ thừa"],
  ["a leading zero", station('"listen": { "port": 08080 }'), "không hiểu «08080»"],
  ["endless nesting", station(`"virtual": ${"[".repeat(100)}`), "lồng nhau quá sâu"],
  ["bytes that are no UTF-8", { "station.json": Uint8Array.of(0x7b, 0xff, 0x7d) }, "UTF-8"],
  ["a list instead of fields", { "station.json": "[]" }, "station.json:1:1", "một nhóm mục { }"],
  ["no name", { "station.json": "{}" }, "station.json:1:1: /station", "thiếu mục này"],
  ["an empty name", { "station.json": '{ "station": { "name": "" } }' }, "/station/name", "dài từ 1 ký tự trở lên"],
  ["a misspelt field", station('"lisen": {}'), "station.json:3:3: /lisen", "có phải «listen»?", "voices, language"],
  [
    "a misspelt field deep inside",
    station('"voices": { "google": { "timeout": 5000 } }'),
    "/voices/google/timeout",
    "enabled, baseUrl, timeoutMs",
  ],
  ["an unknown field", station('"virtualReceivers": []'), "/virtualReceivers", "không có mục này", "virtual"],
  [
    "a port too high",
    station('"listen": { "port": 80800 }'),
    "station.json:3:15: /listen/port",
    "số không quá 65535",
    "80800",
  ],
  ["a port as text", station('"listen": { "port": "8080" }'), "/listen/port", "một số", '"8080"'],
  ["half a port", station('"listen": { "port": 80.5 }'), "/listen/port", "một số nguyên"],
  [
    "an unknown zone",
    station('"zone": "Asia/Ha_Noi"'),
    "station.json:3:3: /zone",
    "Asia/Ha_Noi",
    "ví dụ đúng: Asia/Ho_Chi_Minh",
  ],
  ["a host for everybody", station('"listen": { "host": "0.0.0.0" }'), "/listen/host", "LOA_ALLOW_REMOTE=1", "TLS"],
  ["a bit rate too low", station('"audio": { "bitrate": 8 }'), "/audio/bitrate", "số từ 16 trở lên"],
  [
    "an unknown voice",
    station('"voices": { "order": ["espeek"] }'),
    "/voices/order/0",
    "google, piper, espeak, http",
    "có phải «espeak»?",
  ],
  [
    "a word that the language lacks",
    station('"language": { "thousand": "ngìn" }'),
    "/language/thousand",
    "nghìn, ngàn",
    "có phải «nghìn»?",
  ],
  ["a truth as a number", station('"voices": { "google": { "enabled": 1 } }'), "true hoặc false"],
  [
    "an address that is none",
    station('"voices": { "http": { "url": "ftp://x" } }'),
    "/voices/http/url",
    "https://example.vn/tts",
  ],
  ["an unknown log level", station('"log": { "level": "warning" }'), "/log/level", "debug, info, warn, error"],
  [
    "a virtual loudspeaker in no area",
    station('"virtual": [{ "id": "x", "name": "X", "area": "phuong-2" }]'),
    "station.json:3:41: /virtual/0/area",
    "có phải «phuong-1»?",
  ],
  [
    "two virtual loudspeakers of one id",
    station(
      '"virtual": [{ "id": "x", "name": "X", "area": "phuong-1" }, { "id": "x", "name": "Y", "area": "phuong-1" }]',
    ),
    "/virtual/1/id",
    "«x» đã dùng ở trên",
  ],
  [
    "an id with capital letters",
    areas('{ "id": "Phuong1", "name": "P", "kind": "ward" }'),
    "areas.json:2:3: /0/id",
    "a-z, 0-9 và dấu -",
  ],
  ["an unknown kind of area", areas('{ "id": "a", "name": "A", "kind": "wards" }'), "/0/kind", "có phải «ward»?"],
  ["an area under nothing", areas(area(', "parent": "tinh"')), "areas.json:2:43: /0/parent", "không có «tinh»"],
  ["an area in itself", areas(area(', "parent": "a"')), "/0/parent", "lại gặp chính nó"],
  [
    "a loop of areas",
    areas(area(', "parent": "b"'), '{ "id": "b", "name": "B", "kind": "ward", "parent": "a" }'),
    "areas.json:2:43: /0/parent",
    "areas.json:3:43: /1/parent",
  ],
  ["an area twice", areas(area(""), area("")), "/1/id", "«a» đã dùng ở trên"],
  [
    "an area that ends before it begins",
    areas(area(', "from": "2026-01-02", "until": "2026-01-01"')),
    "/0/until",
    "trước ngày bắt đầu",
  ],
  ["an area merged into nothing", areas(area(', "mergedInto": "z"')), "/0/mergedInto", "không có «z»"],
  ["a day that does not exist", areas(area(', "from": "2026-02-30"')), "/0/from", "không có ngày này"],
  ["no areas", { "areas.json": "[]" }, "config/areas.json", "từ 1 mục"],
  ["a policy for no area", { "policy.json": '[{ "area": "phuong-9" }]' }, "policy.json:1:4: /0/area", "phuong-1"],
  [
    "a time of day that is none",
    { "policy.json": '[{ "area": "phuong-1", "quiet": [{ "from": "21h", "to": "05:30" }] }]' },
    "/0/quiet/0/from",
    "một giờ như 05:30",
    '"21h"',
  ],
  [
    "two policies from one day",
    { "policy.json": '[{ "area": "phuong-1" }, { "area": "phuong-1" }]' },
    "/1",
    "bắt đầu cùng ngày",
  ],
  [
    "an eighth weekday",
    { "policy.json": '[{ "area": "phuong-1", "weekdays": [8] }]' },
    "/0/weekdays/0",
    "số không quá 7",
  ],
  [
    "a holiday twice",
    { "holidays.json": '[{ "date": "2027-01-01", "name": "Tết" }, { "date": "2027-01-01", "name": "Tết" }]' },
    "holidays.json:1:45",
    "đã dùng ở trên",
  ],
  [
    "a holiday written the other way round",
    { "holidays.json": '[{ "date": "01/01/2027", "name": "Tết" }]' },
    "một ngày (năm-tháng-ngày) như 2026-11-23",
  ],
  [
    "two levels of one name",
    { "levels.json": '[{ "name": "x", "title": "X", "rank": 0 }, { "name": "x", "title": "X", "rank": 1 }]' },
    "/1/name",
    "đã dùng",
  ],
  ["a lexicon that is a list", { "lexicon.json": "[]" }, "lexicon.json:1:1", "một nhóm mục { }"],
  [
    "a reading with digits in it",
    { "lexicon.json": '{ "entries": [{ "written": "F0", "spoken": "ép 0" }] }' },
    "/entries/0/spoken",
    "chỉ gồm chữ",
  ],
  [
    "a pattern in a reading",
    { "lexicon.json": '{ "entries": [{ "written": "F0", "spoken": "ép không", "regex": "(a+)+" }] }' },
    "/entries/0/regex",
    "không có mục này",
  ],
  [
    "a place in a text that has no name",
    { "lexicon.json": '{ "entries": [{ "written": "F0", "spoken": "ép", "context": { "next": ".*" } }] }' },
    "/entries/0/context/next",
    "short-number",
  ],
  [
    "a form that is read twice",
    { "lexicon.json": '{ "entries": [{ "written": "F0", "spoken": "a" }, { "written": "F0", "spoken": "b" }] }' },
    "/entries/1/written",
    "đã có cách đọc",
  ],
  [
    "an announcement without words or recording",
    { "first-start.json": '{ "announcements": [{ "id": "a", "title": "A", "class": "ordinary", "topic": "x" }] }' },
    "/announcements/0",
    "text và recording",
  ],
  [
    "a timing that is none",
    { "first-start.json": `{ "schedules": [${schedule('"targets": {}, "timing": { "kind": "firm" }')}] }` },
    "/schedules/0/timing/kind",
    "hard, soft",
  ],
  [
    "a misspelt field of one timing",
    {
      "first-start.json": `{ "schedules": [${schedule('"targets": {}, "timing": { "kind": "soft", "waitms": 1 }')}] }`,
    },
    "/schedules/0/timing/waitms",
    "có phải «waitMs»?",
  ],
  [
    "a schedule for no area",
    { "first-start.json": `{ "schedules": [${schedule('"targets": { "areas": ["phuong-1", "phuong-7"] }')}] }` },
    "/schedules/0/targets/areas/1",
    "phuong-7",
  ],
  [
    "a level that is not prepared",
    {
      "first-start.json":
        '{ "declarations": [{ "level": "do", "area": "phuong-1", "from": "2026-01-01", "until": "2026-01-02", "reason": "r", "by": "b" }] }',
    },
    "/declarations/0/level",
    "không có «do»",
  ],
];

describe("bad files of a station", () => {
  const folder = mkdtempSync(join(tmpdir(), "loa-"));
  after(() => rmSync(folder, { recursive: true }));
  let count = 0;

  async function messageOf(files: Files, env: Record<string, string> = {}): Promise<string> {
    const config = join(folder, `${++count}`, "config");
    await mkdir(config, { recursive: true });
    for (const [name, content] of Object.entries({ ...GOOD, ...files })) await writeFile(join(config, name), content);
    try {
      loadStation(join(config, ".."), { env });
    } catch (problem) {
      expect(problem).to.be.instanceOf(ConfigProblem);
      expect((problem as ConfigProblem).exitCode).to.equal(78);
      return (problem as ConfigProblem).words.vi;
    }
    return "";
  }

  it("are at least forty kinds, and the good files beside them are good", async () => {
    expect(BAD.length).to.be.at.least(40);
    expect(await messageOf({})).to.equal("");
  });

  for (const [name, files, ...parts] of BAD)
    it(`are refused: ${name}`, async () => {
      const message = await messageOf(files);
      for (const part of parts) expect(message).to.include(part);
    });

  it("are told all at once, in the order of the files", async () => {
    const message = await messageOf({ ...areas(area(', "parent": "x"')), "policy.json": "{" });
    expect(message.split("\n").map((line) => line.split(":")[0])).to.deep.equal([
      "config/policy.json",
      "config/areas.json",
    ]);
  });

  it("with very many mistakes are cut short", async () => {
    const many = Array.from({ length: 50 }, (_, i) => `{ "id": "a${i}", "name": "", "kind": "ward" }`);
    const message = await messageOf(areas(...many));
    expect(message.split("\n")).to.have.length(21);
    expect(message).to.include("30 lỗi nữa");
  });

  it("name the variable whose value is wrong", async () => {
    expect(await messageOf({}, { LOA_PORT: "http" })).to.match(/^LOA_PORT: phải là một số/);
    expect(await messageOf({}, { LOA_HOST: "192.168.1.5" })).to.match(/^LOA_HOST: «192.168.1.5»/);
  });

  it("say that a folder is no station", () => {
    expect(() => loadStation(join(folder, "nowhere"), { env: {} })).to.throw(ConfigProblem, "loa init");
  });

  it("say that the areas are missing", async () => {
    const config = join(folder, "bare", "config");
    await mkdir(config, { recursive: true });
    await writeFile(join(config, "station.json"), GOOD["station.json"] ?? "");
    expect(() => loadStation(join(folder, "bare"), { env: {} })).to.throw(
      ConfigProblem,
      "config/areas.json: is missing",
    );
  });

  it("of playlists name the item", () => {
    const text = '{ "id": "p", "title": "P", "items": [\n  { "kind": "pause", "second": 3 }] }';
    expect(() => parsePlaylist(text, "playlists/p.json")).to.throw(
      ConfigProblem,
      "playlists/p.json:2:22: /items/0/second",
    );
  });
});
