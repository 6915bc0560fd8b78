import { describe, expect, test } from 'vitest';
import { isOn, PROFILE_NAMES, rulesOf, tolerateLeniently } from '../../../src/main/scim/profile.ts';
import { RULE_NAMES, ruleDefinition } from '../../../src/main/scim/rules.ts';
import { profileName, ruleName, UNSWITCHABLE_RULES } from '../../../src/shared/contract/profiles.ts';

/** What a profile has that the lenient one lacks, and what it lacks. */
const differences = (name: (typeof PROFILE_NAMES)[number]) => ({
  more: RULE_NAMES.filter((rule) => rulesOf(name).has(rule) && !rulesOf('lenient').has(rule)),
  less: RULE_NAMES.filter((rule) => !rulesOf(name).has(rule) && rulesOf('lenient').has(rule)),
});

describe('what the profiles are made of', () => {
  test('lenient has every rule but those that can’t suit everybody', () => {
    expect(RULE_NAMES.filter((rule) => !rulesOf('lenient').has(rule))).toEqual([
      'patch-no-content',
      'bare-token',
    ]);
    expect(RULE_NAMES.filter(tolerateLeniently)).toEqual([...rulesOf('lenient')]);
  });

  test('rfc has none but those that are always on', () => {
    expect([...rulesOf('rfc')]).toEqual(['secret-dropped']);
  });

  test.each([
    ['okta', ['bare-token']],
    ['entra', ['patch-no-content']],
    ['onelogin', []],
    ['jumpcloud', []],
    ['ping', []],
    ['keycloak', []],
    ['authentik', []],
  ] as const)('%s has more than lenient: %j', (name, more) => {
    expect(differences(name)).toEqual({ more, less: [] });
  });
});

describe('whether a rule is on', () => {
  const none = { on: [], off: [] };

  test('as the profile has it, unless an operator said otherwise', () => {
    expect(isOn('bare-token', { profile: 'okta', ...none })).toBe(true);
    expect(isOn('bare-token', { profile: 'lenient', ...none })).toBe(false);
    expect(isOn('bare-token', { profile: 'okta', on: [], off: ['bare-token'] })).toBe(false);
    expect(isOn('bare-token', { profile: 'rfc', on: ['bare-token'], off: [] })).toBe(true);
    expect(isOn('alias', { profile: 'rfc', on: ['bare-token'], off: [] })).toBe(false);
  });

  test('off wins over on', () => {
    expect(isOn('alias', { profile: 'lenient', on: ['alias'], off: ['alias'] })).toBe(false);
  });

  test('a fixed rule is on whatever anybody says', () => {
    expect(isOn('secret-dropped', { profile: 'rfc', on: [], off: ['secret-dropped'] })).toBe(true);
  });
});

describe('the table of rules', () => {
  test.each(RULE_NAMES)('%s is described in whole sentences, with its source', (rule) => {
    const { label, description, whenOff, source } = ruleDefinition(rule);
    expect(label.length).toBeLessThanOrEqual(32);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(whenOff).toMatch(/^[A-Z].*\.$/);
    expect(source.length).toBeGreaterThan(8);
    expect(source).not.toContain('()');
  });

  test('the contract knows the same rules in the same order, and the same profiles', () => {
    expect(ruleName.options).toEqual(RULE_NAMES);
    expect(profileName.options).toEqual(PROFILE_NAMES);
    expect([...UNSWITCHABLE_RULES]).toEqual(
      RULE_NAMES.filter((rule) => ruleDefinition(rule).fixed !== undefined),
    );
  });
});
