import { execFile } from "node:child_process";
import { extname } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { makeKey, pemOf, readKey } from "../../../src/server/trust/ed25519.js";

const MODULE = new URL(`../../../src/server/trust/ed25519${extname(import.meta.url)}`, import.meta.url);
/** A station makes one for each stream, in years. */
const KEYS = 8_000;

describe("a signing key", () => {
  it("is the same when it is read again", () => {
    const made = makeKey();
    const { keyId, publicKey } = readKey(pemOf(made));
    expect({ keyId, publicKey }).to.deep.equal({ keyId: made.keyId, publicKey: made.publicKey });
  });

  it("is made again and again without the program coming to a standstill", async function () {
    this.timeout(60_000);
    const text = `import { makeKey } from ${JSON.stringify(MODULE.href)};
      for (let made = 0; made < ${KEYS}; made++) makeKey();
      console.log("made");`;
    const argv = [...process.execArgv, "--input-type=module", "--eval", text];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { timeout: 50_000, killSignal: "SIGKILL" });
    expect(stdout).to.equal("made\n");
  });
});
