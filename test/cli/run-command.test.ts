import { spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { COMMANDS } from "../../src/cli/commands.js";
import { run } from "./run.js";

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

  it("ends with 1 and a sentence when a file is not there", async () => {
    const { code, error } = await run(["normalize", "/nonexistent.txt"]);

    expect(code).to.equal(1);
    expect(error).to.contain("Không đọc được tệp");
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
