/**
 * The signer program: the only one that ever holds the order key. It listens to nobody but the server that started it, and
 * ends by itself when that is gone.
 *
 * @module
 */
import { createSignerDesk } from "./signer-desk.js";
import type { Request } from "./signer-messages.js";

const desk = createSignerDesk();

// A ctrl-C at the terminal goes to the whole group; the server decides when its signer is no longer needed.
process.on("SIGINT", () => {});
process.on("message", (request: Request) => {
  const answer = desk(request);
  if (answer) process.send?.(answer, () => {});
});
