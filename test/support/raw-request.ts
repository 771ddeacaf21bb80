import { request } from "node:http";
import type { WholeHouse } from "./whole-house.js";

/** One level below fetch, which says Host, Origin and paths in its own way. */
export const raw = (
  house: WholeHouse,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
) =>
  new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const { hostname, port } = new URL(house.server.url);
    const asked = request({ hostname, port, method, path, headers }, async (answer) => {
      let text = "";
      for await (const piece of answer.setEncoding("utf8")) text += piece;
      resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers });
    });
    asked.on("error", reject).end(body);
  });
