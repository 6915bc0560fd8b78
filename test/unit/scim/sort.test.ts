import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/main/scim/json.ts';
import { compareSortKeys, resolveSortBy, sortKey } from '../../../src/main/scim/sort.ts';
import { BADGE, scimTypeOf, userType } from './fixtures.ts';

function sorted(resources: JsonObject[], sortBy: string, order: 'ascending' | 'descending' = 'ascending') {
  const path = resolveSortBy(userType, sortBy);
  return resources
    .toSorted((a, b) => compareSortKeys(sortKey(path, a), sortKey(path, b), order))
    .map(({ id }) => id)
    .join('');
}

describe('sorting (RFC 7644 §3.4.2.3)', () => {
  const titles: JsonObject[] = [
    { id: 'a', title: 'Zed' },
    { id: 'b' },
    { id: 'c', title: 'amber' },
    { id: 'd', title: 'Ärger' },
  ];

  test('case-insensitive; missing values last, or first when descending', () => {
    expect(sorted(titles, 'title')).toBe('cadb');
    expect(sorted(titles, 'TITLE', 'descending')).toBe('bdac');
  });

  test('case-exact attributes', () => {
    expect(
      sorted(
        [
          { id: '1', externalId: 'a' },
          { id: '2', externalId: 'B' },
        ],
        'externalId',
      ),
    ).toBe('21');
  });

  test('the primary value of several, or else the first', () => {
    const people: JsonObject[] = [
      { id: '1', emails: [{ value: 'z' }, { value: 'a', primary: true }] },
      { id: '2', emails: [{ value: 'b' }, { value: '0' }] },
    ];
    expect(sorted(people, 'emails')).toBe('12');
    expect(sorted(people, 'emails.value')).toBe('12');
  });

  test('numbers as numbers, booleans, dates by time', () => {
    expect(
      sorted(
        [
          { id: '1', [BADGE]: { floor: 10 } },
          { id: '2', [BADGE]: { floor: 9 } },
        ],
        `${BADGE}:floor`,
      ),
    ).toBe('21');
    expect(
      sorted(
        [
          { id: '1', active: true },
          { id: '2', active: false },
        ],
        'active',
      ),
    ).toBe('21');
    const dated = [
      { id: '1', meta: { created: '2020-01-01T01:00:00+02:00' } },
      { id: '2', meta: { created: '2020-01-01T00:00:00Z' } },
    ];
    expect(sorted(dated, 'meta.created', 'descending')).toBe('21');
  });

  test.each(['nope', 'name', 'password', 'addresses', ''])('%j cannot be sorted by', (sortBy) => {
    expect(scimTypeOf(() => resolveSortBy(userType, sortBy))).toBe('invalidValue');
  });
});

test('dates by the instant, to the fraction; what is no date counts as unassigned', () => {
  const created = (...texts: string[]) =>
    sorted(
      texts.map((text, index) => ({ id: String(index), meta: { created: text } })),
      'meta.created',
    );
  expect(created('2026-01-01T00:00:00.75Z', '2026-01-01T00:00:00.5Z', '2026-01-01T01:00:00.25+01:00')).toBe(
    '210',
  );
  expect(created('never', '2026-01-01T00:00:00Z')).toBe('10');
});

test('an object or null where a simple value is due counts as unassigned, a list as its first value', () => {
  const titled = ([{ a: 1 }, ['x'], null, 'z', 'a'] as const).map(
    (title, index) => ({ id: String(index), title }) as unknown as JsonObject,
  );
  expect(sorted(titled, 'title')).toBe('41302');
  const key = (title: unknown) => sortKey(resolveSortBy(userType, 'title'), { title } as JsonObject);
  expect(key({ a: 1 })).toBeUndefined();
  expect(key(null)).toBeUndefined();
  expect(key(['x'])).toBe('x');
});
