import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ProgramFile, writePackage } from "../../../src/cli/pack-program.js";
import { PACKAGE_MARK, PROGRAM_START } from "../../../src/protocol/package-header.js";
import { signedBytes } from "../../../src/protocol/signing.js";
import type { Manifest, SignedManifest } from "../../../src/protocol/update.js";

/** An update key of a test; another seed is another maker. */
export function aMaker(seed = 1) {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = String(createPublicKey(key).export({ format: "jwk" }).x);
  return {
    publicKey,
    sign(manifest: Partial<Manifest> | string): SignedManifest {
      const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
      const signature = sign(null, signedBytes("update", text), key).toString("base64url");
      return { manifest: text, key: publicKey, signature };
    },
  };
}

/** The smallest program there is. */
export const tinyProgram = (script = "process.exit(0);"): ProgramFile[] => [
  { path: "package.json", content: Buffer.from('{"type":"module"}') },
  { path: PROGRAM_START, content: Buffer.from(script) },
];

/** A package in a folder, with the manifest that fits it. */
export async function aPackage(folder: string, files = tinyProgram(), more: Partial<Manifest> = {}) {
  const file = join(folder, "goi.pack");
  const packed = await writePackage(files, file);
  const manifest = { v: 1, version: "2.0.0", minNode: "20.19.0", stateFormat: 1, ...packed, ...more } as Manifest;
  return { file, bytes: readFileSync(file), manifest };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A package as an enemy would write it: whatever header, whatever contents. */
export function rawPackage(header: unknown, contents: Uint8Array, mark = PACKAGE_MARK): Buffer {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return gzipSync(Buffer.concat([Buffer.from(mark, "latin1"), length, text, contents]));
}

/** A header that says the truth about these files. */
export const headerOf = (files: readonly { path: string; content: string }[]) => ({
  v: 1,
  files: files.map(({ path, content }) => ({
    path,
    bytes: Buffer.byteLength(content),
    sha256: sha256(Buffer.from(content)),
  })),
});
