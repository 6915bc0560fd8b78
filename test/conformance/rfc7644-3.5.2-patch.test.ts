import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, headerOf, type Json, PATCH_OP, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.5.2: modifying with PATCH; what holds for every operation. */
const scim = shareEndpoint();

const send = (path: string, body: unknown) => scim.running.request('PATCH', path, body);

describe('the message', () => {
  test('"MUST contain … PatchOp"; another schema is invalidSyntax', async () => {
    const { id } = await scim.user();
    const Operations = [{ op: 'replace', path: 'title', value: 'x' }];
    expectError(await send(`/Users/${id}`, { schemas: [USER], Operations }), 400, 'invalidSyntax');
    expect((await send(`/Users/${id}`, { schemas: [PATCH_OP.toUpperCase()], Operations })).status).toBe(200);
    expect((await send(`/Users/${id}`, { Operations })).status, 'some clients forget it').toBe(200);
  });

  test.each<[string, Json]>([
    ['no body', ''],
    ['no JSON', '{'],
    ['a list', []],
    ['no Operations', { schemas: [PATCH_OP] }],
    ['a text as Operations', { schemas: [PATCH_OP], Operations: 'x' }],
    ['a text as operation', { schemas: [PATCH_OP], Operations: ['x'] }],
    ['null as operation', { schemas: [PATCH_OP], Operations: [null] }],
    ['no op', { schemas: [PATCH_OP], Operations: [{ path: 'title', value: 'x' }] }],
    ['an unknown op', { schemas: [PATCH_OP], Operations: [{ op: 'move', path: 'title', value: 'x' }] }],
    ['a number as op', { schemas: [PATCH_OP], Operations: [{ op: 1, path: 'title', value: 'x' }] }],
  ])('%s is invalidSyntax', async (_what, body) => {
    const { id } = await scim.user();
    expectError(await send(`/Users/${id}`, body), 400, 'invalidSyntax');
  });

  test('"op" in any case, keys in any case, unknown keys ignored', async () => {
    const { id } = await scim.user();
    for (const [op, value] of [
      ['Replace', 'a'],
      ['ADD', 'b'],
      ['rePLACE', 'c'],
    ]) {
      const answer = await send(`/Users/${id}`, {
        SCHEMAS: [PATCH_OP],
        operations: [{ OP: op, Path: 'title', VALUE: value, name: 'addMember' }],
      });
      expect(answer.body.title).toBe(value);
    }
  });

  test('no operations change nothing', async () => {
    const { id, meta } = await scim.user();
    const answer = await send(`/Users/${id}`, { schemas: [PATCH_OP], Operations: [] });
    expect([answer.status, answer.body.meta]).toEqual([200, meta]);
  });
});

describe('the answer', () => {
  test('is 200 with the whole resource, its version in ETag and meta', async () => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }]);
    expect(answer.status).toBe(200);
    expect(answer.body.title).toBe('x');
    expect(headerOf(answer, 'etag')).toBe(answer.body.meta.version);
    expect((await scim.get(`/Users/${id}`)).body).toEqual(answer.body);
  });

  test('of an unknown resource is 404, also with a broken body', async () => {
    expectError(await scim.patch('/Users/nobody', [{ op: 'add', path: 'title', value: 'x' }]), 404);
    expectError(await scim.patch('/Groups/nobody', [{ op: 'add', path: 'members', value: [] }]), 404);
  });

  test('names the operation that failed', async () => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'replace', path: 'title', value: 'x' },
      { op: 'replace', path: 'nothing', value: 'x' },
    ]);
    expectError(answer, 400, 'invalidPath');
    expect(answer.body.detail).toContain('1');
    expect(answer.body.detail).toMatch(/operation/i);
  });
});

describe('"MUST be … atomic"', () => {
  test.each<[string, object, string]>([
    ['an unknown path', { op: 'add', path: 'nothing', value: 'x' }, 'invalidPath'],
    ['a malformed path', { op: 'add', path: 'emails[type eq', value: 'x' }, 'invalidFilter'],
    ['a readOnly path', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['a wrong value', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['a remove without path', { op: 'remove' }, 'noTarget'],
    ['the removal of what is required', { op: 'remove', path: 'userName' }, 'mutability'],
  ])('with %s at the end, nothing of the request is done', async (_what, last, scimType) => {
    const user = await scim.user({ title: 'before' });
    const answer = await scim.patch(`/Users/${user.id}`, [
      { op: 'replace', path: 'title', value: 'after' },
      { op: 'add', path: 'emails', value: [{ value: 'new@x.example' }] },
      last,
    ]);
    expectError(answer, 400, scimType);
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('of a group: members that were added before the failure are not members', async () => {
    const group = await scim.group({ members: [{ value: 'stays' }] });
    const answer = await scim.patch(`/Groups/${group.id}`, [
      { op: 'add', path: 'members', value: [{ value: 'new' }] },
      { op: 'remove', path: 'members[value eq "stays"]' },
      { op: 'replace', path: 'displayName', value: '' },
    ]);
    expectError(answer, 400, 'invalidValue');
    expect((await scim.get(`/Groups/${group.id}`)).body).toEqual(group);
  });

  test('a duplicate userName undoes the rest', async () => {
    const taken = await scim.user();
    const user = await scim.user();
    const answer = await scim.patch(`/Users/${user.id}`, [
      { op: 'add', path: 'title', value: 'x' },
      { op: 'replace', path: 'userName', value: taken.userName },
    ]);
    expectError(answer, 409, 'uniqueness');
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });
});

describe('"applied in order … to the result of the previous"', () => {
  test('the last of several on one attribute wins', async () => {
    const { id } = await scim.user({ displayName: 'first' });
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'second' },
      { op: 'replace', path: 'displayName', value: 'third' },
    ]);
    expect(answer.body.displayName).toBe('third');
  });

  test('a later operation sees what an earlier one added', async () => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'add', path: 'emails', value: [{ type: 'work', value: 'a@x.example' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' },
      { op: 'add', path: 'emails[value eq "b@x.example"].display', value: 'B' },
    ]);
    expect(answer.body.emails).toEqual([{ type: 'work', value: 'b@x.example', display: 'B' }]);
  });

  test('members that are replaced, added and removed in one request end as the last said', async () => {
    const group = await scim.group({ members: [{ value: 'a' }] });
    const { body } = await scim.patch(`/Groups/${group.id}`, [
      { op: 'replace', path: 'displayName', value: scim.unique('renamed') },
      { op: 'add', path: 'members', value: [{ value: 'b' }] },
      { op: 'remove', path: 'members', value: [{ value: 'b' }] },
      { op: 'remove', path: 'members[value eq "a"]' },
    ]);
    expect(body.members).toEqual([]);
  });
});

describe('no change', () => {
  test('"SHALL NOT change the modify timestamp": the version stays', async () => {
    const user = await scim.user({
      title: 't',
      emails: [{ value: 'a@x.example', type: 'work' }],
      name: { givenName: 'G' },
      [ENTERPRISE]: { division: 'D' },
    });
    for (const operation of [
      { op: 'add', path: 'title', value: 't' },
      { op: 'replace', path: 'title', value: 't' },
      { op: 'add', path: 'emails', value: [{ value: 'a@x.example', type: 'work' }] },
      { op: 'add', path: 'emails', value: [{ type: 'work', value: 'a@x.example' }] },
      { op: 'replace', path: 'emails', value: [{ value: 'a@x.example', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@x.example' },
      { op: 'replace', path: 'name', value: { givenName: 'G' } },
      { op: 'replace', value: { title: 't', [`${ENTERPRISE}:division`]: 'D' } },
      { op: 'remove', path: 'nickName' },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { op: 'remove', path: 'emails', value: [{ value: 'nobody@x.example' }] },
      { op: 'add', path: 'phoneNumbers', value: [] },
    ]) {
      const answer = await scim.patch(`/Users/${user.id}`, [operation]);
      expect([answer.status, answer.body], JSON.stringify(operation)).toEqual([200, user]);
    }
  });

  test('of members neither: added again, removed without being there', async () => {
    const group = await scim.group({ members: [{ value: 'a' }] });
    for (const operation of [
      { op: 'add', path: 'members', value: [{ value: 'a' }] },
      { op: 'add', path: 'members', value: 'a' },
      { op: 'add', value: { members: [{ value: 'a' }] } },
      { op: 'replace', path: 'members', value: [{ value: 'a' }] },
      { op: 'remove', path: 'members[value eq "b"]' },
      { op: 'remove', path: 'members', value: [{ value: 'b' }] },
      { op: 'remove', path: 'members', value: [] },
      { op: 'add', path: 'members', value: [] },
    ]) {
      const answer = await scim.patch(`/Groups/${group.id}`, [operation]);
      expect([answer.status, answer.body], JSON.stringify(operation)).toEqual([200, group]);
    }
  });
});

describe('"primary": a new one "SHALL" demote the others', () => {
  const primaries = (user: Json) =>
    user.emails.filter(({ primary }: Json) => primary === true).map(({ value }: Json) => value);
  const start = () =>
    scim.user({
      emails: [
        { value: 'a@x.example', type: 'work', primary: true },
        { value: 'b@x.example', type: 'home' },
      ],
    });

  test.each<[string, object]>([
    ['added', { op: 'add', path: 'emails', value: [{ value: 'b@x.example', type: 'other', primary: true }] }],
    ['set on another', { op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    ['set as text', { op: 'add', path: 'emails[type eq "home"].primary', value: 'True' }],
    ['merged into another', { op: 'add', path: 'emails[type eq "home"]', value: { primary: true } }],
    [
      'replaced as a whole',
      { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'b@x.example', primary: true } },
    ],
  ])('%s', async (_what, operation) => {
    const { id } = await start();
    const answer = await scim.patch(`/Users/${id}`, [operation]);
    expect(answer.status).toBe(200);
    expect(primaries(answer.body)).toEqual(['b@x.example']);
    expect(answer.body.emails[0]).toEqual({ value: 'a@x.example', type: 'work', primary: false });
  });

  test('of a list that is replaced, the first is kept', async () => {
    const { id } = await start();
    const answer = await scim.patch(`/Users/${id}`, [
      {
        op: 'replace',
        path: 'emails',
        value: [
          { value: 'c@x.example', primary: true },
          { value: 'd@x.example', primary: true },
        ],
      },
    ]);
    expect(primaries(answer.body)).toEqual(['c@x.example']);
  });
});

describe('"path" grammar', () => {
  test.each([
    'emails[type eq "work"',
    'emails type eq "work"]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].value.more',
    'emails[]',
    'emails.',
    '.value',
    'name..givenName',
    'name.givenName.more',
    'emails[type eq "work"][value eq "x"]',
    'title and nickName',
    'name[givenName eq "x"]',
    'userName[value eq "x"]',
    'urn:example:unknown:attribute',
    `${ENTERPRISE}:nothing`,
    'name.nothing',
    '"title"',
    '[',
    'title]',
    '(title)',
  ])('%s is 400 invalidPath or invalidFilter', async (path) => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value: 'x' }]);
    expect(answer.status).toBe(400);
    expect(['invalidPath', 'invalidFilter']).toContain(answer.body.scimType);
  });

  test('a path that is no text is invalidPath', async () => {
    const { id } = await scim.user();
    for (const path of [1, {}, ['title'], true]) {
      expectError(
        await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value: 'x' }]),
        400,
        'invalidPath',
      );
    }
  });

  test('dots, brackets and operators inside quotes are part of the value', async () => {
    const odd = 'a.b]c and (d) or "e"@x.example';
    const { id } = await scim.user({ emails: [{ value: odd }, { value: 'other@x.example' }] });
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'replace', path: `emails[value eq ${JSON.stringify(odd)}].display`, value: 'D' },
    ]);
    expect(answer.body.emails).toEqual([{ value: odd, display: 'D' }, { value: 'other@x.example' }]);
  });

  test('spaces are odd but legible', async () => {
    const { id } = await scim.user({ emails: [{ value: 'a@x.example', type: 'work' }] });
    for (const [path, value] of [
      [' title ', 'x'],
      ['emails[ type  eq  "work" ].display', 'y'],
      ['emails[type eq"work"].display', 'z'],
    ]) {
      expect((await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value }])).status, path).toBe(200);
    }
  });
});

describe('simultaneous requests', () => {
  test('lose no member', async () => {
    const group = await scim.group();
    const ids = Array.from({ length: 25 }, (_, index) => `p${index}`);
    await Promise.all(
      ids.map((value) =>
        scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [{ value }] }]),
      ),
    );
    const { members } = (await scim.get(`/Groups/${group.id}`)).body;
    expect(members.map(({ value }: Json) => value).sort()).toEqual(ids.toSorted());
  });
});

test('the activity row tells what was tolerated, changed and ignored', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'replace', value: { unknown: 1 } },
  ]);
  const row = await scim.activity(answer);
  expect(row.changed).toEqual(['active']);
  expect(row.ignored).toEqual(['unknown']);
  expect(JSON.stringify(row)).toMatch(/string-boolean|boolean sent as/i);
});
