import { expect } from "chai";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const AREAS_LIVED_IN = { "if-match": "*" };

describe("the page for residents", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  before(async () => {
    house = await openHouse({
      config: { public: { enabled: true } },
      policies: [{ area: "da-lat", quiet: [], quietSensitive: [] }],
    });
    await house.announce("tin-chung", "Chiều nay họp tổ dân phố lúc năm giờ.");
    await house.record("tin-sai", tone(2, 550));
    await house.addRelay("cot-1");
  });
  after(() => house.close());

  const visit = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(house.server.url + path, { redirect: "manual", ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const play = (id: string) =>
    house.call("POST", "/play", {
      content: { kind: "announcement", announcement: id },
      targets: { receivers: ["cot-1"] },
    });
  const complain = (fields: object) =>
    visit("/nghe-lai", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: house.server.url },
      body: new URLSearchParams({
        ...{
          pole: "",
          place: "Ngõ 3",
          date: "2026-11-28",
          time: "17:05",
          what: "loa quá to",
          contact: "",
          website: "",
        },
        ...fields,
      }),
    });

  it("is not there until the station wants it", async () => {
    const other = await openHouse();
    try {
      expect(
        (await fetch(`${other.server.url}/nghe-lai`, { headers: { accept: "application/json" } })).status,
      ).to.equal(404);
    } finally {
      await other.close();
    }
  });

  it("shows nothing of places for tests, needs no account, and is cached", async () => {
    await play("tin-chung");
    await eventually("it to be heard", 15_000, async () => {
      const { heard } = await house.call<{ heard: unknown[] }>("GET", "/announcements/tin-chung/hearings");
      return heard.length > 0;
    });
    const { status, headers, text } = await visit("/nghe-lai");
    expect(status).to.equal(200);
    expect(text).to.contain("chưa có bản tin nào").and.not.contain("tin-chung").and.not.contain("<script");
    expect(headers.get("cache-control")).to.equal("public, max-age=30");
    expect(headers.get("content-security-policy")).to.contain("default-src 'none'");
  });

  it("shows what was heard where people live, its sound and no other, and nothing that was recalled or erased", async () => {
    await house
      .call("PUT", "/settings/areas/da-lat", { name: "Đà Lạt", kind: "province" }, AREAS_LIVED_IN)
      .catch(String);
    await house.call(
      "PUT",
      "/settings/policies/da-lat",
      { quiet: [{ from: "03:00", to: "03:01" }], quietSensitive: [] },
      AREAS_LIVED_IN,
    );
    await house.call("PUT", "/settings/areas/da-lat", { name: "Đà Lạt", kind: "province" }, AREAS_LIVED_IN);
    await house.restartServer();
    const { text } = await visit("/nghe-lai?noi=phuong");
    expect(text).to.contain("tin-chung").and.contain("■ Thông thường").and.contain("họp tổ dân phố");
    expect((await visit("/nghe-lai?noi=phuong-2")).text).to.not.contain("tin-chung");
    const [, clip = ""] = /am-thanh\/([0-9a-f]{64})/.exec(text) ?? [];
    const sound = await fetch(`${house.server.url}/nghe-lai/am-thanh/${clip}`);
    expect([sound.status, sound.headers.get("content-type")]).to.deep.equal([200, "audio/ogg"]);
    const { clip: other } = await house.call<{ clip: { sha256: string } }>("GET", "/announcements/tin-sai");
    expect((await visit(`/nghe-lai/am-thanh/${other.sha256}`)).status).to.equal(404);

    await house.call("POST", "/announcements/tin-chung/recall");
    await house.restartServer();
    const after = (await visit("/nghe-lai")).text;
    expect(after).to.contain("đã được thu hồi").and.not.contain("am-thanh/").and.not.contain("họp tổ");
    await house.call("POST", "/log/erasures", { of: { announcement: "tin-chung" }, reason: "theo đề nghị" });
    await house.restartServer();
    expect((await visit("/nghe-lai")).text)
      .to.contain("không còn được công bố")
      .and.not.contain("tin-chung");
  });

  it("takes complaints by the number on the pole, a few an hour, and thanks programs without listening", async () => {
    expect((await complain({ contact: "0900 000 000", pole: "C-7" })).text).to.contain("Đã nhận phản ánh");
    expect((await complain({ website: "http://x" })).text).to.contain("Đã nhận phản ánh");
    const odd = await complain({ what: "" });
    expect([odd.status, odd.text.includes('role="alert"')]).to.deep.equal([400, true]);
    for (let index = 0; index < 4; index++) await complain({});
    const late = await complain({});
    expect([late.status, late.headers.get("retry-after") !== null]).to.deep.equal([429, true]);
    const all = await house.call<{ pole?: string; at: string; recordedBy?: string }[]>("GET", "/complaints");
    expect(all).to.have.length(5);
    expect(all.find(({ pole }) => pole === "C-7")?.at).to.equal("2026-11-28T10:05:00.000Z");
  });
});
