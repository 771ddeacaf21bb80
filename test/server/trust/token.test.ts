import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { stationSecrets } from "../../../src/server/trust/secrets.js";
import { createPairingCode, stationToken } from "../../../src/server/trust/token.js";
import { FakeClock } from "../../support/fake-clock.js";

describe("station token", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "token");
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  it("is made once, of 32 random bytes, in a file for its owner alone", async () => {
    const token = stationToken(path);
    expect(Buffer.from(token, "base64url")).to.have.length(32);
    expect((await fs.stat(path)).mode & 0o777).to.equal(0o600);
    expect(stationToken(path)).to.equal(token);
    expect(await fs.readFile(path, "utf8")).to.equal(`${token}\n`);
  });

  it("differs from station to station", () => {
    expect(stationToken(path)).not.to.equal(stationToken(join(folder, "other")));
  });

  it("is made anew when the disk has damaged it, and what was found is kept", async () => {
    for (const damaged of ["", "\0".repeat(44), stationToken(path).replace(/.{9}$/, "\0".repeat(9))]) {
      await fs.writeFile(path, damaged);
      const kept: string[] = [];
      const token = stationToken(path, (where) => kept.push(where));
      expect(kept).to.deep.equal([`${path}.bad`]);
      expect(await fs.readFile(`${path}.bad`, "utf8")).to.equal(damaged);
      expect(stationToken(path, (where) => kept.push(where))).to.equal(token);
      expect(kept).to.have.length(1);
    }
  });

  it("is refused when the file holds something else, such as a password of somebody's own", async () => {
    await fs.writeFile(path, "123456\n");
    expect(() => stationToken(path)).to.throw(Fault, "cannot be read");
  });
});

describe("pairing codes", () => {
  const clock = new FakeClock();
  const secrets = stationSecrets({ now: () => clock.date() });

  it("have eight letters that nobody confuses, and are good for ten minutes", () => {
    const { code, codeHash, expiresAt } = secrets.newCode();
    expect(code).to.match(/^[ACDEFGHJKMNPQRTUVWXY34679]{4}-[ACDEFGHJKMNPQRTUVWXY34679]{4}$/);
    expect(expiresAt - clock.date()).to.equal(600_000);
    expect(secrets.hashOf(code)).to.equal(codeHash);
  });

  it("are known however they are typed", () => {
    const { code, codeHash } = secrets.newCode();
    for (const typed of [code.toLowerCase(), code.replace("-", ""), ` ${code.replace("-", " ")} `])
      expect(secrets.hashOf(typed)).to.equal(codeHash);
  });

  it("do not repeat", () => {
    expect(new Set(Array.from({ length: 2000 }, createPairingCode)).size).to.equal(2000);
  });
});
