/** The value below which `percent` of the sorted numbers lie, by nearest rank; NaN for none. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? Number.NaN;
}

/** The middle one, or the mean of the two in the middle; NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * How many times `ours` is `theirs`: the median over the rounds, each of which compares two neighbours in time, so that a
 * machine that gets slower during the run does not shift it. Undefined without rounds.
 */
export function ratioOfRounds(ours: readonly number[], theirs: readonly number[]): number | undefined {
  const ratios = ours.flatMap((one, round) => {
    const other = theirs[round];
    return other === undefined || other === 0 ? [] : [one / other];
  });
  return ratios.length === 0 ? undefined : median(ratios);
}

/** The slope of the straight line through the points by least squares; NaN for fewer than two different x. */
export function slope(points: readonly { x: number; y: number }[]): number {
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  let above = 0;
  let below = 0;
  for (const { x, y } of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? Number.NaN : above / below;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
