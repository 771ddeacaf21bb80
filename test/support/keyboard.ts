/**
 * Somebody who works a page by its keys alone.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** More steps than any page of the panel has things to stop at. */
const MOST_STEPS = 150;

/** Presses Tab until what has that name, by its label or its own text, is in focus. @throws when the keys never come to it */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focused = await page.evaluate<string>(
      "((it) => (it.getAttribute('aria-label') ?? (it.labels?.[0] ?? it).textContent).trim().replace(/\\s+/g, ' '))(document.activeElement)",
    );
    const isThere = typeof name === "string" ? focused.startsWith(name) : name.test(focused);
    if (isThere && (await page.evaluate("document.activeElement !== document.body"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`«${name}» is not reached by the keyboard`);
}

/** Goes to a thing by Tab and presses it. */
export async function pressOn(page: Page, name: string | RegExp, key = "Enter"): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
