import type { IncomingMessage, ServerResponse } from "node:http";
import type { Programme } from "../../src/protocol/programme.js";
import type { OrderKey } from "../../src/protocol/signing.js";

/** What a fake server answers over HTTP, and what it notes of the questions; `at` is by the machine's monotonic clock, ms. */
export interface FakeContent {
  readonly clips: ReadonlyMap<string, Uint8Array>;
  readonly programmes: ReadonlyMap<string, Programme>;
  readonly requests: { url: string; range: string | undefined; at: number }[];
  /** Codes that somebody paired with, and the keys of the devices. */
  readonly paired: unknown[];
  readonly keys: Map<string, string>;
  readonly orderKeys: readonly OrderKey[];
  /** PEM, for whoever is paired. */
  readonly authority: string | undefined;
  readonly world: {
    readonly content: "whole" | "page" | "busy";
    readonly pairing: "whole" | "lost" | "half" | "page";
    readonly withhold: ReadonlySet<string>;
    readonly expired: ReadonlySet<string>;
  };
}

/** Answers pairings, programmes and clips, truly or as the world says. */
export function answerContent({ clips, programmes, requests, paired, keys, orderKeys, authority, world }: FakeContent) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { url = "/", headers } = request;
    requests.push({ url, range: headers.range, at: performance.now() });
    const receiver = (headers.authorization ?? "").replace("Bearer secret-", "");
    if (url === "/api/v1/pair") {
      request.setEncoding("utf8").once("data", (body: string) => {
        const { code, publicKey } = JSON.parse(body) as { code: string; publicKey: string };
        paired.push(code);
        if (!code.startsWith("code-")) return void response.writeHead(403).end("{}");
        const id = code.slice(5);
        keys.set(id, publicKey);
        if (world.pairing === "lost") return void response.destroy();
        if (world.pairing === "half") return void response.writeHead(201).end('{"receiver":"');
        if (world.pairing === "page") return void response.writeHead(200).end("<p>Xin đăng nhập</p>");
        return void response.writeHead(201).end(JSON.stringify({ receiver: id, orderKeys, authority }));
      });
      return;
    }
    if (world.expired.has(receiver) && url.startsWith("/clips/")) {
      response.writeHead(401).end();
      return;
    }
    if (world.content === "page")
      return void response.writeHead(200, { "content-type": "text/html" }).end("<html>Đăng nhập</html>");
    if (world.content === "busy") return void response.writeHead(503, { "retry-after": "1" }).end();
    const programme = programmes.get(receiver);
    if (url === "/programme" && programme) {
      response.end(JSON.stringify(programme));
      return;
    }
    const clip = clips.get(url.replace(/^\/(?:clips|updates)\//, ""));
    if (!clip || world.withhold.has(receiver)) {
      response.writeHead(404).end();
      return;
    }
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? "") ?? [];
    const piece = clip.subarray(Number(from ?? 0), Number(to ?? clip.length) + 1);
    if (from !== undefined)
      response.writeHead(206, { "content-range": `bytes ${from}-${Number(from) + piece.length - 1}/${clip.length}` });
    response.end(piece);
  };
}
