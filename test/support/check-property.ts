import * as fc from "fast-check";

/** Runs a property that needs no promise, always with the same seed unless told otherwise. */
export function checkProperty<Values>(
  property: fc.IProperty<Values>,
  { seed = 20261123, numRuns = 200 }: { readonly seed?: number; readonly numRuns?: number } = {},
): void {
  fc.assert(property, { seed, numRuns }) as void;
}
