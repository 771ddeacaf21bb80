/**
 * Gives out the panel: a few files that were built with the program. They hold no secrets, so anybody may have them; what they
 * show comes through doors that ask who is there.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Express, Request, RequestHandler, Response } from "express";
import { Fault } from "../../base/errors.js";

const shrink = promisify(gzip);

const MEDIA: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};
/** Text shrinks to a third; fonts are packed already. */
const SHRINKS = [".html", ".js", ".css", ".svg"];
/** Names of these carry a hash of their content. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** The station's own picture. */
const ICON = /^\/assets\/loudspeaker-[^/]*\.svg$/;

/** Scripts, styles, fonts and sounds of this station; no other page may hold it, and nothing comes from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  // The base style draws its arrows and ticks as pictures in the style itself.
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

interface File {
  readonly media: string;
  readonly bytes: Buffer;
  /** Made when it is first asked for; a station that nobody looks at spends nothing on it. */
  readonly shrunk: () => Promise<Buffer | undefined>;
}

/** Reads what was built. Empty when nothing was. */
function filesIn(folder: string): ReadonlyMap<string, File> {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw thrown;
  }
  const known = names.filter((name) => extname(name) in MEDIA);
  return new Map(
    known.map((name) => {
      const kind = extname(name);
      const bytes = readFileSync(join(folder, name));
      let made: Promise<Buffer> | undefined;
      const shrunk = async () => {
        if (!SHRINKS.includes(kind)) return undefined;
        made ??= shrink(bytes, { level: 9 });
        return made;
      };
      return [`/${name.split("\\").join(posix.sep)}`, { media: MEDIA[kind] ?? "", bytes, shrunk }];
    }),
  );
}

async function send(request: Request, response: Response, { media, bytes, shrunk }: File): Promise<void> {
  response.set({ "Content-Type": media, Vary: "Accept-Encoding" });
  const small = request.acceptsEncodings("gzip") ? await shrunk() : undefined;
  if (small === undefined) return void response.send(bytes);
  response.set("Content-Encoding", "gzip").send(small);
}

/** The panel, read once from `folder`. */
export function createPanelFiles(folder: string) {
  const files = filesIn(folder);
  const page: RequestHandler = (request, response) => {
    const index = files.get("/index.html");
    if (!index) throw new Fault("unavailable", NOT_BUILT, { reason: "no-panel" });
    response.set({
      "Content-Security-Policy": POLICY,
      "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    });
    return send(request, response, index);
  };
  return {
    /** The page itself, for every address of the panel. */
    page,
    /** What the page is made of, and the script of the pages at the door. */
    mountParts(app: Express): void {
      app.get("/passkeys.js", (request, response, next) => {
        const script = files.get("/passkeys.js");
        if (!script) return next();
        return send(request, response, script);
      });
      app.get(/^\/assets\//, (request, response, next) => {
        const file = files.get(request.path);
        if (!file) return next();
        response.set("Cache-Control", FOR_EVER);
        return send(request, response, file);
      });
      // Browsers ask for it by themselves, on pages that name no icon.
      const [icon] = [...files].filter(([name]) => ICON.test(name)).map(([, file]) => file);
      app.get("/favicon.ico", (request, response, next) => (icon ? send(request, response, icon) : next()));
    },
    /** For addresses that nothing else answers to: those that a person typed or followed are the panel's. */
    mountAddresses(app: Express): void {
      app.get(/^\/[a-z][a-z-]*(?:\/[^.]*)?$/, (request, response, next) => {
        const isPerson = (request.get("Accept") ?? "").includes("text/html");
        if (!isPerson || request.path.startsWith("/api/")) return next();
        return page(request, response, next);
      });
    },
  };
}

const NOT_BUILT = {
  vi: "Bảng điều khiển chưa được dựng. Hãy chạy npm run build rồi khởi động lại đài; loa vẫn phát theo lịch.",
  en: "The panel was not built. Run npm run build and start the station again; loudspeakers go on by the plan.",
};
