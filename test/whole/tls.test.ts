import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { createLog } from "../../src/base/log.js";
import { startVirtualReceivers } from "../../src/cli/virtual-receivers.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { type RunningServer, startServer } from "../../src/server/app.js";
import { ConfigProblem, loadStation } from "../../src/server/config.js";
import { run } from "../cli/run.js";
import { type Certified, makeAuthority, makeCertificate } from "../support/certificates.js";
import { eventually, testLog } from "../support/whole-house.js";

describe("a station that speaks TLS", () => {
  let folder: string;
  const { authority, issue } = makeAuthority();
  const running: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-tls-"));
    await writeFile(join(folder, "ca.pem"), authority.certificate);
  });
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Lays a station with this certificate, with the same port at each start once it has one. */
  let port = 0;
  const lay = async ({ certificate, key }: Certified, more: object = {}) => {
    await writeFile(join(folder, "server.pem"), certificate);
    await writeFile(join(folder, "server.key"), key);
    await chmod(join(folder, "server.key"), 0o600);
    const write = async (name: string, value: unknown) => {
      await writeFile(join(folder, "config", name), JSON.stringify(value));
    };
    await mkdir(join(folder, "config"), { recursive: true });
    await write("station.json", {
      station: { name: "Đài thử" },
      listen: { port, tls: { certificate: "server.pem", key: "server.key" } },
      trust: { authority: "ca.pem" },
      voices: { order: ["espeak"] },
      ...more,
    });
    await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "test" }]);
    await write("policy.json", [{ area: "phuong", quiet: [], quietSensitive: [] }]);
  };
  const serve = async (): Promise<RunningServer> => {
    const server = await startServer(loadStation(folder, { env: {} }), {
      clock: systemClock,
      random: Math.random,
      log: testLog,
    });
    port = Number(new URL(server.url).port);
    return server;
  };
  const problems = () => {
    try {
      loadStation(folder, { env: {} });
      return [];
    } catch (thrown) {
      if (!(thrown instanceof ConfigProblem)) throw thrown;
      return thrown.findings.map(({ words }) => words.en);
    }
  };

  const said: string[] = [];
  const startLoudspeaker = async (server: RunningServer, more: object = {}): Promise<Relay> => {
    const by = { name: "An" };
    return runRelay({
      ...{ server: server.url, out: "null", state: join(folder, "relay"), clock: systemClock, random: () => 0 },
      log: createLog(systemClock, (line) => said.push(line), "debug"),
      onUnconfirmed: async ({ receiver, words }) => void (await server.control.confirmDevice(receiver, words, by)),
      ...more,
    });
  };
  const isConnected = (server: RunningServer) => server.control.receivers()[0]?.connected === true;

  it("is trusted by its own authority only: renewed certificates are fine, another's are refused in plain words", async () => {
    said.length = 0;
    await lay(issue());
    const first = await serve();
    const { control } = first;
    const { id } = await control.addPlace(
      {
        name: "Cột 1",
        area: "phuong" as never,
        kind: "fixed",
        outputDelayMs: 0,
        pathBiasUs: 0,
        volume: 80,
      },
      { name: "An" },
    );
    const { code } = await control.createPairing(id, { name: "An" });
    const relay = await startLoudspeaker(first, { pair: code, authority: authority.certificate });
    running.push(relay);
    await eventually("the first connection", 10_000, () => isConnected(first));
    await first.stop();

    await lay(issue());
    const renewed = await serve();
    await eventually("a connection with the renewed certificate", 15_000, () => isConnected(renewed));
    await renewed.stop();

    const stranger = makeAuthority("Kẻ lạ CA");
    await writeFile(join(folder, "ca.pem"), stranger.authority.certificate);
    await lay(stranger.issue());
    said.length = 0;
    const impostor = await serve();
    running.push({ close: impostor.stop });
    await eventually("the plain words", 15_000, () =>
      said.some((line) => line.includes("không do nơi cấp mà loa này tin")),
    );
    expect(isConnected(impostor)).to.equal(false);
  }).timeout(60_000);

  it("is not paired with when its certificate is from nobody who is trusted, and the code stays good", async () => {
    await lay(issue());
    const server = await serve();
    running.push({ close: server.stop });
    const reason = await startLoudspeaker(server, { pair: "AAAA-AAAA" }).then(
      () => "started",
      (thrown: { code: string; reason: string }) => `${thrown.code} ${thrown.reason}`,
    );
    expect(reason).to.equal("unavailable untrusted-server");
  });

  it("is reached by the programs of its own machine: virtual loudspeakers and commands", async () => {
    // The certificate is good for a name that no resolver knows.
    const virtual = [{ id: "loa-ao", name: "Loa ảo", area: "phuong", out: "null" }];
    await lay(issue(["loa.example.vn"]), {
      virtual,
      listen: { port, tls: { certificate: "server.pem", key: "server.key" } },
    });
    const server = await serve();
    running.push({ close: server.stop });
    const station = loadStation(folder, { env: { LOA_PORT: String(port) } });
    const parts = {
      station,
      url: server.url,
      control: server.control,
      clock: systemClock,
      random: Math.random,
      log: testLog,
    };
    running.push({ close: await startVirtualReceivers(parts) });
    await eventually("the virtual loudspeaker", 15_000, () => isConnected(server));
    await lay(issue(["loa.example.vn"]), { virtual });
    const { code, out } = await run(["device", "list", "--station", folder]);

    expect(code).to.equal(0);
    expect(out).to.include("loa-ao").and.include("đang kết nối");
  });

  it("says what is wrong with its files before it opens anything", async () => {
    const own = issue();
    await lay(own);
    expect(problems()).to.deep.equal([]);
    await writeFile(join(folder, "server.key"), makeCertificate({ name: "x" }).key);
    expect(problems()[0]).to.include("not that of the certificate");
    await lay({ ...own, key: "no key" });
    expect(problems()[0]).to.include("no readable PEM private key");
    await lay(own);
    await chmod(join(folder, "server.key"), 0o644);
    expect(problems()[0]).to.include("other users of this machine can read this key");
    await lay({ ...own, certificate: "nothing" });
    expect(problems()[0]).to.include("no readable PEM certificate");
    await lay(makeAuthority("Khác").issue());
    expect(problems()[0]).to.include("not from the authority");
    await lay(own);
    await writeFile(join(folder, "ca.pem"), own.certificate);
    expect(problems()[0]).to.include("certificates of a certificate authority");
    await lay(own, { trust: { authority: "nowhere.pem" } });
    expect(problems()[0]).to.include("nowhere.pem cannot be read");
  });

  it("warns of a certificate that is nearly over, and starts all the same", async () => {
    const over = makeCertificate({
      ...{ name: "localhost", hosts: ["localhost"], issuer: authority },
      ...{ from: new Date(Date.now() - 2 * 86_400_000), until: new Date(Date.now() - 86_400_000) },
    });
    await lay(over);
    expect(
      loadStation(folder, { env: {} })
        .warnings.map(({ en }) => en)
        .join(),
    ).to.include("it is over");
  });

  it("takes intermediate certificates, and a certificate that is its own authority", async () => {
    const between = makeCertificate({ name: "Giữa", isAuthority: true, issuer: authority });
    const leaf = makeCertificate({ name: "localhost", hosts: ["localhost"], issuer: between });
    await lay({ ...leaf, certificate: leaf.certificate + between.certificate });
    expect(problems()).to.deep.equal([]);
    const alone = makeCertificate({ name: "localhost", hosts: ["localhost"] });
    await lay(alone, { trust: {} });
    const { tls, warnings } = loadStation(folder, { env: {} });
    expect([tls.authority, tls.ownTrust]).to.deep.equal([undefined, alone.certificate]);
    expect(warnings.map(({ en }) => en).join()).to.include("signed by itself");
  });
});
