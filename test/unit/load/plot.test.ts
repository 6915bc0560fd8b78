import { describe, expect, test } from 'vitest';
import { growthPlot, ratioPlot } from '../../load/plot.ts';

const attributes = (svg: string, tag: string, name: string) =>
  [...svg.matchAll(new RegExp(`<${tag} [^>]*?\\b${name}="([^"]+)"`, 'g'))].map(([, value]) => value ?? '');

describe('the plot of ratios', () => {
  const svg = ratioPlot('a < b & c', [
    { label: 'one', value: 1, target: 0.7 },
    { label: 'half', value: 0.5, target: 1 },
    { label: 'free', value: 0.5 },
  ]);

  test('draws bars as long as the values say', () => {
    // The first rectangle is the background.
    const [, one = Number.NaN, half, free] = attributes(svg, 'rect', 'width').map(Number);
    expect(half).toBeCloseTo(one / 2, 0);
    expect(free).toBe(half);
  });

  test('shows a missed target in another colour than a met one', () => {
    const [, met, missed, free] = attributes(svg, 'rect', 'fill');
    expect(missed).not.toBe(met);
    expect(free).toBe(met);
  });

  test('escapes what it is given', () => {
    expect(svg).toContain('<title>a &lt; b &amp; c</title>');
    expect(svg).not.toContain('a < b');
  });
});

describe('the plot of growth', () => {
  const points = (svg: string) =>
    attributes(svg, 'polyline', 'points').map((line) =>
      line.split(' ').map((point) => point.split(',').map(Number)),
    );

  test('places each line by how many times its first point it is, on a logarithmic axis', () => {
    const [flat = [], double = []] = points(
      growthPlot('growth', [
        { label: 'flat', points: [10, 100, 1000].map((x) => ({ x, y: 5 })) },
        { label: 'double', points: [10, 100, 1000].map((x, index) => ({ x, y: 0.1 * 2 ** index })) },
      ]),
    );
    const [first, second, third] = flat;
    expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo((third?.[0] ?? 0) - (second?.[0] ?? 0));
    expect(new Set(flat.map(([, y]) => y)).size).toBe(1);
    // Both start at 1; up is a smaller y.
    expect(double[0]).toEqual(first);
    expect(double[2]?.[1]).toBeLessThan(double[1]?.[1] ?? 0);
  });

  test('has no coordinate that is not a number, even for a single size or a missing one', () => {
    const svg = growthPlot('growth', [{ label: 'lonely', points: [{ x: 10, y: 5 }] }]);
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('Infinity');
  });
});
