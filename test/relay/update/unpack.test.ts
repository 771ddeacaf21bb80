import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import type { Fault } from "../../../src/base/errors.js";
import { faultOfHeader, isSafePath, PROGRAM_START } from "../../../src/protocol/package-header.js";
import { unpack } from "../../../src/relay/update/unpack.js";
import { checkProperty } from "../../support/check-property.js";
import { failureOf } from "../../support/failure-of.js";
import { aPackage, headerOf, rawPackage, tinyProgram } from "./a-package.js";

describe("a package", () => {
  let folder: string;
  let out: string;
  const START = { path: PROGRAM_START, content: "1" };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "loa-unpack-"));
    out = join(folder, "out");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Why it is refused, and that nothing of it stays. */
  const refusal = async (bytes: Uint8Array, expected: { files: number; unpackedBytes: number }) => {
    const file = join(folder, "xau.pack");
    writeFileSync(file, bytes);
    const failure = (await failureOf(unpack(file, out, expected))) as Fault;
    expect(failure.reason).to.equal("package");
    expect(readdirSync(folder)).to.deep.equal(["xau.pack"]);
    return /\((.*)\)/.exec(failure.words.en)?.[1];
  };
  const refusalOf = (files: { path: string; content: string }[]) =>
    refusal(rawPackage(headerOf(files), Buffer.from(files.map(({ content }) => content).join(""))), {
      files: files.length,
      unpackedBytes: files.reduce((sum, { content }) => sum + content.length, 0),
    });

  it("comes out as it was packed, and the same files always make the same package", async () => {
    const files = [...tinyProgram("let a;"), { path: "node_modules/@a/b/none.txt", content: Buffer.alloc(0) }];
    const first = await aPackage(folder, files);
    await unpack(first.file, out, first.manifest);
    const second = await aPackage(folder, files.toReversed());

    expect(first.manifest.sha256).to.equal(second.manifest.sha256);
    expect(readFileSync(join(out, PROGRAM_START), "utf8")).to.equal("let a;");
    expect(readFileSync(join(out, "node_modules/@a/b/none.txt")).length).to.equal(0);
  });

  for (const path of [
    "../out.js",
    "/etc/passwd",
    "a/../../b",
    "a//b",
    "./a",
    "a/.",
    "..",
    "",
    "a\\b",
    "a\0b",
    "c:/b",
    "a/b.",
    "a/ b",
    "a/bé",
    `${"a/".repeat(30)}b`,
    `${"x".repeat(199)}/y`,
  ])
    it(`is refused for the path ${JSON.stringify(path.slice(0, 30))}`, async () => {
      const reason = await refusalOf([START, { path, content: "x" }]);
      expect(reason).to.be.oneOf(["path", "header"]);
      expect(existsSync(join(folder, "out.js"))).to.equal(false);
    });

  it("is refused when two of its files are the same, or one is a folder of another", async () => {
    expect(await refusalOf([START, { path: "a", content: "x" }, { path: "A", content: "y" }])).to.equal("path-twice");
    expect(await refusalOf([START, { path: "a", content: "x" }, { path: "a/b", content: "y" }])).to.equal("path-twice");
  });

  it("is refused without anything to start", async () => {
    expect(await refusalOf([{ path: "a", content: "x" }])).to.equal("no-start");
  });

  it("is refused when its contents are shorter, longer or others than it says", async () => {
    const header = headerOf([START]);
    const expected = { files: 1, unpackedBytes: 1 };

    expect(await refusal(rawPackage(header, Buffer.alloc(0)), expected)).to.equal("shorter than it says");
    expect(await refusal(rawPackage(header, Buffer.from("12")), expected)).to.equal("longer than it says");
    expect(await refusal(rawPackage(header, Buffer.from("2")), expected)).to.equal("hash of a file");
    expect(await refusal(rawPackage(header, Buffer.from("1")), { files: 2, unpackedBytes: 1 })).to.match(/manifest/);
    expect(await refusal(rawPackage(header, Buffer.from("1")), { files: 1, unpackedBytes: 9 })).to.match(/manifest/);
  });

  it("is refused when it is none, is torn, or promises more than a device can hold", async () => {
    const expected = { files: 1, unpackedBytes: 1 };
    const good = rawPackage(headerOf([START]), Buffer.from("1"));
    const huge = headerOf([START]);
    (huge.files[0] as { bytes: number }).bytes = 200 * 1024 * 1024;

    expect(await refusal(Buffer.from("no gzip"), expected)).to.equal("no gzip");
    expect(await refusal(good.subarray(0, -9), expected)).to.be.oneOf(["no gzip", "shorter than it says"]);
    expect(await refusal(rawPackage(headerOf([START]), Buffer.from("1"), "ZIPFILE1"), expected)).to.equal("no package");
    expect(await refusal(rawPackage("{", Buffer.from("1")), expected)).to.equal("header");
    expect(await refusal(rawPackage(huge, Buffer.from("1")), expected)).to.equal("size");
  });

  it("does not write through what lies where it is unpacked", async () => {
    const { file, manifest } = await aPackage(folder);
    symlinkSync(folder, out);
    await unpack(file, out, manifest);

    expect(existsSync(join(folder, "dist"))).to.equal(false);
    expect(existsSync(join(out, PROGRAM_START))).to.equal(true);
  });

  it("names no path that leaves its folder, whatever it is made of", () => {
    checkProperty(
      fc.property(
        fc.array(fc.constantFrom("a", ".", "..", "/", "\\", "\0", "b.js", "@", "~", " "), { maxLength: 12 }),
        (parts) => {
          const path = parts.join("");
          if (!isSafePath(path)) return;
          expect(join("/x", path).startsWith("/x/")).to.equal(true);
          expect(join("/x", path)).to.equal(`/x/${path}`);
        },
      ),
    );
  });

  it("may hold a folder whose name begins like a file", () => {
    const files = headerOf([START, { path: "a.js", content: "" }, { path: "a/b.js", content: "" }]);
    expect(faultOfHeader(files as never)).to.equal(undefined);
  });
});
