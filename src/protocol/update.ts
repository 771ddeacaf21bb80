/**
 * Updates of the relay program: what the signed manifest of a package says, and how versions compare. The manifest travels
 * as the exact text that the update key signed, inside an order that the order key signed.
 *
 * @module
 */
import * as z from "zod/mini";
import { sha256Schema } from "../domain/ids.js";
import { MAX_PACKAGE, MAX_PACKAGE_FILES, MAX_PACKAGE_UNPACKED } from "./limits.js";
import { publicKeySchema } from "./signing.js";

/**
 * Which form of state folder a program of this source leaves behind. A program only takes an update that leaves a form which
 * it can read itself: so it can be gone back to at any time.
 */
export const STATE_FORMAT = 1;

/** Three numbers, as releases are numbered. */
export const versionSchema = z.string().check(z.regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/));

/** Names one going out of one package; made anew each time, so that a package that failed is tried again only on purpose. */
export const rolloutIdSchema = z.string().check(z.regex(/^[0-9a-z-]{1,40}$/));

export const manifestSchema = z.object({
  v: z.literal(1),
  version: versionSchema,
  /** The oldest Node that it runs on. */
  minNode: versionSchema,
  /** See {@link STATE_FORMAT}. */
  stateFormat: z.int().check(z.gte(1)),
  /** Of the package as it travels. */
  sha256: sha256Schema,
  bytes: z.int().check(z.gte(1), z.lte(MAX_PACKAGE)),
  files: z.int().check(z.gte(1), z.lte(MAX_PACKAGE_FILES)),
  unpackedBytes: z.int().check(z.gte(1), z.lte(MAX_PACKAGE_UNPACKED)),
  /** The update keys that hold once this program has proved itself; left out: those that hold now. */
  keys: z.optional(z.array(publicKeySchema).check(z.minLength(1), z.maxLength(4))),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A manifest as it travels: the text, the update key, and its signature (purpose `update`). */
export const signedManifestSchema = z.object({
  manifest: z.string().check(z.maxLength(4_000)),
  key: publicKeySchema,
  signature: z.string().check(z.maxLength(128)),
});
export type SignedManifest = z.infer<typeof signedManifestSchema>;

/** Asks a receiver to fetch a package, and to run it when it is quiet. */
export const updateBodySchema = z.object({
  kind: z.literal("update"),
  rollout: rolloutIdSchema,
  ...signedManifestSchema.shape,
  /** A version that is not newer than the running one is taken only when it is named here. */
  downgradeTo: z.optional(versionSchema),
});
export type UpdateBody = z.infer<typeof updateBodySchema>;

/** Takes an update back from a receiver that does not run it yet. */
export const updateStopBodySchema = z.object({ kind: z.literal("update-stop"), rollout: rolloutIdSchema });

/**
 * How far a receiver is: `fetching`; `waiting` for a quiet moment; `trying` it; `updated` when it has proved itself;
 * `rolled-back` to the program before; `failed`, to be tried again by itself; `refused` for good.
 */
export const updateStepSchema = z.enum([
  "fetching",
  "waiting",
  "trying",
  "updated",
  "rolled-back",
  "failed",
  "refused",
]);
export type UpdateStep = z.infer<typeof updateStepSchema>;

/** What a receiver says of the program that it runs, and of the last update it was asked for. */
export const updateReportSchema = z.object({
  version: z.string().check(z.maxLength(64)),
  /** The package that the running program came in; left out for the one that was installed by hand. */
  sha256: z.optional(sha256Schema),
  rollout: z.optional(rolloutIdSchema),
  step: z.optional(updateStepSchema),
  why: z.optional(z.string().check(z.maxLength(48))),
});
export type UpdateReport = z.infer<typeof updateReportSchema>;

/** Reads the text of a manifest; `undefined` when it is none of this version. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON is no manifest.
    return undefined;
  }
}

/** Less than 0 when `a` is older than `b`, 0 for the same. What stands behind the three numbers does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbersOf = (version: string): number[] => {
  const [, major = "0", minor = "0", patch = "0"] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch)];
};
