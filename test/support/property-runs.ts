/**
 * How many cases a property test tries: `runs`, times the factor in `PROPERTY_RUNS`. Raise it for a long search
 * (`PROPERTY_RUNS=50 npx vitest run --project property`); mutation testing lowers it. The seeds stay fixed.
 */
export function propertyRuns(runs: number): number {
  const factor = Number(process.env.PROPERTY_RUNS ?? 1);
  if (!(factor > 0)) throw new Error('PROPERTY_RUNS must be a number above zero.');
  return Math.max(1, Math.round(runs * factor));
}
