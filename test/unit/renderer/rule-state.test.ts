import { describe, expect, it } from 'vitest';
import { PROFILES, profileLabel } from '../../../src/renderer/src/features/compatibility/profiles.ts';
import {
  neededBy,
  profileChange,
  ruleState,
  TOPICS,
} from '../../../src/renderer/src/features/compatibility/rule-state.ts';
import { profileName, type Rule, rule as ruleSchema } from '../../../src/shared/contract/profiles.ts';

const rule = (over: Partial<Rule> = {}): Rule => ({
  name: 'alias',
  topic: 'names',
  label: 'Other name',
  description: 'Understands it.',
  whenOff: 'Is refused.',
  source: 'RFC 7643',
  on: true,
  onByProfile: true,
  fixed: null,
  fired: 0,
  lastFiredAt: null,
  firedBy: [],
  ...over,
});
const use = (idp: string | null, fired: number) => ({ idp, fired, lastFiredAt: '2026-01-01T00:00:00.000Z' });

describe('ruleState', () => {
  it.each([
    [true, true, undefined],
    [false, false, 'Off by profile'],
    [true, false, 'Switched on'],
    [false, true, 'Switched off'],
  ])('on %s, by profile %s: %s', (on, onByProfile, label) => {
    expect(ruleState(rule({ on, onByProfile }))?.label).toBe(label);
  });

  it('says why a rule is always on', () => {
    expect(ruleState(rule({ fixed: 'Because.' }))).toMatchObject({ label: 'Always on', meaning: 'Because.' });
  });
});

describe('neededBy', () => {
  it.each([
    [[use('Entra ID', 3)], 'Entra ID'],
    [[use(null, 3)], 'an unknown IdP'],
    [[use(null, 2), use('Entra ID', 1210)], 'Entra ID 1,210, unknown 2'],
  ])('%j', (firedBy, words) => {
    expect(neededBy(rule({ firedBy }))).toBe(words);
  });
});

it('profileChange names what goes on and off, and nothing else', () => {
  const from = [
    rule({ name: 'alias' }),
    rule({ name: 'bare-token', on: false }),
    rule({ name: 'nested-core' }),
  ];
  const to = [
    rule({ name: 'alias', on: false }),
    rule({ name: 'bare-token' }),
    rule({ name: 'nested-core' }),
  ];
  const { switchedOn, switchedOff } = profileChange(from, to);
  expect(switchedOn.map(({ name }) => name)).toEqual(['bare-token']);
  expect(switchedOff.map(({ name }) => name)).toEqual(['alias']);
});

it('every profile and every topic has its words', () => {
  expect(PROFILES.map(({ value }) => value)).toEqual(profileName.options);
  expect(TOPICS.map(({ topic }) => topic).sort()).toEqual([...ruleSchema.shape.topic.options].sort());
  expect([profileLabel('lenient'), profileLabel('rfc'), profileLabel('entra')]).toEqual([
    'Lenient',
    'RFC',
    'Entra ID',
  ]);
});
