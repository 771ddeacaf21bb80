import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { createAddresses } from "../../src/relay/link/addresses.js";
import type { KnownTime } from "../../src/relay/link/certificate-judge.js";
import { openConnection } from "../../src/relay/link/connection.js";
import { createDialler, type Trust } from "../../src/relay/link/dial.js";
import { troubleOfAnswer, troubleOfError } from "../../src/relay/link/link-trouble.js";
import { makeAuthority, makeCertificate } from "../support/certificates.js";
import { FakeClock } from "../support/fake-clock.js";
import { answering, type Oddity, openOddServer, upgrading } from "../support/odd-server.js";

const DAY = 86_400_000;

/** What a receiver tells while it tries this often, and when (ms of its own clock) each try ended. */
async function triesAt(server: URL, tries: number, { trust = {}, known }: { trust?: Trust; known?: KnownTime } = {}) {
  const clock = new FakeClock();
  const lines: { event: string; reason?: string; hint?: string }[] = [];
  const told: string[] = [];
  const ends: number[] = [];
  const dialler = createDialler(clock, trust);
  if (known) dialler.judgeBy(() => known);
  let challenged = 0;
  const connection = openConnection({
    ...{ addresses: createAddresses([server]), dialler, clock, random: () => 0.5 },
    log: createLog(clock, (line) => lines.push(JSON.parse(line))),
    onTold: ({ vi }) => told.push(vi),
    hello: () => {
      challenged += 1;
      return { t: "time", p: { c1: 1 } };
    },
    onMessage: () => {},
    onChunk: () => {
      throw new Error("a chunk of nobody");
    },
    onSeal: () => {},
    onSignedTime: () => {},
    onRefused: () => {},
    onUnconfirmed: () => {},
    onLost: () => ends.push(clock.now()),
    onAir: () => false,
  });
  for (let step = 0; step < 4_000 && ends.length < tries && challenged === 0; step++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    clock.advance(100);
  }
  connection.close();
  dialler.close();
  return {
    told,
    ends,
    challenged,
    reasons: lines.flatMap(({ event, reason }) => (event === "relay.link-failed" ? [reason] : [])),
  };
}

describe("a relay that something keeps from its station", function () {
  this.timeout(20_000);
  const open: { close(): Promise<unknown> }[] = [];
  afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));
  const odd = async (oddity: Oddity, options: Parameters<typeof openOddServer>[1] = {}) => {
    const server = await openOddServer(oddity, options);
    open.push(server);
    return server;
  };

  const PAGE = "<html><body>Đăng nhập wifi</body></html>";
  const cases: readonly (readonly [what: string, oddity: Oddity, reason: string, words: string])[] = [
    ["a log-in page", answering("200 OK", ["Content-Type: text/html"], PAGE), "captive-portal", "trang đăng nhập"],
    [
      "the way to a log-in page",
      answering("302 Found", ["Location: http://login.wifi/"]),
      "captive-portal",
      "trang đăng nhập",
    ],
    [
      "a network that wants a log-in",
      answering("511 Network Authentication Required"),
      "captive-portal",
      "trang đăng nhập",
    ],
    [
      "the way to another address of the same name",
      answering("301 Moved", ["Location: https://localhost/"]),
      "redirect",
      "không đi theo",
    ],
    ["a proxy that strips the upgrade (400)", answering("400 Bad Request"), "no-websocket", "WebSocket"],
    ["a proxy that strips the upgrade (426)", answering("426 Upgrade Required"), "no-websocket", "WebSocket"],
    ["a proxy without its server", answering("502 Bad Gateway"), "proxy", "Proxy"],
    ["a proxy that wants a password", answering("407 Proxy Authentication Required"), "proxy", "Proxy"],
    ["another place on that server", answering("404 Not Found"), "wrong-path", "--server"],
    ["a door that is locked", answering("403 Forbidden"), "not-let-in", "không cho vào"],
    ["a server that is full", answering("503 Busy", ["Retry-After: 20"]), "full", "đang bận"],
    ["a server that says nothing", () => {}, "silent", "im lặng"],
    ["a WebSocket of another kind", upgrading(undefined, []), "no-websocket", "WebSocket"],
    [
      "compression that nobody asked for",
      upgrading(undefined, ["Sec-WebSocket-Protocol: pa.v1", "Sec-WebSocket-Extensions: permessage-deflate"]),
      "no-websocket",
      "WebSocket",
    ],
    ["a proxy that opens and then holds everything back", upgrading(), "silent", "im lặng"],
    ["compressed frames", upgrading(Buffer.from([0xc1, 1, 0])), "nonsense", "không hiểu"],
    ["broken frames", upgrading(Buffer.from("SSH-2.0-OpenSSH_9.2\r\n")), "nonsense", "không hiểu"],
    ["a frame above its limit", upgrading(Buffer.from([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0])), "nonsense", "không hiểu"],
    [
      "a stream of what is no message",
      upgrading(Buffer.concat(Array.from({ length: 40 }, () => Buffer.from([0x81, 1, 0x7b])))),
      "nonsense",
      "không hiểu",
    ],
    ["a line that is cut", (socket) => socket.destroy(), "cut", "bị ngắt"],
  ];
  for (const [what, oddity, reason, words] of cases)
    it(`tells of ${what} once, in plain words, and stays away longer and longer`, async () => {
      const server = await odd(oddity);
      const { told, ends, reasons, challenged } = await triesAt(server.url, 4);

      expect(reasons).to.deep.equal([reason]);
      expect(told).to.have.length(1);
      expect(told[0]).to.include(words);
      expect(challenged).to.equal(0);
      const [first = 0, second = 0, third = 0, fourth = 0] = ends;
      expect([second - first, third - second, fourth - third].every((wait) => wait >= 400)).to.equal(true);
      // A server that names a wait is asked again after the same one each time, and an answer takes real time.
      expect(fourth - third).to.be.at.least(second - first - 300);
      expect(server.requests.some((text) => /authorization/i.test(text))).to.equal(false);
    });

  it("waits as long as a full server asks for, and up to half as long again", async () => {
    const { ends } = await triesAt((await odd(answering("503 Busy", ["Retry-After: 20"]))).url, 2);
    expect((ends[1] ?? 0) - (ends[0] ?? 0)).to.be.within(24_900, 25_600);
  });

  it("comes back no sooner than a server asked that said goodbye before it had let it in, and tells nobody of a trouble", async () => {
    const text = JSON.stringify({ t: "bye", p: { reason: "shutting-down", retryAfterMs: 20_000 } });
    const goodbye = Buffer.concat([
      Buffer.from([0x81, text.length]),
      Buffer.from(text),
      Buffer.from([0x88, 2, 0x03, 0xe9]),
    ]);
    const { ends, told } = await triesAt((await odd(upgrading(goodbye))).url, 2);
    expect((ends[1] ?? 0) - (ends[0] ?? 0)).to.be.within(24_900, 26_500);
    expect(told).to.deep.equal([]);
  });

  it("tells a machine without that port from a name that nobody knows", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, "close");
    expect((await triesAt(new URL(`http://127.0.0.1:${port}/`), 3)).reasons).to.deep.equal(["refused"]);
    expect((await triesAt(new URL("http://dai-phuong.invalid/"), 3)).reasons).to.deep.equal(["dns"]);
  });

  it("reaches a server by IPv4 or by IPv6, where the machine has them", async () => {
    for (const [host, address] of [
      ["127.0.0.1", "127.0.0.1"],
      ["::1", "[::1]"],
    ] as const) {
      const server = await odd(upgrading(challenge()), { host }).catch(() => undefined);
      if (!server) continue;
      const { challenged } = await triesAt(new URL(`http://${address}:${server.port}/`), 2);
      expect(challenged, host).to.equal(1);
    }
  });

  it("names what counts when both address families fail, each in its own way", () => {
    const error = (code: string) => Object.assign(new Error(code), { code });
    const both = new AggregateError([error("ENETUNREACH"), error("ECONNREFUSED")]);
    const server = new URL("https://loa.example.vn/");
    expect(troubleOfError(server, Object.assign(both, { code: "ENETUNREACH" })).reason).to.equal("refused");
    expect(troubleOfError(server, error("EHOSTUNREACH")).reason).to.equal("unreachable");
    expect(troubleOfError(server, error("EAI_AGAIN")).reason).to.equal("dns");
    expect(troubleOfAnswer(server, { statusCode: 503, headers: { "retry-after": "soon" } }).waitMs).to.equal(0);
  });

  describe("over TLS", () => {
    const [from, until] = [new Date(Date.now() - 9 * DAY), new Date(Date.now() + 9 * DAY)];
    const authority = makeCertificate({ name: "Đài thử CA", isAuthority: true, from, until });
    const issue = (hosts: readonly string[]) => makeCertificate({ name: "máy chủ", hosts, issuer: authority });
    const trust = { authority: authority.certificate };
    const at = (from: number, until: number, issuer = authority) =>
      makeCertificate({
        ...{ name: "localhost", hosts: ["localhost"], issuer },
        ...{ from: new Date(Date.now() + from), until: new Date(Date.now() + until) },
      });
    const tries = async (tls: ReturnType<typeof at>, more: Parameters<typeof triesAt>[2] = { trust }) =>
      triesAt((await odd(upgrading(challenge()), { tls })).url, 2, more);

    it("says that the name, the authority or the date of a certificate is wrong, and sends nothing", async () => {
      for (const [tls, words] of [
        [issue(["loa.example.vn"]), "không phải cho tên localhost"],
        [makeAuthority("Kẻ lạ").issue(), "không do nơi cấp mà loa này tin"],
      ] as const) {
        const server = await odd(upgrading(challenge()), { tls });
        const { told, reasons } = await triesAt(server.url, 3, { trust });
        expect(reasons).to.deep.equal(["certificate"]);
        expect(told[0]).to.include(words);
        expect(server.requests).to.deep.equal([]);
      }
    });

    it("connects by its pinned authority while no clock can be believed, and by the time that it knows", async () => {
      const future = at(DAY, 3 * DAY);
      const past = at(-3 * DAY, -DAY);
      const now = (shift: number): KnownTime => ({ from: Date.now() + shift, to: Date.now() + shift + 1000 });
      const unknown = (from: number): KnownTime => ({ from: Date.now() + from, to: Number.POSITIVE_INFINITY });
      const outcome = async (tls: ReturnType<typeof at>, known: KnownTime) => {
        const { challenged, told } = await tries(tls, { trust, known });
        return challenged > 0 ? "connected" : (told[0]?.match(/đồng hồ|hết hạn/)?.[0] ?? "?");
      };

      expect(await outcome(future, { from: 0, to: Number.POSITIVE_INFINITY })).to.equal("connected");
      expect(await outcome(future, now(2 * DAY))).to.equal("connected");
      expect(await outcome(future, now(0))).to.equal("đồng hồ");
      expect(await outcome(past, unknown(-2 * DAY))).to.equal("connected");
      expect(await outcome(past, unknown(-DAY / 2))).to.equal("hết hạn");
      // Good by the machine's clock, and over by the time that is known.
      expect(await outcome(at(-DAY, DAY), now(2 * DAY))).to.equal("hết hạn");
    });

    it("takes nobody else's certificate because a clock is wrong", async () => {
      const known: KnownTime = { from: 0, to: Number.POSITIVE_INFINITY };
      const stranger = makeAuthority("Kẻ lạ").authority;
      const leaf = at(-3 * DAY, DAY);
      for (const [what, tls, authorities] of [
        ["another authority", at(DAY, 3 * DAY, stranger), trust],
        [
          "itself",
          makeCertificate({
            name: "localhost",
            hosts: ["localhost"],
            from: new Date(Date.now() + DAY),
            until: new Date(Date.now() + 3 * DAY),
          }),
          trust,
        ],
        ["one that is no authority", at(DAY, 3 * DAY, leaf), trust],
        ["a name of the authority with another key", at(DAY, 3 * DAY, makeAuthority().authority), trust],
        ["no pinned authority", at(DAY, 3 * DAY), {}],
      ] as const) {
        const withChain =
          what === "one that is no authority" ? { ...tls, certificate: tls.certificate + leaf.certificate } : tls;
        expect((await tries(withChain, { trust: authorities, known })).challenged, what).to.equal(0);
      }
      const wrongName = makeCertificate({
        name: "x",
        hosts: ["loa.example.vn"],
        issuer: authority,
        from: new Date(Date.now() + DAY),
        until: new Date(Date.now() + 3 * DAY),
      });
      expect((await tries(wrongName, { trust, known })).challenged, "another name").to.equal(0);
    });

    it("follows one certificate between, and tells of TLS that is none", async () => {
      const known: KnownTime = { from: 0, to: Number.POSITIVE_INFINITY };
      const between = makeCertificate({ name: "Giữa", isAuthority: true, issuer: authority });
      const leaf = at(DAY, 3 * DAY, between);
      const chain = { ...leaf, certificate: leaf.certificate + between.certificate };
      expect((await tries(chain, { trust, known })).challenged).to.equal(1);
      const plain = await odd(answering("400 Bad Request"));
      const url = new URL(`https://localhost:${plain.port}/`);
      expect((await triesAt(url, 3, { trust })).reasons).to.deep.equal(["tls"]);
    });
  });
});

/** The server's first message, as a frame. */
function challenge(): Buffer {
  const text = JSON.stringify({ t: "challenge", p: { nonce: "a".repeat(32), now: 1_795_428_600_000_000 } });
  return Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)]);
}
