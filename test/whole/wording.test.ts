import { expect } from "chai";
import type { Found } from "../../src/domain/finding.js";
import { eventually, LEADER, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Findings {
  readonly findings: readonly Found[];
}
const bySeverity = ({ findings }: Findings) => findings.map(({ check, severity }) => `${check} ${severity}`);

const STATION = {
  language: { parts: { recipients: "keep", signature: "cut" } },
  checks: {
    severities: { stigma: "gate", "privacy.name": "off", "tone.panic": "note" },
    moods: { "chao-co": "good", "gia-ca": "grave" },
    leastGood: 0.5,
  },
};

describe("the wording of a station's announcements", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse({ config: STATION });
  });
  afterEach(() => house.close());
  const check = (text: string, more: object = {}) => house.call<Findings>("POST", "/checks", { text, ...more });

  it("keeps and cuts the parts of an office paper that the station says", async () => {
    const text =
      "THÔNG BÁO\nTổ trưởng họp lúc 7 giờ.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu";

    const { spoken } = await house.call<{ spoken: string }>("POST", "/normalize", { text });

    expect(spoken).to.include("Nơi nhận").and.not.include("Chủ tịch");
  });

  it("weighs findings as the station says, and leaves its gates alone", async () => {
    expect(bySeverity(await check("Chị Lê Thị Thử trúng xe. Bà con tránh xa gia đình có người nhiễm."))).to.include(
      "stigma gate",
    );
    expect(bySeverity(await check("Chị Lê Thị Thử trúng xe."))).to.deep.equal([]);
    expect(bySeverity(await check("Dịch lây lan chóng mặt."))).to.deep.equal(["tone.panic note"]);
    expect(bySeverity(await check("Bệnh nhân là chị Lê Thị Thử."))).to.deep.equal(["privacy.name gate"]);
  });

  it("holds an approval back for what the station made a gate, until somebody has decided", async () => {
    const refused = await house.announce("ky-thi", "Bà con tránh xa gia đình có người nhiễm.").then(
      () => "approved",
      (error: Error) => error.message,
    );
    expect(refused).to.include("403").and.include("gates");

    const { findings } = await house.call<Findings>("GET", "/announcements/ky-thi/reading");
    for (const { id } of findings)
      await house.call("POST", "/announcements/ky-thi/decisions", { finding: id, reason: "trích để phê phán" }, LEADER);
    const { version } = await house.call<{ version: string }>("GET", "/announcements/ky-thi");
    const { approved } = await house.call<{ approved: boolean }>(
      "POST",
      "/announcements/ky-thi/approval",
      { version },
      LEADER,
    );

    expect(approved).to.equal(true);
  });

  it("says which texts were heard at the loudspeakers within a day, and which days have gone by", async () => {
    const text = "Kính mời bà con tổ dân phố năm đến nhà văn hóa lúc bảy giờ tối mai để bàn việc làm đường.";
    await house.addRelay("loa-1");
    await house.announce("hop", text);
    await house.call("POST", "/play", {
      content: { kind: "announcement", announcement: "hop" },
      targets: { areas: ["phuong"] },
    });

    const again = await eventually("the text to be on air", 10_000, async () => {
      const found = bySeverity(await check(`${text} Xin cảm ơn.`));
      return found.length > 0 && found;
    });
    expect(again).to.deep.equal(["repeated warning"]);
    const heardBy = ({ findings }: Findings) => findings.map(({ heard }) => heard?.title);
    expect(heardBy(await check(`${text} Xin cảm ơn.`))).to.deep.equal(["hop"]);
    // What is kept with an announcement is read in every ward that hears it.
    const copy = { id: "hop-lai", title: "Họp", class: "ordinary", topic: "khac", text: `${text} Xin cảm ơn.` };
    const kept = await house.call<Findings>("POST", "/announcements", copy);
    expect([bySeverity(kept), heardBy(kept)]).to.deep.equal([["repeated warning"], [undefined]]);
    expect(heardBy(await house.call<Findings>("GET", "/announcements/hop-lai/reading"))).to.deep.equal(["hop"]);
    expect(bySeverity(await check(text, { class: "emergency" }))).to.deep.equal([]);
    expect(bySeverity(await house.call<Findings>("GET", "/announcements/hop/reading"))).to.deep.equal([]);
    expect(bySeverity(await check("Hạn nộp hồ sơ là ngày 20/11/2020."))).to.deep.equal(["date.expired warning"]);
    expect(bySeverity(await check("Cúp điện ngày 31/11."))).to.deep.equal(["date.impossible warning"]);
  });

  it("says of a playlist whether it holds enough good news: before, when and after it is kept, and to its schedule", async () => {
    for (const [id, topic] of Object.entries({ mot: "gia-ca", hai: "gia-ca", ba: "khac", bon: "chao-co" }))
      await house.call("POST", "/announcements", { id, title: id, class: "ordinary", topic, text: "Xin chào." });
    const playlist = (...ids: string[]) => ({
      ...{ id: "sang", title: "Buổi sáng" },
      items: ids.map((announcement) => ({ kind: "announcement", announcement })),
    });
    const grave = playlist("mot", "hai", "ba");

    const before = await house.call<Findings>("POST", "/playlist-reviews", grave);
    const saved = await house.call<Findings & { title: string }>("PUT", "/playlists/sang", grave);
    const kept = await house.call<Findings>("GET", "/playlists/sang/review");
    const { remarks } = await house.call<{ remarks: { vi: string }[] }>("POST", "/schedule-reviews", {
      ...{ id: "s", title: "Sáng", class: "ordinary", playlist: "sang", targets: { areas: ["phuong"] } },
      ...{ start: "2026-11-23", at: ["06:00"] },
    });
    const back = await house.call<Findings>("PUT", "/playlists/sang", saved, { "if-match": "*" });
    const better = await house.call<Findings>("POST", "/playlist-reviews", playlist("mot", "bon", "bon", "ba"));

    for (const told of [before, saved, kept, back])
      expect(bySeverity(told)).to.deep.equal(["playlist.positive-share warning"]);
    expect(saved.title).to.equal("Buổi sáng");
    expect(remarks.map(({ vi }) => vi)).to.include("Buổi phát có 3 bản tin: 2 cảnh báo, 0 tin tích cực.");
    expect(better.findings).to.deep.equal([]);
    expect(await house.call("GET", "/playlists/sang")).to.not.have.property("findings");
  });
});
