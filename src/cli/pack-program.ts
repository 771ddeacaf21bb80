/**
 * Packs a program for loudspeakers: the built sources and the packages that a loudspeaker needs of them, as one file.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createWriteStream, readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Fault } from "../base/errors.js";
import { faultOfHeader, PACKAGE_MARK, type PackageHeader } from "../protocol/package-header.js";

/** A file of a program: its place in the package, and its bytes. */
export interface ProgramFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** What a package came to. */
export interface Packed {
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
  readonly unpackedBytes: number;
}

/** What `src/relay` imports; the rest of the station's packages would only cost the loudspeakers' data. */
const RELAY_PACKAGES = ["ws", "opus-decoder", "zod"];
/** What runs, and what describes it to Node. */
const RUNS = /\.(?:js|mjs|cjs|json|wasm|node)$/;
/** Kept out: what only people and compilers read, and what no loudspeaker imports. */
const IDLE = /\.d\.[cm]?ts$|\.map$|\/(?:test|tests|docs|examples)\/|zod\/(?:src|v3)\//;

/**
 * The files of the program in a checkout that was built.
 *
 * @throws Fault "not-found" when it was not built, or a package is missing
 */
export function programFiles(checkout: string): ProgramFile[] {
  const manifest = read(join(checkout, "package.json"));
  const own = filesBelow(checkout, "dist/src");
  const packages = closure(checkout, RELAY_PACKAGES).flatMap((name) => filesBelow(checkout, `node_modules/${name}`));
  return [{ path: "package.json", content: manifest }, ...own, ...packages];
}

/** The version by which these files go, as the program itself will say. @throws Fault "not-found" without any */
export function versionIn(files: readonly ProgramFile[]): string {
  const file = files.find(({ path }) => path === "dist/src/server/version.js");
  const version = /VERSION = "(\d+\.\d+\.\d+)"/.exec(Buffer.from(file?.content ?? []).toString("utf8"))?.[1];
  if (version === undefined) throw unpackable("version");
  return version;
}

/** Writes the package. The same files always make the same bytes. @throws Fault "invalid" when one cannot be packed */
export async function writePackage(files: readonly ProgramFile[], out: string): Promise<Packed> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const header: PackageHeader = {
    v: 1,
    files: sorted.map(({ path, content }) => ({
      path,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex") as PackageHeader["files"][number]["sha256"],
    })),
  };
  const fault = faultOfHeader(header);
  if (fault !== undefined) throw unpackable(fault);
  const hash = createHash("sha256");
  let bytes = 0;
  await pipeline(
    contentsOf(header, sorted),
    createGzip({ level: 9 }),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    createWriteStream(out),
  );
  const unpackedBytes = header.files.reduce((sum, one) => sum + one.bytes, 0);
  return { sha256: hash.digest("hex"), bytes, files: header.files.length, unpackedBytes };
}

function* contentsOf(header: PackageHeader, files: readonly ProgramFile[]): Generator<Uint8Array> {
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const prefix = Buffer.alloc(PACKAGE_MARK.length + 4);
  prefix.write(PACKAGE_MARK, "latin1");
  prefix.writeUInt32BE(text.length, PACKAGE_MARK.length);
  yield prefix;
  yield text;
  for (const { content } of files) if (content.length > 0) yield content;
}

/** These packages and all that they depend on. */
function closure(checkout: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const about = JSON.parse(read(join(checkout, "node_modules", name, "package.json")).toString("utf8"));
    for (const needed of Object.keys(about.dependencies ?? {})) visit(needed);
  };
  for (const name of names) visit(name);
  return [...found];
}

function filesBelow(root: string, folder: string): ProgramFile[] {
  const names = orMissing(folder, () =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
    ),
  );
  return names.flatMap((name) => {
    const path = posix.join(...name.slice(root.length + 1).split(sep));
    return RUNS.test(path) && !IDLE.test(path) ? [{ path, content: read(name) }] : [];
  });
}

const read = (path: string): Buffer => orMissing(path, () => readFileSync(path));

function orMissing<T>(path: string, task: () => T): T {
  try {
    return task();
  } catch (cause) {
    throw new Fault(
      "not-found",
      {
        vi: `Không đọc được ${path}. Hãy biên dịch trước (npm run build) trong thư mục nguồn đã cài gói (npm ci).`,
        en: `${path} cannot be read. Build first (npm run build), in a checkout with its packages (npm ci).`,
      },
      { cause },
    );
  }
}

const unpackable = (why: string): Fault =>
  new Fault("invalid", {
    vi: `Không đóng gói được chương trình (${why}). Không có gì được ghi.`,
    en: `The program cannot be packed (${why}). Nothing was written.`,
  });
