import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { build } from "vite";
import type { GuardVectors } from "../support/guard-vectors.js";
import { closeBrowser, newVisitor } from "../support/real-browser.js";

const VECTORS = fileURLToPath(new URL("../support/guard-vectors.js", import.meta.url));

/** The guard with what asks it, as one script for a page. */
async function guardForPages(): Promise<string> {
  const built = await build({
    ...{ configFile: false, logLevel: "silent" },
    build: { lib: { entry: VECTORS, formats: ["iife"], name: "guard" }, write: false, minify: true },
  });
  const [output] = [built].flat();
  if (output === undefined || !("output" in output)) throw new Error("nothing was built");
  return output.output[0].code;
}

describe("the guard in a real browser", function () {
  this.timeout(60_000);
  after(closeBrowser);

  it("says the same as in Node, to everything that the vectors ask", async () => {
    const vectors = JSON.parse(readFileSync("test/golden/guard.json", "utf8")) as GuardVectors;
    const script = await guardForPages();
    expect(script, "nothing of Node is in it").to.not.match(/node:|process\.|require\(/);
    const page = await newVisitor("about:blank");
    await page.addScriptTag({ content: script });
    const said = await page.evaluate<Record<string, string>>(`guard.verdictsOf(${JSON.stringify(vectors)})`);
    expect(Object.keys(said)).to.have.length.above(600);
    expect(said).to.deep.equal(vectors.verdicts);
    expect(page.complaints).to.deep.equal([]);
  });
});
