/**
 * The last folders of Microsoft's Postman collection for SCIM servers: nulls, junk, misspelt names, filters without quotation
 * marks, and counts that hold on a server which was empty before. Source: AzureAD/SCIMReferenceCode, PostmanCollection.json.
 */
import { describe, expect, test } from 'vitest';
import { garbageUser, group, JUNK } from './microsoft-postman-bodies.ts';
import { collectionVariables } from './microsoft-postman-variables.ts';
import { shareServer } from './share-server.ts';
import { ENTERPRISE, GROUP, PATCH_OP, patchOf, USER } from './suite-server.ts';

const { client } = shareServer({ 'Content-Type': 'application/json' }, 'profile=entra');
const { id, create, remove } = collectionVariables(client);

const EMPLOYEE_MAILS = ['anna33@gmail.com', 'anna33@example.com'] as const;
const employee = (userName: string, more: object = {}) =>
  garbageUser('Employee', EMPLOYEE_MAILS, { userName, ...more });
const omalley = (more: object) => garbageUser('OMalley', ['anna33@example.com', 'anna33@gmail.com'], more);

describe('User tests with garbage', () => {
  test('Post user "OMalley"', async () => {
    const user = await create('omalley', '/Users', omalley({ userName: 'OMalley' }));
    expect(user).toMatchObject({ userName: 'OMalley', active: true });
  });

  test('Post emp1 with string "True"', async () => {
    const user = await create('emp1', '/Users', employee('emp1', { active: 'True' }));
    expect(user.active).toBe(true);
  });

  test('Get all users', async () => {
    const { status, body, text } = await client.get('/Users');
    expect(status).toBe(200);
    expect(body.totalResults).toBe(2);
    expect(text).toContain('OMalley');
  });

  test.each(['emp2', 'emp3'])('Post %s', (name) => create(name, '/Users', employee(name)));

  test('Post no username: 400', async () => {
    expect((await client.post('/Users', garbageUser('Employee', EMPLOYEE_MAILS, {}))).status).toBe(400);
  });

  test('Post junk: 400', async () => {
    expect((await client.post('/Users', JUNK)).status).toBe(400);
  });

  test('Post emp3 exists, and again: 409 with a detail', async () => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const { status, text } = await client.post('/Users', employee('emp3'));
      expect(status).toBe(409);
      expect(text).toContain('detail');
    }
  });

  test('Put a user no username, but a userame: 400', async () => {
    const body = omalley({ id: id('omalley'), userame: 'OMalley', active: false });
    expect((await client.put(`/Users/${id('omalley')}`, body)).status).toBe(400);
  });

  test('Put a user misspelled attribute: 200, and the misspelt one is gone', async () => {
    const { addresses, ...others } = omalley({ id: id('omalley'), userName: 'OMalley', active: false });
    const { status, text } = await client.put(`/Users/${id('omalley')}`, { ...others, adreses: addresses });
    expect(status).toBe(200);
    expect(text).not.toContain('Addresses');
    expect(text).not.toContain('adreses');
  });

  test('Post enterprise user', () =>
    create(
      'enterprise',
      '/Users',
      employee('enterprise', {
        schemas: [USER, ENTERPRISE],
        [ENTERPRISE]: { Department: 'some department' },
      }),
    ));

  test('Patch user omalley: 204 for a new username and for a boolean, and get user1', async () => {
    for (const operation of [
      { op: 'Replace', path: 'userName', value: 'newusername' },
      { op: 'Replace', path: 'active', value: false },
    ]) {
      const { status, text } = await client.patch(`/Users/${id('omalley')}`, patchOf(operation));
      expect(status).toBe(204);
      expect(text).toBe('');
    }
    const { body } = await client.get(`/Users/${id('omalley')}`);
    expect(body).toMatchObject({ userName: 'newusername', active: false });
  });

  test('Put a user OMalley', async () => {
    const body = omalley({ id: id('omalley'), userName: 'OMalley', active: false });
    const [address, other] = body.addresses;
    const put = await client.put(`/Users/${id('omalley')}`, {
      ...body,
      addresses: [
        { ...address, country: 'Germany' },
        { ...other, country: 'bahams' },
      ],
    });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ userName: 'OMalley', active: false });
    expect(put.text).toContain('Germany');
  });

  test('Paginate: five in total, two on the page', async () => {
    const { body } = await client.get('/Users?startIndex=1&count=2');
    expect(body).toMatchObject({ totalResults: 5, itemsPerPage: 2 });
  });

  test('get user attributes', async () => {
    expect((await client.get('/Users?attributes=userName,emails')).body.totalResults).toBe(5);
  });

  test.each([
    [
      'eq and (val or val)',
      'name.FamilyName eq Employee and (emails.Value co example.com or emails.Value co example.org)',
      4,
    ],
    ['starts with', 'userName sw O', 1],
    ['greater than', 'meta.Created gt 2015-10-10T14:38:21.8617979-07:00', 5],
  ])('filter %s, without quotation marks', async (_name, filter, total) => {
    // Postman encodes the blanks and nothing else.
    const { status, body } = await client.get(`/Users?filter=${filter.replaceAll(' ', '%20')}`);
    expect(status).toBe(200);
    expect(body.totalResults).toBe(total);
  });
});

describe('Group tests with garbage', () => {
  test('Post group', async () => {
    const { members: _members, ...body } = group('Group 1');
    await create('garbage group', '/Groups', body);
  });

  test.each(['string id 1', 'string id 2'])(
    'Group patch add member: the bare string "%s", who is nobody',
    async (value) => {
      const body = {
        id: id('garbage group'),
        Operations: [{ op: 'add', path: 'members', value }],
        schemas: [PATCH_OP],
      };
      expect((await client.patch(`/Groups/${id('garbage group')}`, body)).status).toBe(204);
    },
  );

  test('Get group, and without members', async () => {
    const { status, body } = await client.get(`/Groups/${id('garbage group')}`);
    expect(status).toBe(200);
    const values = body.members.map(({ value }: { value: string }) => value);
    expect(values.sort()).toEqual(['string id 1', 'string id 2']);
    const without = await client.get(`/Groups/${id('garbage group')}?excludedAttributes=members`);
    expect(without.status).toBe(200);
    expect(without.body).not.toHaveProperty('members');
  });

  test('group put', async () => {
    const { status, body } = await client.put(`/Groups/${id('garbage group')}`, {
      id: id('garbage group'),
      displayName: 'Tiffany Ortiz',
      externalId: '6c6b54c2-fa81-4234-ad4f-420ec6808049',
      schemas: [GROUP],
    });
    expect(status).toBe(200);
    expect(body.displayName).toBe('Tiffany Ortiz');
  });
});

describe('Teardown garbage', () => {
  test('Delete the users and the group', async () => {
    for (const name of ['omalley', 'emp1', 'emp2', 'emp3', 'enterprise']) await remove(name, '/Users');
    await remove('garbage group', '/Groups');
  });

  test.each(['/Users?attributes=userName', '/Groups'])(
    'Get all: %s has an empty list, not none',
    async (path) => {
      const { status, body } = await client.get(path);
      expect(status).toBe(200);
      expect(body.Resources).toEqual([]);
    },
  );
});
