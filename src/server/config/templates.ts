/**
 * `config/templates/*.json`: one template a file, named after its id.
 *
 * @module
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { reasonOf, type Words } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { type Template, templateSchema } from "../../domain/template.js";
import { templateProblems } from "../../domain/template-body.js";
import { type Findings, readStationFile } from "./read-file.js";

/** Below the station's folder. */
export const TEMPLATES = "config/templates";
/** More forms than this nobody finds their way in. */
const MOST_TEMPLATES = 200;

/** The station's templates in the order of their ids; `findings` say what is wrong with those that are left out. */
export function readTemplates(folder: string, findings: Findings): readonly Template[] {
  const names = namesIn(join(folder, TEMPLATES), findings);
  if (names.length > MOST_TEMPLATES) findings.push({ file: TEMPLATES, words: tooMany(names.length) });
  return names.slice(0, MOST_TEMPLATES).flatMap((name) => {
    const read = readStationFile(folder, `${TEMPLATES}/${name}`, { schema: templateSchema, findings });
    if (read === undefined) return [];
    const { value: template, finding } = read;
    if (name !== `${template.id}.json`) findings.push(finding(["id"], otherName(name)));
    findings.push(...templateProblems(template).map(({ path, words }) => finding(path, words)));
    return [template];
  });
}

function namesIn(path: string, findings: Findings): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    const why = reasonOf(error);
    findings.push({ file: TEMPLATES, words: { vi: `không đọc được thư mục: ${why}`, en: `cannot be read: ${why}` } });
    return [];
  }
}

const otherName = (name: string): Words => ({
  vi: `tệp tên ${name} phải chứa mẫu có mã «${name.slice(0, -5)}»`,
  en: `the file ${name} must hold the template with the id "${name.slice(0, -5)}"`,
});
const tooMany = (count: number): Words => ({
  vi: `có ${count} mẫu; nhiều nhất ${MOST_TEMPLATES}`,
  en: `${count} templates; at most ${MOST_TEMPLATES}`,
});
