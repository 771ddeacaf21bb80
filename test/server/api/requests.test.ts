import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { atTheMachine, startApi } from "./start-api.js";

const PLAYLIST = { id: "sang", title: "Buổi sáng", items: [{ kind: "pause", ms: 10 }] };

describe("requests to the API", () => {
  it("names a wrong field by its pointer, with what is allowed and what was probably meant", async () => {
    const api = await startApi();
    const body = { content: { kind: "announcement", announcement: "tin" }, targets: {}, class: "emergancy" };

    const answer = await api.ask("POST", "/api/v1/play", { body });

    expect(answer.status).to.equal(400);
    expect(answer.json()).to.include({ path: "/class", reason: "wrong-field" });
    expect(answer.json().detail).to.contain("emergency").and.to.contain("Không có gì được lưu");
    await api.close();
  });

  it("says in words what an address may look like, with an example and no pattern", async () => {
    const api = await startApi();

    const { detail, en } = (await api.ask("GET", "/api/v1/log?occurrence=x")).json();

    expect(detail)
      .to.contain("phải là mã một lượt phát")
      .and.to.contain("@20261123t053000z")
      .and.not.match(/[\^$\\]/);
    expect(en.detail)
      .to.contain("the id of an occurrence")
      .and.not.match(/[\^$\\]/);
    await api.close();
  });

  it("names fields deep in lists and unions", async () => {
    const api = await startApi();
    const put = async (items: unknown[]) =>
      (await api.ask("PUT", "/api/v1/playlists/sang", { body: { ...PLAYLIST, items } })).json();

    expect((await put([{ kind: "pause" }])).path).to.equal("/items/0/ms");
    expect((await put([{ kind: "pause", ms: 1 }, { kind: "song" }])).path).to.equal("/items/1/kind");
    expect((await put([{ kind: "pause", ms: 1, "a/b": 2 }])).path).to.equal("/items/0/a~1b");
    await api.close();
  });

  it("refuses wrong queries, addresses, JSON and content types with their own status", async () => {
    const api = await startApi();
    const status = async (...args: Parameters<typeof api.ask>) => (await api.ask(...args)).status;
    const asText = { "content-type": "text/plain" };

    expect(await status("GET", "/api/v1/rundown?days=99")).to.equal(400);
    expect(await status("GET", "/api/v1/rundown?days=1&days=2")).to.equal(400);
    expect(await status("GET", "/api/v1/rundown?dayz=1")).to.equal(400);
    expect(await status("GET", "/api/v1/playlists/..%2f..%2fetc")).to.equal(400);
    expect(await status("GET", "/api/v1/playlists/%E0%A4%A")).to.equal(400);
    expect(await status("POST", "/api/v1/stop", { body: "{" })).to.equal(400);
    expect(await status("POST", "/api/v1/stop", { body: "[".repeat(100_000) })).to.equal(400);
    expect(await status("POST", "/api/v1/stop", { body: "null" })).to.equal(400);
    expect(await status("POST", "/api/v1/stop", { body: "{}", headers: asText })).to.equal(415);
    expect(await status("POST", "/api/v1/normalize", { body: { text: "a".repeat(300_000) } })).to.equal(413);
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("takes a stop without any body for a stop of everything", async () => {
    const api = await startApi();

    expect((await api.ask("POST", "/api/v1/stop")).status).to.equal(202);
    expect(api.calls).to.deep.equal([["stop", { kind: "all" }, atTheMachine()]]);
    await api.close();
  });

  it("does not take blanks for the name of who confirms an emergency", async () => {
    const api = await startApi();
    const content = { kind: "announcement", announcement: "tin" };
    const body = { content, targets: { areas: ["phuong"] }, class: "emergency", confirmedBy: "  " };

    const answer = await api.ask("POST", "/api/v1/play", { body });

    expect(answer.status).to.equal(400);
    expect(answer.json().path).to.equal("/confirmedBy");
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("passes on who acts, by name with Vietnamese letters", async () => {
    const api = await startApi();
    const stopAs = (person: string) => api.ask("POST", "/api/v1/stop", { body: {}, headers: { "loa-person": person } });

    await stopAs(encodeURIComponent("Nguyễn Thị Hoà"));
    await api.ask("POST", "/api/v1/stop", { body: {} });
    const wrong = await stopAs("%00");

    expect(api.calls).to.deep.equal([
      ["stop", { kind: "all" }, atTheMachine("Nguyễn Thị Hoà")],
      ["stop", { kind: "all" }, atTheMachine()],
    ]);
    expect(wrong.status).to.equal(400);
    expect((await stopAs("%E0%A4%A")).status).to.equal(400);
    await api.close();
  });

  it("shows both sides when a thing has changed since it was read", async () => {
    const api = await startApi();
    const put = (title: string, match?: string) =>
      api.ask("PUT", "/api/v1/playlists/sang", {
        body: { ...PLAYLIST, title },
        headers: match === undefined ? {} : { "if-match": match },
      });

    const made = await put("một");
    const etag = made.headers.get("etag") ?? "";
    const changed = await put("hai", etag);
    const late = await put("ba", etag);
    const again = await put("bốn");

    expect([made.status, changed.status, late.status, again.status]).to.deep.equal([200, 200, 409, 409]);
    expect(late.json().current.title).to.equal("hai");
    expect(`"${late.json().currentRevision}"`).to.equal(changed.headers.get("etag"));
    expect(late.json().yours.title).to.equal("ba");
    expect((await put("năm", "*")).status).to.equal(200);
    await api.close();
  });

  it("asks for If-Match before it changes an announcement", async () => {
    const api = await startApi();
    const path = "/api/v1/announcements/tiem-chung";

    const without = await api.ask("PATCH", path, { body: { title: "Mới" } });
    const withMark = await api.ask("PATCH", path, { body: { title: "Mới" }, headers: { "if-match": '"a1"' } });

    expect(without.status).to.equal(428);
    expect(withMark.status).to.equal(200);
    await api.close();
  });

  it("asks whoever may not change it for nothing", async () => {
    const api = await startApi();
    const { secret } = await api.people.first();
    const auditor = await api.people.person("Giám sát", [{ role: "auditor" }]);

    const refused = await api.askAs(auditor.secret, "PATCH", "/api/v1/announcements/tiem-chung", {
      body: { title: "Mới" },
    });
    const asked = await api.askAs(secret, "PATCH", "/api/v1/announcements/tiem-chung", { body: { title: "Mới" } });

    expect([refused.status, asked.status]).to.deep.equal([403, 428]);
    await api.close();
  });

  it("makes one line of a name or title, and takes no topic that holds a second line or commands to a terminal", async () => {
    const api = await startApi();
    const draft = { title: "Tin", topic: "khac", text: "Một dòng.\nHai dòng." };
    const place = { name: "Cột 1", area: "xuan-huong", kind: "fixed" };
    for (const sign of ["\n", "\u001b[2J", "\u0000", "\u2028"]) {
      const wrong = { ...draft, topic: `a${sign}b` };
      expect((await api.ask("POST", "/api/v1/announcements", { body: wrong })).status).to.equal(400);
      const titled = { ...draft, title: `a${sign}b` };
      expect((await api.ask("POST", "/api/v1/announcements", { body: titled })).status).to.equal(202);
      const named = { ...place, name: `a${sign}b` };
      expect((await api.ask("POST", "/api/v1/receivers", { body: named })).status).to.equal(201);
    }

    const kept = api.calls.map(([, about]) => about as { title?: string; name?: string });
    expect(kept.map(({ title, name }) => title ?? name)).to.deep.equal(
      ["a b", "a [2Jb", "a b", "a b"].flatMap((line) => [line, line]),
    );
    await api.close();
  });

  it("refuses a body that names another thing than the address", async () => {
    const api = await startApi();

    const answer = await api.ask("PUT", "/api/v1/playlists/chieu", { body: PLAYLIST });

    expect(answer.json()).to.include({ path: "/id", reason: "other-id" });
    await api.close();
  });

  it("hides a bug from the caller and tells the log", async () => {
    const api = await startApi();
    api.control.areas = () => {
      throw new TypeError("secret detail");
    };

    const answer = await api.ask("GET", "/api/v1/areas");

    expect(answer.status).to.equal(500);
    expect(answer.text).to.not.match(/secret|\.ts:/);
    expect(answer.json()).to.include({ code: "bug" });
    expect(api.logged.join()).to.contain("secret detail");
    await api.close();
  });

  it("says why it is not ready with 503", async () => {
    const api = await startApi();
    const reason = { part: "store", words: { vi: "đĩa đầy", en: "disk full" } };
    api.control.readiness = async () => ({ ready: false, reasons: [reason] });

    const answer = await api.ask("GET", "/readyz", { token: "" });

    expect(answer.status).to.equal(503);
    expect(answer.json().reasons).to.deep.equal([reason]);
    await api.close();
  });

  it("gives a fault of a verb its status, reason and path", async () => {
    const api = await startApi();
    const quiet = { vi: "Giờ yên tĩnh", en: "Quiet hours" };
    api.control.playNow = async () => {
      throw new Fault("forbidden", quiet, { path: "/confirmedBy", reason: "quiet-hours" });
    };
    const body = { content: { kind: "announcement", announcement: "tin" }, targets: {} };

    const answer = await api.ask("POST", "/api/v1/play", { body });

    expect(answer.status).to.equal(403);
    expect(answer.json()).to.deep.include({ reason: "quiet-hours", path: "/confirmedBy", detail: "Giờ yên tĩnh" });
    await api.close();
  });

  it("takes the rest of an exported log as it comes", async () => {
    const api = await startApi();

    const answer = await api.ask("GET", "/api/v1/log/export?format=ndjson");

    expect(answer.text).to.equal("n,at\n1,ndjson\n");
    expect(answer.headers.get("content-disposition")).to.contain("filename=nhat-ky-phat-song.ndjson");
    await api.close();
  });
});
