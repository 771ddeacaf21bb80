import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { chooseFfmpeg } from "../../../src/server/pipeline/choose-ffmpeg.js";
import { writeLauncher } from "../../../src/server/pipeline/launcher.js";
import { openBench } from "./bench.js";
import { BUNDLED, voice, wav } from "./sounds.js";

describe("the choice of ffmpeg", () => {
  let folder = "";
  let bin = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-it's here-"));
    bin = join(folder, "bin");
    await mkdir(bin);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const program = async (name: string, script: string) => {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
    return join(bin, name);
  };

  function choose(works: (script: string) => boolean, configured?: string) {
    const tried: string[] = [];
    const options = { folder, configured, searchPath: bin, log: silentLog };
    const tryOut = async (launcher: string) => {
      const script = await readFile(launcher, "utf8");
      tried.push(script);
      if (!works(script)) throw new Error("no libopus");
      return "9.9";
    };
    return chooseFfmpeg({ ...options, tryOut }).then((chosen) => ({ chosen, tried }));
  }

  it("is the system's when that passes its test", async () => {
    const path = await program("ffmpeg", "");
    expect((await choose(() => true)).chosen).to.include({ path, source: "system", version: "9.9", sandbox: "none" });
  });

  it("is the bundled one when the system's fails", async () => {
    await program("ffmpeg", "");
    const { chosen, tried } = await choose((script) => script.includes("ffmpeg-installer"));
    expect(chosen).to.include({ path: BUNDLED, source: "bundled" });
    expect(tried).to.have.length(2);
  });

  it("is only ever the configured one, when there is one", async () => {
    await program("ffmpeg", "");
    expect((await choose(() => true, "/opt/ffmpeg")).chosen).to.include({ path: "/opt/ffmpeg", source: "configured" });
    expect((await choose((script) => !script.includes("/opt/ffmpeg"), "/opt/ffmpeg")).chosen).to.equal(undefined);
  });

  it("uses the strongest sandbox in which ffmpeg still works", async () => {
    for (const name of ["ffmpeg", "bwrap", "prlimit"]) await program(name, "");
    expect((await choose(() => true)).chosen?.sandbox).to.equal("bubblewrap");
    expect((await choose((script) => !script.includes("bwrap"))).chosen?.sandbox).to.equal("prlimit");
    expect((await choose((script) => !/bwrap|prlimit/.test(script))).chosen?.sandbox).to.equal("none");
  });
});

describe("the launcher", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-it\'s "$(here)"-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("hands every argument on as it is, from a folder with any name", async () => {
    const echo = join(folder, "print all");
    await writeFile(echo, '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const launcher = await writeLauncher("none", { ffmpeg: echo, folder, searchPath: "" });
    const words = ["-i", "a b", "$HOME", "'; rm x", "*"];
    const { stdout } = await promisify(execFile)(launcher ?? "", words, { cwd: folder });
    expect(stdout.trimEnd().split("\n")).to.deep.equal(words);
  });

  it("closes ffmpeg off from the network and every folder but the one it works in", async () => {
    for (const name of ["bwrap", "prlimit"]) {
      await writeFile(join(folder, name), '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n', { mode: 0o755 });
    }
    await writeFile(
      join(folder, "prlimit"),
      '#!/bin/sh\nwhile case "$1" in --*) ;; *) false ;; esac; do shift; done\nexec "$@"\n',
    );
    const launcher = await writeLauncher("bubblewrap", { ffmpeg: "/opt/ffmpeg", folder, searchPath: folder });
    const { stdout } = await promisify(execFile)(launcher ?? "", ["-version"], { cwd: folder });
    const words = stdout.trimEnd().split("\n");
    expect(words).to.include.members(["--unshare-all", "--die-with-parent", "--clearenv"]);
    const writable = words.flatMap((word, i) => (word === "--bind" ? [words[i + 1]] : []));
    expect(writable).to.deep.equal([folder]);
    expect(words.slice(-3)).to.deep.equal(["--", "/opt/ffmpeg", "-version"]);
  });

  it("is not written for a sandbox that this machine lacks", async () => {
    expect(await writeLauncher("bubblewrap", { ffmpeg: "/x", folder, searchPath: folder })).to.equal(undefined);
  });
});

describe("a pipeline without ffmpeg", () => {
  it("opens, says what is wrong, refuses clips, and works as soon as there is one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-no-ffmpeg-"));
    const ffmpeg = join(folder, "ffmpeg");
    const bench = await openBench({ ffmpeg });
    try {
      const file = join(folder, "a.wav");
      await writeFile(file, wav(voice(1)));
      expect(bench.pipeline.describe().problem?.vi).to.include("ffmpeg");
      const fault = await bench.make(file).catch((thrown: unknown) => thrown);
      expect(fault).to.include({ code: "unavailable", reason: "no-ffmpeg" });
      expect(await bench.leftOver()).to.deep.equal([]);
      await symlink(BUNDLED, ffmpeg);
      expect((await bench.make(file)).durationMs).to.equal(1_000);
      expect(bench.pipeline.describe()).to.include({ path: ffmpeg, source: "configured", sandbox: "none" });
      expect(bench.pipeline.describe()).to.not.have.property("problem");
    } finally {
      await bench.close();
      await rm(folder, { recursive: true });
    }
  });

  it("passes over a system ffmpeg that cannot make a clip, and works with its own", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-lame-ffmpeg-"));
    const lame = `case "$1" in -version) echo "ffmpeg version 9.9-lame";; *) echo "no such filter" >&2; exit 8;; esac`;
    await writeFile(join(folder, "ffmpeg"), `#!/bin/sh\n${lame}\n`, { mode: 0o755 });
    const bench = await openBench({ searchPath: folder });
    expect(bench.pipeline.describe()).to.include({ source: "bundled", path: BUNDLED });
    await bench.close();
    await rm(folder, { recursive: true });
  });

  it("does not take a program for ffmpeg that makes no clips", async () => {
    const bench = await openBench({ ffmpeg: "/bin/true" });
    expect(bench.pipeline.describe()).to.have.property("problem");
    await bench.close();
  });
});
