import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../src/base/errors.js";
import { silentLog } from "../../src/base/log.js";
import { initStation } from "../../src/cli/init.js";
import { scheduleId } from "../../src/domain/ids.js";
import { openStore } from "../../src/server/store/index.js";
import { aSchedule } from "../server/api/fake-control.js";
import { atTheMachine, startApi, TOKEN } from "../server/api/start-api.js";
import { anAnnouncement } from "../support/a-station.js";
import { FakeClock } from "../support/fake-clock.js";
import { run } from "./run.js";

describe("loa with a station", () => {
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
    return { api, close, loa, station };
  }

  it("stops everything, or only what is named, in the name of who asks", async () => {
    const { api, close, loa } = await start();

    const all = await loa("stop");
    await loa("stop", "--area", "phuong", "--area", "to-dan-pho-1", "--by", "Trần Văn Ân");
    const both = await loa("stop", "--area", "phuong", "--receiver", "loa-1");

    expect(all.code).to.equal(0);
    expect(all.out).to.contain("Đã ra lệnh dừng cho 1 loa");
    expect(api.calls).to.deep.equal([
      ["stop", { kind: "all" }, atTheMachine("thu")],
      ["stop", { kind: "areas", areas: ["phuong", "to-dan-pho-1"] }, atTheMachine("Trần Văn Ân")],
    ]);
    expect(both.code).to.equal(2);
    await close();
  });

  it("ends with 1 when there is nothing to stop where it was told to", async () => {
    const { api, close, loa } = await start();
    api.control.stop = async () => ({ order: "abcdefgh", receivers: [], away: [] });

    const there = await loa("stop", "--area", "phuog");

    expect(there.code).to.equal(1);
    expect(there.error).to.contain("không có loa nào dừng");
    expect((await loa("stop")).code).to.equal(0);
    await close();
  });

  it("looks after loudspeakers: tests, repairs, alarms, lists", async () => {
    const { api, close, loa } = await start();

    expect((await loa("device", "test", "loa-1", "--seconds", "0.5", "--by", "Chị Hoa")).code).to.equal(0);
    expect((await loa("device", "restart", "loa-1")).code).to.equal(0);
    expect((await loa("device", "exclude", "loa-1", "Loa", "rú")).out).to.contain("loa device mended 1");
    expect((await loa("device", "mended", "1", "Thay", "loa")).out).to.contain("Đã đóng phiếu 1");
    expect((await loa("device", "acknowledge", "loa-1.link-lost")).code).to.equal(0);
    expect((await loa("device", "alarms")).out).to.match(/^loa-1\.link-lost\ttừ .*Mất liên lạc/);
    expect((await loa("device", "silent", "--days", "9")).out).to.contain("chưa từng phát");
    expect((await loa("device", "repairs")).out).to.contain("ngừng sử dụng");
    expect(JSON.parse((await loa("device", "complaints", "--json")).out)).to.have.length(1);

    const by = atTheMachine("thu");
    expect(api.calls).to.deep.equal([
      ["orderTest", "loa-1", 500, atTheMachine("Chị Hoa")],
      ["orderRestart", "loa-1", by],
      ["openRepair", { receiver: "loa-1", text: "Loa rú", excludes: true }, by],
      ["repairs"],
      ["closeRepair", 1, "Thay loa", by],
      ["acknowledgeAlarm", "loa-1.link-lost", by],
      ["silentFor", { days: 9 }],
      ["repairs", { open: true }],
      ["complaints", { open: true }],
    ]);
    await close();
  });

  it("puts loudspeakers that are heard at the same spot into a group, and out again", async () => {
    const { api, close, loa } = await start();

    expect((await loa("device", "overlap", "loa-1", "cho", "--turns")).code).to.equal(0);
    expect((await loa("device", "overlap", "loa-1", "--off")).code).to.equal(0);
    expect((await loa("device", "overlap", "loa-1", "Chợ")).code).to.equal(2);
    expect(api.calls.map((call) => call[2])).to.deep.equal([
      { overlap: { group: "cho", mode: "turns" } },
      { overlap: null },
    ]);
    await close();
  });

  it("ends with 2 when care is asked for wrongly, and asks the station nothing", async () => {
    const { api, close, loa } = await start();

    for (const argv of [
      ["test", "loa-1", "--seconds", "60"],
      ["exclude", "loa-1"],
      ["mended", "abc"],
      ["silent", "--days", "mai"],
      ["restart", "Loa 1"],
    ])
      expect((await loa("device", ...argv)).code, argv.join(" ")).to.equal(2);
    expect(api.calls).to.deep.equal([]);
    await close();
  });

  it("plays an announcement or a playlist at the named places", async () => {
    const { api, close, loa } = await start();

    const one = await loa(
      "play",
      "tiem-chung",
      "--area",
      "phuong",
      "--class",
      "emergency",
      "--confirmed-by",
      "Chủ tịch",
    );
    const list = await loa("play", "--playlist", "buoi-sang", "--receiver", "loa-1");

    expect([one.code, list.code]).to.deep.equal([0, 0]);
    const [[, first], [, second]] = api.calls as [[string, object], [string, object]];
    expect(first).to.deep.include({ class: "emergency", confirmedBy: "Chủ tịch" });
    expect(first).to.have.nested.property("content.announcement", "tiem-chung");
    expect(second).to.have.nested.property("content.playlist", "buoi-sang");
    await close();
  });

  it("ends with 2 for a server's address that is none, and with 1 when something else answers there", async () => {
    const { close, station } = await start();
    const stop = (server: string, answer: string) =>
      run(["stop", "--station", station, "--server", server], { fetch: async () => new Response(answer) });

    expect((await stop("không phải địa chỉ", "")).code).to.equal(2);
    for (const answer of ["<html>", "", "{}"]) {
      const { code, error } = await stop("http://127.0.0.1:9", answer);
      expect(code).to.equal(1);
      expect(error).to.contain("Không có đài nào trả lời").and.not.contain("    at ");
    }
    await close();
  });

  it("ends with 2 before it asks when it is not said what or where", async () => {
    const { api, close, loa } = await start();

    expect((await loa("play", "tiem-chung")).code).to.equal(2);
    expect((await loa("play", "--area", "phuong")).code).to.equal(2);
    const wrong = await loa("play", "tiem-chung", "--area", "phuong", "--class", "emergancy");
    expect(wrong.code).to.equal(2);
    expect(wrong.error).to.contain("phải là một trong: ordinary, priority, emergency (ý là emergency?)");
    expect((await loa("device", "volume", "loa-1", "loud")).code).to.equal(2);
    expect(api.calls).to.deep.equal([]);
    await close();
  });

  it("adds, lists, sets and removes loudspeakers", async () => {
    const { api, close, loa } = await start();

    const added = await loa("device", "add", "Loa chợ", "--area", "phuong");
    const listed = await loa("device", "list");
    const asJson = await loa("device", "list", "--json");
    await loa("device", "volume", "loa-1", "40");
    await loa("device", "mute", "loa-1", "--off");
    const removed = await loa("device", "remove", "loa-1");

    expect(added.out).to.contain("ABCD2345");
    expect(listed.out).to.equal("loa-1\tLoa hồ Xuân Hương\txuan-huong\tđang kết nối\tchưa báo gì\n");
    expect(JSON.parse(asJson.out)).to.have.length(1);
    expect(removed.code).to.equal(0);
    expect(api.calls.map(([verb, ...args]) => [verb, args[1]])).to.deep.equal([
      ["addPlace", atTheMachine("thu")],
      ["setVolume", 40],
      ["setMuted", false],
      ["removeReceiver", atTheMachine("thu")],
    ]);
    await close();
  });

  it("ends with 1 and the station's own words when it refuses", async () => {
    const { api, close, loa } = await start();
    api.control.stop = async () => {
      throw new Fault("not-found", { vi: "Không có địa bàn «xa»", en: "There is no area" });
    };

    const { code, error } = await loa("stop", "--area", "xa");

    expect(code).to.equal(1);
    expect(error).to.equal("Không có địa bàn «xa»\nThere is no area\n");
    await close();
  });

  it("ends with 1 and says what to do when no station runs, or it has no token yet", async () => {
    const { api, loa, station } = await start();
    await api.close();

    const gone = await run(["stop", "--station", station, "--server", api.url]);
    const byItsSettings = await run(["stop", "--station", station], {
      fetch: () => Promise.reject(new TypeError("fetch failed")),
    });
    await rm(join(station, "config", "token"));
    const noToken = await loa("stop");

    expect([gone.code, noToken.code]).to.deep.equal([1, 1]);
    expect(gone.error).to.contain("Không có đài nào trả lời").and.to.contain("loa serve").and.not.contain("--server");
    expect(byItsSettings.error)
      .to.contain("cổng khác với config/station.json")
      .and.contain("--server http://127.0.0.1:");
    expect(noToken.error).to.contain("loa serve");
    await rm(join(station, ".."), { recursive: true });
  });
});

describe("loa plan", () => {
  async function start() {
    const folder = await mkdtemp(join(tmpdir(), "loa-plan-"));
    const station = join(folder, "dai");
    await initStation(station);
    await mkdir(join(station, "config", "state"), { recursive: true });
    const clock = new FakeClock(Date.parse("2026-11-23T00:00:00Z"));
    const open = () => openStore({ folder: station, clock, log: silentLog });
    const store = await open();
    await store.schedules.put(aSchedule({ id: "sang", targets: { areas: ["phuong"] } }));
    await store.close();
    const plan = (...flags: string[]) => run(["plan", "--station", station, ...flags], { clock });
    return { close: () => rm(folder, { recursive: true }), open, plan, station };
  }

  it("tells from the folder alone what sounds and why some of it does not", async () => {
    const { close, plan } = await start();

    const words = await plan("--days", "1");
    const asJson = await plan("--days", "1", "--json");

    expect(words.code, words.error).to.equal(0);
    expect(words.out).to.contain("Asia/Ho_Chi_Minh").and.to.contain("✗");
    const { zone, lines } = JSON.parse(asJson.out);
    expect(zone).to.equal("Asia/Ho_Chi_Minh");
    expect(lines.map(({ schedule, planned, fate }: Record<string, string>) => [schedule, planned, fate])).to.deep.equal(
      [[scheduleId("sang"), "2026-11-22T23:00:00.000Z", "dropped"]],
    );
    await close();
  });

  it("says below the plan which playlists hold hardly anything but warnings", async () => {
    const { close, open, plan, station } = await start();
    const store = await open();
    const ids = ["mot", "hai", "ba"];
    for (const id of ids) await store.announcements.put(anAnnouncement(id, 60, { topic: "dich-benh" }));
    await store.close();
    const playlist = {
      id: "buoi-sang",
      title: "Sáng",
      items: ids.map((id) => ({ kind: "announcement", announcement: id })),
    };
    await writeFile(join(station, "playlists", "buoi-sang.json"), JSON.stringify(playlist));

    const { out, error } = await plan("--days", "1");

    expect(out, error).to.contain("Lưu ý, «Bản tin sáng»: Buổi phát có 3 bản tin: 3 cảnh báo, 0 tin tích cực.");
    await close();
  });

  it("asks the running station when that has the folder open", async () => {
    const { close, open, plan, station } = await start();
    const api = await startApi();
    await writeFile(join(station, "config", "token"), `${TOKEN}\n`);
    const store = await open();
    const items = [{ kind: "pause", ms: 10 }];
    await api.ask("PUT", "/api/v1/playlists/buoi-sang", { body: { id: "buoi-sang", title: "Buổi sáng", items } });
    api.calls.length = 0;

    const { code, out, error } = await plan("--days", "2", "--server", api.url);

    expect(code, error).to.equal(0);
    expect(out).to.contain("Bản tin <sáng>");
    expect(out).to.contain("Lưu ý, «Bản tin <sáng>»: ");
    expect(api.calls.map(([verb]) => verb)).to.deep.equal(["rundown", "reviewPlaylist"]);
    await store.close();
    await api.close();
    await close();
  });

  it("ends with 1 for an area that the station does not have", async () => {
    const { close, plan } = await start();

    expect((await plan("--area", "mat-trang")).code).to.equal(1);
    expect((await plan("--area", "Không đúng")).code).to.equal(2);
    await close();
  });
});
