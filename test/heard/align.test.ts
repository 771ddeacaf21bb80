import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { wavFile } from "../../src/base/wav.js";
import { readWav } from "../support/wav.js";
import { AT_THE_MACHINE, whoDid } from "../support/who-did.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const RATE = 48_000;

interface Started {
  readonly pipsAt: string;
  readonly pipsEnd: string;
}
interface Proposed {
  readonly behindMs: number;
  readonly confidence: string;
  readonly outputDelayMs: number;
  readonly words: { readonly vi: string };
}

describe("bringing two loudspeakers into step", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  afterEach(() => house.close());

  /** What a telephone hears from `at` (ms) on: both, the second by a late amplifier and from farther away. */
  async function telephone(at: number, lateMs: number): Promise<Uint8Array> {
    const mixed = new Int16Array(16 * RATE);
    for (const [id, later] of [
      ["loa-a", 0],
      ["loa-b", lateMs],
    ] as const) {
      const { samples } = readWav(house.wavOf(id));
      const { startedAtUs } = JSON.parse(await readFile(`${house.wavOf(id)}.json`, "utf8")) as { startedAtUs: number };
      const first = Math.round((at - later - startedAtUs / 1000) * 48);
      for (let index = 0; index < mixed.length; index++)
        mixed[index] = (mixed[index] ?? 0) + Math.round((samples[first + index] ?? 0) / 2);
    }
    return wavFile(mixed, RATE);
  }
  async function handIn(path: string, wav: Uint8Array): Promise<Proposed> {
    const response = await fetch(`${house.server.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${house.server.token}`, "content-type": "application/octet-stream" },
      body: Buffer.from(wav),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text) as Proposed;
  }
  const trusted = (id: string) =>
    eventually(`${id} to be trusted`, 15_000, async () => {
      const all = await house.call<{ id: string; reported?: { clock: string } }[]>("GET", "/receivers");
      return all.some((one) => one.id === id && one.reported?.clock === "trusted");
    });
  const place = async (id: string) =>
    (await house.call<{ id: string; outputDelayMs: number; aligned?: object }[]>("GET", "/receivers")).find(
      (one) => one.id === id,
    );

  it("sounds pips at both, finds them in a recording, and sets what it proposes once that is confirmed", async () => {
    house = await openHouse();
    await Promise.all([house.addRelay("loa-a"), house.addRelay("loa-b")]);
    await Promise.all(["loa-a", "loa-b"].map(trusted));

    const { pipsAt, pipsEnd } = await house.call<Started>("POST", "/receivers/loa-b/alignment", { reference: "loa-a" });
    await eventually("the pips to be over", 60_000, () => Date.now() > Date.parse(pipsEnd) + 1_000);
    const wav = await telephone(Date.parse(pipsAt) - 1_000, 25.5 + 11.7);
    const proposed = await handIn("/receivers/loa-b/alignment/recording?reference=6&other=10", wav);

    expect(proposed.behindMs).to.be.closeTo(25.5, 2);
    expect(proposed.confidence).to.equal("good");
    expect(proposed.words.vi).to.contain("Chưa thay đổi gì");
    expect((await place("loa-b"))?.outputDelayMs).to.equal(0);
    await house.call("POST", "/receivers/loa-b/alignment/confirmation");
    const after = await place("loa-b");
    expect(after?.outputDelayMs).to.equal(proposed.outputDelayMs);
    expect(after?.aligned).to.include({ reference: "loa-a" });
    const again = await house
      .call("POST", "/receivers/loa-b/alignment/confirmation")
      .catch((thrown: Error) => thrown.message);
    expect(again).to.contain("409");
    for (const kind of ["receiver.alignment-begun", "receiver.alignment-judged", "receiver.aligned"])
      expect(await whoDid(house, kind), kind).to.deep.equal([AT_THE_MACHINE]);
  });

  it("sounds nothing in quiet hours, and not at one that is away", async () => {
    const always = [{ from: "00:00", to: "23:59:59" }];
    house = await openHouse({ policies: [{ area: "da-lat", quiet: always, quietSensitive: always }] });
    await Promise.all([house.addRelay("loa-a"), house.addRelay("loa-b")]);
    await Promise.all(["loa-a", "loa-b"].map(trusted));
    const start = (id: string, reference: string) =>
      house.call("POST", `/receivers/${id}/alignment`, { reference }).catch((thrown: Error) => thrown.message);

    expect(await start("loa-b", "loa-a"))
      .to.contain("403")
      .and.contain("quiet-hours");
    await house.stopRelay("loa-b");
    await eventually("loa-b to be away", 5_000, async () =>
      (await start("loa-a", "loa-b"))?.toString().includes("not-ready"),
    );
    expect(await start("loa-a", "loa-a")).to.contain("same-receiver");
    expect(await start("loa-b", "loa-c")).to.contain("404");
  });

  it("keeps who set a loudspeaker by hand", async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "loa-b", name: "loa-b", area: "phuong", kind: "fixed" });
    await house.call("PATCH", "/receivers/loa-b", { outputDelayMs: -20 }, { "loa-person": "Lan", "if-match": "*" });

    const after = await place("loa-b");
    expect(after?.outputDelayMs).to.equal(-20);
    expect(after?.aligned).to.include({ by: "Lan" }).and.not.have.property("reference");
  });
});
