import * as fc from "fast-check";

/** Runs a property that needs no promise, always with the same seed unless told otherwise. */
export function checkProperty<Values>(
  property: fc.IProperty<Values>,
  { seed = 20261123, numRuns = 200 }: { readonly seed?: number; readonly numRuns?: number } = {},
): void {
  const report = fc.check(property, { seed, numRuns });
  if (report.failed) throw new Error(fc.defaultReportMessage(report) ?? "the property does not hold");
}
