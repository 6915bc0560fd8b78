import { beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 3.4.2.3: sorting. */
const scim = shareEndpoint();

beforeAll(async () => {
  const people: Record<string, object> = {
    a: {
      displayName: 'banana',
      title: '2',
      emails: [{ value: 'z@x.example' }, { value: 'a@x.example', primary: true }],
    },
    b: { displayName: 'Apple', title: '10', emails: [{ value: 'm@x.example' }, { value: 'b@x.example' }] },
    c: { displayName: 'éclair', externalId: 'b', name: { familyName: 'Zeta' } },
    d: { displayName: 'Cherry', externalId: 'B', name: { familyName: 'alpha' }, active: false },
    e: { externalId: 'a', [ENTERPRISE]: { manager: { value: 'm2' } } },
    f: { displayName: 'ÉCLAIR', [ENTERPRISE]: { manager: { value: 'm1' } } },
  };
  for (const [key, person] of Object.entries(people))
    await scim.user({ userName: `${key}@sort.example`, ...person });
  for (const [index, displayName] of ['Beta', 'alpha', 'Gamma'].entries()) {
    await scim.group({
      displayName,
      externalId: String(index),
      members: index === 1 ? [{ value: 'x' }] : [],
    });
  }
});

/** The letters of the users, in the order they came in. */
async function sorted(sortBy: string, sortOrder?: string): Promise<string> {
  const answer = await scim.list('/Users', {
    filter: 'userName ew "@sort.example"',
    sortBy,
    ...(sortOrder !== undefined && { sortOrder }),
  });
  return listed(answer)
    .map((userName) => userName[0])
    .join('');
}

describe('sortOrder', () => {
  test('"SHALL default to ascending"', async () => {
    expect(await sorted('userName')).toBe('abcdef');
    expect(await sorted('userName', 'ascending')).toBe('abcdef');
    expect(await sorted('userName', 'descending')).toBe('fedcba');
  });

  test('in any case; another word is invalidValue', async () => {
    expect(await sorted('userName', 'Descending')).toBe('fedcba');
    expectError(await scim.list('/Users', { sortBy: 'userName', sortOrder: 'down' }), 400, 'invalidValue');
  });

  test('without sortBy changes nothing', async () => {
    const answer = await scim.list('/Users', {
      filter: 'userName ew "@sort.example"',
      sortOrder: 'descending',
    });
    expect(listed(answer)[0]).toBe('a@sort.example');
  });
});

describe('sortBy', () => {
  test('"no value … SHALL be last when ascending, first when descending"', async () => {
    expect((await sorted('displayName')).at(-1)).toBe('e');
    expect((await sorted('displayName', 'descending')).at(0)).toBe('e');
  });

  test('"case insensitive unless the attribute is caseExact": displayName and externalId', async () => {
    // Apple, banana, Cherry, éclair = ÉCLAIR, (none)
    expect(await sorted('displayName')).toBe('badcfe');
    // B, a, b; those without come last.
    expect((await sorted('externalId')).slice(0, 3)).toBe('dec');
  });

  test('text sorts as text, not as numbers', async () => {
    expect((await sorted('title')).slice(0, 2)).toBe('ba');
  });

  test('"multi-valued: … the primary or else the first value"', async () => {
    // a@ is the primary of a, m@ the first of b.
    expect((await sorted('emails.value')).slice(0, 2)).toBe('ab');
    expect((await sorted('emails')).slice(0, 2)).toBe('ab');
    expect((await sorted('emails', 'descending')).slice(-2)).toBe('ba');
  });

  test('complex attributes by a sub-attribute, extension attributes by their URN', async () => {
    expect((await sorted('name.familyName')).slice(0, 2)).toBe('dc');
    expect((await sorted(`${ENTERPRISE}:manager.value`)).slice(0, 2)).toBe('fe');
    expect((await sorted('NAME.FAMILYNAME')).slice(0, 2)).toBe('dc');
  });

  test('booleans and dates', async () => {
    expect((await sorted('active'))[0]).toBe('d');
    expect(await sorted('meta.created')).toBe('abcdef');
    expect(await sorted('meta.created', 'descending')).toBe('fedcba');
  });

  test('what is equal stays in the order of creation', async () => {
    expect(await sorted('nickName')).toBe('abcdef');
    expect(await sorted('userType', 'descending')).toBe('abcdef');
  });

  test.each(['shoeSize', 'name', 'password', 'emails.nothing', '..', 'addresses'])(
    '%s cannot be sorted by: 400 invalidValue',
    async (sortBy) => {
      expectError(await scim.list('/Users', { sortBy }), 400, 'invalidValue');
    },
  );

  test('groups by displayName and by member', async () => {
    const names = async (sortBy: string, sortOrder = 'ascending') =>
      listed(await scim.list('/Groups', { sortBy, sortOrder }), 'displayName');
    expect(await names('displayName')).toEqual(['alpha', 'Beta', 'Gamma']);
    expect(await names('displayName', 'descending')).toEqual(['Gamma', 'Beta', 'alpha']);
    expect((await names('members.value'))[0]).toBe('alpha');
  });

  test('in the body of a search', async () => {
    const answer = await scim.search('/Users/.search', {
      filter: 'userName ew "@sort.example"',
      sortBy: 'displayName',
      sortOrder: 'descending',
      count: 2,
      attributes: ['userName'],
    });
    expect(answer.body.totalResults).toBe(6);
    expect(listed(answer)[0]).toBe('e@sort.example');
  });

  test('an attribute that is not returned can still be sorted by', async () => {
    const answer = await scim.list('/Users', {
      filter: 'userName ew "@sort.example"',
      sortBy: 'displayName',
      attributes: 'userName',
    });
    expect(
      listed(answer)
        .map((userName) => userName[0])
        .join(''),
    ).toBe('badcfe');
  });
});
