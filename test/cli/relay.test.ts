import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FakeClock } from "../support/fake-clock.js";
import { run } from "./run.js";

describe("loa relay", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-relay-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  /** Nothing listens at the discard port. */
  const relay = (...more: string[]) => run(["relay", "--server", "http://127.0.0.1:9", "--state", folder, ...more]);

  it("ends with 77 when it is not paired, so that a supervisor leaves it alone", async () => {
    const { code, error } = await relay("--out", "null");
    expect(code).to.equal(77);
    expect(error).to.include("chưa được ghép");
  });

  it("takes an empty code for none, as a service has it once it is paired", async () => {
    const { code, error } = await relay("--out", "null", "--pair", "");
    expect(code).to.equal(77);
    expect(error).to.include("chưa được ghép");
  });

  it("ends with 2 for an output that it does not know", async () => {
    expect((await relay("--out", "loa-kèn", "--pair", "AAAA-AAAA")).code).to.equal(2);
  });

  it("ends with 77 when what it was paired with cannot be read any more: only a new code helps", async () => {
    await writeFile(join(folder, "credentials.json"), "{");
    const { code, error } = await relay("--out", "null");
    expect(code).to.equal(77);
    expect(error).to.include("ghép lại bằng mã mới");
  });

  it("waits for the network when the station cannot be reached for pairing, says so once, and that the code is still good", async () => {
    const stop = new AbortController();
    const clock = new FakeClock();
    let error = "";
    const running = run(
      ["relay", "--server", "http://127.0.0.1:9", "--state", folder, "--out", "null", "--pair", "AAAA-AAAA"],
      {
        ...{ clock, signal: stop.signal },
        error(text) {
          error += text;
        },
      },
    );
    for (let step = 0; step < 100; step++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.advance(1_000);
    }
    stop.abort();

    expect((await running).code).to.equal(0);
    expect(error.match(/Mã ghép vẫn còn dùng được/g)).to.have.length(1);
    expect(error).to.include("không mở cổng này");
    expect(await readFile(join(folder, "credentials.json"), "utf8").catch(() => "none")).to.equal("none");
  });
});
