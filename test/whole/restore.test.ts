import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ReceiverView } from "../../src/server/api/views.js";
import { run } from "../cli/run.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** What a person calls the station: everything but what is about the running process, and what can be made again or is the mark of the restore. */
const LEFT_OUT = /^(?:relays|restored\.json|audio\/(?:cache|out))(?:\/|$)|^config\/state\/lock|^config\/log\.db/;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("a station that is backed up while it serves, destroyed and put back", () => {
  let house: WholeHouse;
  let backup: string;
  beforeEach(async () => {
    house = await openHouse({ config: { listen: { port: await freePort() } } });
    backup = join(await mkdtemp(join(tmpdir(), "loa-luu-")), "ban-sao");
  });
  afterEach(async () => {
    await house.close();
    await rm(join(backup, ".."), { recursive: true });
  });

  const fingerprints = async (folder: string) => {
    const found: Record<string, string> = {};
    for (const path of await readdir(folder, { recursive: true })) {
      if (LEFT_OUT.test(path) || !(await stat(join(folder, path))).isFile()) continue;
      const mode = (await stat(join(folder, path))).mode & 0o777;
      found[path] = `${mode.toString(8)} ${createHash("sha256")
        .update(await readFile(join(folder, path)))
        .digest("hex")}`;
    }
    return found;
  };
  const logLines = async () => {
    const text = await fetch(`${house.server.url}/api/v1/log/export?format=ndjson`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    }).then((response) => response.text());
    return text.trim().split("\n");
  };
  const pole = async () => (await house.call<ReceiverView[]>("GET", "/receivers"))[0];
  const programme = () => readFile(join(house.folder, "relays", "cot-1", "programme.json"), "utf8");
  const loa = async (...argv: string[]) => {
    const { code, error } = await run(argv);
    expect(code, error).to.equal(0);
  };

  it("is the same byte for byte, and its loudspeakers obey it again", async () => {
    await house.addRelay("cot-1");
    await house.announce("sang", "Thông báo buổi sáng của phường.");
    const planned = await house.scheduleOnce("sang", 3_600_000);
    await house.holdsEverything("cot-1");
    await loa("backup", "create", backup, "--station", house.folder);
    await loa("backup", "verify", backup);
    const lines = await logLines();

    // What happens after the backup is lost; loudspeakers have heard of it all the same.
    await house.call("PUT", "/schedules/toi", {
      ...{ id: "toi", title: "toi", class: "ordinary", playlist: "sang", targets: { areas: ["phuong"] } },
      ...{ start: new Date(planned + 7 * 3_600_000).toISOString().slice(0, 10), at: ["23:59:00"], rule: "FREQ=DAILY" },
    });
    await eventually("it to hold what was added", 15_000, async () => (await programme()).includes("toi@"));
    await house.call("POST", "/stop", { scope: { kind: "all" } });
    await house.restartServer();
    await house.restartServer(async () => {
      const saved = await fingerprints(backup);
      for (const part of ["config", "playlists", "audio/library", "audio/clips", "audio/cache"])
        await rm(join(house.folder, part), { recursive: true });
      await loa("backup", "restore", backup, house.folder);
      const { "manifest.json": _list, ...expected } = saved;
      expect(await fingerprints(house.folder)).to.deep.equal(expected);
      expect(Object.keys(expected)).to.include.members(["config/token", "config/station.json"]);
    });

    expect((await logLines()).slice(0, lines.length)).to.deep.equal(lines);
    await eventually("the loudspeaker to come back", 20_000, async () => (await pole())?.connected);
    await eventually("it to hold what the station offers", 20_000, async () => {
      const { offered = 0, held = -1 } = (await pole())?.programme ?? {};
      return offered > 0 && offered === held;
    });
    expect(await programme())
      .to.include("sang@")
      .and.not.include("toi@");
    const sounding = async () => (await pole())?.reported?.now.some(({ state }) => state === "sounding");
    await house.call("POST", "/play", {
      content: { kind: "announcement", announcement: "sang" },
      targets: { areas: ["phuong"] },
    });
    await eventually("it to sound on order", 15_000, sounding);
    await house.call("POST", "/stop", { scope: { kind: "all" } });
    await eventually("it to be silent on order", 5_000, async () => !(await sounding()));
  }).timeout(120_000);
});
