/**
 * The checks of Microsoft's SCIM validator (scimvalidator.microsoft.com): 25 mandatory, 7 preview. It can't be run
 * against a local address; the requests are those recorded by pranems/SCIMServer, e2e and docs/archive. It accepts 200
 * and 204 for PATCH and reads the resource afterwards, so all of it runs with either answer.
 */
import { describe, expect, test } from 'vitest';
import {
  fullGroup,
  fullUser,
  minimalUser,
  randomEmail,
  valueAt,
  verboseOperations,
  word,
} from './microsoft-validator-bodies.ts';
import { shareServer } from './share-server.ts';
import { ENTERPRISE, LIST_RESPONSE, patchOf, query, USER } from './suite-server.ts';

const HEADERS = { 'Content-Type': 'application/scim+json; charset=utf-8', Accept: 'application/scim+json' };
const MANAGER = `${ENTERPRISE}:manager`;
const NOWHERE = '00000000-0000-0000-0000-000000000000';

describe.each([
  ['lenient', 200],
  ['entra', 204],
])('Microsoft SCIM validator, profile %s', (profile, patched) => {
  const { client } = shareServer(HEADERS, `profile=${profile}`);

  const create = async (endpoint: '/Users' | '/Groups', body: object) => {
    const answer = await client.post(endpoint, body);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const read = async (path: string) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const list = (endpoint: string, filter: string, more: Record<string, string> = {}) =>
    read(`${endpoint}${query({ ...more, filter })}`);
  /** Applies the operations to a new user or group and returns it as it then is. */
  const change = async (path: string, ...operations: object[]) => {
    expect((await client.patch(path, patchOf(...operations))).status).toBe(patched);
    return read(path);
  };
  const memberOf = async (...userIds: string[]) => {
    const group = await create('/Groups', fullGroup());
    const members = userIds.map((value) => ({ value }));
    await change(`/Groups/${group.id}`, { op: 'replace', path: 'members', value: members });
    return group;
  };

  describe('mandatory, users', () => {
    test('1 create a new user: what was sent is what is read', async () => {
      const sent = fullUser();
      const { id } = await create('/Users', sent);
      const { roles, ...others } = sent;
      const user = await read(`/Users/${id}`);
      expect(user).toMatchObject(others);
      expect(user.roles).toEqual([{ ...roles[0], primary: true }]);
    });

    test('2 create a duplicate user: 409', async () => {
      const user = fullUser();
      await create('/Users', user);
      expect((await client.post('/Users', user)).status).toBe(409);
    });

    test('3 filter for an existing user', async () => {
      const { id, userName } = await create('/Users', fullUser());
      const found = await list('/Users', `userName eq "${userName}"`);
      expect(found).toMatchObject({
        schemas: [LIST_RESPONSE],
        totalResults: 1,
        Resources: [{ id, userName }],
      });
    });

    test('4 filter for a non-existing user', async () => {
      const found = await list('/Users', `userName eq "${randomEmail()}"`);
      expect(found).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 0, Resources: [] });
    });

    test('5 filter for an existing user with a different case', async () => {
      const { id, userName } = await create('/Users', fullUser());
      const found = await list('/Users', `userName eq "${userName.toUpperCase()}"`);
      expect(found).toMatchObject({ totalResults: 1, Resources: [{ id, userName }] });
    });

    test('6 replace attributes, verbose request', async () => {
      const { id } = await create('/Users', fullUser());
      const operations = verboseOperations('replace');
      const user = await change(`/Users/${id}`, ...operations);
      for (const { path = '', value } of operations) expect(valueAt(user, path), path).toBe(value);
    });

    test('7 update userName', async () => {
      const { id } = await create('/Users', fullUser());
      const userName = randomEmail();
      expect(
        await change(`/Users/${id}`, { op: 'replace', path: 'userName', value: userName }),
      ).toMatchObject({
        userName,
      });
    });

    test('8 disable a user', async () => {
      const { id } = await create('/Users', fullUser());
      expect(await change(`/Users/${id}`, { op: 'replace', path: 'active', value: false })).toMatchObject({
        active: false,
      });
    });

    test('9 add attributes, verbose request: 36 operations, the three of a role land in one element', async () => {
      const { id } = await create('/Users', minimalUser());
      const operations = verboseOperations('add');
      expect(operations).toHaveLength(36);
      const user = await change(`/Users/${id}`, ...operations);
      for (const { path = '', value } of operations) expect(valueAt(user, path), path).toBe(value);
      expect(user.roles).toHaveLength(1);
      expect(user.roles[0].primary).toBe(true);
      expect(user.emails).toHaveLength(1);
      expect(user.addresses).toHaveLength(1);
      expect(user.phoneNumbers).toHaveLength(3);
      expect(user.schemas).toEqual(expect.arrayContaining([USER, ENTERPRISE]));
    });

    test('10 add a manager who is nobody', async () => {
      const { id } = await create('/Users', minimalUser());
      const user = await change(`/Users/${id}`, {
        op: 'add',
        path: MANAGER,
        value: { value: 'GZFDHGRKQLCG' },
      });
      expect(user[ENTERPRISE].manager.value).toBe('GZFDHGRKQLCG');
    });

    test('11 replace the manager', async () => {
      const { id } = await create('/Users', fullUser());
      const value = word();
      const user = await change(`/Users/${id}`, { op: 'replace', path: MANAGER, value: { value } });
      expect(user[ENTERPRISE].manager.value).toBe(value);
    });

    test('12 remove the manager with an empty value', async () => {
      const { id } = await create('/Users', fullUser());
      const user = await change(`/Users/${id}`, { op: 'replace', path: MANAGER, value: { value: '' } });
      expect(user[ENTERPRISE]).not.toHaveProperty('manager');
    });

    test('13 delete a user: 404 afterwards', async () => {
      const { id } = await create('/Users', fullUser());
      expect((await client.delete(`/Users/${id}`)).status).toBe(204);
      expect((await client.get(`/Users/${id}`)).status).toBe(404);
    });
  });

  describe('mandatory, groups', () => {
    test('14 get a group by id, without members', async () => {
      const group = await memberOf((await create('/Users', fullUser())).id);
      const without = await read(`/Groups/${group.id}?excludedAttributes=members`);
      expect(without).toMatchObject({ id: group.id, displayName: group.displayName });
      expect(without).not.toHaveProperty('members');
    });

    test('15 filter for an existing group, without members', async () => {
      const group = await memberOf((await create('/Users', fullUser())).id);
      const found = await list('/Groups', `displayName eq "${group.displayName}"`, {
        excludedAttributes: 'members',
      });
      expect(found).toMatchObject({ totalResults: 1, Resources: [{ id: group.id }] });
      expect(found.Resources[0]).not.toHaveProperty('members');
    });

    test.each(['displayName', 'externalId'])('16 filter for an existing group by %s', async (name) => {
      const group = await create('/Groups', fullGroup());
      const found = await list('/Groups', `${name} eq "${group[name]}"`);
      expect(found).toMatchObject({ totalResults: 1, Resources: [{ id: group.id, [name]: group[name] }] });
    });

    test('17 filter for a non-existing group', async () => {
      expect(await list('/Groups', `displayName eq "${word()}"`)).toMatchObject({
        totalResults: 0,
        Resources: [],
      });
    });

    test('18 filter for an existing group with a different case', async () => {
      const { id, displayName } = await create('/Groups', fullGroup());
      const found = await list('/Groups', `displayName eq "${displayName.toLowerCase()}"`);
      expect(found).toMatchObject({ totalResults: 1, Resources: [{ id, displayName }] });
    });

    test('19 create a new group', async () => {
      const sent = fullGroup();
      const { id } = await create('/Groups', sent);
      expect(await read(`/Groups/${id}`)).toMatchObject(sent);
    });

    test('20 create a duplicate group: 409', async () => {
      const { displayName, schemas } = fullGroup();
      await create('/Groups', { displayName, schemas });
      expect((await client.post('/Groups', { ...fullGroup(), displayName })).status).toBe(409);
    });

    test('21 replace attributes of a group', async () => {
      const { id } = await create('/Groups', fullGroup());
      const { externalId } = fullGroup();
      expect(await change(`/Groups/${id}`, { op: 'replace', value: { externalId } })).toMatchObject({
        externalId,
      });
    });

    test('22 update the displayName of a group', async () => {
      const { id } = await create('/Groups', fullGroup());
      const displayName = word();
      expect(await change(`/Groups/${id}`, { op: 'replace', value: { displayName } })).toMatchObject({
        displayName,
      });
    });

    test('23 add a member', async () => {
      const user = await create('/Users', fullUser());
      const group = await memberOf(user.id);
      expect((await read(`/Groups/${group.id}`)).members).toMatchObject([{ value: user.id }]);
    });

    test('24 remove a member', async () => {
      const [one, other] = [await create('/Users', fullUser()), await create('/Users', fullUser())];
      const group = await memberOf(one.id, other.id);
      const changed = await change(`/Groups/${group.id}`, {
        op: 'remove',
        path: `members[value eq "${one.id}"]`,
      });
      expect(changed.members).toMatchObject([{ value: other.id }]);
    });

    test('25 delete a group: 404 afterwards', async () => {
      const { id } = await create('/Groups', fullGroup());
      expect((await client.delete(`/Groups/${id}`)).status).toBe(204);
      expect((await client.get(`/Groups/${id}`)).status).toBe(404);
    });
  });

  describe('preview', () => {
    test('1 several operations on different attributes of a user', async () => {
      const { displayName: _displayName, ...user } = fullUser();
      const { id } = await create('/Users', user);
      const changed = await change(
        `/Users/${id}`,
        { op: 'add', path: 'displayName', value: 'BDFAIMDWZXYA' },
        { op: 'replace', path: 'title', value: 'HZEYUQROKTXF' },
        { op: 'remove', path: 'preferredLanguage' },
      );
      expect(changed).toMatchObject({ displayName: 'BDFAIMDWZXYA', title: 'HZEYUQROKTXF' });
      expect(changed).not.toHaveProperty('preferredLanguage');
    });

    test('2 several operations on the same attribute of a user', async () => {
      const { id } = await create('/Users', fullUser());
      const changed = await change(
        `/Users/${id}`,
        { op: 'remove', path: 'displayName' },
        { op: 'add', path: 'displayName', value: word() },
        { op: 'replace', path: 'displayName', value: 'RAJBJMKHJSNI' },
      );
      expect(changed.displayName).toBe('RAJBJMKHJSNI');
    });

    test.each([
      ['3', '/Users'],
      ['6', '/Groups'],
    ])('%s delete what does not exist in %s: 404', async (_number, endpoint) => {
      expect((await client.delete(`${endpoint}/${NOWHERE}`)).status).toBe(404);
    });

    test('4 delete the same user twice: 204, then 404', async () => {
      const { id } = await create('/Users', fullUser());
      expect((await client.delete(`/Users/${id}`)).status).toBe(204);
      expect((await client.delete(`/Users/${id}`)).status).toBe(404);
    });

    test('5 add and remove the same member in one request', async () => {
      const user = await create('/Users', fullUser());
      const { id } = await create('/Groups', fullGroup());
      const changed = await change(
        `/Groups/${id}`,
        { op: 'add', path: 'members', value: [{ value: user.id }] },
        { op: 'remove', path: `members[value eq "${user.id}"]` },
      );
      expect(changed.members ?? []).toEqual([]);
    });

    test('7 delete the same group twice: 204, then 404', async () => {
      const { id } = await create('/Groups', fullGroup());
      expect((await client.delete(`/Groups/${id}`)).status).toBe(204);
      expect((await client.delete(`/Groups/${id}`)).status).toBe(404);
    });
  });
});
