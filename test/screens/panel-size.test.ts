import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";

/** As `npm run build` leaves it; the tests run after it. */
const BUILT = "dist/web/panel";
const sizeOf = (file: string) => gzipSync(readFileSync(join(BUILT, file)), { level: 9 }).length / 1000;

/** What a browser fetches before it shows the first page: what the page names, and no more. */
function firstFetched(): string[] {
  const page = readFileSync(join(BUILT, "index.html"), "utf8");
  return [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name = ""]) => name);
}

const textOf = (name: string) => readFileSync(join(BUILT, "assets", name), "utf8");
/** Chunks that a chunk fetches when somebody opens a page, by the names it holds for them. */
const laterIn = (name: string) => [
  ...new Set([...textOf(name).matchAll(/import\((?:`|"|')\.\/([^`"']+\.js)/g)].map(([, found = ""]) => found)),
];
/** A chunk and every chunk that it cannot begin without. */
function neededBy(name: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const [, found = ""] of textOf(name).matchAll(/(?:from|import)\s*(?:`|"|')\.\/([^`"']+\.js)/g))
    neededBy(found, known);
  return known;
}

describe("the panel, as it travels to a telephone", () => {
  const sum = (kind: string) =>
    firstFetched()
      .filter((name) => name.endsWith(kind))
      .reduce((total, name) => total + sizeOf(name), 0);

  it("needs at most 60 kB of script and 20 kB of style for its first page, packed", () => {
    expect(sum(".js")).to.be.within(5, 60);
    expect(sum(".css")).to.be.within(2, 20);
  });

  it("needs at most 70 kB of fonts", () => {
    const fonts = readdirSync(join(BUILT, "assets")).filter((name) => name.endsWith(".woff2"));
    expect(fonts.reduce((total, name) => total + sizeOf(join("assets", name)), 0)).to.be.within(10, 70);
  });

  it("fetches no page but the first before it is opened, each with all that it needs in at most 55 kB", () => {
    const first = new Set(firstFetched().map((name) => name.replace("assets/", "")));
    const later = [...first].flatMap((name) => (name.endsWith(".js") ? laterIn(name) : []));
    expect(later.length).to.be.above(8);
    for (const name of later) {
      expect(first.has(name), name).to.equal(false);
      const all = [...neededBy(name)].filter((one) => !first.has(one));
      const size = all.reduce((total, one) => total + sizeOf(join("assets", one)), 0);
      expect(size, `${name}: ${all.join(", ")}`).to.be.below(55);
    }
  });
});
