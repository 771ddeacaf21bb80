import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { playlistId } from "../../../src/domain/ids.js";
import { type Playlist, playlistSchema } from "../../../src/domain/playlist.js";
import { parsePlaylist } from "../../../src/server/config.js";
import { openPlaylists } from "../../../src/server/store/playlists.js";
import { FakeClock } from "../../support/fake-clock.js";

const playlist = (id: string, title = "Buổi sáng"): Playlist =>
  playlistSchema.parse({ id, title, items: [{ kind: "pause", ms: 1000 }] });

describe("playlists", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
  });
  afterEach(() => fs.rm(folder, { recursive: true }));
  const open = () => openPlaylists({ folder, parse: parsePlaylist, clock: new FakeClock(), log: silentLog });
  const write = (name: string, content: unknown) => fs.writeFile(join(folder, name), JSON.stringify(content));

  it("gives back after reopening what was put before", async () => {
    const playlists = await open();
    await playlists.put(playlist("sang"));
    await playlists.put(playlist("chieu"));
    await playlists.remove(playlistId("sang"));
    expect((await open()).all()).to.deep.equal([playlist("chieu")]);
  });

  it("leaves a bad file out, says where it is wrong, and goes on with the others", async () => {
    await write("sang.json", playlist("sang"));
    await fs.writeFile(join(folder, "toi.json"), '{ "id": "toi", "title": "Tối",\n  "item": [] }');
    const playlists = await open();
    expect(playlists.all().map(({ id }) => id)).to.deep.equal(["sang"]);
    expect(playlists.bad()[0]?.file).to.equal("toi.json");
    expect(playlists.bad()[0]?.words.vi).to.include(
      "playlists/toi.json:2:3: /item: không có mục này; có phải «items»?",
    );
  });

  it("refuses a file whose id is not its name, so that no two can have one id", async () => {
    await write("sang.json", playlist("sang"));
    await write("ban-sao.json", playlist("sang"));
    const playlists = await open();
    expect(playlists.all()).to.have.length(1);
    expect(playlists.bad().map(({ file }) => file)).to.deep.equal(["ban-sao.json"]);
  });

  it("sees what a person has changed once it is told to", async () => {
    const playlists = await open();
    await write("sang.json", playlist("sang"));
    expect(playlists.all()).to.deep.equal([]);
    await playlists.reload();
    expect(playlists.get(playlistId("sang"))?.title).to.equal("Buổi sáng");
  });

  it("keeps a person's bad file aside instead of writing over it", async () => {
    await fs.writeFile(join(folder, "sang.json"), "{ công sức cả buổi");
    const playlists = await open();
    await playlists.put(playlist("sang"));
    const names = await fs.readdir(folder);
    const kept = names.find((name) => name.startsWith("sang.json.bad-")) ?? "";
    expect(await fs.readFile(join(folder, kept), "utf8")).to.equal("{ công sức cả buổi");
    expect(playlists.bad()).to.deep.equal([]);
    expect((await open()).all()).to.have.length(1);
  });

  it("does simultaneous changes one after the other", async () => {
    const playlists = await open();
    await Promise.all(Array.from({ length: 20 }, (_, i) => playlists.put(playlist("sang", `Lần ${i}`))));
    expect((await open()).get(playlistId("sang"))?.title).to.equal("Lần 19");
    expect(playlists.get(playlistId("sang"))?.title).to.equal("Lần 19");
  });
});
