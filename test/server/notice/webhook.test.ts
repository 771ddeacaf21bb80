import { createHmac, timingSafeEqual } from "node:crypto";
import type { ServerResponse } from "node:http";
import { expect } from "chai";
import { systemClock } from "../../../src/base/clock.js";
import { DeliveryFailure } from "../../../src/server/notice/delivery.js";
import { createWebhook } from "../../../src/server/notice/webhook.js";
import { FakeClock } from "../../support/fake-clock.js";
import { type Answer, startDouble } from "../../support/http-double.js";

const SECRET = "một bí mật dài đủ dùng";

describe("notices by webhook", () => {
  let double: Awaited<ReturnType<typeof startDouble>>;
  afterEach(() => double.close());
  const notice = {
    ...{ id: "n1", kind: "alarm" as const, at: Date.UTC(2026, 10, 23), title: { vi: "Cảnh báo", en: "Alarm" } },
  };
  const parcel = { id: "p1", station: "Đài thử", subject: "s", text: "t", notices: [notice] };
  const send = async (
    answer: Answer,
    {
      clock = systemClock,
      allowPrivate = true,
      url = "",
    }: { clock?: FakeClock | typeof systemClock; allowPrivate?: boolean; url?: string } = {},
    signal = new AbortController().signal,
  ) => {
    double = await startDouble(answer);
    const target = new URL(url.replace("{port}", new URL(double.url).port) || double.url);
    return createWebhook({ url: target, secret: SECRET, allowPrivate, clock })(parcel, signal);
  };
  const failure = (work: Promise<void>) =>
    work.then(
      () => "sent",
      (thrown: Error) => (thrown instanceof DeliveryFailure ? thrown.message : `${thrown.name} ${thrown.message}`),
    );
  const ok: Answer = (response) => void response.writeHead(204).end();

  it("are JSON with a signature over time and body that the other side can check", async () => {
    await send(ok, { clock: new FakeClock() });
    const [asked] = double.asked;
    const [, second = "", mac = ""] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(asked?.headers["x-loa-signature"])) ?? [];
    expect(Number(second) * 1000).to.equal(Date.UTC(2026, 10, 23));
    const expected = createHmac("sha256", SECRET).update(`${second}.${asked?.body}`).digest();
    expect(timingSafeEqual(Buffer.from(mac, "hex"), expected)).to.equal(true);
    expect(JSON.parse(asked?.body ?? "")).to.deep.equal({
      ...{ v: 1, id: "p1", station: "Đài thử" },
      notices: [{ id: "n1", at: "2026-11-23T00:00:00.000Z", kind: "alarm", title: { vi: "Cảnh báo", en: "Alarm" } }],
    });
    expect(asked?.headers).to.include({ "x-loa-notice": "p1", "content-type": "application/json; charset=utf-8" });
  });

  for (const status of [301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503])
    it(`are not taken when the answer is ${status}, and no redirect is followed`, async () => {
      const away: Answer = (response) => void response.writeHead(status, { location: "/khac" }).end();
      expect(await failure(send(away))).to.equal(`status ${status}`);
      expect(double.asked.map(({ url }) => url.pathname)).to.deep.equal(["/"]);
    });

  it("never reach into the station's own network, by address or by name", async () => {
    for (const url of [
      ...["https://127.0.0.1:{port}/", "https://[::1]:{port}/", "https://169.254.169.254/", "https://10.0.0.1/"],
      ...["https://2130706433:{port}/", "https://localhost:{port}/", "https://[::ffff:127.0.0.1]:{port}/"],
    ]) {
      expect(await failure(send(ok, { allowPrivate: false, url })), url).to.equal("private-address");
      expect(double.asked, url).to.deep.equal([]);
      await double.close();
    }
    expect(await failure(send(ok, { allowPrivate: false, url: "http://example.com/" }))).to.equal("private-address");
  });

  it("are given up after ten seconds, in which the other side may have said anything but that it took them", async () => {
    for (const dull of [() => {}, (response: ServerResponse) => void response.write("HTTP")]) {
      const clock = new FakeClock();
      const sending = failure(
        send(
          (response) => {
            dull(response);
            clock.advance(10_000);
          },
          { clock },
        ),
      );
      expect(await sending).to.equal("timeout");
      await double.close();
    }
  });

  it("are not delayed by an answer without an end", async () => {
    let size = 0;
    const flood: Answer = (response) => {
      response.writeHead(200);
      const more = () => {
        if (response.destroyed) return;
        size += 16_384;
        response.write(Buffer.alloc(16_384), more);
      };
      more();
    };
    await send(flood);
    expect(size).to.be.below(20_000_000);
  });

  it("say when nobody answers there, and when the connection ends", async () => {
    expect(await failure(send((response) => void response.destroy()))).to.match(/^(ECONNRESET|closed)$/);
    await double.close();
    expect(await failure(send(ok, { url: "http://127.0.0.1:1/" }))).to.equal("ECONNREFUSED");
  });

  it("end with the station", async () => {
    const ending = new AbortController();
    expect(await failure(send(() => ending.abort(), {}, ending.signal))).to.match(/Abort/);
  });
});
