import type { WholeHouse } from "./whole-house.js";

/** A browser: it keeps its cookie and says which page it is on. */
export function browserAt(house: WholeHouse) {
  let cookie = "";
  return {
    get cookie() {
      return cookie;
    },
    async ask(method: string, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}) {
      const response = await fetch(house.server.url + path, {
        method,
        redirect: "manual",
        headers: {
          origin: house.server.url,
          ...(cookie === "" ? {} : { cookie }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...more,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const set = response.headers.getSetCookie()[0];
      if (set !== undefined) cookie = set.split(";")[0] ?? "";
      const text = await response.text();
      const json = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined;
      return { status: response.status, set, text, json };
    },
  };
}
