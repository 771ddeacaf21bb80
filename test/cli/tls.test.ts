import { X509Certificate } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { loadStation } from "../../src/server/config.js";
import { run } from "./run.js";

describe("loa tls", () => {
  let root: string;
  let station: string;
  beforeEach(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-tls-"));
    station = join(root, "dai");
    await initStation(station);
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  const loa = (...argv: string[]) => run(["tls", ...argv, "--station", station]);
  const at = (name: string) => join(station, "config/tls", name);
  const certificate = async (name: string) => new X509Certificate(await fs.readFile(at(name)));

  it("makes an authority and a certificate that the station takes, for its own user alone", async () => {
    const { code, out } = await loa("init", "loa.example.vn", "192.0.2.7", "2001:DB8::7", "--set");

    expect(code).to.equal(0);
    expect(out).to.contain("loa.example.vn, 192.0.2.7, 2001:db8::7, localhost, 127.0.0.1, ::1");
    const { settings, tls } = loadStation(station, { env: {} });
    expect(tls.certificate?.name).to.equal("loa.example.vn");
    expect(tls.authority).to.equal(await fs.readFile(at("authority.pem"), "utf8"));
    expect(settings.listen.names).to.deep.equal(["loa.example.vn"]);
    for (const name of ["authority.pem", "authority.key", "server.pem"])
      expect((await fs.stat(at(name))).mode & 0o777, name).to.equal(0o600);
    expect((await fs.stat(at(""))).mode & 0o777).to.equal(0o700);
  });

  it("makes what every browser asks for: P-256, names, uses, and nothing that could certify others", async () => {
    await loa("init", "loa.example.vn", "192.0.2.7", "2001:db8::7");
    const [authority, server] = [await certificate("authority.pem"), await certificate("server.pem")];

    expect([authority.ca, server.ca]).to.deep.equal([true, false]);
    expect(server.checkIssued(authority) && server.verify(authority.publicKey)).to.equal(true);
    expect(server.publicKey.asymmetricKeyDetails?.namedCurve).to.equal("prime256v1");
    expect(server.keyUsage).to.deep.equal(["1.3.6.1.5.5.7.3.1"]);
    expect(server.checkHost("loa.example.vn")).to.equal("loa.example.vn");
    expect([server.checkIP("192.0.2.7"), server.checkIP("2001:db8::7")]).to.not.include(undefined);
    const days = (one: X509Certificate) => (Date.parse(one.validTo) - Date.parse(one.validFrom)) / 86_400_000;
    expect(days(server)).to.be.within(397, 398);
    expect(days(authority)).to.be.above(19 * 365);
  });

  it("tells what to write into station.json when it is not to write it", async () => {
    const before = await fs.readFile(join(station, "config/station.json"), "utf8");
    const { out } = await loa("init", "loa.example.vn");
    expect(out).to.contain('"certificate": "config/tls/server.pem"').and.contain("--set");
    expect(await fs.readFile(join(station, "config/station.json"), "utf8")).to.equal(before);
  });

  it("keeps the former station.json, and what else stood in it", async () => {
    const path = join(station, "config/station.json");
    const before = await fs.readFile(path, "utf8");
    await loa("init", "loa.example.vn", "--set");
    expect(await fs.readFile(`${path}.before-tls`, "utf8")).to.equal(before);
    expect(JSON.parse(await fs.readFile(path, "utf8"))).to.deep.include({ voices: JSON.parse(before).voices });
  });

  it("takes the names of the machine when none are given", async () => {
    const { code, out } = await loa("init");
    expect(code).to.equal(0);
    expect(out).to.contain("localhost, 127.0.0.1, ::1");
  });

  it("never makes a second authority over the first", async () => {
    await loa("init", "loa.example.vn");
    const before = await fs.readFile(at("authority.pem"), "utf8");
    const { code, error } = await loa("init", "loa.example.vn");
    expect(code).to.equal(1);
    expect(error).to.contain("loa tls renew");
    expect(await fs.readFile(at("authority.pem"), "utf8")).to.equal(before);
  });

  it("renews under the same authority, with a fresh key and the same names unless told others", async () => {
    await loa("init", "loa.example.vn");
    const authority = await certificate("authority.pem");
    const first = await certificate("server.pem");
    expect((await loa("renew")).code).to.equal(0);
    const second = await certificate("server.pem");
    expect((await loa("renew", "loa-moi.example.vn")).code).to.equal(0);
    const third = await certificate("server.pem");

    expect(second.subjectAltName).to.equal(first.subjectAltName);
    expect(second.serialNumber).to.not.equal(first.serialNumber);
    expect(second.publicKey.equals(first.publicKey)).to.equal(false);
    expect(third.checkHost("loa-moi.example.vn")).to.equal("loa-moi.example.vn");
    for (const one of [second, third]) expect(one.verify(authority.publicKey)).to.equal(true);
  });

  it("renews with the authority's key from elsewhere, and with no other key", async () => {
    await loa("init", "loa.example.vn");
    await fs.rename(at("authority.key"), join(root, "khoa.key"));
    expect((await loa("renew")).error).to.contain("--authority-key");
    expect((await loa("renew", "--authority-key", join(root, "khoa.key"))).code).to.equal(0);
    await fs.copyFile(at("server.pem"), join(root, "khac.key"));
    const { code, error } = await loa("renew", "--authority-key", join(root, "khac.key"));
    expect(code).to.equal(1);
    expect(error).to.contain("is not that of");
  });

  it("renews what is so broken that the station does not start", async () => {
    await loa("init", "loa.example.vn", "--set");
    await fs.rm(at("server.pem"));
    expect(() => loadStation(station, { env: {} })).to.throw();
    expect((await loa("renew", "loa.example.vn")).code).to.equal(0);
    loadStation(station, { env: {} });
  });

  it("refuses names that cannot be, and says so", async () => {
    for (const name of ["loa example", "-x", "*.example.vn", "a".repeat(254)])
      expect((await loa("init", "--", name)).code, name).to.equal(2);
    expect(await fs.readdir(join(station, "config"))).to.not.include("tls");
  });

  it("shows what the station shows", async () => {
    expect((await loa("show")).code).to.equal(1);
    await loa("init", "loa.example.vn", "--set");
    expect((await loa("show")).out)
      .to.contain("DNS:loa.example.vn")
      .and.contain("SHA-256");
  });
});
