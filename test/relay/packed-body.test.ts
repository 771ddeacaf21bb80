import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { createDialler } from "../../src/relay/link/dial.js";
import { createStationHttp, PACKED } from "../../src/relay/link/station-http.js";
import { failureOf } from "../support/failure-of.js";
import { FakeClock } from "../support/fake-clock.js";

const TEXT = Buffer.from(
  JSON.stringify({ v: 1, cues: Array.from({ length: 500 }, (_, at) => ({ at, title: "Bản tin" })) }),
);

describe("a body that the station sends packed", () => {
  let close = () => {};
  afterEach(() => close());

  /** Asks a station that answers like that, for a body of at most so many bytes. */
  async function ask(most: number, answer: (response: ServerResponse) => void): Promise<Buffer> {
    const server = createServer((request, response) => {
      expect(request.headers["accept-encoding"]).to.equal("gzip");
      answer(response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const dialler = createDialler(new FakeClock(), {});
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const http = createStationHttp({ server: () => url, dialler });
    close = () => {
      http.close();
      dialler.close();
      server.closeAllConnections();
      server.close();
    };
    const { signal } = new AbortController();
    return (await http.get("programme", { signal, headers: PACKED })).bytes(most);
  }
  const packed = (response: ServerResponse, bytes: Buffer) =>
    response.writeHead(200, { "content-encoding": "gzip", "content-length": bytes.length });

  it("is what was packed", async () => {
    const body = gzipSync(TEXT);
    expect(await ask(TEXT.length, (response) => packed(response, body).end(body))).to.deep.equal(TEXT);
  });

  it("is taken as it is when it comes unpacked, as from a server that cannot pack", async () => {
    expect(await ask(TEXT.length, (response) => response.end(TEXT))).to.deep.equal(TEXT);
  });

  it("is refused when it is larger than allowed once it is unpacked, however small it came", async () => {
    const body = gzipSync(Buffer.alloc(TEXT.length * 20));
    expect(body.length).to.be.below(TEXT.length);
    const failure = await failureOf(ask(TEXT.length, (response) => packed(response, body).end(body)));
    expect(failure).to.have.property("message", "too large");
  });

  it("is refused when it breaks off, and when it is no packed body at all", async () => {
    const body = gzipSync(TEXT);
    const half = await failureOf(
      ask(TEXT.length, (response) => {
        packed(response, body).write(body.subarray(0, body.length / 2));
        setImmediate(() => response.destroy());
      }),
    );
    expect(half).to.be.instanceOf(Error);
    close();
    const bad = await failureOf(ask(TEXT.length, (response) => packed(response, TEXT).end(TEXT)));
    expect(bad).to.have.property("code", "Z_DATA_ERROR");
  });
});
