import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, headerOf, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.5.1: replacing with PUT. */
const scim = shareEndpoint();

describe('PUT', () => {
  test('"SHALL" answer 200 with the whole resource, ETag and Content-Location', async () => {
    const { id, userName, meta } = await scim.user({ title: 'old' });
    const answer = await scim.put(`/Users/${id}`, { schemas: [USER], userName, title: 'new' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, userName, title: 'new', meta: { created: meta.created } });
    expect(headerOf(answer, 'etag')).toBe(answer.body.meta.version);
    expect(headerOf(answer, 'content-location')).toBe(answer.body.meta.location);
    expect((await scim.get(`/Users/${id}`)).body).toEqual(answer.body);
  });

  test('"MUST NOT be used to create": an unknown id is 404 and stays unknown', async () => {
    for (const [endpoint, body] of [
      ['/Users', { userName: scim.unique('put') }],
      ['/Groups', { displayName: scim.unique('put') }],
    ] as const) {
      expectError(await scim.put(`${endpoint}/unknown`, body), 404);
      expectError(await scim.get(`${endpoint}/unknown`), 404);
      expect((await scim.post(endpoint, body)).status).toBe(201);
    }
  });

  test('readWrite: "values provided SHALL replace the existing", what is not sent is cleared', async () => {
    const { id, userName } = await scim.user({
      externalId: 'e',
      name: { givenName: 'A', familyName: 'B' },
      emails: [{ value: 'a@x.example' }, { value: 'b@x.example' }],
      nickName: 'N',
      [ENTERPRISE]: { division: 'D' },
    });
    const { body } = await scim.put(`/Users/${id}`, {
      userName,
      name: { givenName: 'C' },
      emails: [{ value: 'c@x.example' }],
    });
    expect(body).toMatchObject({
      schemas: [USER],
      name: { givenName: 'C' },
      emails: [{ value: 'c@x.example' }],
    });
    expect(body.name).toEqual({ givenName: 'C' });
    for (const name of ['externalId', 'nickName', ENTERPRISE]) expect(body).not.toHaveProperty(name);
  });

  test('readOnly: "SHALL be ignored": id, meta, groups, manager.displayName', async () => {
    const user = await scim.user();
    const { status, body } = await scim.put(`/Users/${user.id}`, {
      id: 'another',
      userName: user.userName,
      meta: { resourceType: 'Group', version: 'W/"0"', created: '2001-01-01T00:00:00Z' },
      groups: [{ value: 'g' }],
      [ENTERPRISE]: { manager: { value: 'm', displayName: 'X' } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: user.id,
      groups: [],
      meta: { created: user.meta.created, resourceType: 'User' },
    });
    expect(body[ENTERPRISE].manager).not.toHaveProperty('displayName');
  });

  test('required: missing is 400 invalidValue and changes nothing', async () => {
    const user = await scim.user({ title: 'kept' });
    expectError(await scim.put(`/Users/${user.id}`, { title: 'lost' }), 400, 'invalidValue');
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('what was read can be put back: nothing changes, not even the version', async () => {
    const boss = await scim.user();
    const user = await scim.user({
      externalId: 'e',
      emails: [{ value: 'a@x.example', primary: true }],
      [ENTERPRISE]: { manager: { value: boss.id }, division: 'D' },
    });
    const group = await scim.group({ members: [{ value: user.id }, { value: boss.id, display: 'Boss' }] });
    for (const location of [user.meta.location, group.meta.location]) {
      const read = (await scim.get(location)).body;
      const answer = await scim.put(location, read);
      expect([answer.status, answer.body]).toEqual([200, read]);
    }
  });

  test.each(['User', 'Group', 'nothing known'])(
    'so can a group with a member that nobody knows, patched in as %s',
    async (type) => {
      const group = await scim.group();
      const value = [{ value: 'nobody', type }];
      await scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value }]);
      const read = (await scim.get(`/Groups/${group.id}`)).body;
      const shown = type === 'Group' ? 'Group' : 'User';
      expect(read.members).toEqual([
        { value: 'nobody', type: shown, $ref: expect.stringMatching(`/${shown}s/nobody$`) },
      ]);
      const answer = await scim.put(`/Groups/${group.id}`, read);
      expect([answer.status, answer.body]).toEqual([200, read]);
    },
  );

  test('"MAY be supplied … userName" of another: taken by somebody else is 409', async () => {
    const taken = await scim.user();
    const user = await scim.user();
    expectError(await scim.put(`/Users/${user.id}`, { userName: taken.userName }), 409, 'uniqueness');
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('an invalid body is refused and changes nothing', async () => {
    const user = await scim.user();
    for (const [body, scimType] of [
      ['', 'invalidSyntax'],
      ['{', 'invalidSyntax'],
      ['[]', 'invalidSyntax'],
      [{ userName: user.userName, active: 'perhaps' }, 'invalidValue'],
      [{ userName: user.userName, emails: 'x', name: 'y' }, 'invalidValue'],
    ] as const) {
      expectError(await scim.put(`/Users/${user.id}`, body), 400, scimType);
    }
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('the version moves with a change', async () => {
    const { id, userName, meta } = await scim.user();
    const { body } = await scim.put(`/Users/${id}`, { userName, title: 'x' });
    expect(body.meta.version).not.toBe(meta.version);
  });

  test('of groups replaces the members', async () => {
    const { id, displayName } = await scim.group({ members: [{ value: 'a' }, { value: 'b' }] });
    const { body } = await scim.put(`/Groups/${id}`, {
      displayName,
      members: [{ value: 'b' }, { value: 'c' }],
    });
    expect(body.members.map(({ value }: { value: string }) => value).sort()).toEqual(['b', 'c']);
  });
});
