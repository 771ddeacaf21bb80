import { expect } from "chai";
import { areaSchema } from "../../../src/domain/area.js";
import { outlinesIn } from "../../../src/domain/geojson.js";
import { MOST_CORNERS, outlineSchema } from "../../../src/domain/outline.js";
import type { ReceiverView } from "../../../src/server/api/views.js";
import { positionIn } from "../../../src/web/panel/loudspeakers/position-in.js";
import { drawingOf, marksOf } from "../../../src/web/panel/map/points.js";
import { unfolded } from "../../../src/web/panel/wall/unfolded.js";

const areasOf = (...fields: object[]) =>
  new Map(fields.map((one) => areaSchema.parse(one)).map((area) => [area.id, area]));
const WARD = { id: "phuong", name: "Phường thử", kind: "ward" };
const receiver = (id: string, fields: object = {}, state = "ok") =>
  ({ id, name: id, area: "phuong", condition: { state, troubles: [] }, ...fields }) as unknown as ReceiverView;
const AT = { position: { latitude: 11.94, longitude: 108.45 } };

describe("the drawing of loudspeakers", () => {
  it("puts each where it stands, or by its area, and names those of which nobody knows", () => {
    const areas = areasOf({ ...WARD, latitude: 11.9, longitude: 108.4 }, { id: "xa", name: "Xã thử", kind: "ward" });
    const own = receiver("rieng", AT);
    const [first, second] = [receiver("chung-1"), receiver("chung-2")];
    const { placed, unplaced, isSchematic } = drawingOf([own, first, second, receiver("lac", { area: "xa" })], areas);

    expect(isSchematic).to.equal(false);
    expect(placed.map(({ receiver: { id } }) => id)).to.deep.equal(["rieng", "chung-1", "chung-2"]);
    expect(placed[0]?.at).to.deep.equal([11.94, 108.45]);
    expect(placed[1]?.at).to.deep.equal([11.9, 108.4]);
    expect(placed[2]?.at, "beside the other").to.not.deep.equal([11.9, 108.4]);
    expect(unplaced.map(({ id }) => id)).to.deep.equal(["lac"]);
  });

  it("sets wards side by side while nothing has coordinates, no two loudspeakers on one another", () => {
    const areas = areasOf(WARD, { id: "xa", name: "Xã thử", kind: "ward" });
    const all = Array.from({ length: 40 }, (_, index) => receiver(`l${index}`, { area: index % 2 ? "xa" : "phuong" }));
    const { placed, isSchematic } = drawingOf(all, areas);

    expect(isSchematic).to.equal(true);
    expect(new Set(placed.map(({ at }) => at.map((one) => one.toFixed(6)).join())).size).to.equal(40);
  });

  it("gathers what is close into a mark as bad as the worst in it, and parts it when looked at closely", () => {
    const near = { position: { latitude: 11.9401, longitude: 108.4501 } };
    const far = { position: { latitude: 12.5, longitude: 109 } };
    const { placed } = drawingOf(
      [receiver("a", AT), receiver("b", near, "fault"), receiver("c", far, "disabled")],
      areasOf(WARD),
    );

    expect(marksOf(placed, 0.01).map(({ worst, receivers }) => [worst, receivers.length])).to.deep.equal([
      ["fault", 2],
      ["disabled", 1],
    ]);
    expect(marksOf(placed, 0)).to.have.length(3);
  });

  it("understands coordinates as they are pasted, and nothing else", () => {
    expect(positionIn(" 11.9404, 108.4583 ")).to.deep.equal({ latitude: 11.9404, longitude: 108.4583 });
    expect(positionIn("11.9404 108.4583")).to.deep.equal({ latitude: 11.9404, longitude: 108.4583 });
    for (const odd of ["", "108.4583, 11", "91, 10", "chợ", "11,94 108,45 1"])
      expect(positionIn(odd), odd).to.equal(undefined);
  });
});

describe("outlines from a file", () => {
  const ring = (count: number) =>
    [...Array(count).keys(), 0].map((step) => {
      const angle = (step / count) * 2 * Math.PI;
      return [108.4 + Math.cos(angle) / 50, 11.9 + Math.sin(angle) / 50];
    });
  const file = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features });
  const feature = (name: string, corners: unknown) => ({
    type: "Feature",
    properties: { ten: name },
    geometry: { type: "Polygon", coordinates: [corners] },
  });

  it("belong to the area of that name, however the name is written, and others are named", () => {
    const { outlines, strange } = outlinesIn(file(feature("P. THỬ", ring(6)), feature("Phường lạ", ring(6))), [
      areaSchema.parse(WARD),
    ]);
    expect(outlines.map(({ area, rings }) => [area, rings[0]?.length])).to.deep.equal([["phuong", 6]]);
    expect(strange).to.deep.equal(["Phường lạ"]);
  });

  it("are made as coarse as the station keeps them, and keep their shape", () => {
    const { outlines } = outlinesIn(file(feature("Phường thử", ring(20_000))), [areaSchema.parse(WARD)]);
    const corners = outlines[0]?.rings[0] ?? [];
    expect(corners.length).to.be.within(20, MOST_CORNERS);
    expect(outlineSchema.parse(outlines[0])).to.deep.equal(outlines[0]);
    const east = Math.max(...corners.map(([longitude]) => longitude));
    expect(east).to.be.closeTo(108.42, 0.0005);
  });

  it("are refused by what the file is, without breaking on anything in it", () => {
    const area = [areaSchema.parse(WARD)];
    expect(() => outlinesIn("không", area)).to.throw("no-json");
    expect(() => outlinesIn('{"type":"Topology"}', area)).to.throw("no-geojson");
    const odd = {
      type: "Feature",
      properties: { ten: "Phường thử" },
      geometry: { type: "Point", coordinates: [1, 2] },
    };
    expect(
      outlinesIn(
        file(
          odd,
          feature("Phường thử", [
            [1000, 0],
            [1, 1],
            [2, 2],
            [1000, 0],
          ]),
        ),
        area,
      ).outlines,
    ).to.deep.equal([]);
  });
});

describe("the duty-room screen", () => {
  it("names the loudspeakers that need somebody, as many as there is room for", () => {
    const receivers = [
      ...["a", "b", "c"].map((id) => receiver(id, {}, "fault")),
      receiver("d", {}, "silenced"),
      receiver("e"),
      receiver("f", {}, "disabled"),
    ];
    const { shown, more } = unfolded({ receivers }, 2);
    expect([shown.map(({ id }) => id), more]).to.deep.equal([["a", "b"], 2]);
    expect(unfolded({ receivers: [receiver("e")] }, 2)).to.deep.equal({ shown: [], more: 0 });
  });
});
