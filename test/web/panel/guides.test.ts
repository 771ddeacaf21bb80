import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const PANEL = "src/web/panel";
/** All that the panel can say. */
const said = readdirSync(PANEL, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(PANEL, name), "utf8"))
  .join("\n");

describe("the operator's guides", () => {
  for (const name of ["van-hanh.md", "khi-co-su-co.md"]) {
    const text = readFileSync(join("docs", name), "utf8");

    it(`name only what stands on the screen (${name})`, () => {
      const named = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = ""]) => words);
      // Said in bold to stress it, and the word for bold itself.
      const stressed = ["in đậm", "theo lời chính các loa báo"];
      expect(named.length).to.be.above(10);
      expect(named.filter((words) => !stressed.includes(words) && !said.includes(words))).to.deep.equal([]);
    });

    it(`show and lead to what is there (${name})`, () => {
      const paths = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = ""]) => path);
      expect(paths.filter((path) => !existsSync(join("docs", path)))).to.deep.equal([]);
    });
  }
});
