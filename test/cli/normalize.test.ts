import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { initStation } from "../../src/cli/init.js";
import { LONGEST_WHOLE, textParts } from "../../src/cli/text-parts.js";
import { openStore } from "../../src/server/store/index.js";
import { startApi, TOKEN } from "../server/api/start-api.js";
import { FakeClock } from "../support/fake-clock.js";
import { run } from "./run.js";

describe("loa normalize", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-normalize-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const own = '{ "entries": [{ "written": "UBND", "spoken": "ủy ban ta", "note": "ward" }] }';
  const aStationHere = async () => {
    const station = join(folder, "dai");
    await initStation(station);
    await writeFile(join(station, "config", "lexicon.json"), own.replace("ward", "theo phường"));
    return station;
  };
  const taught = { id: "0123456789abcdef", by: "chị Hoa", at: 0, entry: { written: "VCNET", spoken: "mạng vê xê" } };
  const teach = async (station: string) => {
    const store = await openStore({ folder: station, clock: new FakeClock(), log: silentLog });
    await store.lexicon.put(taught);
    return store;
  };

  it("explains each reading in a table, with its source, and marks what nobody knows", async () => {
    const { code, out } = await run(["normalize", "--explain"], {
      ...{ cwd: folder, input: "UBND phường gặp QWXZ, mua 25 vé." },
    });
    expect(code).to.equal(0);
    const lines = out.split("\n").map((line) => line.split(/ {2,}/u));
    expect(lines[0]).to.deep.equal(["viết", "đọc", "loại", "biết", "theo"]);
    expect(lines[1]?.slice(0, 4)).to.deep.equal(["UBND", "Ủy ban nhân dân", "abbreviation", "có"]);
    expect(lines[1]?.[4]).to.match(/^có sẵn: Luật Tổ chức/u);
    expect(lines[2]?.[0]).to.equal("QWXZ");
    expect(lines[2]?.slice(-2)).to.deep.equal(["KHÔNG", "chưa biết: cần người cho cách đọc"]);
    expect(lines[3]?.slice(0, 2)).to.deep.equal(["25", "hai mươi lăm"]);
    expect(out).to.match(/\n4 từ đọc như viết; 3 chỗ đọc theo quy tắc; 1 chữ chưa biết đọc; khoảng \d+ giây\n$/u);
  });

  it("says which parts of an office paper are not read, each whole", async () => {
    const paper = [
      "UBND PHƯỜNG XUÂN HƯƠNG",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Số: 12/TB-UBND\n",
      "THÔNG BÁO\n",
      "Kính mời bà con đến họp.\n",
      "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
    ].join("\n");
    const { out } = await run(["normalize", "--explain"], { cwd: folder, input: paper });

    expect(out.split("\n").filter((line) => line.startsWith("Lưu ý:"))).to.deep.equal([
      "Lưu ý: Phần đầu văn bản hành chính không đọc: «UBND PHƯỜNG XUÂN HƯƠNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 12/TB-UBND».",
      "Lưu ý: Danh sách nơi nhận không đọc: «Nơi nhận: - Như trên; - Lưu: VT.».",
    ]);
  });

  it("reads as the station does that it stands in", async () => {
    const station = await aStationHere();
    await (await teach(station)).close();
    const { out } = await run(["normalize"], { cwd: station, input: "UBND có VCNET." });
    const explained = await run(["normalize", "--explain", "--station", station], { cwd: folder, input: "UBND" });
    const elsewhere = await run(["normalize"], { cwd: folder, input: "UBND" });

    expect(out).to.equal("ủy ban ta có mạng vê xê.\n");
    expect(explained.out).to.include("cách đọc của đài: theo phường");
    expect(elsewhere.out).to.equal("Ủy ban nhân dân\n");
  });

  it("estimates by the station's voice, and says so until that has made a clip", async () => {
    const station = await aStationHere();
    const http = { url: "http://127.0.0.1:9/tts", body: "{text}", allowPrivate: true, voices: ["thu"] };
    const settings = { station: { name: "Đài" }, voices: { order: ["http"], http } };
    await writeFile(join(station, "config", "station.json"), JSON.stringify(settings));
    const told = async () => {
      const { out } = await run(["normalize", "--json"], { cwd: station, input: "Chiều nay họp tổ dân phố." });
      return JSON.parse(out) as { seconds: number; measured: boolean };
    };
    const before = await told();
    const { out } = await run(["normalize", "--explain"], { cwd: station, input: "Chiều nay họp." });

    const store = await openStore({ folder: station, clock: new FakeClock(), log: silentLog });
    await store.voicePaces.put({ voice: "http:thu", ratios: [1.2, 1.25, 1.3] });
    await store.close();
    const after = await told();

    expect(before.measured).to.equal(false);
    expect(out).to.match(/giây \(giọng đọc chưa đo\)\n$/u);
    expect(after).to.not.have.property("measured");
    expect(after.seconds / before.seconds).to.be.closeTo(1.25, 1e-6);
  });

  it("asks a running station what it was taught", async () => {
    const station = await aStationHere();
    await writeFile(join(station, "config", "token"), `${TOKEN}\n`);
    const api = await startApi();
    await writeFile(
      join(station, "config", "station.json"),
      JSON.stringify({ station: { name: "Đài" }, listen: { port: api.port } }),
    );
    const store = await teach(station);

    const { code, out, error } = await run(["normalize"], { cwd: station, input: "VCNET" });

    expect(code, error).to.equal(0);
    expect(out).to.equal("vê xê nét\n");
    await store.close();
    await api.close();
  });

  it("is refused with 2 when table and JSON are both asked for", async () => {
    expect((await run(["normalize", "--json", "--explain"], { cwd: folder })).code).to.equal(2);
  });

  it("gives one JSON line for each part of a very long text, with places counted in the whole", async function () {
    this.timeout(60_000);
    const paragraph = `${"Mời bà con họp. ".repeat(500)}\n\n`;
    const input = paragraph.repeat(Math.ceil((LONGEST_WHOLE + 1) / paragraph.length));

    const { out } = await run(["normalize", "--json"], { cwd: folder, input });

    const parts = out.trimEnd().split("\n");
    expect(parts.length).to.be.at.least(2);
    let at = 0;
    for (const part of parts) {
      const { tokens } = JSON.parse(part) as { tokens: { source: string; start: number; end: number }[] };
      expect(tokens[0]?.start).to.equal(at);
      at = tokens.at(-1)?.end ?? at;
    }
    expect(at).to.equal(input.length);
  });
});

describe("textParts", () => {
  async function* pieces(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const partsOf = async (text: string, size: number) => {
    const parts: string[] = [];
    for await (const { text: part } of textParts(pieces(text, size))) parts.push(part);
    return parts;
  };

  it("keeps what is not too long whole", async () => {
    expect(await partsOf("một\n\nhai", 3)).to.deep.equal(["một\n\nhai"]);
    expect(await partsOf("", 3)).to.deep.equal([""]);
  });

  it("cuts at empty lines, else at spaces, else anywhere but through a pair, and loses nothing", async () => {
    const withLines = `${"chữ ".repeat(2000)}\n \n`.repeat(200);
    const lines = await partsOf(withLines, 65_536);
    expect(lines.join("") === withLines).to.equal(true);
    expect(lines.slice(0, -1).every((part) => part.endsWith("\n \n"))).to.equal(true);

    const words = "chữ ".repeat(300_000);
    const byWords = await partsOf(words, 65_536);
    expect(byWords.join("") === words).to.equal(true);
    expect(byWords.every((part) => part.endsWith(" "))).to.equal(true);

    const pairs = `a${"😀".repeat(600_000)}`;
    const byPairs = await partsOf(pairs, 65_536);
    expect(byPairs.join("") === pairs).to.equal(true);
    expect(byPairs.every((part) => !/[\uD800-\uDBFF]$/.test(part))).to.equal(true);
  });
});
