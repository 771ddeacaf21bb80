import { expect } from "chai";
import { mapFile } from "../support/map-file.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

/** A picture of one point. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const MAP = mapFile({
  tiles: [{ id: 0, bytes: PICTURE }],
  bounds: [108, 11, 109, 12],
  metadata: { name: "Bản đồ mẫu", attribution: "© người làm bản đồ mẫu" },
});

describe("the map under the drawing of loudspeakers, in the panel", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let page: Visitor;
  before(async () => {
    house = await openHouse();
    const position = { latitude: 11.94, longitude: 108.44 };
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed", position });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel("Tệp PMTiles").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  const kept = () => askAs<{ baseMap?: { name: string } }>(page, house, "GET", "/base-map");

  it("is refused in words when it is no map, and nothing is kept", async () => {
    await page.goto("/map");
    await page.getByText("Bản đồ nền", { exact: true }).click();
    await choose("la.pmtiles", Buffer.from("no map"));
    await page.getByRole("button", { name: "Nhập bản đồ nền" }).click();
    await page.getByText(/Tệp không phải bản đồ PMTiles/).waitFor();
    expect(await kept()).to.deep.equal({});
  });

  it("is brought in, seen below the marks with the name of its maker, and removed again", async () => {
    await choose("mau.pmtiles", MAP);
    await page.getByRole("button", { name: "Nhập bản đồ nền" }).click();
    await page.getByText("Đã nhập bản đồ nền.").waitFor();
    await page.getByText(/^Đang dùng: Bản đồ mẫu/).waitFor();
    await page.getByText("© người làm bản đồ mẫu").waitFor();
    await page.locator(".map img.leaflet-tile-loaded").first().waitFor();
    // A picture that could not be read has no width.
    expect(await page.locator(".map img.leaflet-tile-loaded").first().getAttribute("src")).to.match(/\/0\/0\/0$/);
    await page.locator(".map .mark").waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Bỏ bản đồ nền" }).click();
    await page.getByText("© người làm bản đồ mẫu").waitFor({ state: "detached" });
    expect(await kept()).to.deep.equal({});
    expect(await page.locator(".map img.leaflet-tile").count()).to.equal(0);
  });
});
