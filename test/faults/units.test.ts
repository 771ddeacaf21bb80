import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";

const UNITS = ["src/server/loa.service", "src/server/loa-signer.service", "src/relay/loa-relay.service"];

/** Asks the program of systemd, which the other tests do without. */
describe("the units", () => {
  for (const unit of UNITS) {
    it(`${basename(unit)} is one that systemd understands`, () => {
      const folder = mkdtempSync(join(tmpdir(), "loa-unit-"));
      try {
        const path = join(folder, basename(unit));
        // Whoever runs the tests has neither the users nor the program.
        const text = readFileSync(unit, "utf8")
          .replaceAll(/^(?:User|Group|Wants|After|Requires|EnvironmentFile)=.*\n/gm, "")
          .replace("/usr/bin/env loa", "/bin/true");
        writeFileSync(path, text);
        const { status, stderr, error } = spawnSync("systemd-analyze", ["verify", path], { encoding: "utf8" });
        expect(error, "systemd-analyze").to.equal(undefined);
        expect(stderr.split("\n").filter((line) => line.includes(basename(unit)))).to.deep.equal([]);
        expect(status).to.equal(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
