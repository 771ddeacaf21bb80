import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { until } from "../relay/fake-server.js";

/** As the units install it: the signer and the server are two users of the machine. */
describe("a signer with a user of its own", function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loa-users-"));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it("keeps the key from the server's user, and signs for that user's group alone", async () => {
    expect(process.getuid?.(), "other users can only be tried out by root").to.equal(0);
    const [signerUser, serverUser, group, stranger] = [64_001, 64_002, 64_003, 64_004];
    const station = join(root, "station");
    await initStation(station);
    await chmod(root, 0o755);
    const keys = join(root, "keys");
    const door = join(root, "door");
    for (const folder of [keys, door]) {
      await mkdir(folder, { mode: folder === keys ? 0o700 : 0o750 });
      await chown(folder, signerUser, group);
    }
    const path = join(door, "signer.sock");
    const program = join(process.cwd(), "dist/src/cli/loa.js");
    const child: ChildProcess = spawn(
      process.execPath,
      [program, "signer", station, "--keys", keys, "--socket", path],
      {
        ...{ uid: signerUser, gid: group, cwd: "/", stdio: ["ignore", "pipe", "ignore"] },
      },
    );
    let said = "";
    child.stdout?.on("data", (text) => {
      said += text;
    });
    await until("the signer", () => said.includes(path), 15_000);
    const script = join(root, "try.mjs");
    await writeFile(
      script,
      `import { readdirSync } from "node:fs";
       import { connect } from "node:net";
       const words = [];
       try { readdirSync(${JSON.stringify(keys)}); words.push("read"); } catch (e) { words.push(e.code); }
       const socket = connect(${JSON.stringify(path)});
       socket.on("error", (e) => { console.log([...words, e.code].join(" ")); });
       socket.on("connect", () => socket.write('{"id":0,"task":{"kind":"open"}}\\n'));
       socket.on("data", (text) => { console.log([...words, JSON.parse(text).kind].join(" ")); socket.destroy(); });`,
    );
    const tryAs = async (uid: number, gid: number) => {
      // As systemd does it: no other groups. Node keeps those of root otherwise.
      const { stdout } = await promisify(execFile)("setpriv", [
        ...[`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", process.execPath, script],
      ]);
      return stdout.trim();
    };
    expect(await tryAs(serverUser, group)).to.equal("EACCES standing");
    expect(await tryAs(stranger, stranger)).to.equal("EACCES EACCES");
    child.kill("SIGTERM");
    await once(child, "exit");
  });
});
