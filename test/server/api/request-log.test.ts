import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { createLog } from "../../../src/base/log.js";
import { withRequestLog } from "../../../src/server/api/request-log.js";
import { FakeClock } from "../../support/fake-clock.js";
import { openHouse } from "../../support/whole-house.js";

describe("the number of a request", () => {
  it("is in the answer and in the log, with what was asked and what became of it, and without what stands behind the ?", async () => {
    const clock = new FakeClock();
    const lines: Record<string, unknown>[] = [];
    let ids = 0;
    const server = createServer(
      withRequestLog({
        ...{ clock, log: createLog(clock, (line) => lines.push(JSON.parse(line)), "debug"), newId: () => `n${ids++}` },
        answer(request, response) {
          clock.advance(7);
          response.writeHead(request.url?.startsWith("/hong") ? 500 : 200).end("x");
        },
      }),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const seen: (string | null)[] = [];
    for (const [method, path] of [
      ["GET", "/enter?token=bi-mat"],
      ["POST", "/api/v1/stop"],
      ["GET", `/hong/${"a".repeat(500)}`],
    ] as const) {
      const answer = await fetch(url + path, { method });
      await answer.text();
      seen.push(answer.headers.get("x-request-id"));
    }
    server.close();
    await once(server, "close");

    expect(seen).to.deep.equal(["n0", "n1", "n2"]);
    expect(
      lines.map(({ level, event, request, method, status, ms }) => [level, event, request, method, status, ms]),
    ).to.deep.equal([
      ["debug", "api.request", "n0", "GET", 200, 7],
      ["info", "api.request", "n1", "POST", 200, 7],
      ["warn", "api.request", "n2", "GET", 500, 7],
    ]);
    expect(lines.map(({ path }) => path)).to.deep.equal(["/enter", "/api/v1/stop", `/hong/${"a".repeat(194)}`]);
  });

  it("names a refusal, so that somebody can be asked about it", async () => {
    const house = await openHouse();
    const answer = await fetch(`${house.server.url}/api/v1/khong-co`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    const problem = (await answer.json()) as { instance: string };
    await house.close();
    expect(problem.instance).to.equal(`urn:loa-phuong:request:${answer.headers.get("x-request-id")}`);
  });
});
