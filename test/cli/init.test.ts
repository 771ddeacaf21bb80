import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../src/base/errors.js";
import { initStation } from "../../src/cli/init.js";
import { areaId } from "../../src/domain/ids.js";
import { loadStation } from "../../src/server/config.js";

describe("initStation", () => {
  let root: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-"));
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  it("makes a station that loads, quiet at night, and says what to do next", async () => {
    const folder = join(root, "đài của tôi");
    const words = await initStation(folder);
    expect(words.vi).to.include(`loa serve ${folder}`);
    const station = loadStation(folder, { env: {} });
    expect(station.areas.get(areaId("phuong"))?.kind).to.equal("ward");
    expect(station.policies[0]?.quiet).to.deep.equal([{ from: "21:00", to: "05:30" }]);
    expect(station.settings.listen.host).to.equal("127.0.0.1");
    expect(await fs.readdir(join(folder, "audio"))).to.have.members(["library", "clips"]);
  });

  it("brings the templates of the sample station, each marked as a sample", async () => {
    await initStation(root);
    const { templates, warnings } = loadStation(root, { env: {} });
    const sample = loadStation(".", { env: {} }).templates;

    expect(templates).to.deep.equal(sample).and.have.length.above(12);
    expect(templates.filter(({ title }) => !title.endsWith("(bản mẫu)"))).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it("says that the first voice sends words out of the house, and how to keep them in", async () => {
    const { vi, en } = await initStation(root);
    const file = join(root, "config", "station.json");
    const voices = async () => loadStation(root, { env: {} }).settings.voices.order;

    expect(await voices()).to.deep.equal(["google", "piper", "espeak"]);
    expect(vi).to.include("dịch vụ của Google").and.include('bỏ "google" khỏi voices.order');
    expect(en).to.include("a service of Google").and.include('take "google" out of voices.order');
    await fs.writeFile(file, (await fs.readFile(file, "utf8")).replace(/"google",\s*/, ""));
    expect(await voices()).to.deep.equal(["piper", "espeak"]);
  });

  it("takes an empty folder that is there already", async () => {
    await initStation(root);
    expect(loadStation(root, { env: {} }).warnings).to.deep.equal([]);
  });

  it("refuses a folder with anything in it, and leaves it alone", async () => {
    await fs.writeFile(join(root, "thư.txt"), "");
    const thrown = await initStation(root).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Fault).with.property("reason", "not-empty");
    expect(await fs.readdir(root)).to.deep.equal(["thư.txt"]);
  });
});
