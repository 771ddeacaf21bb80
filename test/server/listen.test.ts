import { createServer } from "node:http";
import { expect } from "chai";
import { listen } from "../../src/server/listen.js";

describe("listen", () => {
  it("names an address by which this machine reaches it, where it listens at every one", async () => {
    const http = createServer((_request, response) => response.end("đây"));
    const url = await listen(http, { host: "0.0.0.0", port: 0 });

    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(url)).text()).to.equal("đây");
    http.close();
  });

  it("says what to do when the port is taken", async () => {
    const first = createServer();
    const port = Number(new URL(await listen(first, { host: "127.0.0.1", port: 0 })).port);
    const thrown = await listen(createServer(), { host: "127.0.0.1", port }).catch((error: unknown) => error);

    expect(thrown).to.have.property("reason", "port");
    expect(String(thrown)).to.include("--port");
    first.close();
  });
});
