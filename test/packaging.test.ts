import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { settingsSchema } from "../src/server/config/settings.js";

/** One instruction of a Dockerfile, with continued lines joined. */
interface Instruction {
  readonly name: string;
  readonly text: string;
}

const instructionsOf = (source: string): Instruction[] =>
  source
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ name: line.split(" ", 1)[0] ?? "", text: line.slice(line.indexOf(" ") + 1).trim() }));

// No machine of the tests has a container engine: what can be judged without one is judged here, and no more is promised.
describe("the Dockerfile", () => {
  const all = instructionsOf(readFileSync("Dockerfile", "utf8"));
  const start = all.map(({ name }) => name).lastIndexOf("FROM");
  const last = all.slice(start);
  const of = (name: string, among = last) => all.filter((one) => among.includes(one) && one.name === name);

  it("knows only instructions that there are, the first of them FROM", () => {
    const known = "FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD".split(" ");
    expect(all.filter(({ name }) => !known.includes(name))).to.deep.equal([]);
    expect(all[0]?.name).to.equal("FROM");
  });

  it("builds in one stage and runs in another, both of one exact version", () => {
    const images = of("FROM", all).map(({ text }) => text.split(" ")[0]);
    expect(images).to.have.length(2);
    for (const image of images) expect(image).to.match(/^node:\d+\.\d+\.\d+-[a-z-]+$/);
    expect(new Set(images).size).to.equal(1);
  });

  it("copies only what is there, and nothing that is left out of the build", () => {
    const shown = readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    for (const { text } of of("COPY", all)) {
      if (text.startsWith("--from=build ")) continue;
      for (const source of text.split(" ").slice(0, -1)) {
        expect(existsSync(source), source).to.equal(true);
        expect(shown, source).to.include(source);
      }
    }
  });

  it("shows the builder no station, no secret and no sound", () => {
    const [first, ...rest] = readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(first).to.equal("*");
    for (const line of rest.filter((one) => one.startsWith("!")))
      expect(line).to.not.match(/^!(?:config(?:\/(?:state|keys|tls|token|log).*)?|audio.*|backups|logs|\.git)$/);
  });

  it("starts no shell, so that signals reach the program", () => {
    for (const { name, text } of all.filter(({ name }) => ["RUN", "CMD", "ENTRYPOINT"].includes(name)))
      expect(() => JSON.parse(text), `${name} ${text}`).to.not.throw();
    expect(JSON.parse(of("HEALTHCHECK")[0]?.text.replace(/^.*CMD /, "") ?? "")).to.include("status");
  });

  it("runs as nobody special, keeps one volume, and lets npm run no script of a package", () => {
    expect(of("USER").at(-1)?.text).to.equal("node");
    expect(last.findIndex(({ name }) => name === "USER")).to.be.above(last.map(({ name }) => name).lastIndexOf("RUN"));
    expect(of("VOLUME").map(({ text }) => JSON.parse(text))).to.deep.equal([["/station"]]);
    for (const { text } of of("RUN", all).filter(({ text }) => /"(?:ci|prune)"/.test(text)))
      expect(text).to.include("--ignore-scripts");
  });

  it("shows the one port at which a station listens when nobody says another, and tells how to reach it", () => {
    const { listen } = settingsSchema.parse({ station: { name: "Đài thử" } });
    expect(of("EXPOSE").map(({ text }) => text)).to.deep.equal([String(listen.port)]);
    const told = [...readFileSync("Dockerfile", "utf8").matchAll(/-p (?:127\.0\.0\.1:)?\d+:(\d+)/g)].map(
      ([, inner]) => inner,
    );
    expect(told).to.have.length(2);
    expect(new Set(told)).to.deep.equal(new Set([String(listen.port)]));
  });

  it("starts a program that the build makes", () => {
    const entry = JSON.parse(of("ENTRYPOINT")[0]?.text ?? "[]") as string[];
    expect(existsSync((entry[1] ?? "").replace("/app/", ""))).to.equal(true);
  });
});

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe("the lock file", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  /** As Node looks for it: beside, and in every folder above. */
  const isThere = (from: string, name: string): boolean => {
    const folders = from.split(/\/?node_modules\//);
    return folders.some((_, depth) => {
      const above = folders.slice(0, folders.length - depth).join("/node_modules/");
      return `${above === "" ? "" : `${above}/`}node_modules/${name}`.replace(/^\//, "") in packages;
    });
  };

  it("names whatever any package wants, also for other machines: else npm ci installs nothing at all", () => {
    const missing = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isThere(from, name))
        .map((name) => `${name}, which ${from} wants`),
    );
    expect(Object.keys(packages).length).to.be.above(300);
    expect(missing).to.deep.equal([]);
  });

  it("gives an inventory of what a station runs with, without the network", () => {
    const argv = ["sbom", "--omit=dev", "--sbom-format=cyclonedx", "--package-lock-only", "--offline"];
    const { stdout, status } = spawnSync("npm", argv, { encoding: "utf8" });
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Required<Locked>;
    const { components } = JSON.parse(stdout) as { components: { group?: string; name: string; version: string }[] };

    const listed = components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`);
    expect(status).to.equal(0);
    expect(listed).to.include.members(Object.entries(dependencies).map(([name, version]) => `${name}@${version}`));
  });
});

const UNITS = ["src/server/loa.service", "src/server/loa-signer.service", "src/relay/loa-relay.service"];

describe("the unit of the station", () => {
  const unit = readFileSync("src/server/loa.service", "utf8");
  const settingOf = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1];

  it("starts it again whenever it ends or hangs, but for wrong files and options", () => {
    expect(settingOf("Restart")).to.equal("always");
    expect(settingOf("RestartPreventExitStatus")?.split(" ")).to.have.members(["2", "78"]);
    expect(settingOf("StartLimitIntervalSec")).to.equal("0");
    expect(Number(settingOf("WatchdogSec"))).to.be.within(30, 120);
    expect(settingOf("NotifyAccess")).to.equal("all");
  });

  it("is written as systemd reads it, and so are the others", () => {
    for (const path of UNITS) {
      const lines = readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"));
      const sections = lines.filter((line) => line.startsWith("["));
      expect(sections, path).to.deep.equal(["[Unit]", "[Service]", "[Install]"]);
      for (const line of lines) expect(line, path).to.match(/^(?:\[[A-Z][a-z]+\]|[A-Z][A-Za-z]+=\S?.*\S?)$/);
      const keys = lines.filter((line) => !line.startsWith("[")).map((line) => line.slice(0, line.indexOf("=")));
      expect(
        keys.filter((key, at) => key !== "DeviceAllow" && keys.indexOf(key) !== at),
        `${path}: twice`,
      ).to.deep.equal([]);
      expect(lines.find((line) => line.startsWith("ExecStart="))).to.match(/^ExecStart=\/usr\/bin\/env loa \w+/);
    }
  });
});
