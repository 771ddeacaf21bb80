import { expect } from "chai";
import type { ReceiverView } from "../../../src/server/api/views.js";
import { aReceiver } from "./fake-control.js";
import { startApi } from "./start-api.js";

describe("the station's page", () => {
  it("shows name, time with its zone, receivers' own reports and what comes next", async () => {
    const api = await startApi();

    const { text, headers } = await api.ask("GET", "/");

    expect(headers.get("content-type")).to.contain("text/html");
    expect(text).to.contain('<html lang="vi">');
    expect(text).to.contain("07:00:00").and.to.contain("(Asia/Ho_Chi_Minh)");
    expect(text).to.contain("Không có gì đang phát.");
    expect(text).to.contain("chưa báo gì");
    expect(text).to.contain("11:00:00");
    expect(text).to.contain('href="/api/v1/openapi.json"');
    await api.close();
  });

  it("shows what is wrong, with the name of the loudspeaker, and nothing when all is well", async () => {
    const api = await startApi();

    expect((await api.ask("GET", "/")).text).to.match(/Cảnh báo.*Loa hồ Xuân Hương.*Mất liên lạc/s);
    api.control.alarms = () => [];
    expect((await api.ask("GET", "/")).text).to.not.contain("Cảnh báo");
    await api.close();
  });

  it("escapes what people wrote and holds no script", async () => {
    const api = await startApi();

    const { text } = await api.ask("GET", "/");

    expect(text).to.contain("Đài phường &lt;Xuân Hương&gt;").and.to.contain("Bản tin &lt;sáng&gt;");
    expect(text).to.not.match(/<script| style=| on\w+=/);
    await api.close();
  });

  it("tells ordered, confirmed and sounding apart", async () => {
    const api = await startApi();
    const id = aReceiver().id;
    api.control.onAir = () => [
      {
        ...{ cue: "sang", title: "Tin sáng", class: "priority", start: "", end: "" },
        ...{ ordered: [id, id, id], confirmed: [id, id], sounding: [id], failed: [{ receiver: id, why: "no-audio" }] },
        announcements: [],
        reasons: {},
      },
    ];

    const { text } = await api.ask("GET", "/");

    expect(text).to.contain("(ưu tiên): đã ra lệnh 3 loa, đã xác nhận 2, đang phát 1, không phát được 1.");
    await api.close();
  });

  it("does not show an old report of a lost receiver as if it were now", async () => {
    const api = await startApi();
    const reported: ReceiverView["reported"] = {
      now: [{ cue: "sang", title: "Tin sáng", class: "ordinary", state: "sounding", positionMs: 1 }],
      ...{ volume: 55, muted: true, bufferMs: 0, late: 0, underruns: 0, clock: "trusted", clockErrorUs: 1 },
      ...{ sink: "ok", at: "2026-11-23T00:00:00.000Z" },
    };
    api.control.receivers = () => [aReceiver({ connected: false, reported })];

    const { text } = await api.ask("GET", "/");

    expect(text).to.contain("mất liên lạc, lần cuối").and.to.contain("báo lần cuối: đang phát Tin sáng");
    expect(text).to.contain("55 % (tắt tiếng)");
    await api.close();
  });
});
