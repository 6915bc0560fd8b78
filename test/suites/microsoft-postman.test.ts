/**
 * Microsoft's Postman collection for SCIM servers, folder by folder in its order, with its assertions: the later folders
 * count what the earlier ones left. It expects 204 after PATCH, so the connection's profile is Entra's. `Get Token` is
 * left out: Rollcall's tokens come from its console. Source: AzureAD/SCIMReferenceCode, PostmanCollection.json.
 */
import { describe, expect, test } from 'vitest';
import { enterpriseUser, group, simpleUser } from './microsoft-postman-bodies.ts';
import { collectionVariables } from './microsoft-postman-variables.ts';
import { shareServer } from './share-server.ts';
import { ENTERPRISE, GROUP, patchOf, USER } from './suite-server.ts';

const { client } = shareServer({ 'Content-Type': 'application/json' }, 'profile=entra');

const { id, create, remove } = collectionVariables(client);

describe('Endpoint tests', () => {
  test.each(['/Users', '/Groups'])('Get empty %s', async (endpoint) => {
    const { status, body } = await client.get(endpoint);
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test('Get ResourceTypes: users come first', async () => {
    const { status, body } = await client.get('/ResourceTypes');
    expect(status).toBe(200);
    expect(body.Resources[0].endpoint).toBe('/Users');
  });

  test('Get ServiceProviderConfig under the name serviceConfiguration', async () => {
    const { status, body } = await client.get('/serviceConfiguration');
    expect(status).toBe(200);
    expect(body.patch.supported).toBe(true);
  });

  test('Get Schemas: the user’s description is the RFC’s', async () => {
    const { status, text } = await client.get('/Schemas');
    expect(status).toBe(200);
    expect(text).toContain('User Account');
  });
});

describe('User tests', () => {
  test('Post User with Primary in capitals', async () => {
    const user = await create('user1', '/Users', simpleUser('UserName123', 'testing@bob.com'));
    expect(user.emails[0]).toMatchObject({ primary: true, value: 'testing@bob.com' });
  });

  test('Post EnterpriseUser with Department and a Manager who is nobody', async () => {
    const user = await create('user2', '/Users', enterpriseUser('UserName222'));
    expect(user[ENTERPRISE]).toMatchObject({ department: 'bob', manager: { value: 'SuzzyQ' } });
  });

  test.each(['user1', 'user2'])('Get %s', async (name) => {
    const { status, body } = await client.get(`/Users/${id(name)}`);
    expect(status).toBe(200);
    expect(body.id).toBe(id(name));
  });

  test('Get User Attributes', async () => {
    const { status, text } = await client.get('/Users?attributes=userName,emails');
    expect(status).toBe(200);
    expect(text).toContain(id('user1'));
  });

  test('Get User Filters: a trailing slash, plus signs and a capital D', async () => {
    const { status, body } = await client.get('/Users/?filter=DisplayName+eq+%22BobIsAmazing%22');
    expect(status).toBe(200);
    expect(body.Resources.map((user: { id: string }) => user.id)).toContain(id('user1'));
  });

  test('patch user1, and check', async () => {
    const patch = patchOf({ op: 'replace', path: 'userName', value: 'ryan3' });
    expect((await client.patch(`/Users/${id('user1')}`, patch)).status).toBe(204);
    const { status, body } = await client.get(`/Users/${id('user1')}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: id('user1'), userName: 'ryan3' });
  });

  test('User 2 replace test, and check', async () => {
    const name = { formatted: 'NewName', familyName: 'Leenay', givenName: 'Ryan' };
    const whole = simpleUser('UserNameReplace2', 'testing@bobREPLACE.com', { id: id('user2'), name });
    const put = await client.put(`/Users/${id('user2')}`, { ...whole, schemas: [ENTERPRISE, USER] });
    expect(put.status).toBe(200);
    expect((await client.get(`/Users/${id('user2')}`)).body.name.formatted).toBe('NewName');
  });

  test.each(['user1', 'user2'])('Delete %s', (name) => remove(name, '/Users'));
});

describe('Group tests', () => {
  const addMember = () =>
    client.patch(
      `/Groups/${id('group1')}`,
      patchOf({
        name: 'addMember',
        op: 'add',
        path: 'members',
        value: [{ displayName: 'new User', value: id('user4') }],
      }),
    );

  test('Create an empty group, users 3 and 4, and groups with and without a member', async () => {
    await create('group1', '/Groups', group('Group1DisplayName'));
    await create('user3', '/Users', simpleUser('UserName333', 'testing@bob2.com'));
    await create('user4', '/Users', simpleUser('UserName444', 'testing@bob2.com'));
    const filled = await create(
      'group2',
      '/Groups',
      group('GroupDisplayName2', { members: [{ value: id('user3'), display: 'VP' }] }),
    );
    expect(filled.members).toMatchObject([{ value: id('user3'), display: 'VP' }]);
    await create('group3', '/Groups', group('GroupDisplayName3'));
    expect((await client.get('/Groups')).status).toBe(200);
  });

  test('Put replace group3, and validate', async () => {
    const members = [
      { value: id('user3'), display: 'VP' },
      { value: id('user4'), display: 'SenorVP' },
    ];
    const whole = { schemas: [GROUP], id: id('group3'), displayName: 'putName', members };
    expect((await client.put(`/Groups/${id('group3')}`, whole)).status).toBe(200);
    const { status, body, text } = await client.get(`/Groups/${id('group3')}`);
    expect(status).toBe(200);
    expect(body.id).toBe(id('group3'));
    expect(text).toContain(id('user3'));
  });

  test('Patch add user4 to group1, remove, add again: the operation has a name, the member a displayName', async () => {
    expect((await addMember()).status).toBe(204);
    const removal = patchOf({ op: 'remove', path: `members[value eq "${id('user4')}"]` });
    expect((await client.patch(`/Groups/${id('group1')}`, removal)).status).toBe(204);
    expect((await addMember()).status).toBe(204);
  });

  test('Get group by id: the client’s name for the member comes back', async () => {
    const { status, body, text } = await client.get(`/Groups/${id('group1')}`);
    expect(status).toBe(200);
    expect(body.id).toBe(id('group1'));
    expect(text).toContain('new User');
  });

  test('Patch remove all users, and check', async () => {
    const removal = patchOf({ op: 'remove', path: 'members' });
    expect((await client.patch(`/Groups/${id('group1')}`, removal)).status).toBe(204);
    const { status, body, text } = await client.get(`/Groups/${id('group1')}`);
    expect(status).toBe(200);
    expect(body.id).toBe(id('group1'));
    expect(text).not.toContain('new User');
  });

  test('Delete the users, then the groups', async () => {
    for (const name of ['user3', 'user4']) await remove(name, '/Users');
    for (const name of ['group1', 'group2', 'group3']) await remove(name, '/Groups');
  });
});

describe('ComplexAttribute tests', () => {
  test('create two users, one with an e-mail address that is none', async () => {
    await create(
      'user1',
      '/Users',
      simpleUser('UserName111', 'emailName357', { schemas: [ENTERPRISE, USER] }),
    );
    await create(
      'user2',
      '/Users',
      simpleUser('UserName222', 'jump@bob.com', { schemas: [ENTERPRISE, USER] }),
    );
  });

  test.each(['emails%5Btype+eq+%22work%22%5D', 'emails%5Bvalue+eq+%22emailName357%22%5D'])(
    'a filter inside the attributes parameter still gives the e-mails: %s',
    async (attributes) => {
      const { status, text } = await client.get(`/Users?attributes=${attributes}`);
      expect(status).toBe(200);
      expect(text).toContain('emailName357');
    },
  );

  test.each(['user1', 'user2'])('Delete %s', (name) => remove(name, '/Users'));
});
