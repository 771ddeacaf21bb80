import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { expect } from "chai";
import type { Upload } from "../../../src/server/api/control-verbs.js";
import { MOST_EACH, PATIENCE, PIECE } from "../../../src/server/api/piecewise.js";
import type { ArrivedView } from "../../../src/server/api/piecewise-routes.js";
import { MAX_UPLOAD } from "../../../src/server/api/upload.js";
import { startApi, TOKEN } from "./start-api.js";

const RECORDING = "/api/v1/recordings?title=Ghi&name=a.mp3";

describe("a file that comes piece by piece", () => {
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251));
  type Api = Awaited<ReturnType<typeof startApi>>;
  let api: Api;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const begin = async (length = bytes.length) => {
    const answer = await api.ask("POST", "/api/v1/uploads", { body: { bytes: length } });
    expect(answer.status, answer.text).to.equal(201);
    return (answer.json() as ArrivedView).id;
  };
  const add = async (id: string, from: number, to: number) => {
    const answer = await api.ask("PUT", `/api/v1/uploads/${id}/pieces/${from}`, { body: bytes.subarray(from, to) });
    return answer.status === 200 ? (answer.json() as ArrivedView).received : `${answer.status} ${answer.json().reason}`;
  };
  const handIn = (id: string) => api.ask("POST", RECORDING, { headers: { "loa-upload": id } });

  it("is one file again, whatever came twice, and nothing of it is left", async () => {
    const id = await begin();
    expect(await add(id, 0, 2_000)).to.equal(2_000);
    expect(await add(id, 0, 2_000), "its answer was lost").to.equal(2_000);
    expect(await add(id, 2_000, 4_500)).to.equal(4_500);
    expect((await api.ask("GET", `/api/v1/uploads/${id}`)).json()).to.include({ received: 4_500, bytes: 5_000 });
    expect(await add(id, 4_500, 5_000)).to.equal(5_000);

    const answer = await handIn(id);

    expect(answer.status, answer.text).to.equal(202);
    const [, , upload] = api.calls.at(-1) as [string, object, Upload];
    expect(upload.bytes).to.equal(5_000);
    expect((await readFile(upload.file)).equals(bytes)).to.equal(true);
    expect(await api.waiting()).to.have.length(1);
    expect((await handIn(id)).status, "a second time").to.equal(404);
  });

  it("goes on after a line that broke in the middle of a piece", async () => {
    const id = await begin();
    await add(id, 0, 1_000);
    const socket = connect(api.port, "127.0.0.1");
    const path = `/api/v1/uploads/${id}/pieces/1000`;
    const head = `PUT ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 4000\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(700, 1)]));
    await once(socket, "ready");
    socket.destroy();

    expect((await api.ask("GET", `/api/v1/uploads/${id}`)).json()).to.include({ received: 1_000 });
    expect(await add(id, 1_000, 5_000)).to.equal(5_000);
    expect((await handIn(id)).status).to.equal(202);
    const [, , upload] = api.calls.at(-1) as [string, object, Upload];
    expect((await readFile(upload.file)).equals(bytes)).to.equal(true);
  });

  it("is not taken with a gap, longer than it was said to be, or before it is whole", async () => {
    const id = await begin(4_000);
    expect(await add(id, 100, 200)).to.equal("409 missing-piece");
    expect(await add(id, 0, 3_000)).to.equal(3_000);
    expect(await add(id, 3_000, 5_000)).to.equal("400 upload-length");
    const early = await handIn(id);
    expect([early.status, early.json().reason]).to.deep.equal([409, "upload-not-whole"]);
    expect(await add(id, 3_000, 4_000)).to.equal(4_000);
    expect(await api.waiting(), "no piece is left over").to.have.length(1);
  });

  it("has its limits: each piece, the whole, and how many are on their way", async () => {
    expect((await api.ask("POST", "/api/v1/uploads", { body: { bytes: MAX_UPLOAD + 1 } })).status).to.equal(413);
    const id = await begin(3 * PIECE);
    const large = await api.ask("PUT", `/api/v1/uploads/${id}/pieces/0`, { body: Buffer.alloc(PIECE + 1) });
    expect(large.status).to.equal(413);
    for (let number = 1; number < MOST_EACH; number++) await begin();
    expect((await api.ask("POST", "/api/v1/uploads", { body: { bytes: 1 } })).status).to.equal(429);
    expect((await api.ask("DELETE", `/api/v1/uploads/${id}`)).status).to.equal(204);
    expect((await api.ask("POST", "/api/v1/uploads", { body: { bytes: 1 } })).status).to.equal(201);
  });

  it("belongs to whoever began it, and is forgotten when nobody adds to it for an hour", async () => {
    await api.people.first();
    const { secret } = await api.people.person("Người khác", [{ role: "ward-operator", area: "xuan-huong" as never }]);
    const id = await begin();
    const other = await api.askAs(secret, "GET", `/api/v1/uploads/${id}`);
    expect([other.status, other.json().reason]).to.deep.equal([404, "no-such-upload"]);
    await api.askAs(secret, "DELETE", `/api/v1/uploads/${id}`);
    await add(id, 0, 1_000);

    api.clock.advance(PATIENCE - 1);
    expect(await add(id, 1_000, 2_000)).to.equal(2_000);
    api.clock.advance(PATIENCE);
    expect(await add(id, 2_000, 3_000)).to.equal("404 no-such-upload");
    expect(await api.waiting()).to.deep.equal([]);
  });
});
