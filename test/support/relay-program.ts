import { spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReceiverId } from "../../src/domain/ids.js";
import type { Relay, RelayOptions } from "../../src/relay/relay-options.js";

const CHILD = fileURLToPath(new URL(`./relay-child${extname(import.meta.url)}`, import.meta.url));

/** What a loudspeaker's program can be told on its command line. */
export type RelayProgramOptions = Pick<RelayOptions, "pair" | "name" | "state" | "clipBudget"> & {
  readonly server: string;
  readonly out: string;
};

/** What it tells whoever started it. */
export type RelayProgramWord =
  | { readonly kind: "unconfirmed"; readonly receiver: ReceiverId; readonly words: readonly string[] }
  | { readonly kind: "runs"; readonly receiver: ReceiverId };

export interface RelayProgram extends Relay {
  kill(): Promise<void>;
}

/**
 * Starts a loudspeaker as a program of its own. `enter` are words before its command line, such as those that put it into another
 * network. Resolves when it is paired and runs. @throws Error when it ends before that
 */
export async function startRelayProgram(
  options: RelayProgramOptions,
  {
    enter = [],
    onUnconfirmed = async () => {},
  }: {
    readonly enter?: readonly string[];
    readonly onUnconfirmed?: (waits: { receiver: ReceiverId; words: readonly string[] }) => Promise<void>;
  } = {},
): Promise<RelayProgram> {
  const [command = "", ...words] = [...enter, process.execPath, ...process.execArgv, CHILD, JSON.stringify(options)];
  const child = spawn(command, words, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = once(child, "exit");
  const receiver = await new Promise<ReceiverId>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new Error(`the loudspeaker's program ended: ${code ?? signal}`)));
    child.on("message", (word: RelayProgramWord) => {
      if (word.kind === "runs") resolve(word.receiver);
      else void onUnconfirmed(word).catch(reject);
    });
  });
  return {
    receiver,
    done: gone.then(([code]) => code),
    async close() {
      if (child.connected) child.disconnect();
      await gone;
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
