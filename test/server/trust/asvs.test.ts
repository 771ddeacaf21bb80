import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";

const text = readFileSync("src/server/trust/ASVS.md", "utf8");

describe("the checklist of ASVS", () => {
  it("names only places that are there", () => {
    const named = [...text.matchAll(/`((?:[a-z-]+\/)*[\w.*-]+\.(?:ts|md|json))`/g)].map((found) => found[1] ?? "");
    const isThere = (path: string) => {
      if (path.includes("*")) {
        const [folder = "", start = ""] = [
          path.slice(0, path.lastIndexOf("/")),
          path.slice(path.lastIndexOf("/") + 1).split("*")[0],
        ];
        return readdirSync(`src/${folder}`).some((name) => name.startsWith(start));
      }
      return ["src", "test", "."].some((root) => existsSync(`${root}/${path}`.replace(/^\.\//, "")));
    };

    expect(named.length).to.be.greaterThan(100);
    expect(named.filter((path) => !isThere(path))).to.deep.equal([]);
  });

  it("names only decisions that are there", () => {
    const kept = readdirSync("src/decisions").map((name) => name.slice(0, 4));
    const named = [...text.matchAll(/\b(0\d{3})\b/g)].map((found) => found[1] ?? "");

    expect(named.filter((number) => !kept.includes(number))).to.deep.equal([]);
  });

  it("answers what readers ask for first, each once", () => {
    for (const number of ["6.2.12", "6.5.5", "7.1.3", "7.6.1", "7.6.2", "11.4.3", "11.4.4", "12.1.3"])
      expect(
        text.match(new RegExp(`^\\|[^|]*\\b${number.replaceAll(".", "\\.")}\\b[^|]*\\|`, "gm")),
        number,
      ).to.have.length(1);
  });

  it("answers or dismisses every chapter", () => {
    for (let chapter = 1; chapter <= 17; chapter++)
      expect(text, `V${chapter}`).to.match(new RegExp(`^## .*\\bV${chapter}\\b`, "m"));
  });
});
