import { describe, expect, test } from 'vitest';
import { lintMapping, receivedAttributes } from '../../../../src/main/mapping/lint.ts';
import type { Attributes } from '../../../../src/main/scim/resource.ts';

const quiet = { ignored: new Set<string>(), passwords: false };
const people = (change: (index: number) => Attributes): Attributes[] =>
  Array.from({ length: 10 }, (_, index) => ({
    userName: `ann${index}@acme.com`,
    externalId: `00u${index}`,
    active: true,
    emails: [{ value: `ann${index}@acme.com`, type: 'work', primary: true }],
    ...change(index),
  }));
const found = (...input: Parameters<typeof lintMapping>) => lintMapping(...input).map(({ id }) => id);

describe('the classic mistakes', () => {
  test('a right mapping has no finding, and neither has nobody', () => {
    expect(
      found(
        people(() => ({})),
        {},
        quiet,
      ),
    ).toEqual([]);
    expect(found([], {}, quiet)).toEqual([]);
  });

  test.each([
    ['external-id-is-email', (index: number) => ({ externalId: `ann${index}@acme.com` })],
    ['external-id-is-nickname', (index: number) => ({ externalId: `Ann${index}` })],
    ['external-id-missing', () => ({ externalId: '' })],
    ['no-emails', () => ({ emails: [] })],
  ])('%s, counted', (id, change) => {
    const [finding, ...others] = lintMapping(people(change), {}, quiet);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id, people: 10 });
  });

  test('a few odd ones are no mistake of the mapping', () => {
    expect(
      found(
        people((index): Attributes => (index < 7 ? { emails: [] } : {})),
        {},
        quiet,
      ),
    ).toEqual([]);
    expect(
      found(
        people((index): Attributes => (index < 8 ? { emails: [] } : {})),
        {},
        quiet,
      ),
    ).toEqual(['no-emails']);
  });

  test('accountEnabled, pushed passwords, and access by something else than active', () => {
    expect(
      found(
        people(() => ({})),
        { isActive: ['userType'] },
        { ignored: new Set(['accountEnabled']), passwords: true },
      ),
    ).toEqual(['active-elsewhere', 'account-enabled', 'password-sync']);
  });
});

describe('what was received', () => {
  test('is listed as sources, the most frequent first, with an example', () => {
    const received = receivedAttributes([
      { userName: 'ann@acme.com', name: { givenName: 'Ann' }, 'urn:x:User': { badge: 7 } },
      {
        userName: 'bob@acme.com',
        emails: [
          { value: 'b@acme.com', type: 'work' },
          { value: 'c@acme.com', primary: true },
          { value: 'd@acme.com' },
        ],
      },
    ]);
    expect(received).toEqual([
      { path: 'userName', people: 2, example: 'ann@acme.com' },
      { path: 'emails.value', people: 1, example: 'd@acme.com' },
      { path: 'emails[primary eq true].value', people: 1, example: 'c@acme.com' },
      { path: 'emails[type eq "work"].value', people: 1, example: 'b@acme.com' },
      { path: 'name.givenName', people: 1, example: 'Ann' },
      { path: 'urn:x:User:badge', people: 1, example: '7' },
    ]);
  });
});
