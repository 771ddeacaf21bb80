import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import type { Found } from "../../../src/domain/finding.js";
import { announcementId, areaId } from "../../../src/domain/ids.js";
import { playlistSchema } from "../../../src/domain/playlist.js";
import { aSchedule, TEMPLATE } from "./fake-control.js";
import { atTheMachine, startApi } from "./start-api.js";

const USE = { id: "mau", version: 3, values: { name: "tổ năm" } };
const BY = atTheMachine();

describe("announcements from templates, over HTTP", () => {
  it("are made from a template in place of a text, and may leave title, class and topic to it", async () => {
    const api = await startApi();

    const answer = await api.ask("POST", "/api/v1/announcements", { body: { template: USE } });

    expect(answer.status).to.equal(202);
    expect(api.calls).to.deep.equal([["createFromTemplate", { template: { ...USE, part: "body" } }, BY]]);
    await api.close();
  });

  it("are filled in again by a change", async () => {
    const api = await startApi();
    const body = { title: "Mới", template: { ...USE, part: "allClear" } };

    const answer = await api.ask("PATCH", "/api/v1/announcements/tiem-chung", { body, headers: { "if-match": "*" } });

    expect(answer.status).to.equal(200);
    expect(api.calls).to.deep.equal([["updateFromTemplate", "tiem-chung", body, { expected: "*", by: BY }]]);
    await api.close();
  });

  it("still need a title, and get class and topic, when they are a text", async () => {
    const api = await startApi();
    const post = (body: object) => api.ask("POST", "/api/v1/announcements", { body });

    expect((await post({ title: "Tin", text: " Xin chào " })).status).to.equal(202);
    const untitled = (await post({ text: "Xin chào" })).json();
    const empty = (await post({ title: "Tin" })).json();

    expect(untitled).to.include({ path: "/title", reason: "wrong-field" });
    expect(empty).to.include({ path: "/text" });
    expect(empty.detail).to.include("còn thiếu");
    const draft = { title: "Tin", class: "ordinary", topic: "khac", text: "Xin chào" };
    expect(api.calls).to.deep.equal([["createFromText", draft, BY]]);
    await api.close();
  });

  it("cannot be both", async () => {
    const api = await startApi();
    const both = { title: "Tin", text: "Xin chào", template: USE };

    const created = await api.ask("POST", "/api/v1/announcements", { body: both });
    const options = { body: both, headers: { "if-match": "*" } };
    const changed = await api.ask("PATCH", "/api/v1/announcements/tiem-chung", options);

    for (const answer of [created, changed]) {
      expect(answer.status).to.equal(400);
      expect(answer.json().path).to.equal("/text");
      expect(answer.json().detail).to.include("một trong hai");
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("refuse a template that is written wrong, with the place", async () => {
    const api = await startApi();
    const pathOf = async (template: object) =>
      (await api.ask("POST", "/api/v1/announcements", { body: { template } })).json().path;

    expect(await pathOf({ ...USE, version: 0 })).to.equal("/template/version");
    expect(await pathOf({ ...USE, part: "correct" })).to.equal("/template/part");
    expect(await pathOf({ ...USE, values: { name: { a: 1 } } })).to.equal("/template/values/name");
    expect(await pathOf({ ...USE, values: { name: "x".repeat(600) } })).to.equal("/template/values/name");
    expect(await pathOf({ ...USE, valeus: {} })).to.equal("/template/valeus");
    await api.close();
  });
});

describe("templates, over HTTP", () => {
  it("are listed with the texts that they have, and told whole one by one", async () => {
    const api = await startApi();

    const list = (await api.ask("GET", "/api/v1/templates")).json();
    const one = (await api.ask("GET", "/api/v1/templates/mau")).json();
    const none = await api.ask("GET", "/api/v1/templates/khac");

    expect(list).to.deep.equal([
      { id: "mau", title: "Mẫu", class: "ordinary", topic: "khac", version: 3, parts: ["body"] },
    ]);
    expect(one).to.deep.equal(JSON.parse(JSON.stringify(TEMPLATE)));
    expect(none.status).to.equal(404);
    await api.close();
  });

  it("show what they say as far as they are filled in", async () => {
    const api = await startApi();

    const answer = await api.ask("POST", "/api/v1/templates/mau/preview", { body: { values: { name: "" } } });

    expect(answer.json().missing).to.deep.equal([{ name: "name", label: { vi: "tên", en: "name" } }]);
    expect(api.calls).to.deep.equal([["previewTemplate", "mau", { part: "body", values: { name: "" } }]]);
    await api.close();
  });
});

describe("looking a wording over, over HTTP", () => {
  it("checks a text that nobody keeps", async () => {
    const api = await startApi();

    const answer = await api.ask("POST", "/api/v1/checks", { body: { text: "Gọi chị.", source: "UBND phường" } });

    expect(answer.json().findings[0]).to.include({ check: "privacy.phone", severity: "gate" });
    const wording = { text: "Gọi chị.", class: "ordinary", topic: "khac", source: "UBND phường" };
    expect(api.calls).to.deep.equal([["check", wording]]);
    await api.close();
  });

  it("takes a decision only with a reason", async () => {
    const api = await startApi();
    const decide = (body: object) => api.ask("POST", "/api/v1/announcements/tiem-chung/decisions", { body });

    expect((await decide({ finding: "x" })).json().path).to.equal("/reason");
    expect((await decide({ finding: "x", reason: "  .  " })).json().path).to.equal("/reason");
    expect((await decide({ finding: "x", reason: " số của trạm " })).status).to.equal(200);
    expect(api.calls).to.deep.equal([
      ["decide", "tiem-chung", { finding: "x", reason: "số của trạm", mayConfirm: true }, BY],
    ]);
    await api.close();
  });

  it("says of whoever decides whether they may confirm figures: the health office may, a leader may not", async () => {
    const api = await startApi();
    await api.people.first();
    const mayConfirm = async (role: "health-office" | "ward-leader") => {
      const { secret } = await api.people.person(role, [{ role }]);
      const body = { finding: "x", reason: "số của trạm" };
      expect((await api.askAs(secret, "POST", "/api/v1/announcements/tiem-chung/decisions", { body })).status).to.equal(
        200,
      );
      const [, , decision] = api.calls.at(-1) ?? [];
      return (decision as { mayConfirm: boolean }).mayConfirm;
    };

    expect([await mayConfirm("health-office"), await mayConfirm("ward-leader")]).to.deep.equal([true, false]);
    await api.close();
  });

  it("tells why an approval is refused as a reason that programs can act on", async () => {
    const api = await startApi();
    api.control.approve = async () => {
      throw new Fault(
        "forbidden",
        { vi: "Chưa biết đọc: «K»", en: "No reading for: «K»" },
        { reason: "unknown-words" },
      );
    };

    const answer = await api.ask("POST", "/api/v1/announcements/tiem-chung/approval", { body: { version: "v1" } });

    expect(answer.status).to.equal(403);
    expect(answer.json()).to.include({ type: "urn:loa-phuong:unknown-words", reason: "unknown-words" });
    await api.close();
  });
});

describe("what is said about a text that was heard within a day", () => {
  it("names what was heard to those who see it, and to nobody else", async () => {
    const api = await startApi();
    const as = { expected: "*", by: { name: "thử" } };
    const items = [{ kind: "announcement", announcement: "tiem-chung" }];
    await api.control.putPlaylist(playlistSchema.parse({ id: "buoi-sang", title: "Buổi sáng", items }), as);
    await api.control.putSchedule(aSchedule(), as);
    const found: Found = {
      ...{ id: "repeated-0123456789ab", check: "repeated", severity: "warning", start: 0, end: 0, found: "" },
      ...{ words: { vi: "đã nghe", en: "heard" }, suggestion: { vi: "giãn ra", en: "space out" }, decision: false },
      heard: { announcement: announcementId("tiem-chung"), title: "Tiêm chủng ở Xuân Hương" },
    };
    api.control.check = () => ({ findings: [found], unknown: [], seconds: 1 });
    const preview = api.control.previewTemplate;
    api.control.previewTemplate = (...asked) => ({ ...preview(...asked), findings: [found] });
    const doors = [
      ["/checks", { text: "lời" }],
      ["/templates/mau/preview", { part: "body", values: {} }],
    ] as const;
    const seen = await Promise.all(
      ["xuan-huong", "cam-ly", "tinh"].map(async (area) => {
        const { secret } = await api.people.person(area, [{ role: "ward-operator", area: areaId(area) }]);
        const asked = doors.map(([path, body]) => api.askAs(secret, "POST", `/api/v1${path}`, { body }));
        return (await Promise.all(asked)).map((answer) => answer.json().findings[0].heard?.title);
      }),
    );
    const title = found.heard?.title;
    expect(seen).to.deep.equal([
      [title, title],
      [undefined, undefined],
      [title, title],
    ]);
    await api.close();
  });
});
