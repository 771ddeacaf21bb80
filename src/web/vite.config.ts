/**
 * Builds the pages that run in a browser into `dist/web`, from where the server gives them out.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("./panel"),
  base: "/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../../dist/web/panel"),
    emptyOutDir: true,
    target: "es2022",
    // The policy of the page lets nothing in that is written into it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: here("./panel/index.html"), passkeys: here("./door/passkeys.ts") },
      // The pages at the door are made by the server, which knows this one name.
      output: { entryFileNames: ({ name }) => (name === "passkeys" ? "passkeys.js" : "assets/[name]-[hash].js") },
    },
  },
});
