import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7643 section 2: names, types and values of attributes. */
const scim = shareEndpoint();

describe('2.1 attribute names are case insensitive', () => {
  test('in the body of a POST, at the top, in complex values and in extensions', async () => {
    const user = await scim.user({
      NAME: { GivenName: 'Ann', FAMILYname: 'Lee' },
      DisplayNAME: 'Ann Lee',
      EMAILS: [{ VALUE: 'ann@example.com', Type: 'work', PRIMARY: true }],
      [ENTERPRISE.toUpperCase()]: { DEPARTMENT: 'Sales', Manager: { VALUE: 'm1' } },
    });
    expect(user).toMatchObject({
      name: { givenName: 'Ann', familyName: 'Lee' },
      displayName: 'Ann Lee',
      emails: [{ value: 'ann@example.com', type: 'work', primary: true }],
      [ENTERPRISE]: { department: 'Sales', manager: { value: 'm1' } },
    });
  });

  test('answers use the names of the schema, whatever the client wrote', async () => {
    const user = await scim.user({ NickNAME: 'Annie' });
    expect(Object.keys(user)).toContain('nickName');
    expect(Object.keys(user)).not.toContain('NickNAME');
  });

  test('in filters, in sortBy, in attributes and in PATCH paths', async () => {
    const { id, userName } = await scim.user({ title: 'Case' });
    const filtered = await scim.list('/Users', {
      filter: `USERNAME eq "${userName}" and Title EQ "case"`,
      SORTBY: 'UserName',
      ATTRIBUTES: 'TITLE',
    });
    expect(filtered.body.Resources).toEqual([{ schemas: expect.any(Array), id, title: 'Case' }]);
    const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'TITLE', value: 'Other' }]);
    expect(patched.body.title).toBe('Other');
  });
});

describe('2.3 data types', () => {
  test.each([
    ['string', { displayName: 'Żółć 🙂' }],
    ['string with every escape JSON has', { displayName: 'a"b\\c/d\b\f\n\r\te\u0001' }],
    ['boolean', { active: false }],
    ['reference', { profileUrl: 'https://example.com/ann?x=1#y' }],
    ['binary', { x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAw' }] }],
    ['complex', { name: { familyName: 'Lee' } }],
    ['reference within a list', { photos: [{ value: 'https://example.com/p.jpg', type: 'photo' }] }],
  ])('a %s comes back as it was sent', async (_type, attributes) => {
    const created = await scim.user(attributes);
    expect(created).toMatchObject(attributes);
    const read = await scim.get(`/Users/${created.id}`);
    expect(read.body).toMatchObject(attributes);
  });

  test.each([
    ['an object for a string', { displayName: { a: 1 } }],
    ['text for a boolean', { active: 'perhaps' }],
    ['a number for a boolean', { active: 3 }],
    ['text for a complex attribute', { name: 'Ann Lee' }],
    ['two values for a singular attribute', { title: ['a', 'b'] }],
    ['a list within a list', { emails: [[{ value: 'a' }]] }],
    ['an object for a sub-attribute', { name: { givenName: {} } }],
    ['text for a boolean sub-attribute', { emails: [{ value: 'a', primary: 'perhaps' }] }],
  ])('%s is refused with invalidValue', async (_what, attributes) => {
    const answer = await scim.post('/Users', { userName: scim.unique('typed'), ...attributes });
    expectError(answer, 400, 'invalidValue');
  });

  test('2.3.5 DateTime values are valid xsd:dateTime: meta.created and meta.lastModified', async () => {
    const { meta } = await scim.user();
    for (const time of [meta.created, meta.lastModified]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });
});

describe('2.4 multi-valued attributes', () => {
  test('"primary" true "MUST appear no more than once": of two, the first is kept', async () => {
    const user = await scim.user({
      emails: [
        { value: 'a@x.example', type: 'work', primary: true },
        { value: 'b@x.example', type: 'home', primary: true },
      ],
    });
    expect(user.emails.map(({ primary }: { primary?: boolean }) => primary === true)).toEqual([true, false]);
  });

  test('"primary" without a value is assumed to be false: none is made up', async () => {
    const user = await scim.user({ emails: [{ value: 'a@x.example' }, { value: 'b@x.example' }] });
    expect(user.emails).toEqual([{ value: 'a@x.example' }, { value: 'b@x.example' }]);
  });

  test('the order and the sub-attributes of values are kept', async () => {
    const phoneNumbers = ['fax', 'work', 'mobile'].map((type, index) => ({ value: `${index}`, type }));
    const user = await scim.user({ phoneNumbers });
    expect(user.phoneNumbers).toEqual(phoneNumbers);
  });

  test('canonical values are suggestions: another type is kept as sent', async () => {
    const user = await scim.user({ emails: [{ value: 'a@x.example', type: 'Vacation' }] });
    expect(user.emails[0].type).toBe('Vacation');
  });

  test('display, type, primary, value: every default sub-attribute is stored', async () => {
    const role = { value: 'r1', display: 'Role one', type: 'app', primary: true };
    const user = await scim.user({ roles: [role] });
    expect(user.roles).toEqual([role]);
  });
});

describe('2.5 unassigned and null values', () => {
  test('null, [] and absent are one state in a POST: the attribute is not in the answer', async () => {
    const user = await scim.user({ title: null, emails: [], nickName: undefined, phoneNumbers: null });
    for (const name of ['title', 'emails', 'nickName', 'phoneNumbers']) expect(user).not.toHaveProperty(name);
  });

  test.each([
    ['null', null],
    ['an empty list', []],
  ])('%s in a PUT clears the attribute, like leaving it out', async (_what, nothing) => {
    const { id, userName } = await scim.user({ title: 'Head', emails: [{ value: 'a@x.example' }] });
    const answer = await scim.put(`/Users/${id}`, { userName, title: nothing, emails: nothing });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty('title');
    expect(answer.body).not.toHaveProperty('emails');
  });

  test('a complex value whose parts are all unassigned is unassigned', async () => {
    const user = await scim.user({
      name: { givenName: null, familyName: '' },
      [ENTERPRISE]: { manager: {} },
    });
    expect(user).not.toHaveProperty('name');
    expect(user).not.toHaveProperty(ENTERPRISE);
    expect(user.schemas).not.toContain(ENTERPRISE);
  });

  test('unassigned attributes do not match pr, assigned ones do, false included', async () => {
    const { userName } = await scim.user({ title: null, active: false });
    const find = async (condition: string) =>
      listed(await scim.list('/Users', { filter: `userName eq "${userName}" and ${condition}` }));
    expect(await find('title pr')).toEqual([]);
    expect(await find('not (title pr)')).toEqual([userName]);
    expect(await find('active pr')).toEqual([userName]);
    expect(await find('emails pr')).toEqual([]);
  });

  test('null for a required attribute is as good as leaving it out: 400 invalidValue', async () => {
    expectError(await scim.post('/Users', { userName: null }), 400, 'invalidValue');
    expectError(await scim.post('/Groups', { displayName: '' }), 400, 'invalidValue');
  });

  test('null elements of a list are no values', async () => {
    const user = await scim.user({ emails: [null, { value: 'a@x.example' }, {}] });
    expect(user.emails).toEqual([{ value: 'a@x.example' }]);
  });
});

describe('attributes nobody knows', () => {
  test('are ignored, never stored, and named in the activity row', async () => {
    const answer = await scim.post('/Users', {
      userName: scim.unique('ignored'),
      shoeSize: 44,
      name: { nick: 'x', givenName: 'Ann' },
      emails: [{ value: 'a@x.example', verified: true }],
      [ENTERPRISE]: { badge: 7 },
      'urn:example:unknown': { a: 1 },
    });
    expect(answer.status).toBe(201);
    expect(JSON.stringify(answer.body)).not.toMatch(/shoeSize|verified|badge|urn:example/);
    const { ignored } = await scim.activity(answer);
    expect(ignored.toSorted()).toEqual(
      ['badge', 'emails.verified', 'name.nick', 'shoeSize', 'urn:example:unknown'].toSorted(),
    );
  });

  test('are ignored by PATCH without a path, and named in the activity row', async () => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'replace', value: { shoeSize: 45, title: 'Head', id: 'other', meta: { version: 'x' } } },
    ]);
    expect(answer.body).toMatchObject({ id, title: 'Head' });
    const { ignored, changed } = await scim.activity(answer);
    expect(ignored).toEqual(expect.arrayContaining(['shoeSize', 'id', 'meta']));
    expect(changed).toEqual(['title']);
  });

  test('as the path of a PATCH they are an error: invalidPath', async () => {
    const { id } = await scim.user();
    expectError(
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'shoeSize', value: 45 }]),
      400,
      'invalidPath',
    );
  });

  test('named like parts of a JavaScript object they do no harm', async () => {
    const body = `{"userName":"${scim.unique('proto')}","__proto__":{"active":false},"constructor":{"a":1},"toString":"x","hasOwnProperty":1}`;
    const answer = await scim.post('/Users', body);
    expect(answer.status).toBe(201);
    expect(answer.body.active).toBe(true);
    expect(Object.keys(answer.body).sort()).toEqual([
      'active',
      'groups',
      'id',
      'meta',
      'schemas',
      'userName',
    ]);
  });
});
