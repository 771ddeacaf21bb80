import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../../src/base/errors.js";
import { openBaseMap } from "../../../src/server/store/index.js";
import { mapFile } from "../../support/map-file.js";

const TILE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3);

describe("the map under the drawing", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-map-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const handIn = async (bytes: Buffer) => {
    const file = join(folder, "handed-in");
    await writeFile(file, bytes);
    return file;
  };
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => "kept",
      (thrown: unknown) => (thrown instanceof Fault ? thrown.reason : String(thrown)),
    );

  it("is kept with what its maker says of it, without markup, and given picture by picture, also after a restart", async () => {
    const maps = await openBaseMap(join(folder, "maps"));
    expect(maps.about()).to.equal(undefined);
    const metadata = { name: "Bản đồ <b>mẫu</b>", attribution: '<a href="x">©  người làm bản đồ mẫu</a>' };
    const about = await maps.keep(await handIn(mapFile({ tiles: [{ id: 0, bytes: TILE }], metadata })));
    expect(about).to.deep.include({
      name: "Bản đồ mẫu",
      attribution: "© người làm bản đồ mẫu",
      minZoom: 0,
      maxZoom: 0,
    });
    expect(about.bounds).to.deep.equal([108, 11, 109, 12]);
    await maps.close();
    const again = await openBaseMap(join(folder, "maps"));
    expect(again.about()).to.deep.equal(about);
    const tile = await again.tile({ zoom: 0, x: 0, y: 0 });
    expect(tile?.media).to.equal("image/png");
    expect([...(tile?.bytes ?? [])]).to.deep.equal([...TILE]);
    expect(await again.tile({ zoom: 1, x: 0, y: 0 })).to.equal(undefined);
    await again.close();
  });

  it("takes the place of the one before, and is removed with its file", async () => {
    const maps = await openBaseMap(join(folder, "maps"));
    await maps.keep(await handIn(mapFile({ tiles: [{ id: 0, bytes: TILE }] })));
    const { sha256 } = await maps.keep(await handIn(mapFile({ tiles: [{ id: 0, bytes: Uint8Array.of(1) }], type: 4 })));
    expect(await readdir(join(folder, "maps"))).to.deep.equal([`${sha256}.pmtiles`]);
    expect((await maps.tile({ zoom: 0, x: 0, y: 0 }))?.media).to.equal("image/webp");
    await maps.remove();
    expect(maps.about()).to.equal(undefined);
    expect(await readdir(join(folder, "maps"))).to.deep.equal([]);
  });

  it("is refused when it is drawn, damaged or something else, and the one before stays", async () => {
    const maps = await openBaseMap(join(folder, "maps"));
    const good = mapFile({ tiles: [{ id: 0, bytes: TILE }] });
    const { sha256 } = await maps.keep(await handIn(good));
    const cases: readonly (readonly [string, Buffer])[] = [
      ["drawn-map", mapFile({ tiles: [{ id: 0, bytes: TILE }], type: 1 })],
      ["no-map", Buffer.from("<html>")],
      ["no-map", good.subarray(0, 100)],
      ["no-map", mapFile({ tiles: [], bounds: [109, 11, 108, 12] })],
      ["no-map", mapFile({ tiles: [], zooms: [0, 25] })],
    ];
    for (const [reason, bytes] of cases) expect(await refusal(maps.keep(await handIn(bytes)))).to.equal(reason);
    expect(maps.about()?.sha256).to.equal(sha256);
    await maps.close();
  });

  it("is refused in words, never with a crash or a large memory, whatever the bytes are", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(126), fc.nat(255)), { maxLength: 12 }), async (changes) => {
        const maps = await openBaseMap(join(folder, "maps"));
        const bytes = mapFile({ tiles: [{ id: 0, bytes: TILE }] });
        for (const [at, value] of changes) bytes[at] = value;
        expect(await refusal(maps.keep(await handIn(bytes)))).to.be.oneOf(["kept", "no-map", "drawn-map"]);
        await maps.close();
      }),
      { seed: 20261130, numRuns: 200 },
    ));
});
