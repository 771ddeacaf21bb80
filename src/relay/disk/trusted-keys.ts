/**
 * The trusted keys on disk, beside the credentials that they began with.
 *
 * @module
 */
import { join } from "node:path";
import * as z from "zod/mini";
import type { Log } from "../../base/log.js";
import { type OrderKey, orderKeySchema } from "../../protocol/signing.js";
import { type Keyring, keyringSchema, pairedKeyring } from "../../receiver/keyring.js";
import { readTwin, writeTwin } from "./twin-file.js";

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
      writeTwin(file, `${JSON.stringify({ paired, ring })}\n`);
    },
  };
}

function read(file: string, log: Log): z.infer<typeof fileSchema> | undefined {
  try {
    const text = readTwin(file, { log, isGood });
    return text === undefined ? undefined : parse(text);
  } catch (thrown) {
    // Without it the keys of the pairing hold, and the station tells again what came after them.
    log.error("relay.trusted-keys-damaged", { file, thrown });
    return undefined;
  }
}

const parse = (text: string) => fileSchema.parse(JSON.parse(text));

function isGood(text: string): boolean {
  try {
    return parse(text).ring !== undefined;
  } catch {
    // Half a ring is none.
    return false;
  }
}
