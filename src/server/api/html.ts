/**
 * What all pages that the server itself makes have in common. What people wrote goes through {@link safe}.
 *
 * @module
 */

/** A whole page. */
export const document = (title: string, body: string): string => `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title><link rel="stylesheet" href="/page.css"></head><body>${body}</body></html>
`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as HTML, between tags and in quoted attributes. */
export const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** The style of the pages: readable at 360 px, light and dark by the device's own setting. */
export const PAGE_STYLE = `:root { color-scheme: light dark; }
body { font: 1.05rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.2rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8888; padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top; }
svg.square { display: block; height: auto; margin: 1rem 0; max-width: 16rem; width: 100%; }
[hidden] { display: none; }
form.person { max-width: 24rem; }
article { border-top: 1px solid #8888; padding-top: 0.6rem; }
select { font: inherit; min-height: 2.75rem; }
form.person label { display: block; font-weight: 600; margin-top: 1rem; }
form.person input { box-sizing: border-box; font: inherit; min-height: 2.75rem; padding: 0.4rem 0.6rem; width: 100%; }
form button { font: inherit; min-height: 2.75rem; padding: 0.4rem 1.2rem; }
form.person button { margin-top: 1.2rem; }
[role="alert"] { border-left: 0.3rem solid #c62828; padding-left: 0.8rem; }
`;
