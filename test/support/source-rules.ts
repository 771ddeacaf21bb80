/**
 * The house rules that a machine can check: who may import whom, how long a file may be, and who may touch time, chance,
 * the process and other processes. Pure: text in, sentences about breaches out.
 *
 * @module
 */
import { posix } from "node:path";

/** What a folder may lean on. */
interface Leave {
  /** Other folders under `src`. Its own is always allowed. */
  readonly folders: readonly string[];
  /** Folders of which it may take types, which are gone when it runs. */
  readonly types?: readonly string[];
  /** Packages and Node modules, as a pattern over the whole name. */
  readonly packages: RegExp;
}

const NOTHING = /^$/;
const SCHEMA = /^zod\/mini$/;
const PURE = ["base", "domain", "language", "protocol", "receiver"];
const STAGES = [
  "schedule",
  "planning",
  "papers",
  "store",
  "backup",
  "notice",
  "network",
  "trust",
  "speech",
  "radio",
  "pipeline",
  "playout",
  "fanout",
].map((name) => `server/${name}`);

/** Key: folder under `src`; two levels below `server` and `web`, one elsewhere. */
export const TABLE: Readonly<Record<string, Leave>> = {
  base: { folders: [], packages: NOTHING },
  // Recurrence and civil time are arithmetic: both packages are pure and run in a browser.
  domain: { folders: ["base"], packages: /^(zod\/mini|ical\.js)$/ },
  language: { folders: ["base", "domain"], packages: SCHEMA },
  protocol: { folders: ["base", "domain"], packages: SCHEMA },
  receiver: { folders: ["base", "domain", "protocol"], packages: SCHEMA },
  server: {
    folders: [...PURE, "server/api", "server/config", "server/control", ...STAGES],
    packages: /^(node:[a-z_/]+|zod(\/mini)?)$/,
  },
  "server/api": {
    folders: ["base", "domain", "language", "protocol", "server/control"],
    packages: /^(express|ws|uqr|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  "server/config": { folders: ["base", "domain"], packages: /^(zod|node:(crypto|fs|path))$/ },
  "server/control": { folders: ["base", "domain", "language", "protocol"], packages: /^(zod(\/mini)?|node:crypto)$/ },
  "server/schedule": { folders: ["base", "domain"], packages: /^node-schedule$/ },
  "server/store": {
    folders: ["base", "domain", "protocol"],
    packages: /^(lowdb(\/\w+)?|libsql|pmtiles|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  "server/network": { folders: ["base"], packages: /^node:(dns|net)$/ },
  "server/notice": {
    folders: ["base", "domain", "server/network"],
    packages: /^(nodemailer|node:(crypto|http|https))$/,
  },
  "server/radio": {
    folders: ["base", "domain", "server/network"],
    packages: /^(hls-parser|node:(http|https|stream))$/,
  },
  "server/backup": { folders: ["base", "domain", "server/store"], packages: /^(zod|node:[a-z_/]+)$/ },
  "server/trust": {
    folders: ["base", "domain", "protocol"],
    packages: /^(asn1js|pkijs|otpauth|@simplewebauthn\/server|@zxcvbn-ts\/language-common|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  "server/speech": {
    folders: ["base", "domain", "language", "server/network"],
    packages: /^(google-tts-api(\/.+)?|@echogarden\/espeak-ng-emscripten|sherpa-onnx-node|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  "server/pipeline": {
    folders: ["base", "domain", "protocol"],
    packages: /^(fluent-ffmpeg|@ffmpeg-installer\/ffmpeg|mediabunny|@evan\/opus|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  "server/papers": {
    folders: ["base", "domain"],
    packages: /^(pdfkit|write-excel-file\/node|@expo-google-fonts\/tinos\/.+|node:(events|module))$/,
  },
  "server/planning": { folders: ["base", "domain"], packages: /^node:(child_process|os|timers)$/ },
  "server/playout": { folders: ["base", "domain", "protocol"], packages: NOTHING },
  "server/fanout": { folders: ["base", "domain", "protocol"], packages: /^(ws|zod(\/mini)?|node:[a-z_/]+)$/ },
  relay: {
    folders: ["base", "domain", "protocol", "receiver"],
    packages: /^(ws|opus-decoder|zod(\/mini)?|node:[a-z_/]+)$/,
  },
  // What the API answers with is typed by the API's own schemas; of the server itself nothing comes into a browser.
  "web/panel": {
    folders: ["base", "domain", "language", "protocol"],
    types: ["server/api"],
    packages: /^(preact(\/hooks|\/compat)?|@preact\/signals|leaflet(\/dist\/leaflet\.css)?)$/,
  },
  "web/door": { folders: [], types: ["server/api"], packages: /^@simplewebauthn\/browser$/ },
  web: { folders: [], packages: /^(vite|node:url)$/ },
  cli: {
    folders: [...PURE, "server", "server/api", "server/config", "server/control", ...STAGES, "relay"],
    packages: /^(zod(\/mini)?|node:[a-z_/]+)$/,
  },
};

/** Longest file, lines. */
export const WALL = 300;

/** The folder of the table that a file under `src` belongs to, such as `server/api` for `server/api/openapi/paths.ts`. */
export function folderOf(file: string): string {
  const [top = "", second = ""] = posix.dirname(file).split("/");
  if (top === ".") return "src";
  return ["server", "web"].includes(top) && second !== "" ? `${top}/${second}` : top;
}

// Comments, strings and regular expressions, in one pattern, because each may hold what looks like another.
const PIECES =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:[=(,:[!&|?{};>]|\breturn|^)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/gm;

/** The code without comments. Strings stay. */
const withoutComments = (code: string): string =>
  code.replace(PIECES, (piece) => (piece.startsWith("/*") || piece.startsWith("//") ? "" : piece));

/** The code without comments, and with plain strings and regular expressions emptied. Templates stay: they hold code. */
const bare = (code: string): string =>
  code.replace(PIECES, (piece) => {
    if (piece.startsWith("`")) return piece;
    return piece.startsWith('"') || piece.startsWith("'") ? '""' : "";
  });

const STATEMENT =
  /^[ \t]*(?:import\s*((?:type\b\s*)?[\w$*{}\s,]*?)\s*(?:\bfrom)?|export\s*((?:type\b\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\}))\s*from)\s*["']([^"']+)["']/gm;
const CALL = /\b(import|require|require\.resolve|import\.meta\.resolve)\s*\(\s*([^)]*?)\s*[,)]/g;

/** One import: what is taken, and from where; `target` is undefined when it is computed. */
export interface Import {
  readonly clause: string;
  readonly target: string | undefined;
}

/** Everything that the code imports: statically, as types, by `export … from`, by `import()` and by `require()`. */
export function importsOf(code: string): Import[] {
  const text = withoutComments(code);
  const statements = [...text.matchAll(STATEMENT)].map(([, taken, passedOn, target]) => ({
    clause: taken ?? passedOn ?? "",
    target,
  }));
  // Without createRequire an ES module has no `require`: then it is a function of its own of that name.
  const calls = [...text.matchAll(CALL)]
    .filter(([, how = ""]) => how.startsWith("import") || text.includes("createRequire"))
    .map(([, , argument = ""]) => ({ clause: "", target: /^(["'`])([^"'`$]+)\1$/.exec(argument)?.[2] }));
  return [...statements, ...calls];
}

/** What is wrong with the imports of a file under `src`. */
export function importBreaches(file: string, code: string): string[] {
  const own = folderOf(file);
  const leave = TABLE[own];
  if (leave === undefined) return [`${file}: the folder ${own} is not in the table of imports`];
  return importsOf(code).flatMap(({ target, clause }) => {
    if (target === undefined) return [`${file}: imports something computed; name it, so that it can be checked`];
    if (!target.startsWith("."))
      return leave.packages.test(target) ? [] : [`${file}: ${own} may not import the package ${target}`];
    const resolved = posix.join(posix.dirname(file), target);
    const folder = folderOf(resolved);
    if (resolved.startsWith("..")) return [`${file}: imports ${target}, which lies outside src`];
    const isType = /^type\b/.test(clause.trim()) && (leave.types ?? []).includes(folder);
    return folder === own || isType || leave.folders.includes(folder)
      ? []
      : [`${file}: ${own} may not import from ${folder}`];
  });
}

/** Files in which a rule does not hold, with the reason. */
interface Rule {
  readonly pattern: RegExp;
  readonly says: string;
  readonly except: RegExp;
}

// What is wired by hand at the top of a program: it hands the real clock and real chance to everything below.
const PROGRAMS = /^(cli\/|(server|relay)\/(main|app)\.ts$|web\/panel\/main\.tsx$)/;
const NOWHERE = /^$/;

const RULES: readonly Rule[] = [
  {
    pattern:
      /\bDate\.now\b|\bperformance\.now\b|\bhrtime\b|\bset(?:Timeout|Interval)\s*\(|\bnew Date\s*\(\s*\)|(?<!new )\bDate\s*\(\s*\)|\bAbortSignal\.timeout\b/,
    says: "reads a clock or sets a timer; only base/clock.ts does, the others are given a Clock",
    except: /^base\/clock\.ts$/,
  },
  {
    pattern: /\bMath\.random\b/,
    says: "uses Math.random; only the wiring does, the others are given a source of chance",
    except: PROGRAMS,
  },
  {
    pattern: /\bprocess\.(?:exit|reallyExit|abort)\s*\(/,
    says: "ends the process; only a program's own start-up file may",
    // The voices are programs of their own, started as children; this is what starts and ends each of them.
    except: /^cli\/|(^|\/)main\.ts$|^server\/speech\/speaking-program\.ts$/,
  },
  { pattern: /\bshell\s*:\s*(?!false\b)/, says: "starts a shell; use spawn(file, argv)", except: NOWHERE },
  {
    pattern: /\beval\s*\(|\bnew Function\s*\(/,
    says: "runs text as code",
    except: NOWHERE,
  },
  {
    // What is inside strings is not looked at: of a JWK alone no type is given.
    pattern: /\.export\(\s*\{\s*format\s*:/,
    // Reads its key from bytes first.
    except: /^relay\/link\/identity\.ts$/,
    says: "exports a key as JWK, and a fresh one can then wait for itself for ever (Node 20); export DER",
  },
];

/** What a file under `src` does that only few files may do. */
export function conductBreaches(file: string, code: string): string[] {
  const text = bare(code);
  const broken = RULES.filter(({ pattern, except }) => pattern.test(text) && !except.test(file));
  return [...broken.map(({ says }) => `${file}: ${says}`), ...processBreaches(file, code)];
}

function processBreaches(file: string, code: string): string[] {
  return importsOf(code).flatMap(({ clause, target }) => {
    // setImmediate lets others run and knows no time.
    if (target?.startsWith("node:timers"))
      return /^\{\s*setImmediate\b[^,]*\}$/.test(clause) ? [] : [`${file}: imports timers; use a Clock`];
    if (target !== "node:child_process" && target !== "child_process") return [];
    if (!clause.startsWith("{") && !clause.startsWith("type"))
      return [`${file}: imports child_process whole; name what it uses`];
    return /\bexec(Sync)?\b/.test(clause) ? [`${file}: uses exec, which starts a shell; use spawn(file, argv)`] : [];
  });
}

/** Whether the file is too long. */
export function lengthBreaches(file: string, code: string): string[] {
  const lines = code.split("\n").length - 1;
  return lines > WALL ? [`${file}: ${lines} lines; the wall is ${WALL}`] : [];
}

/** The folders that ARCHITECTURE.md names in the first column of its table, such as `server/api/`. */
export const foldersNamedIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^\|\s*`([a-z/]+)\/`/gm)].map(([, name = ""]) => name);
