import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect } from "chai";
import {
  conductBreaches,
  folderOf,
  foldersNamedIn,
  importBreaches,
  importsOf,
  lengthBreaches,
  TABLE,
} from "./support/source-rules.js";

// Read from the working directory, which npm sets to the checkout: we judge the sources, not what was compiled.
const sourcesOf = (root: string) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.split("\\").join(posix.sep))
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .map((file) => ({ file, code: readFileSync(posix.join(root, file), "utf8") }));

const sources = sourcesOf("src");

describe("the house", () => {
  it("has sources to judge", () => {
    expect(sources.map(({ file }) => file)).to.include("base/clock.ts");
  });

  it("lets each folder import only what the table allows", () => {
    expect(sources.flatMap(({ file, code }) => importBreaches(file, code))).to.deep.equal([]);
  });

  it("touches time, chance, the process and shells only in the files that may", () => {
    expect(sources.flatMap(({ file, code }) => conductBreaches(file, code))).to.deep.equal([]);
  });

  it("keeps every file below the wall", () => {
    const tests = sourcesOf("test").map(({ file, code }) => ({ file: `test/${file}`, code }));
    expect([...sources, ...tests].flatMap(({ file, code }) => lengthBreaches(file, code))).to.deep.equal([]);
  });

  it("is described: ARCHITECTURE.md names every folder under src, and no other", () => {
    const named = foldersNamedIn(readFileSync("src/ARCHITECTURE.md", "utf8"));
    const real = [...new Set(sources.map(({ file }) => folderOf(file)))].sort();
    expect(named.toSorted()).to.deep.equal(real);
    expect(Object.keys(TABLE).toSorted()).to.deep.equal(real);
  });
});

describe("the rules of the house", () => {
  const imports: [file: string, code: string, says: RegExp][] = [
    ["domain/x.ts", 'import { readFile } from "node:fs/promises";', /may not import the package node:fs/],
    ["domain/x.ts", 'import type { Order } from "../protocol/orders.js";', /domain may not import from protocol/],
    ["base/x.ts", 'export * from "../domain/ids.js";', /base may not import from domain/],
    [
      "server/speech/x.ts",
      'import {\n  type A,\n  b,\n} from "../pipeline/y.js";',
      /may not import from server\/pipeline/,
    ],
    ["server/fanout/x.ts", 'import type { P } from "../control/ports.js";', /may not import from server\/control/],
    ["server/playout/x.ts", 'const ws = await import("ws");', /may not import the package ws/],
    ["receiver/x.ts", 'type F = import("node:fs").Stats;', /may not import the package node:fs/],
    ["server/store/x.ts", 'const x = createRequire(import.meta.url)("y"); require("ws");', /package ws/],
    ["server/store/x.ts", "const x = await import(name);", /imports something computed/],
    ["relay/x.ts", 'import "../../test/support/fake-clock.js";', /outside src/],
    ["web/odd/x.ts", 'import "../../base/units.js";', /folder web\/odd is not in the table/],
    ["web/panel/x.ts", 'import { receiverView } from "../../server/api/views.js";', /may not import from server\/api/],
    [
      "web/panel/x.ts",
      'import type { State } from "../../server/store/state.js";',
      /may not import from server\/store/,
    ],
    ["x.ts", "export {};", /folder src is not in the table/],
  ];
  for (const [file, code, says] of imports)
    it(`refuse in ${file}: ${code.replaceAll("\n", " ")}`, () => {
      expect(importBreaches(file, code).join("\n")).to.match(says);
    });

  const conduct: [file: string, code: string, says: RegExp][] = [
    ["server/store/x.ts", "const at = Date.now();", /reads a clock/],
    ["domain/x.ts", "const at = new Date();", /reads a clock/],
    ["relay/x.ts", "setTimeout(() => {}, 5);", /sets a timer/],
    ["relay/x.ts", `const text = \`\${performance.now()} ms\`;`, /reads a clock/],
    ["server/speech/x.ts", "fetch(url, { signal: AbortSignal.timeout(5) });", /sets a timer/],
    ["server/api/x.ts", 'import { setTimeout as wait } from "node:timers/promises";', /imports timers/],
    ["receiver/x.ts", "const chance = Math.random();", /Math\.random/],
    ["server/store/x.ts", "process.exit(1);", /ends the process/],
    ["server/pipeline/x.ts", "spawn(file, argv, { shell: true });", /starts a shell/],
    ["server/pipeline/x.ts", 'import { exec, spawn } from "node:child_process";', /uses exec/],
    ["server/pipeline/x.ts", 'import * as child from "node:child_process";', /imports child_process whole/],
    ["server/speech/x.ts", "eval(text);", /runs text as code/],
    ["server/trust/x.ts", 'const { x } = key.export({ format: "jwk" });', /exports a key as JWK/],
  ];
  for (const [file, code, says] of conduct)
    it(`refuse in ${file}: ${code}`, () => {
      expect(conductBreaches(file, code).join("\n")).to.match(says);
    });

  it("let through what is allowed, and what only looks forbidden", () => {
    const code = [
      'import { type ChildProcess, execFile, spawn } from "node:child_process";',
      "// Date.now() and import(name) would be wrong here",
      "/* setTimeout(() => {}) */",
      'const words = "never call Math.random() or process.exit()";',
      "const pattern = /[\"'`]\\/\\/setTimeout\\(/.exec(words);",
      "const day = new Date(clock.date());",
      "process.exitCode = 1;",
      'import { setImmediate as breathe } from "node:timers/promises";',
    ].join("\n");

    expect(conductBreaches("server/pipeline/x.ts", code)).to.deep.equal([]);
    expect(importBreaches("server/pipeline/x.ts", code)).to.deep.equal([]);
    const types = 'import type { ReceiverView } from "../../server/api/views.js";';
    expect(importBreaches("web/panel/x.ts", types)).to.deep.equal([]);
    expect(conductBreaches("base/clock.ts", "Date.now()")).to.deep.equal([]);
    expect(conductBreaches("cli/loa.ts", "process.exit(2); Math.random()")).to.deep.equal([]);
  });

  it("see every form of import once", () => {
    const code =
      'import a from "a";\nimport "b";\nexport { c } from "c";\nexport type * from "d";\nconst e = "import x from \'y\'";';
    expect(importsOf(code).map(({ target }) => target)).to.deep.equal(["a", "b", "c", "d"]);
  });

  it("stop a file of more than 300 lines", () => {
    expect(lengthBreaches("x.ts", "\n".repeat(300))).to.deep.equal([]);
    expect(lengthBreaches("x.ts", "\n".repeat(301))).to.deep.equal(["x.ts: 301 lines; the wall is 300"]);
  });
});
