import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type ConfigProblem, loadStation } from "../../../src/server/config.js";

const BODY = "Lời có {{a}}.";
const template = (more: string, body = BODY) =>
  `{\n"id": "mau",\n"title": "Mẫu",\n"class": "ordinary",\n"topic": "khac",\n"version": 1,\n${more}\n"body": "${body}"\n}`;
const FIELDS = '"fields": [{ "name": "a", "type": "text", "label": { "vi": "a", "en": "a" } }],';

describe("the templates of a station", () => {
  const root = mkdtempSync(join(tmpdir(), "loa-"));
  after(() => rmSync(root, { recursive: true }));
  let count = 0;

  async function aStation(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(root, `${++count}`);
    await mkdir(join(folder, "config", "templates"), { recursive: true });
    const write = (name: string, content: string) => writeFile(join(folder, "config", name), content);
    await write("station.json", '{ "station": { "name": "Đài" } }');
    await write("areas.json", '[{ "id": "p", "name": "P", "kind": "ward" }]');
    for (const [name, content] of Object.entries(files)) await write(`templates/${name}`, content);
    return folder;
  }
  async function messageOf(content: string, name = "mau.json"): Promise<string> {
    const folder = await aStation({ [name]: content });
    try {
      loadStation(folder, { env: {} });
    } catch (problem) {
      return (problem as ConfigProblem).words.vi;
    }
    return "";
  }

  it("are read in the order of their names, with what they leave out filled in", async () => {
    const other = template(FIELDS).replace('"id": "mau"', '"id": "a-truoc"');
    const folder = await aStation({ "mau.json": template(FIELDS), "a-truoc.json": other, "README.md": "chữ" });
    const { templates } = loadStation(folder, { env: {} });

    expect(templates.map(({ id }) => id)).to.deep.equal(["a-truoc", "mau"]);
    expect(templates[0]?.fields[0]).to.include({ required: true, maxLetters: 200 });
  });

  it("need not be there", async () => {
    const folder = await aStation({});
    rmSync(join(folder, "config", "templates"), { recursive: true });
    expect(loadStation(folder, { env: {} }).templates).to.deep.equal([]);
  });

  const BAD: [name: string, content: string, ...parts: string[]][] = [
    ["a misspelt field", template(`${FIELDS} "boddy": 1,`), "config/templates/mau.json:7", "có phải «body»?"],
    [
      "a type that is none",
      template(FIELDS.replace('"text"', '"txt"')),
      "mau.json:7:27: /fields/0/type",
      "text, place, source, number",
    ],
    ["a setting of another type", template(FIELDS.replace('"label"', '"min": 1, "label"')), "/fields/0/min"],
    ["a name that is no name", template(FIELDS.replace('"a"', '"chỗ"')), "/fields/0/name"],
    ["a hole without a field", template(FIELDS, "Lời có {{a}} {{b}}."), "mau.json:8:1: /body", "không có trường «b»"],
    ["an emergency alone", template(FIELDS).replace("ordinary", "emergency"), "/allClear", "hết nguy hiểm"],
    [
      "a choice of one",
      template(FIELDS.replace('"text"', '"choice", "choices": ["x"]')),
      "/fields/0/choices",
      "từ 2 mục",
    ],
    ["no version", template(FIELDS).replace('"version": 1,', ""), "/version", "thiếu mục này"],
    ["broken JSON", "{", "config/templates/mau.json:1"],
  ];
  for (const [name, content, ...parts] of BAD)
    it(`are refused with file and line: ${name}`, async () => {
      const message = await messageOf(content);
      for (const part of parts) expect(message).to.include(part);
    });

  it("are refused under another name than their own", async () => {
    expect(await messageOf(template(FIELDS), "khac.json"))
      .to.include("khac.json:2:1: /id")
      .and.include("«khac»");
  });
});
