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

const PROGRAM = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));

describe("loa serve", () => {
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
