import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { initStation } from "../../src/cli/init.js";
import { startFakeServer, until } from "../relay/fake-server.js";
import { atTheMachine, startApi, TOKEN } from "../server/api/start-api.js";
import { FakeClock } from "../support/fake-clock.js";
import { run } from "./run.js";

const WORDS = ["đèn dầu", "quạt nan", "gác chuông", "thang gấp", "ống nhòm", "khăn len"];

describe("loa device, about keys", () => {
  async function start() {
    const folder = await mkdtemp(join(tmpdir(), "loa-cli-"));
    const station = join(folder, "dai");
    await initStation(station);
    await writeFile(join(station, "config", "token"), `${TOKEN}\n`);
    const api = await startApi();
    const loa = (...argv: string[]) => run([...argv, "--station", station, "--server", api.url]);
    const close = async () => {
      await api.close();
      await rm(folder, { recursive: true });
    };
    return { api, close, loa };
  }

  it("shows which devices wait, with their words and age, and which places are in quarantine", async () => {
    const { api, close, loa } = await start();
    const none = await loa("device");
    const [receiver] = api.control.receivers();
    const pairedAt = new Date(new FakeClock().date() - 3 * 60_000).toISOString();
    const waiting = { key: "0011223344556677", pairedAt, name: "raspberrypi", words: WORDS };
    if (receiver) api.control.receivers = () => [{ ...receiver, waiting, quarantined: { since: pairedAt } }];
    const shown = await loa("device");

    expect(none.out).to.contain("Không có thiết bị nào chờ");
    expect(shown.out).to.contain(WORDS.join(" · ")).and.contain("3 phút trước").and.contain("raspberrypi");
    expect(shown.out).to.contain("CÁCH LY");
    await close();
  });

  it("confirms by the words that a person saw, however they are cut, and never without any", async () => {
    const { api, close, loa } = await start();
    const confirmed = await loa("device", "confirm", "loa-1", "đèn", "dầu", "quạt nan");
    const pasted = await loa("device", "confirm", "loa-1", WORDS.join(" · "));
    const bare = await loa("device", "confirm", "loa-1");

    expect([confirmed.code, pasted.code, bare.code]).to.deep.equal([0, 0, 2]);
    expect(api.calls).to.deep.equal([
      ["confirmDevice", "loa-1", ["đèn", "dầu", "quạt", "nan"], atTheMachine("thu")],
      ["confirmDevice", "loa-1", WORDS.flatMap((word) => word.split(" ")), atTheMachine("thu")],
    ]);
    await close();
  });

  it("revokes, clears, and gives a code for a replacement", async () => {
    const { api, close, loa } = await start();
    const ran = [];
    for (const verb of ["revoke", "clear", "replace"]) ran.push(await loa("device", verb, "loa-1"));

    expect(ran.map(({ code }) => code)).to.deep.equal([0, 0, 0]);
    expect(ran[2]?.out).to.contain("ABCD2345");
    expect(api.calls.map(([verb]) => verb)).to.deep.equal(["revokeDevice", "clearQuarantine"]);
    await close();
  });
});

describe("loa relay, before it is confirmed", () => {
  it("prints its six words in Vietnamese, and goes on asking until it is stopped", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-relay-"));
    const server = await startFakeServer();
    server.world.refuse = "unconfirmed";
    const stop = new AbortController();
    const argv = ["relay", "--server", server.url, "--state", folder, "--out", "null", "--pair", "code-loa-a"];
    const running = run(argv, { clock: systemClock, signal: stop.signal });
    await until("its first hello", () => server.world.refused > 0);
    stop.abort();
    const { code, out } = await running;

    expect(code).to.equal(0);
    expect(out).to.match(
      /Loa loa-a đang chờ đài xác nhận\. Sáu từ của loa này:\n\n {4}\p{L}+ \p{L}+( · \p{L}+ \p{L}+){5}\n/u,
    );
    expect(out).to.include("khác một từ thì đừng");
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
});
