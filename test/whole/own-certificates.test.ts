import { X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { areaIdSchema } from "../../src/domain/ids.js";
import { runRelay } from "../../src/relay/index.js";
import { startServer } from "../../src/server/app.js";
import { loadStation } from "../../src/server/config.js";
import { run } from "../cli/run.js";
import { eventually, testLog } from "../support/whole-house.js";

describe("a station with certificates of its own", () => {
  let folder: string;
  const running: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-own-"));
    await mkdir(join(folder, "config"));
    const write = (name: string, value: unknown) => writeFile(join(folder, "config", name), JSON.stringify(value));
    await write("station.json", {
      ...{ station: { name: "Đài thử" }, listen: { port: 0 }, voices: { order: ["espeak"] } },
    });
    await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "test" }]);
    await write("policy.json", [{ area: "phuong", quiet: [], quietSensitive: [] }]);
  });
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.close();
    await rm(folder, { recursive: true, force: true });
  });

  const authority = () => readFile(join(folder, "config/tls/authority.pem"), "utf8");
  const serialOnDisk = async () =>
    new X509Certificate(await readFile(join(folder, "config/tls/server.pem"))).serialNumber;
  /** The serial number that a browser sees which trusts the authority and nobody else. */
  const serialSeen = async (url: string) => {
    const ca = await authority();
    return new Promise<string>((resolve, reject) => {
      get(`${url}/healthz`, { ca, agent: false }, (answer) => {
        const { socket } = answer as unknown as { socket: { getPeerCertificate(): { serialNumber: string } } };
        resolve(socket.getPeerCertificate().serialNumber);
        answer.resume();
      }).on("error", reject);
    });
  };

  it("lets loudspeakers that pinned the authority go on over a renewal, served or started anew", async () => {
    expect((await run(["tls", "init", "localhost", "--set", "--station", folder])).code).to.equal(0);
    const world = { clock: systemClock, random: Math.random, log: testLog };
    const first = await startServer(loadStation(folder, { env: {} }), world);
    const by = { name: "An" };
    const place = { name: "Cột 1", area: areaIdSchema.parse("phuong"), kind: "fixed" as const };
    const { id } = await first.control.addPlace({ ...place, outputDelayMs: 0, pathBiasUs: 0, volume: 80 }, by);
    const { code } = await first.control.createPairing(id, by);
    let serving = first;
    const relay = await runRelay({
      ...{ server: first.url, pair: code, authority: await authority(), out: "null", state: join(folder, "relay") },
      ...{ clock: systemClock, random: () => 0, log: testLog },
      onUnconfirmed: async ({ receiver, words }) => void (await serving.control.confirmDevice(receiver, words, by)),
    });
    running.push(relay);
    const isConnected = () => serving.control.receivers()[0]?.connected === true;
    await eventually("the first connection", 10_000, isConnected);
    const before = await serialSeen(first.url);

    expect((await run(["tls", "renew", "--station", folder])).code).to.equal(0);
    expect(await serialOnDisk()).to.not.equal(before);
    await first.stop();
    const env = { LOA_PORT: new URL(first.url).port };
    serving = await startServer(loadStation(folder, { env }), world);
    running.push({ close: serving.stop });

    await eventually("a connection under the renewed certificate", 15_000, isConnected);
    expect(await serialSeen(serving.url)).to.equal(await serialOnDisk());
  }).timeout(60_000);
});
