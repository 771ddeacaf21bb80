/**
 * Opens a package beside the program that runs. Nothing of it is believed before it is looked at: counts, sizes, paths and
 * the hash of every file; what does not fit leaves nothing behind.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Fault } from "../../base/errors.js";
import {
  faultOfHeader,
  MAX_PACKAGE_HEADER,
  PACKAGE_MARK,
  PACKAGE_PREFIX,
  type PackageFile,
  type PackageHeader,
  packageHeaderSchema,
} from "../../protocol/package-header.js";
import type { Manifest } from "../../protocol/update.js";
import { syncFolder } from "../disk/atomic-file.js";

/** @throws Fault "invalid" with reason `package`, saying what is wrong; or what the disk throws. Then nothing is left */
export async function unpack(
  file: string,
  folder: string,
  expected: Pick<Manifest, "files" | "unpackedBytes">,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const folders = new Set([folder]);
    await pipeline(createReadStream(file), createGunzip(), async (stream: AsyncIterable<Buffer>) => {
      const source = createSource(stream);
      const header = await readHeader(source, expected);
      for (const one of header.files) {
        const path = join(folder, one.path);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        for (let parent = dirname(path); parent !== folder; parent = dirname(parent)) folders.add(parent);
        await writeFile(path, one, source);
      }
      if ((await source.some()) !== undefined) throw wrong("longer than it says");
    });
    for (const one of folders) await syncFolder(one);
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    if (thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("Z_")) throw wrong("no gzip");
    throw thrown;
  }
}

async function readHeader(
  source: Source,
  { files, unpackedBytes }: Pick<Manifest, "files" | "unpackedBytes">,
): Promise<PackageHeader> {
  const prefix = await source.exactly(PACKAGE_PREFIX);
  if (prefix.subarray(0, PACKAGE_MARK.length).toString("latin1") !== PACKAGE_MARK) throw wrong("no package");
  const length = prefix.readUInt32BE(PACKAGE_MARK.length);
  if (length > MAX_PACKAGE_HEADER) throw wrong("header");
  const header = packageHeaderSchema.safeParse(parsed((await source.exactly(length)).toString("utf8"))).data;
  if (!header) throw wrong("header");
  const fault = faultOfHeader(header);
  if (fault !== undefined) throw wrong(fault);
  const total = header.files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (header.files.length !== files || total !== unpackedBytes) throw wrong("other files than its manifest says");
  return header;
}

async function writeFile(path: string, { bytes, sha256 }: PackageFile, source: Source): Promise<void> {
  // `wx`: nothing is ever written through something that is there already.
  const file: FileHandle = await open(path, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    for (let left = bytes; left > 0; ) {
      const piece = await source.some(left);
      if (piece === undefined) throw wrong("shorter than it says");
      hash.update(piece);
      await file.writeFile(piece);
      left -= piece.length;
    }
    if (hash.digest("hex") !== sha256) throw wrong("hash of a file");
    await file.sync();
  } finally {
    await file.close();
  }
}

interface Source {
  /** The next bytes, at most so many; `undefined` at the end. */
  some(most?: number): Promise<Buffer | undefined>;
  /** @throws Fault when there are fewer */
  exactly(count: number): Promise<Buffer>;
}

function createSource(stream: AsyncIterable<Buffer>): Source {
  const pieces = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const some = async (most = 1): Promise<Buffer | undefined> => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) return undefined;
      rest = next.value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
  return {
    some,
    async exactly(count) {
      const parts: Buffer[] = [];
      for (let left = count; left > 0; ) {
        const piece = await some(left);
        if (piece === undefined) throw wrong("shorter than it says");
        parts.push(piece);
        left -= piece.length;
      }
      return Buffer.concat(parts);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the schema refuses `undefined`.
    return undefined;
  }
}

const wrong = (what: string): Fault =>
  new Fault(
    "invalid",
    {
      vi: `gói chương trình không đúng (${what}), đã bỏ; chương trình đang chạy vẫn giữ nguyên`,
      en: `the program's package is wrong (${what}) and was thrown away; the program that runs stays`,
    },
    { reason: "package" },
  );
