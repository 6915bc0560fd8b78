import { describe, expect, test } from 'vitest';
import {
  ENTERPRISE,
  expectError,
  headerOf,
  type Json,
  LIST_RESPONSE,
  listed,
  PATCH_OP,
  shareEndpoint,
  USER,
} from './endpoint.ts';

/** What real clients send, as they send it: protocol reference, sections 1.1 to 1.9. */
const scim = shareEndpoint();

const OKTA = {
  'User-Agent': 'Okta SCIM Client 1.0.0',
  Accept: 'application/scim+json',
  'Accept-Charset': 'utf-8',
  'Accept-Encoding': 'gzip,deflate',
  'Content-Type': 'application/scim+json; charset=utf-8',
};
const ENTRA = { Accept: 'application/scim+json', 'Content-Type': 'application/scim+json; charset=utf-8' };

/** PATCH with a body exactly as it was recorded. */
const patchText = (path: string, body: string, headers: Record<string, string> = ENTRA) =>
  scim.raw('PATCH', path, headers, body);
const members = ({ body }: { body: Json }): string[] => body.members.map(({ value }: Json) => value).sort();

describe('1.1 Okta', () => {
  test('Test API credentials: numbers, not texts', async () => {
    for (const path of ['/Users?startIndex=1&count=2', '/Groups?startIndex=1&count=100']) {
      const { status, body } = await scim.raw('GET', path, OKTA);
      expect(status).toBe(200);
      for (const name of ['totalResults', 'startIndex', 'itemsPerPage'])
        expect(typeof body[name]).toBe('number');
      expect(body.schemas).toEqual([LIST_RESPONSE]);
    }
  });

  test('assign: lookup, then POST with password, groups and empty texts', async () => {
    const userName = scim.unique('test.user@okta.local');
    const lookup = `/Users?filter=userName%20eq%20%22${encodeURIComponent(userName)}%22&startIndex=1&count=100`;
    expect((await scim.raw('GET', lookup, OKTA)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const body = `{"schemas":["${USER}"],"userName":"${userName}","name":{"givenName":"Test","middleName":"","familyName":"User"},"emails":[{"primary":true,"value":"test.user@okta.local","type":"work"}],"displayName":"Test User","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7","groups":[],"password":"1mz050nq","active":true}`;
    const created = await scim.raw('POST', '/Users', OKTA, body);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      userName,
      active: true,
      name: { givenName: 'Test', familyName: 'User' },
    });
    expect(created.body.name).not.toHaveProperty('middleName');
    expect(created.text).not.toContain('1mz050nq');
    expect((await scim.raw('GET', lookup, OKTA)).body.totalResults).toBe(1);
  });

  test('profile push: PUT of what was read plus changes, display in emails', async () => {
    const user = await scim.user({
      externalId: 'x',
      title: 'kept',
      emails: [{ value: 'a@x.example', type: 'work', primary: true }],
    });
    const body = {
      ...user,
      name: { givenName: 'Another', middleName: '', familyName: 'User' },
      emails: [{ primary: true, value: 'a@x.example', type: 'work', display: 'a@x.example' }],
      meta: { resourceType: 'User' },
    };
    const answer = await scim.raw('PUT', `/Users/${user.id}`, OKTA, JSON.stringify(body));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      title: 'kept',
      externalId: 'x',
      name: { givenName: 'Another', familyName: 'User' },
    });
    expect(answer.body.emails[0].display).toBe('a@x.example');
  });

  test('deactivate and reactivate: path-less replace; the user stays', async () => {
    const { id } = await scim.user();
    for (const active of [false, true]) {
      const answer = await patchText(
        `/Users/${id}`,
        `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"replace","value":{"active":${active}}}]}`,
        OKTA,
      );
      expect([answer.status, answer.body.active]).toEqual([200, active]);
      expect((await scim.get(`/Users/${id}`)).body.active).toBe(active);
    }
  });

  test('password sync is accepted and dropped', async () => {
    const { id } = await scim.user();
    const answer = await patchText(
      `/Users/${id}`,
      `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"replace","value":{"password":"s3cret"}}]}`,
      OKTA,
    );
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('s3cret');
  });

  test('group rename with the id in the value; membership by filter and list in one request', async () => {
    const [one, two] = [await scim.user(), await scim.user()];
    const group = await scim.group({ members: [{ value: one.id }] });
    const displayName = scim.unique('Test SCIMv2');
    const renamed = await patchText(
      `/Groups/${group.id}`,
      `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"replace","value":{"id":"${group.id}","displayName":"${displayName}"}}]}`,
      OKTA,
    );
    expect([renamed.status, renamed.body.displayName, members(renamed)]).toEqual([
      200,
      displayName,
      [one.id],
    ]);
    const moved = await patchText(
      `/Groups/${group.id}`,
      `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"remove","path":"members[value eq \\"${one.id}\\"]"},{"op":"add","path":"members","value":[{"value":"${two.id}","display":"test.user@okta.local"}]}]}`,
      OKTA,
    );
    expect(members(moved)).toEqual([two.id]);
  });

  test('"Push now": replace members, also by nothing', async () => {
    const group = await scim.group({ members: [{ value: 'a' }, { value: 'b' }] });
    for (const list of [[{ value: 'c' }], []]) {
      const answer = await scim.patch(`/Groups/${group.id}`, [
        { op: 'replace', path: 'members', value: list },
      ]);
      expect([answer.status, members(answer)]).toEqual([200, list.map(({ value }) => value)]);
    }
  });

  test('import: pages of 100 to the end, everybody once', async () => {
    const { totalResults } = (await scim.get('/Users?count=0')).body;
    const seen = new Set<string>();
    for (let startIndex = 1; startIndex <= totalResults; startIndex += 100) {
      for (const id of listed(await scim.list('/Users', { startIndex, count: 100 }), 'id')) seen.add(id);
    }
    expect(seen.size).toBe(totalResults);
  });

  test('a token as the whole Authorization header is let in by the okta profile only', async () => {
    const { policy } = scim.running.rollcall.services;
    const ask = () => scim.raw('GET', '/Users?count=0', { Authorization: scim.running.token.token });
    expectError(await ask(), 401);
    await policy.set({ profile: 'okta' });
    expect((await ask()).status).toBe(200);
    await policy.set({ profile: 'lenient' });
  });
});

describe('1.2 Entra ID', () => {
  const GUID = '54d382a4-2050-4c03-94d1-e769f1d15682';

  test('Test Connection: 200 and an empty list for what is unknown, users and groups', async () => {
    for (const path of [
      `/Users?filter=userName+eq+%22${GUID}%22`,
      `/Users?filter=externalId eq "${GUID}"`.replaceAll(' ', '%20'),
      `/Groups?excludedAttributes=members&filter=displayName%20eq%20"${GUID}"`,
      `/Users?filter=emails[type%20eq%20"work"].value%20eq%20"${GUID}@contoso.com"`,
      `/Users?filter=emails[type%20eq%20"work"]%20eq%20"${GUID}@contoso.com"`,
      '/Users?filter=externalId%20eq%20jyoung',
    ]) {
      const { status, body } = await scim.raw('GET', path, ENTRA);
      expect([status, body.totalResults, body.Resources], path).toEqual([200, 0, []]);
    }
  });

  test('create with nulls, meta, an empty roles list and a misspelt schema', async () => {
    const body = {
      schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: scim.unique('Test_User'),
      active: true,
      addresses: null,
      phoneNumbers: null,
      title: null,
      department: null,
      manager: null,
      emails: [{ primary: true, type: 'work', value: 'Test_User_fd0ea19b@testuser.com' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
      roles: [],
    };
    const answer = await scim.raw('POST', '/Users', ENTRA, JSON.stringify(body));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ externalId: body.externalId, emails: body.emails, name: body.name });
    expect(answer.body.schemas).toEqual([USER]);
  });

  describe('PATCH without the compliance flag', () => {
    test('disable: Replace active "False"', async () => {
      const { id } = await scim.user();
      const answer = await patchText(
        `/Users/${id}`,
        `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}`,
      );
      expect(answer.body.active).toBe(false);
      expect(
        (
          await scim.activity({
            status: 0,
            body: {},
            headers: new Headers({ 'x-request-id': headerOf(answer, 'x-request-id') ?? '' }),
          })
        ).changed,
      ).toEqual(['active']);
    });

    test('add singular, replace several, one operation each', async () => {
      const { id } = await scim.user({ emails: [{ type: 'work', value: 'old@x.example' }] });
      const { body } = await scim.patch(`/Users/${id}`, [
        { op: 'Add', path: 'nickName', value: 'Babs' },
        { op: 'Replace', path: 'displayName', value: 'Pvlo' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@x.example' },
        { op: 'Replace', path: 'name.givenName', value: 'Gbn' },
        { op: 'Replace', path: `${ENTERPRISE}:employeeNumber`, value: 'Eqpj' },
      ]);
      expect(body).toMatchObject({
        nickName: 'Babs',
        displayName: 'Pvlo',
        emails: [{ type: 'work', value: 'new@x.example' }],
        name: { givenName: 'Gbn' },
        [ENTERPRISE]: { employeeNumber: 'Eqpj' },
      });
    });

    test('add and remove a member with $ref null; all three in one request leave nobody', async () => {
      const group = await scim.group();
      const added = await patchText(
        `/Groups/${group.id}`,
        `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"Add","path":"members","value":[{"$ref":null,"value":"f648f8d5"}]}]}`,
      );
      expect(members(added)).toEqual(['f648f8d5']);
      const removed = await patchText(
        `/Groups/${group.id}`,
        `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"Remove","path":"members","value":[{"$ref":null,"value":"f648f8d5"}]}]}`,
      );
      expect(members(removed)).toEqual([]);
      const name = scim.unique('renamed');
      const all = await scim.patch(`/Groups/${group.id}`, [
        { op: 'Replace', path: 'displayName', value: name },
        { op: 'Add', path: 'members', value: [{ $ref: null, value: 'm' }] },
        { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'm' }] },
      ]);
      expect([all.body.displayName, members(all)]).toEqual([name, []]);
    });
  });

  describe('PATCH with the compliance flag', () => {
    test('replace of many combined, with dotted and URN keys', async () => {
      const { id } = await scim.user();
      const answer = await patchText(
        `/Users/${id}`,
        `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"replace","path":"emails[type eq \\"work\\"].value","value":"w@x.example"},{"op":"replace","value":{"displayName":"Bjfe","name.givenName":"Kkom","name.familyName":"Unua","${ENTERPRISE}:employeeNumber":"Aklq"}}]}`,
      );
      expect(answer.body).toMatchObject({
        emails: [{ type: 'work', value: 'w@x.example' }],
        displayName: 'Bjfe',
        name: { givenName: 'Kkom', familyName: 'Unua' },
        [ENTERPRISE]: { employeeNumber: 'Aklq' },
      });
    });
  });

  test.each<[string, string, Json]>([
    ['an array at the unqualified path', 'manager', [{ $ref: 'http://x.example/Users/m-1', value: 'm-1' }]],
    ['a text at the URN', `${ENTERPRISE}:manager`, 'm-1'],
    ['an object at the URN', `${ENTERPRISE}:manager`, { value: 'm-1' }],
    ['a text at the URN with a dot', `${ENTERPRISE}.manager`, 'm-1'],
    ['a text at manager.value', `${ENTERPRISE}:manager.value`, 'm-1'],
  ])('manager as %s', async (_what, path, value) => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'Add', path, value }]);
    expect([answer.status, answer.body[ENTERPRISE]?.manager.value]).toEqual([200, 'm-1']);
  });

  test.each<Json>([{ value: '' }, '', null, { value: null }])(
    'manager replaced by %j is removed',
    async (value) => {
      const { id } = await scim.user({ [ENTERPRISE]: { manager: { value: 'm-1' } } });
      const answer = await scim.patch(`/Users/${id}`, [
        { op: 'replace', path: `${ENTERPRISE}:manager`, value },
      ]);
      expect(answer.status).toBe(200);
      expect(answer.body).not.toHaveProperty(ENTERPRISE);
    },
  );

  test('roles: primary eq "True" creates and finds one element; a JSON text is a value', async () => {
    const { id } = await scim.user();
    const single = await scim.patch(`/Users/${id}`, [
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' },
    ]);
    expect(single.body.roles).toEqual([{ primary: true, value: 'Admin' }]);
    const value = '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"Admin","displayName":"Admin"}';
    const complex = await scim.patch(`/Users/${id}`, [{ op: 'Add', path: 'roles', value: [{ value }] }]);
    expect(complex.body.roles).toContainEqual({ value });
  });

  test('the validator’s user: primary "True", a random manager, timezone and locale', async () => {
    const user = await scim.user({
      roles: [{ primary: 'True', display: 'R', value: 'V', type: 'T' }],
      phoneNumbers: ['work', 'mobile', 'fax'].map((type) => ({
        type,
        value: '56-357-7743',
        ...(type === 'work' && { primary: true }),
      })),
      [ENTERPRISE]: { manager: { value: 'GZFDHGRKQLCG' } },
      timezone: 'Africa/Nowhere',
      locale: 'zz',
    });
    expect(user.roles).toEqual([{ primary: true, display: 'R', value: 'V', type: 'T' }]);
    expect(user.phoneNumbers).toHaveLength(3);
  });

  test('the reference check: id and manager, id returned only', async () => {
    const user = await scim.user({ [ENTERPRISE]: { manager: { value: '2819c223' } } });
    const filter = `id eq "${user.id}" and manager eq "2819c223"`;
    const { Resources } = (await scim.list('/Users', { filter, attributes: 'id' })).body;
    expect(Resources).toEqual([{ schemas: user.schemas, id: user.id }]);
    const group = await scim.group({ members: [{ value: user.id }] });
    const found = await scim.list('/Groups', {
      filter: `id eq "${group.id}" and members eq "${user.id}"`,
      attributes: 'id',
    });
    expect(listed(found, 'id')).toEqual([group.id]);
  });

  test('Remove of a whole attribute; Add to a path that matches nothing', async () => {
    const { id } = await scim.user({ displayName: 'D' });
    const { body } = await scim.patch(`/Users/${id}`, [
      { op: 'Remove', path: 'displayName' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'DE' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Berlin' },
    ]);
    expect(body).not.toHaveProperty('displayName');
    expect(body.phoneNumbers).toEqual([{ type: 'mobile', value: '1' }]);
    expect(body.addresses).toEqual([{ type: 'work', country: 'DE', locality: 'Berlin' }]);
  });

  test('Microsoft’s collections: names in any case, displayName of a member, an extra key, bare ids', async () => {
    const user = await scim.user({
      Emails: [{ Primary: true, Value: 'a' }],
      [ENTERPRISE]: { Department: 'D', Manager: { Value: 'm' } },
    });
    expect(user[ENTERPRISE]).toMatchObject({ department: 'D', manager: { value: 'm' } });
    const group = await scim.group();
    const answer = await scim.patch(`/Groups/${group.id}`, [
      { name: 'addMember', op: 'add', path: 'members', value: 'string id 1' },
      { op: 'add', path: 'members', value: [{ displayName: 'New User', value: 'string id 2' }] },
    ]);
    expect(members(answer)).toEqual(['string id 1', 'string id 2']);
    expect(JSON.stringify((await scim.get(`/Groups/${group.id}`)).body)).toContain('New User');
  });
});

describe('1.3 OneLogin', () => {
  test('lookup with +, a trailing &; PUT with a trailing ?, old schemas, emails as an object', async () => {
    const userName = scim.unique('onelogin-test-user01');
    const none = await scim.raw('GET', `/Users?filter=userName+eq+%22${userName}%22&`, {
      Accept: 'application/json',
    });
    expect([none.status, none.body.totalResults, headerOf(none, 'content-type')]).toEqual([
      200,
      0,
      'application/json',
    ]);
    const body = (more: object) =>
      JSON.stringify({
        schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'],
        userName,
        emails: { value: 'one@x.example', type: 'work', primary: true },
        'urn:scim:schemas:extension:enterprise:2.0': { department: 'D' },
        ...more,
      });
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const created = await scim.raw('POST', '/Users', headers, body({}));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      emails: [{ value: 'one@x.example' }],
      [ENTERPRISE]: { department: 'D' },
    });
    const put = await scim.raw(
      'PUT',
      `/Users/${created.body.id}?`,
      headers,
      body({ schemas: ['urn:scim:schemas:core:1.0'], title: 'T' }),
    );
    expect([put.status, put.body.title]).toEqual([200, 'T']);
  });
});

describe('1.4 JumpCloud', () => {
  test('test connection: creates and deletes a user and a group, again and again', async () => {
    const [userName, displayName] = [scim.unique('jumpcloud-test'), scim.unique('jumpcloud-test')];
    for (let round = 0; round < 3; round++) {
      const user = await scim.post('/Users', { userName });
      const group = await scim.post('/Groups', { displayName, members: [{ value: user.body?.id }] });
      expect([user.status, group.status]).toEqual([201, 201]);
      const answer = await scim.patch(`/Groups/${group.body.id}`, [
        { op: 'remove', path: 'members', value: [{ value: user.body.id }] },
      ]);
      expect(members(answer)).toEqual([]);
      expect((await scim.delete(`/Groups/${group.body.id}`)).status).toBe(204);
      expect((await scim.delete(`/Users/${user.body.id}`)).status).toBe(204);
    }
  });
});

describe('1.5 Ping', () => {
  test('userName Eq and email Co; two addresses, both primary', async () => {
    const user = await scim.user({
      emails: [
        { value: 'ping@x.example', type: 'work', primary: true },
        { value: 'ping@x.example', type: 'home', primary: true },
      ],
    });
    expect(user.emails.filter(({ primary }: Json) => primary === true)).toHaveLength(1);
    expect(listed(await scim.list('/Users', { filter: `userName Eq "${user.userName}"` }), 'id')).toEqual([
      user.id,
    ]);
    expect(listed(await scim.list('/Users', { filter: 'email Co "ping@x"' }), 'id')).toEqual([user.id]);
  });
});

describe('1.6 Google', () => {
  test('active false on creation is honoured', async () => {
    expect((await scim.user({ active: false })).active).toBe(false);
  });
});

describe('1.7 authentik', () => {
  test('409 on POST, then adoption by filter: the id is in Resources[0]', async () => {
    const user = await scim.user();
    expectError(await scim.post('/Users', { userName: user.userName }), 409, 'uniqueness');
    const found = await scim.list('/Users', { filter: `userName eq "${user.userName}"` });
    expect(found.body.Resources[0].id).toBe(user.id);
    expect((await scim.put(`/Users/${user.id}`, { ...user, title: 'T' })).body.title).toBe('T');
  });

  test('group PATCH with schemas, id and externalId in the value; members one by one', async () => {
    const group = await scim.group();
    const value = {
      schemas: group.schemas,
      id: group.id,
      externalId: 'pk',
      displayName: scim.unique('authentik'),
    };
    const answer = await scim.patch(`/Groups/${group.id}`, [{ op: 'replace', value }]);
    expect(answer.body).toMatchObject({ externalId: 'pk', displayName: value.displayName });
    const { body } = await scim.patch(`/Groups/${group.id}`, [
      { op: 'add', path: 'members', value: [{ value: 'x' }] },
      { op: 'add', path: 'members', value: [{ value: 'y' }] },
      { op: 'remove', path: 'members', value: [{ value: 'x' }] },
    ]);
    expect(members({ body })).toEqual(['y']);
  });
});

describe('1.8 Keycloak', () => {
  test('active as a text; a relative $ref; emails without type; remove members', async () => {
    const user = await scim.user({ active: 'true', emails: [{ value: 'k@x.example', primary: true }] });
    expect(user.active).toBe(true);
    expect(
      (await scim.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: 'false' }])).body
        .active,
    ).toBe(false);
    const group = await scim.group({ members: [{ $ref: `Users/${user.id}`, value: user.id }] });
    expect(group.members[0].$ref).toBe(user.meta.location);
    expect(members(await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: 'members' }]))).toEqual([]);
  });
});
