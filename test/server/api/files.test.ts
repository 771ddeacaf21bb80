import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import type { Upload } from "../../../src/server/api/control-verbs.js";
import { MAX_UPLOAD, MAX_UPLOADS_AT_ONCE } from "../../../src/server/api/upload.js";
import { CLIP, DEVICE_TOKEN } from "./fake-control.js";
import { startApi, TOKEN } from "./start-api.js";

const UPLOAD = "/api/v1/recordings?title=Ghi%20%C3%A2m&name=..%2F..%2Fetc%2Fpasswd";

describe("handing in a recording", () => {
  it("hands the verb a file in quarantine with the sender's bytes, and no name of the sender's", async () => {
    const api = await startApi();
    const bytes = Buffer.alloc(300_000, 7);

    const answer = await api.ask("POST", UPLOAD, { body: bytes, headers: { "content-type": "audio/mpeg" } });

    const [verb, about, upload] = api.calls[0] as [string, object, Upload];
    expect(answer.status).to.equal(202);
    expect(verb).to.equal("createFromRecording");
    expect(about).to.include({ title: "Ghi âm", name: "../../etc/passwd", class: "ordinary" });
    expect(upload.bytes).to.equal(300_000);
    expect(upload.file).to.match(/quarantine\/[0-9a-f-]{36}\.part$/);
    expect((await readFile(upload.file)).equals(bytes)).to.equal(true);
    await api.close();
  });

  it("keeps nothing when the verb refuses, and nothing of an empty or too large one", async () => {
    const api = await startApi();
    api.control.createFromRecording = async () => {
      throw new Fault("invalid", { vi: "không phải âm thanh", en: "not audio" });
    };

    const refused = await api.ask("POST", UPLOAD, { body: Buffer.from("x") });
    const empty = await api.ask("POST", UPLOAD, { body: Buffer.alloc(0) });
    const large = await api.ask("POST", UPLOAD, { body: Buffer.alloc(MAX_UPLOAD + 1) });

    expect([refused.status, empty.status, large.status]).to.deep.equal([400, 400, 413]);
    expect(await api.waiting()).to.deep.equal([]);
    await api.close();
  });

  it("stops taking a stream without a length at the limit, and keeps nothing", async () => {
    const api = await startApi();
    const socket = connect(api.port, "127.0.0.1");
    const head = `POST ${UPLOAD} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const piece = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(0x100000), Buffer.from("\r\n")]);
    let answer = "";
    socket.on("data", (data) => {
      answer += data.toString();
    });
    socket.on("error", () => {});
    socket.write(head);

    for (let i = 0; i < 51 && !socket.destroyed; i++) await new Promise((resolve) => socket.write(piece, resolve));
    if (answer === "") await once(socket, "data");

    expect(answer).to.match(/^HTTP\/1\.1 413 /);
    expect(await api.waiting()).to.deep.equal([]);
    socket.destroy();
    await api.close();
  });

  it("keeps nothing of a transfer that breaks off, and then has room again", async () => {
    const api = await startApi();
    const head = `POST ${UPLOAD} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 1000\r\n\r\nabc`;
    const sockets = Array.from({ length: MAX_UPLOADS_AT_ONCE }, () => connect(api.port, "127.0.0.1"));
    const arrivals = new Promise<void>((resolve) => {
      let count = 0;
      api.http.on("request", () => {
        count += 1;
        if (count === MAX_UPLOADS_AT_ONCE) resolve();
      });
    });
    for (const socket of sockets) socket.write(head);
    await arrivals;

    const busy = await api.ask("POST", UPLOAD, { body: Buffer.from("x") });
    const ends = sockets.map((socket) => once(socket, "close"));
    for (const socket of sockets) socket.destroy();
    await Promise.all(ends);
    let again = await api.ask("POST", UPLOAD, { body: Buffer.from("x") });
    while (again.status === 429) again = await api.ask("POST", UPLOAD, { body: Buffer.from("x") });

    expect(busy.status).to.equal(429);
    expect(again.status).to.equal(202);
    expect(api.calls).to.have.length(1);
    await api.close();
  });
});

describe("fetching clips and programmes", () => {
  async function start() {
    const folder = await mkdtemp(join(tmpdir(), ".loa-clip-"));
    const clipPath = join(folder, `${CLIP}.opus`);
    await writeFile(clipPath, "0123456789");
    const api = await startApi({ clipPath });
    const get = (range?: string, method = "GET", path = `/clips/${CLIP}`) =>
      api.ask(method, path, { token: DEVICE_TOKEN, headers: range === undefined ? {} : { range } });
    const close = async () => {
      await api.close();
      await rm(folder, { recursive: true });
    };
    return { ...api, close, get };
  }

  it("sends the whole clip, marked by its hash, to be kept for ever", async () => {
    const { close, get } = await start();

    const whole = await get();
    const head = await get(undefined, "HEAD");

    expect(whole.text).to.equal("0123456789");
    expect(whole.headers.get("etag")).to.equal(`"${CLIP}"`);
    expect(whole.headers.get("cache-control")).to.equal("private, max-age=31536000, immutable");
    expect(whole.headers.get("accept-ranges")).to.equal("bytes");
    expect(whole.headers.get("content-type")).to.equal("audio/ogg");
    expect([head.status, head.headers.get("content-length"), head.text]).to.deep.equal([200, "10", ""]);
    await close();
  });

  it("sends the range that is asked for, so that a broken download goes on", async () => {
    const { close, get } = await start();

    const rest = await get("bytes=4-");
    const part = await get("bytes=2-3");
    const tail = await get("bytes=-1");

    expect([rest.status, rest.text, rest.headers.get("content-range")]).to.deep.equal([206, "456789", "bytes 4-9/10"]);
    expect([part.status, part.text]).to.deep.equal([206, "23"]);
    expect([tail.status, tail.text]).to.deep.equal([206, "9"]);
    await close();
  });

  it("says the same of a clip on the short way, where it is asked for plainly, as on the way of all requests", async () => {
    const { ask, close, get } = await start();
    const short = await get();
    const long = await get("bytes=0-");

    expect([short.status, long.status]).to.deep.equal([200, 206]);
    expect(short.text).to.equal(long.text);
    for (const name of ["content-type", "content-length", "etag", "cache-control", "accept-ranges"])
      expect(short.headers.get(name), name).to.equal(long.headers.get(name));
    const strange = await ask("GET", `/clips/${CLIP}`, { token: "guessed-by-a-stranger" });
    expect(strange.status).to.equal(401);
    await close();
  });

  it("answers 416 with the length outside the clip, and 404 for a clip it lacks", async () => {
    const { close, get } = await start();

    const outside = await get("bytes=10-");
    const unknown = await get(undefined, "GET", `/clips/${"cd".repeat(32)}`);
    const noHash = await get(undefined, "GET", "/clips/..%2f..%2fconfig%2fstation.json");

    expect([outside.status, outside.headers.get("content-range")]).to.deep.equal([416, "bytes */10"]);
    expect(outside.headers.get("cache-control")).to.equal("no-store");
    expect(unknown.status).to.equal(404);
    expect(noHash.status).to.equal(400);
    await close();
  });

  it("says 404 when the file has gone from the disk", async () => {
    const api = await startApi({ clipPath: join(tmpdir(), "loa-no-such-clip.opus") });

    const answer = await api.ask("GET", `/clips/${CLIP}`, { token: DEVICE_TOKEN });

    expect(answer.status).to.equal(404);
    expect(answer.headers.get("etag")).to.equal(null);
    await api.close();
  });

  it("does not let the station's token fetch as a device, nor a device use the API", async () => {
    const { ask, close } = await start();

    expect((await ask("GET", `/clips/${CLIP}`)).status).to.equal(401);
    expect((await ask("GET", "/api/v1/station", { token: DEVICE_TOKEN })).status).to.equal(401);
    await close();
  });

  it("sends the programme byte for byte, and nothing again when the receiver has it", async () => {
    const { ask, close } = await start();

    const first = await ask("GET", "/programme", { token: DEVICE_TOKEN });
    const mark = first.headers.get("etag") ?? "";
    const again = await ask("GET", "/programme", { token: DEVICE_TOKEN, headers: { "if-none-match": mark } });

    expect(first.text).to.equal('{"text":"{}","keyId":"","signature":""}');
    expect(first.headers.get("loa-revision")).to.equal("3");
    expect(first.headers.get("content-encoding"), "for whoever can unpack it").to.equal("gzip");
    expect(again.status).to.equal(304);
    expect(again.text).to.equal("");
    await close();
  });

  it("packs no programme for whoever does not ask for that, and knows either as the same one", async () => {
    const { ask, close } = await start();
    const headers = { "accept-encoding": "identity" };

    const plain = await ask("GET", "/programme", { token: DEVICE_TOKEN, headers });
    const mark = plain.headers.get("etag") ?? "";
    const packed = await ask("GET", "/programme", { token: DEVICE_TOKEN });
    const again = await ask("GET", "/programme", { token: DEVICE_TOKEN, headers: { "if-none-match": mark } });

    expect(plain.headers.get("content-encoding")).to.equal(null);
    expect(plain.headers.get("content-length")).to.equal(String(plain.text.length));
    expect(mark).to.equal(`"${CLIP}"`);
    expect(packed.text).to.equal(plain.text);
    expect(packed.headers.get("etag")).to.equal(`W/${mark}`);
    expect(packed.headers.get("vary")).to.match(/accept-encoding/i);
    expect(again.status).to.equal(304);
    await close();
  });
});
