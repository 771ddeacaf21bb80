import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { atTheMachine, startApi, TOKEN } from "../server/api/start-api.js";
import { run } from "./run.js";

describe("loa device align", () => {
  async function start() {
    const folder = await mkdtemp(join(tmpdir(), "loa-cli-"));
    const station = join(folder, "dai");
    await initStation(station);
    await writeFile(join(station, "config", "token"), `${TOKEN}\n`);
    const api = await startApi();
    const recording = join(folder, "ghi.m4a");
    await writeFile(recording, "sound");
    const loa = (...argv: string[]) => run(["device", "align", ...argv, "--station", station, "--server", api.url]);
    const close = async () => {
      await api.close();
      await rm(folder, { recursive: true });
    };
    return { api, close, loa, recording };
  }

  it("orders the pips and says what to do with the telephone and what to run then", async () => {
    const { api, close, loa } = await start();
    const { code, out } = await loa("loa-2", "loa-1");

    expect(code).to.equal(0);
    expect(out).to.contain("Hãy ghi âm.").and.contain("--recording");
    expect(api.calls).to.deep.equal([["startAlignment", "loa-1", "loa-2", atTheMachine("thu")]]);
    await close();
  });

  it("hands in a recording with the distances, shows what is proposed, and sets nothing by itself", async () => {
    const { api, close, loa, recording } = await start();
    const { code, out } = await loa(
      "loa-2",
      "loa-1",
      "--recording",
      recording,
      "--metres-a",
      "6.5",
      "--metres-b",
      "10",
    );

    expect(code).to.equal(0);
    expect(out).to.contain("25,5 ms").and.contain("Chưa thay đổi gì").and.contain("--confirm");
    const [verb, id, handed] = api.calls[0] as [string, string, { metres: object; upload: { bytes: number } }];
    expect([verb, id, handed.metres, handed.upload.bytes]).to.deep.equal([
      "judgeAlignment",
      "loa-1",
      { reference: 6.5, other: 10 },
      5,
    ]);
    expect(api.calls).to.have.length(1);
    await close();
  });

  it("sets it when that is confirmed", async () => {
    const { api, close, loa } = await start();
    const { code, out } = await loa("loa-2", "loa-1", "--confirm");

    expect(code).to.equal(0);
    expect(out).to.contain("Đã áp dụng cho loa-1");
    expect(api.calls).to.deep.equal([["confirmAlignment", "loa-1", atTheMachine("thu")]]);
    await close();
  });

  it("takes no metres that are none, no recording that is not there, and no single loudspeaker", async () => {
    const { api, close, loa, recording } = await start();
    const metres = await loa("loa-2", "loa-1", "--recording", recording, "--metres-a", "xa");
    const nowhere = await loa("loa-2", "loa-1", "--recording", `${recording}.khong-co`);
    const single = await loa("loa-2");

    expect([metres.code, nowhere.code, single.code]).to.deep.equal([2, 1, 2]);
    expect(metres.error).to.contain("--metres-a");
    expect(api.calls).to.deep.equal([]);
    await close();
  });
});
