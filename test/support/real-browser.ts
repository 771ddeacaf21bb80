/**
 * A real browser without a window, for tests of the pages: the one that `CHROMIUM_PATH` names, else the one from npm, which
 * brings its own libraries.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** As the program runs without a window, as root, without the network of its maker, with a microphone that is not there. */
const FLAGS = [
  ...["--no-sandbox", "--no-zygote", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
  ...["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
];

/**
 * Where the browser's program lies, unpacked when need be; by one at a time. It changes the environment of this program to what the
 * browser needs.
 */
export async function browserProgram(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined) return named;
  // The package brings the libraries that a bare system lacks only where it believes to be at its usual place of work.
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs20.x";
  // It unpacks to a fixed name in the folder for temporary files and trusts what lies there: ours is our own.
  const cache = join(process.cwd(), ".cache", "chromium");
  const letters = join(cache, "letters");
  await mkdir(letters, { recursive: true });
  // Its own list of folders with fonts names fixed places only, and without any font it ends.
  await writeFile(join(letters, "fonts.conf"), fontsOf([join(cache, "fonts"), "/usr/share/fonts"], letters));
  process.env.FONTCONFIG_PATH = letters;
  const before = process.env.TMPDIR;
  process.env.TMPDIR = cache;
  try {
    const { default: packed } = (await import("@sparticuz/chromium")) as {
      default: { executablePath(): Promise<string> };
    };
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

const fontsOf = (folders: readonly string[], cache: string) =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders
    .map((folder) => `<dir>${folder}</dir>`)
    .join("")}<cachedir>${cache}</cachedir></fontconfig>`;

let running: Promise<Browser> | undefined;
let microphone: readonly string[] = [];

/** When it starts next, the browser's microphone hears this WAV file again and again, in place of beeps. */
export function letMicrophoneHear(file: string): void {
  microphone = [`--use-file-for-fake-audio-capture=${file}`];
}

/** The browser, started once for all tests of a program. Close it with {@link closeBrowser}. */
export function theBrowser(): Promise<Browser> {
  running ??= browserProgram().then((executablePath) =>
    chromium.launch({ executablePath, args: [...FLAGS, ...microphone] }),
  );
  return running;
}

export async function closeBrowser(): Promise<void> {
  const browser = await running;
  running = undefined;
  microphone = [];
  await browser?.close();
}

/** Telephone, tablet, desk: widths at which every page must be usable. */
export const WIDTHS = [360, 768, 1440] as const;

/** Source of the checks for accessibility, to run inside a page. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps some people from using the page as it is now: the rule and the places, the serious ones. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const found = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`,
    );
}

/** Somebody's page, with whatever it has complained about in its console. */
export type Visitor = Page & { readonly complaints: string[] };

/** A new page of somebody with a browser of their own. */
export async function newVisitor(url: string, width: number = 1440): Promise<Visitor> {
  const browser = await theBrowser();
  const context = await browser.newContext({
    ...{ baseURL: url, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" },
    // What fades from one colour into another is judged by its last one.
    reducedMotion: "reduce",
    viewport: { width, height: width < 700 ? 780 : 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return Object.assign(page, { complaints });
}
