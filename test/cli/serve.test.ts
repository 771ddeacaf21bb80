import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { run } from "./run.js";

const PROGRAM = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));

describe("loa serve", () => {
  it("ends with 2 for a flag that cannot be, and with 78 for the same in a variable", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-serve-"));
    const station = join(folder, "dai");
    await initStation(station);

    for (const [flag, value] of [
      ["--port", "99999"],
      ["--port", "tám mươi"],
      ["--zone", "Asia/Da_Lat"],
      ["--host", "0.0.0.0"],
      ["--log-level", "loud"],
    ] as const) {
      const { code, error } = await run(["serve", station, flag, value]);
      expect(code, flag).to.equal(2);
      expect(error).to.contain(`${flag}: `);
    }
    const { code, error } = await run(["serve", station], { env: { LOA_PORT: "99999" } });
    expect(code).to.equal(78);
    expect(error).to.contain("LOA_PORT: ");
    await rm(folder, { recursive: true });
  });

  it("ends with a sentence, and at once, when its port is taken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-serve-"));
    const station = join(folder, "dai");
    await initStation(station);
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    // A test that fails before it closes must not keep the run alive.
    other.unref();
    const { port } = other.address() as AddressInfo;

    const argv = [...process.execArgv, PROGRAM, "serve", station, "--port", String(port)];
    const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(process.execPath, argv, { timeout: 15_000, killSignal: "SIGKILL" }, (error, _out, said) =>
        resolve({ code: error?.killed ? "did not end" : error?.code, said }),
      );
    });

    expect(code).to.equal(1);
    expect(said).to.contain(`Cổng ${port} ở 127.0.0.1 đang có chương trình khác dùng`);
    expect(said).to.not.contain("    at ");
    other.close();
    await rm(folder, { recursive: true });
  });
});
