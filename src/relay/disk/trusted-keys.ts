/**
 * The trusted keys on disk, beside the credentials that they began with.
 *
 * @module
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Log } from "../../base/log.js";
import { type OrderKey, orderKeySchema } from "../../protocol/signing.js";
import { type Keyring, keyringSchema, pairedKeyring } from "../../receiver/keyring.js";

const fileSchema = z.object({
  /** The keys of the pairing: another pairing begins anew. */
  paired: z.array(orderKeySchema),
  ring: keyringSchema,
});

export interface TrustedKeys {
  readonly ring: Keyring;
  /** At once, so that nothing that comes behind a notice is judged before it; a notice comes once in years. */
  keep(ring: Keyring): void;
}

/** @param paired the keys that were told at the pairing */
export function openTrustedKeys(folder: string, paired: readonly OrderKey[], log: Log): TrustedKeys {
  const file = join(folder, "trusted-keys.json");
  const kept = read(file, log);
  const isOurs = kept !== undefined && JSON.stringify(kept.paired) === JSON.stringify(paired);
  return {
    ring: isOurs ? kept.ring : pairedKeyring(paired),
    keep(ring) {
      replace(file, `${JSON.stringify({ paired, ring })}\n`);
      syncOf(folder);
    },
  };
}

function read(file: string, log: Log): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (thrown) {
    // Without it the keys of the pairing hold, and the station tells again what came after them.
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT"))
      log.error("relay.trusted-keys-damaged", { file, thrown });
    return undefined;
  }
}

function replace(file: string, text: string): void {
  const handle = openSync(`${file}.new`, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

function syncOf(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
