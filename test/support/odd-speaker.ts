/**
 * A speaking program with bad days, told by the text: `treo` hangs, `chết` dies, `chết một lần` dies unless the file named
 * by its argument is there, `từ chối` refuses. Anything else is said as 100 samples for each letter.
 */
import { existsSync, writeFileSync } from "node:fs";
import { serve } from "../../src/server/speech/speaking-program.js";

await serve(async () => {
  const [marker = ""] = process.argv.slice(2);
  if (marker === "unfit") throw new Error("no voice here");
  return async ({ text }) => {
    if (text === "treo") return new Promise(() => undefined);
    if (text === "từ chối") throw new Error("will not");
    const dies = text === "chết" || (text === "chết một lần" && !existsSync(marker));
    if (dies) {
      if (marker !== "") writeFileSync(marker, "");
      process.kill(process.pid, "SIGKILL");
      await new Promise(() => undefined);
    }
    return { samples: new Int16Array(100 * text.length).fill(1000), rate: 8000, phonemes: text };
  };
});
