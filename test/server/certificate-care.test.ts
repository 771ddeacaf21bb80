import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { epoch } from "../../src/base/units.js";
import { initStation } from "../../src/cli/init.js";
import { setTlsSettings } from "../../src/cli/tls.js";
import { createCertificateCare, secureOptions } from "../../src/server/certificate-care.js";
import { loadStation } from "../../src/server/config.js";
import { makeOwnCertificates, OWN_TLS, renewOwnCertificate } from "../../src/server/own-certificates.js";
import { FakeClock } from "../support/fake-clock.js";

const DAY = 86_400_000;

describe("the care for the certificate", () => {
  let folder: string;
  let now: number;
  let close: () => unknown;
  let port: number;
  const said: string[] = [];
  const troubles = new Map<string, string>();
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-care-"));
    await initStation(folder);
    now = Date.now();
    await makeOwnCertificates(folder, { title: "Đài thử", names: ["localhost"], now: epoch(now) });
    await setTlsSettings(folder, []);
    said.length = 0;
    troubles.clear();
  });
  afterEach(async () => {
    close();
    await fs.rm(folder, { recursive: true });
  });

  const serve = async () => {
    const station = loadStation(folder, { env: {} });
    if (station.tls.certificate === undefined) throw new Error("no certificate");
    const http = createServer(secureOptions(station.tls.certificate)).listen(0, "127.0.0.1");
    await once(http, "listening");
    port = (http.address() as AddressInfo).port;
    close = () => http.close();
    return createCertificateCare({
      ...{ station, http, now: () => epoch(now), log: createLog(new FakeClock(), (line) => said.push(line)) },
      troubles: {
        raise: (kind, words, degree = "") => void troubles.set(kind, `${degree} ${words.en}`),
        clear: (kind) => void troubles.delete(kind),
      },
    });
  };
  const serialShown = async () => {
    // The machine's own clock is another than that of this test.
    const socket = connect({ port, host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const onDisk = async () => new X509Certificate(await fs.readFile(join(folder, OWN_TLS.server)));

  it("takes up a certificate that was renewed beside it, without a new start", async () => {
    const care = await serve();
    const before = await serialShown();
    await renewOwnCertificate(folder, { now: epoch(now) });
    await care.look();
    expect(await serialShown())
      .to.equal((await onDisk()).serialNumber)
      .and.not.equal(before);
  });

  it("keeps the one in use when the new file is no good, and says so", async () => {
    const care = await serve();
    const before = await serialShown();
    await fs.writeFile(join(folder, OWN_TLS.server), "hỏng");
    await care.look();
    expect(await serialShown()).to.equal(before);
    expect(said.join()).to.contain("certificate.not-taken-up");
    await renewOwnCertificate(folder, { now: epoch(now), names: ["localhost"] });
    await care.look();
    expect(await serialShown()).to.not.equal(before);
  });

  it("renews its own in good time, and again a year later", async () => {
    const care = await serve();
    const first = await serialShown();
    now += 360 * DAY;
    await care.look();
    expect(await serialShown()).to.equal(first);
    now += 10 * DAY;
    await care.look();
    const second = await serialShown();
    expect(second).to.not.equal(first);
    expect((care.endsAt() ?? 0) - now).to.be.above(396 * DAY);
    now += 380 * DAY;
    await care.look();
    expect((await onDisk()).serialNumber).to.not.equal(second);
    expect([...troubles]).to.deep.equal([]);
  });

  it("says 30, 7 and 1 days before, and after, when it cannot renew; and no more once somebody did", async () => {
    const care = await serve();
    await fs.rename(join(folder, OWN_TLS.authorityKey), join(folder, "khoa.key"));
    const told: (string | undefined)[] = [];
    for (const left of [31, 29.5, 20, 6.5, 0.5, -1]) {
      now = (care.endsAt() ?? 0) - left * DAY;
      await care.look();
      told.push(troubles.get("certificate-ending")?.split(" ")[0]);
    }
    expect(told).to.deep.equal([undefined, "30", "30", "7", "1", "0"]);
    expect(troubles.get("certificate-ending")).to.contain("is over");
    const authorityKey = await fs.readFile(join(folder, "khoa.key"), "utf8");
    await renewOwnCertificate(folder, { now: epoch(now), authorityKey });
    await care.look();
    expect([...troubles]).to.deep.equal([]);
  });
});
