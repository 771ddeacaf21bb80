import { expect } from "chai";
import { hlsBytes } from "../../../src/server/radio/index.js";
import { type Answer, startDouble } from "../../support/http-double.js";

const signal = () => new AbortController().signal;
const media = (first: number, names: readonly string[], more = "") =>
  [
    "#EXTM3U",
    "#EXT-X-TARGETDURATION:4",
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    more,
    ...names.flatMap((name) => ["#EXTINF:4,", name]),
  ]
    .filter((line) => line !== "")
    .join("\n");

describe("a station that sends a list of pieces", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  /** A station whose list is another each time that it is asked for; whatever else is asked for says its own name. */
  async function start(lists: readonly string[], answer?: Answer) {
    let asked = 0;
    const double = await startDouble((response, request, number) => {
      if (answer) return answer(response, request, number);
      if (request.url.pathname.endsWith(".m3u8")) response.end(lists[Math.min(asked++, lists.length - 1)]);
      else response.end(`<${request.url.pathname.slice(1)}>`);
    });
    open.push(double);
    return double;
  }
  /** What comes until it ends, or the word for why it does; it waits no longer than it must. */
  async function heard(url: string, most = 50) {
    const waits: number[] = [];
    const parts: string[] = [];
    const wait = async (length: number) => {
      waits.push(length);
      if (waits.length > most) throw new Error("enough");
    };
    try {
      for await (const part of hlsBytes({ url: new URL(`${url}/nghe/list.m3u8`), allowPrivate: true }, signal(), wait))
        parts.push(part.toString("latin1"));
      return { parts, waits, why: "ended" };
    } catch (thrown) {
      return { parts, waits, why: (thrown as Error).message };
    }
  }

  it("is heard from three pieces before the end on, each piece once, in order, as long as the list goes on", async () => {
    const { url } = await start([
      media(10, ["10.ts", "11.ts", "12.ts", "13.ts"]),
      media(11, ["11.ts", "12.ts", "13.ts", "14.ts"]),
      media(11, ["11.ts", "12.ts", "13.ts", "14.ts"]),
      `${media(13, ["13.ts", "14.ts", "15.ts", "16.ts"], "#EXT-X-PLAYLIST-TYPE:EVENT")}\n#EXT-X-ENDLIST`,
    ]);
    const { parts, waits, why } = await heard(url);
    expect(parts).to.deep.equal(["11", "12", "13", "14", "15", "16"].map((name) => `<nghe/${name}.ts>`));
    expect(waits).to.deep.equal([2_000, 2_000, 2_000]);
    expect(why).to.equal("ended");
  });

  it("is begun anew when its list is, rather than waiting for a number that never comes", async () => {
    const { url } = await start([media(900, ["900.ts"]), `${media(0, ["0.ts"])}\n#EXT-X-ENDLIST`]);
    expect((await heard(url)).parts).to.deep.equal(["<nghe/900.ts>", "<nghe/0.ts>"]);
  });

  it("is heard in the best of the qualities that a horn can tell apart", async () => {
    const variant = (bandwidth: number, uri: string) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},CODECS="mp4a.40.2"\n${uri}`;
    const master = [
      "#EXTM3U",
      variant(320_000, "hi.m3u8"),
      variant(48_000, "lo.m3u8"),
      variant(128_000, "mid.m3u8"),
    ].join("\n");
    const double = await start([master, `${media(0, ["0.aac"])}\n#EXT-X-ENDLIST`]);
    expect((await heard(double.url)).why).to.equal("ended");
    expect(double.asked.map(({ url }) => url.pathname)).to.deep.equal([
      "/nghe/list.m3u8",
      "/nghe/mid.m3u8",
      "/nghe/0.aac",
    ]);
  });

  it("sends the header of its pieces first, once", async () => {
    const map = '#EXT-X-MAP:URI="init.mp4"';
    const { url } = await start([
      media(0, ["0.m4s", "1.m4s"], map),
      `${media(1, ["1.m4s", "2.m4s"], map)}\n#EXT-X-ENDLIST`,
    ]);
    expect((await heard(url)).parts).to.deep.equal(
      ["init.mp4", "0.m4s", "1.m4s", "2.m4s"].map((name) => `<nghe/${name}>`),
    );
  });

  it("says why it cannot be heard: encrypted, no list, too large, leading elsewhere", async () => {
    const key = '#EXT-X-KEY:METHOD=AES-128,URI="key.bin"';
    const large: Answer = (response) => response.end("#EXTM3U\n".padEnd(1_200_000, "#\n"));
    const cases: readonly (readonly [string, Awaited<ReturnType<typeof start>>])[] = [
      ["encrypted", await start([media(0, ["0.ts"], key)])],
      ["bad list", await start(["<html>"])],
      ["bad list", await start([media(0, ["file:///etc/passwd"])])],
      ["too large", await start([], large)],
    ];
    for (const [why, { url }] of cases) {
      const found = await heard(url);
      expect(found.why).to.equal(why);
      expect(found.parts).to.deep.equal([]);
    }
  });
});
