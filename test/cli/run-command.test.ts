import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { EXIT_CODES } from "../../src/cli/command.js";
import { COMMANDS } from "../../src/cli/commands.js";
import { run } from "./run.js";

const escaped = (text: string) => text.replace(/[()]/g, "\\$&");

describe("loa", () => {
  it("explains itself in Vietnamese and English, whole and by command", async () => {
    const whole = await run(["help"]);

    expect(whole.code).to.equal(0);
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(whole.out).to.contain(name).and.to.contain(summary.vi).and.to.contain(summary.en);
      const one = await run(["help", name]);
      expect(one.code, name).to.equal(0);
      expect(one.out, name).to.contain(`loa ${name}`);
      expect((await run([name, "--help"])).out, name).to.equal(one.out);
    }
  });

  it("names every exit code that a command may end with", async () => {
    const { out } = await run(["help"]);

    for (const [code, { vi, en }] of EXIT_CODES)
      expect(out).to.match(new RegExp(`^ +${code} +${escaped(vi)} / ${escaped(en)}$`, "m"));
  });

  it("ends with 2 when nothing is asked", async () => {
    const { code, out, error } = await run([]);

    expect(code).to.equal(2);
    expect(out).to.equal("");
    expect(error).to.contain("loa help");
  });

  it("names the command or flag that was probably meant, and ends with 2", async () => {
    const command = await run(["sotp"]);
    const flag = await run(["stop", "--aera", "xuan-huong"]);
    const about = await run(["help", "dcotor"]);

    expect([command.code, flag.code, about.code]).to.deep.equal([2, 2, 2]);
    expect(command.error).to.contain("Có phải loa stop?").and.to.contain("Did you mean loa stop?");
    expect(flag.error).to.contain("--area");
    expect(about.error).to.contain("loa doctor");
  });

  it("does not take names that every object has for commands", async () => {
    expect((await run(["constructor"])).code).to.equal(2);
    expect((await run(["device", "toString"])).code).to.equal(2);
  });

  it("ends with 2 for a flag without its value, a value that cannot be, and too many words", async () => {
    expect((await run(["plan", "--days"])).code).to.equal(2);
    expect((await run(["plan", "--days", "99"])).error).to.contain("từ 1 đến 31");
    expect((await run(["plan", "--json=yes"])).code).to.equal(2);
    expect((await run(["normalize", "a", "b"])).code).to.equal(2);
    expect((await run(["render", "a"])).code).to.equal(2);
    expect((await run(["relay"])).code).to.equal(2);
    expect((await run(["init", ""])).code).to.equal(2);
    expect((await run(["device", "volume", "loa-1", ""])).code).to.equal(2);
    expect((await run(["device", "pair", "Loa Một"])).error)
      .to.contain("LOA: phải là một mã")
      .and.contain("to-dan-pho-1");
    expect((await run(["plan", "--area", "Tổ 1", "--station", "audio"])).error).to.contain("--area: phải là một mã");
  });

  it("ends with 78 where there is no station, naming the file", async () => {
    const { code, error } = await run(["plan", "--station", "/nonexistent"]);

    expect(code).to.equal(78);
    expect(error).to.contain("config/station.json").and.to.contain("loa init");
  });

  it("prints how a text is read out, from a pipe and as JSON", async () => {
    const plain = await run(["normalize"], { input: "ừ, TP.HCM" });
    const asJson = await run(["normalize", "-", "--json"], { input: "ừ, TP.HCM" });

    expect(plain.out).to.equal("ừ, thành phố Hồ Chí Minh\n");
    expect(JSON.parse(asJson.out)).to.include({ spoken: "ừ, thành phố Hồ Chí Minh" });
    expect(JSON.parse(asJson.out)).to.have.all.keys("spoken", "tokens", "unknown", "seconds", "warnings");
  });

  it("says why a text cannot be read, and ends with 1", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-texts-"));
    const [picture, cut] = [join(folder, "anh.png"), join(folder, "cut.txt")];
    await writeFile(picture, Buffer.from("89504e470d0a1a0a0000000d49484452ff", "hex"));
    await writeFile(cut, Buffer.from("Kính thưa bà con").subarray(0, 2));

    for (const [file, why] of [
      [join(folder, "none.txt"), "không có tệp"],
      [folder, "đây là thư mục"],
      [picture, "không phải tệp chữ dạng UTF-8"],
      [cut, "không phải tệp chữ dạng UTF-8"],
    ] as const)
      for (const argv of [
        ["normalize", file],
        ["render", file, "-o", join(folder, "ra.opus")],
      ]) {
        const { code, error, out } = await run(argv);
        expect({ code, out }, argv.join(" ")).to.deep.equal({ code: 1, out: "" });
        expect(error).to.contain(why);
      }
    expect((await run(["normalize", ""])).code).to.equal(2);
    await rm(folder, { recursive: true });
  });

  it("takes zero bytes for nothing, wherever they stand", async () => {
    expect(await run(["normalize"], { input: "Xin chào\0 bà con.\0" })).to.deep.include({
      code: 0,
      out: "Xin chào bà con.\n",
    });
  });

  it("refuses a text that is too long to be one announcement before it reads all of it", async () => {
    const input = "Xin chào bà con. ".repeat(100_000);
    const { code, error } = await run(["render", "-", "-o", "ra.opus"], { input });

    expect(code).to.equal(1);
    expect(error).to.contain("dài hơn 1.000.000 ký tự");
  });

  it("says what the machine refused, without a stack", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loa-refused-"));
    const file = join(folder, "tep");
    await writeFile(file, "x");

    for (const argv of [
      ["init", file],
      ["init", join(file, "dai")],
      ["doctor", file],
      ["serve", file],
      ["backup", "create", join(folder, "b"), "--station", file],
      ["backup", "verify", file],
      ["relay", "--server", "http://127.0.0.1:9", "--state", file],
      ["relay", "--server", "http://127.0.0.1:9", "--state", join(file, "loa")],
    ]) {
      const { code, error, out } = await run(argv);
      expect(code, argv.join(" ")).to.be.oneOf([1, 78]);
      expect(error + out)
        .to.contain(file)
        .and.not.contain("    at ")
        .and.not.match(/\bE[A-Z]{4,}\b/);
    }
    await rm(folder, { recursive: true });
  });

  it("ends with 1 and the place for whatever else the system refuses", async () => {
    const refused = Object.assign(new Error("no"), { code: "EACCES", syscall: "open", path: "/a/b" });
    const out = () => {
      throw refused;
    };
    const { code, error } = await run(["help"], { out });

    expect(code).to.equal(1);
    expect(error)
      .to.match(/^\/a\/b: không có quyền;/)
      .and.not.contain("    at ");
  });
});

describe("the loa program", () => {
  const program = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));

  async function start(argv: readonly string[]) {
    const child = spawn(process.execPath, [...process.execArgv, program, ...argv], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out: string[] = [];
    child.stdout.on("data", (data) => out.push(String(data)));
    const [code] = await once(child, "close");
    return { code, out: out.join("") };
  }

  it("ends with the command's exit code", async () => {
    const [version, wrong, noStation] = await Promise.all([
      start(["version"]),
      start(["sotp"]),
      start(["plan", "--station", "/nonexistent"]),
    ]);

    expect(version).to.deep.equal({ code: 0, out: "0.1.0\n" });
    expect(wrong.code).to.equal(2);
    expect(noStation.code).to.equal(78);
  });
});
