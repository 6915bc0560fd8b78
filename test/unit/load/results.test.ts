import { describe, expect, test } from 'vitest';
import { flatten, isMet, summarize } from '../../load/results.ts';
import { finding, operation } from './results.ts';

describe('an operation', () => {
  test('is summed up by medians and by ratios round by round', () => {
    const summary = summarize(operation({ ours: [100, 120, 110], A: [100, 100, 100], B: [200, 200, 200] }));
    expect(summary.rates).toEqual({ ours: 110, A: 100, B: 200 });
    expect(summary.ratioA).toBeCloseTo(1.1);
    expect(summary.ratioB).toBeCloseTo(0.55);
    expect(summary.ratioPeer).toBeUndefined();
    expect(summary.cpuRatioA).toBeCloseTo(0.5);
  });

  test('has no ratio of CPU where the platform does not tell', () => {
    const silent = operation({ ours: [100], A: [100] });
    for (const round of silent.rounds.A ?? []) round.cpu = undefined;
    expect(summarize(silent).cpuRatioA).toBeUndefined();
  });

  test.each([
    ['both reached', { ours: [100], A: [100], scimmy: [20] }, true],
    ['A missed by a little', { ours: [99], A: [100], scimmy: [10] }, false],
    ['the peer missed', { ours: [100], A: [100], scimmy: [21] }, false],
    ['the peer absent, A reached', { ours: [100], A: [90] }, true],
    ['nothing to compare with', { ours: [100] }, undefined],
  ])('%s', (_name, rates, expected) => {
    expect(isMet(operation(rates))).toBe(expected);
  });

  test('without a target is neither met nor missed', () => {
    expect(isMet(operation({ ours: [1], A: [100] }, {}))).toBeUndefined();
  });
});

test('a figure may be its bound and no more, and what is no number is missed', () => {
  expect(isMet(finding(4))).toBe(true);
  expect(isMet(finding(4.01))).toBe(false);
  expect(isMet(finding(Number.NaN))).toBe(false);
  const { most: _bound, ...unbound } = finding(4);
  expect(isMet(unbound)).toBeUndefined();
});

test('flattened, each figure has one name, and what is not there has none', () => {
  const flat = flatten([operation({ ours: [50], A: [100] }), finding(2.71428)]);
  expect(flat).toEqual({
    'getById.ours': 50,
    'getById.A': 100,
    'getById.ratioA': 0.5,
    'getById.cpuRatioA': 0.5,
    'growth.post': 2.714,
  });
});
