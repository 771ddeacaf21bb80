import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { areaId } from "../../../src/domain/ids.js";
import { ConfigProblem, loadStation, settingsSchema, stationFolder } from "../../../src/server/config.js";

describe("loadStation", () => {
  const folder = mkdtempSync(join(tmpdir(), "loa-"));
  after(() => rmSync(folder, { recursive: true }));
  before(async () => {
    await mkdir(join(folder, "config"));
    await writeFile(
      join(folder, "config", "station.json"),
      '\uFEFF{ "station": { "name": "Đài phường" }, "listen": { "port": 9000 }, "zone": "UTC" }',
    );
    await writeFile(
      join(folder, "config", "areas.json"),
      '[{ "id": "p", "name": "P", "kind": "ward" }, { "id": "t", "name": "T", "kind": "group", "parent": "p" }]',
    );
    await writeFile(join(folder, "config", "policy.json"), '[{ "area": "p" }]');
  });

  it("fills in what the file leaves out", () => {
    const { settings, policies, firstStart } = loadStation(folder, { env: {} });
    expect(settings.station.name).to.equal("Đài phường");
    expect(settings.listen).to.deep.equal({ host: "127.0.0.1", port: 9000, names: [] });
    expect(settings.audio).to.deep.equal({ bitrate: 32 });
    expect(settings.voices.espeak.voice).to.equal("vi");
    expect(settings.limits.uploadMb).to.equal(50);
    expect(policies[0]?.quiet).to.deep.equal([{ from: "21:00", to: "05:30" }]);
    expect(firstStart).to.equal(undefined);
  });

  it("lets only areas for tests, and what lies in them, have no quiet hours", async () => {
    const there = mkdtempSync(join(tmpdir(), "loa-"));
    const areas = (kind: string) => [
      { id: "p", name: "P", kind },
      { id: "t", name: "T", kind: "group", parent: "p" },
    ];
    const loaded = async (kind: string) => {
      const write = (file: string, content: unknown) => writeFile(join(there, "config", file), JSON.stringify(content));
      await write("station.json", { station: { name: "Đài" } });
      await write("areas.json", areas(kind));
      await write("policy.json", [{ area: "t", quiet: [], quietSensitive: [] }]);
      return loadStation(there, { env: {} }).policies[0]?.quiet;
    };
    await mkdir(join(there, "config"));

    expect(await loaded("test")).to.deep.equal([]);
    const refused = await loaded("ward").catch((thrown: unknown) => thrown);
    expect(refused).to.be.instanceOf(ConfigProblem);
    expect(String((refused as ConfigProblem).words.vi))
      .to.include("policy.json:1:14: /0/quiet")
      .and.include("«t» không được để trống giờ yên tĩnh");
    rmSync(there, { recursive: true });
  });

  it("lets the environment win over the file, and flags over the environment", () => {
    const env = { LOA_PORT: "9001", LOA_ZONE: "Asia/Ho_Chi_Minh", LOA_LOG_LEVEL: "" };
    const { settings } = loadStation(folder, { env, flags: { port: 9002 } });
    expect(settings.listen.port).to.equal(9002);
    expect(settings.zone).to.equal("Asia/Ho_Chi_Minh");
    expect(settings.log.level).to.equal("info");
  });

  it("binds to other addresses only on express wish, and then warns", () => {
    const env = { LOA_HOST: "0.0.0.0", LOA_ALLOW_REMOTE: "1" };
    const { settings, warnings } = loadStation(folder, { env });
    expect(settings.listen.host).to.equal("0.0.0.0");
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.vi).to.include("không mã hóa");
  });

  for (const host of ["localhost", "127.0.0.53", "::1"])
    it(`counts ${host} as this machine`, () => {
      expect(loadStation(folder, { env: {}, flags: { host } }).warnings).to.deep.equal([]);
    });

  it("warns of a misspelt variable", () => {
    const { warnings } = loadStation(folder, { env: { LOA_PROT: "1", PATH: "/bin" } });
    expect(warnings.map(({ en }) => en)).to.deep.equal([
      "The environment variable LOA_PROT has no effect. Did you mean LOA_PORT?",
    ]);
  });

  it("takes an address with holes for a voice of one's own", () => {
    const http = { url: "https://tts.example.vn/v1/{voice}?text={text}&key={env:TTS_KEY}" };
    const { voices } = settingsSchema.parse({ station: { name: "Đài" }, voices: { order: ["http"], http } });
    expect(voices.http).to.deep.include({ url: http.url, method: "POST", allowPrivate: false, maxLetters: 1000 });
  });

  it("knows the tree of areas and where everything lies", () => {
    const { areas, paths } = loadStation(folder, { env: {} });
    expect(areas.get(areaId("t"))?.parent).to.equal("p");
    expect(paths.clips).to.equal(join(folder, "audio", "clips"));
  });

  it("takes the folder from the command line, else from LOA_STATION, else where it stands", () => {
    expect(stationFolder("/a", { LOA_STATION: "/b" })).to.equal("/a");
    expect(stationFolder(undefined, { LOA_STATION: "/b" })).to.equal("/b");
    expect(stationFolder(undefined, {})).to.equal(resolve("."));
  });
});
