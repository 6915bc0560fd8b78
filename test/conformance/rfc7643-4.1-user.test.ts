import { describe, expect, test } from 'vitest';
import { expectError, type Json, listed, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7643 section 4.1: the User resource. */
const scim = shareEndpoint();

describe('4.1.1 userName', () => {
  test('"REQUIRED", "MUST" be a non-empty value: POST and PUT without it are 400 invalidValue', async () => {
    const { id } = await scim.user();
    for (const body of [{}, { userName: '' }, { userName: null }, { displayName: 'x' }, { userName: [] }]) {
      expectError(await scim.post('/Users', { schemas: [USER], ...body }), 400, 'invalidValue');
      expectError(await scim.put(`/Users/${id}`, { schemas: [USER], ...body }), 400, 'invalidValue');
    }
  });

  test('cannot be removed or emptied by PATCH', async () => {
    const { id, userName } = await scim.user();
    expectError(await scim.patch(`/Users/${id}`, [{ op: 'remove', path: 'userName' }]), 400, 'mutability');
    for (const value of ['', null]) {
      expectError(
        await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value }]),
        400,
        'invalidValue',
      );
    }
    expect((await scim.get(`/Users/${id}`)).body.userName).toBe(userName);
  });

  test.each([
    ['another case', 'Löwe@x.example', 'LÖWE@X.EXAMPLE'],
    ['another composition of the same letters', 'Caf\u00e9', 'cafe\u0301'],
    ['a final sigma', 'ΟΔΟΣ', 'οδος'],
  ])(
    '"case insensitive" and "MUST be unique": taken in %s is 409 uniqueness',
    async (_what, first, second) => {
      const suffix = scim.unique('');
      await scim.user({ userName: `${first}${suffix}` });
      expectError(await scim.post('/Users', { userName: `${second}${suffix}` }), 409, 'uniqueness');
    },
  );

  test('is kept and returned in the case it was sent in', async () => {
    const userName = scim.unique('MiXed');
    const { id } = await scim.user({ userName });
    expect((await scim.get(`/Users/${id}`)).body.userName).toBe(userName);
  });

  test('may change to another case of itself, by PUT and by PATCH', async () => {
    const { id, userName } = await scim.user();
    const put = await scim.put(`/Users/${id}`, { userName: userName.toUpperCase() });
    expect([put.status, put.body.userName]).toEqual([200, userName.toUpperCase()]);
    const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: userName }]);
    expect([patched.status, patched.body.userName]).toEqual([200, userName]);
  });

  test('taken over from somebody else by PUT or PATCH is 409 uniqueness', async () => {
    const taken = await scim.user();
    const { id } = await scim.user();
    const userName = taken.userName.toUpperCase();
    expectError(await scim.put(`/Users/${id}`, { userName }), 409, 'uniqueness');
    expectError(
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: userName }]),
      409,
      'uniqueness',
    );
  });

  test('an inactive user still holds it; a deleted one does not', async () => {
    const { id, userName } = await scim.user({ active: false });
    expectError(await scim.post('/Users', { userName }), 409, 'uniqueness');
    await scim.delete(`/Users/${id}`);
    expect((await scim.post('/Users', { userName })).status).toBe(201);
  });

  test('a user and a group do not compete for a name', async () => {
    const displayName = scim.unique('same');
    await scim.group({ displayName });
    expect((await scim.post('/Users', { userName: displayName, displayName })).status).toBe(201);
  });
});

describe('4.1.1 singular attributes', () => {
  const values = {
    name: {
      formatted: 'Ms. Barbara J Jensen, III',
      familyName: 'Jensen',
      givenName: 'Barbara',
      middleName: 'Jane',
      honorificPrefix: 'Ms.',
      honorificSuffix: 'III',
    },
    displayName: 'Babs Jensen',
    nickName: 'Babs',
    profileUrl: 'https://login.example.com/bjensen',
    title: 'Vice President',
    userType: 'Employee',
    preferredLanguage: 'da, en-gb;q=0.8, en;q=0.7',
    locale: 'en-US',
    timezone: 'America/Los_Angeles',
    active: true,
  };

  test.each(Object.entries(values))('%s is stored, returned, replaced and removed', async (name, value) => {
    const { id, userName } = await scim.user({ [name]: value });
    const read = async () => (await scim.get(`/Users/${id}`)).body;
    expect((await read())[name]).toEqual(value);
    await scim.put(`/Users/${id}`, { userName });
    // `active` says nothing when it is not sent: the stored value stays.
    if (name === 'active') expect((await read()).active).toBe(true);
    else expect(await read()).not.toHaveProperty(name);
    await scim.patch(`/Users/${id}`, [{ op: 'add', path: name, value }]);
    expect((await read())[name]).toEqual(value);
    expect((await scim.patch(`/Users/${id}`, [{ op: 'remove', path: name }])).status).toBe(200);
    expect(await read()).not.toHaveProperty(name);
  });

  test('locale, timezone and profileUrl are not validated: IdPs send what they have', async () => {
    const odd = { locale: 'xx_??', timezone: 'Mars/Olympus', profileUrl: 'BAPNQLJSRQGD' };
    expect(await scim.user(odd)).toMatchObject(odd);
  });
});

describe('4.1.1 active', () => {
  test('a user created without it is active', async () => {
    expect((await scim.user()).active).toBe(true);
  });

  test('false on creation is honoured, and the user stays readable and listed', async () => {
    const { id, userName, active } = await scim.user({ active: false });
    expect(active).toBe(false);
    expect((await scim.get(`/Users/${id}`)).body.active).toBe(false);
    expect(listed(await scim.list('/Users', { filter: `userName eq "${userName}"` }))).toEqual([userName]);
  });

  test('PUT without it keeps it: it neither activates nor deactivates anybody', async () => {
    const { id, userName } = await scim.user({ active: false });
    expect((await scim.put(`/Users/${id}`, { userName, title: 'x' })).body.active).toBe(false);
  });
});

describe('4.1.1 password', () => {
  test('"MUST NOT be returned" in any form: POST, GET, list, PUT, PATCH, asked for or not', async () => {
    const password = 'h4rd-t0-gu3ss';
    const posted = await scim.post('/Users?attributes=password,userName', {
      userName: scim.unique('secret'),
      password,
    });
    const { id, userName } = posted.body;
    const answers = [
      posted,
      await scim.get(`/Users/${id}`),
      await scim.get(`/Users/${id}?attributes=password`),
      await scim.list('/Users', { filter: `userName eq "${userName}"`, attributes: 'password,userName' }),
      await scim.put(`/Users/${id}`, { userName, password }),
      await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { password } }]),
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: password }]),
      await scim.search('/.search', { filter: `userName eq "${userName}"`, attributes: ['password'] }),
    ];
    for (const answer of answers) {
      expect([200, 201]).toContain(answer.status);
      expect(JSON.stringify(answer.body)).not.toMatch(/password|h4rd/i);
    }
  });

  test('cannot be asked about: a filter on it is invalidFilter, sorting by it invalidValue', async () => {
    expectError(await scim.list('/Users', { filter: 'password sw "a"' }), 400, 'invalidFilter');
    expectError(await scim.list('/Users', { filter: 'password pr' }), 400, 'invalidFilter');
    expectError(await scim.list('/Users', { filter: `${USER}:password pr` }), 400, 'invalidFilter');
    expectError(await scim.list('/Users', { sortBy: 'password' }), 400, 'invalidValue');
  });

  test('is not in the activity log', async () => {
    const answer = await scim.post('/Users', { userName: scim.unique('secret'), password: 'h4rd-t0-gu3ss' });
    expect(JSON.stringify(await scim.activity(answer))).not.toContain('h4rd');
  });

  test('a PATCH of nothing but the password changes no version', async () => {
    const { id, meta } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: 'new' }]);
    expect([answer.status, answer.body.meta]).toEqual([200, meta]);
  });
});

describe('4.1.2 multi-valued attributes', () => {
  const values: Record<string, object[]> = {
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', display: 'Babs', type: 'home' },
    ],
    phoneNumbers: [
      { value: 'tel:555-555-5555', type: 'work' },
      { value: '1', type: 'pager' },
    ],
    ims: [{ value: 'someaimhandle', type: 'aim' }],
    photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' }],
    addresses: [
      {
        formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA',
        streetAddress: '100 Universal City Plaza',
        locality: 'Hollywood',
        region: 'CA',
        postalCode: '91608',
        country: 'USA',
        type: 'work',
        primary: true,
      },
    ],
    entitlements: [{ value: 'e1', display: 'E one', type: 't', primary: true }],
    roles: [{ value: '{"id":"06b07648","value":"Admin"}' }],
    x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAw' }],
  };

  test.each(Object.entries(values))(
    '%s: stored, returned, added to, removed, filtered by',
    async (name, list) => {
      const { id, userName } = await scim.user({ [name]: list });
      const read = async () => (await scim.get(`/Users/${id}`)).body[name];
      expect(await read()).toEqual(list);
      const more =
        name === 'addresses' ? { locality: 'Berlin', type: 'home' } : { value: 'another', type: 'other' };
      await scim.patch(`/Users/${id}`, [{ op: 'add', path: name, value: [more] }]);
      expect(await read()).toEqual([...list, more]);
      await scim.patch(`/Users/${id}`, [{ op: 'remove', path: `${name}[type eq "${more.type}"]` }]);
      expect(await read()).toEqual(list);
      const found = await scim.list('/Users', { filter: `${name} pr and userName eq "${userName}"` });
      expect(listed(found)).toEqual([userName]);
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: name, value: [] }]);
      expect(await read()).toBeUndefined();
    },
  );

  test('the value of an e-mail is not validated beyond being text', async () => {
    expect((await scim.user({ emails: [{ value: 'emailName357' }] })).emails).toEqual([
      { value: 'emailName357' },
    ]);
  });

  test('groups is readOnly, derived, and "SHALL" be maintained through the members of groups', async () => {
    const user = await scim.user({ groups: [{ value: 'made-up' }] });
    expect(user.groups).toEqual([]);
    const group = await scim.group({ members: [{ value: user.id }] });
    const read = async () => (await scim.get(`/Users/${user.id}`)).body;
    expect((await read()).groups).toEqual([
      {
        value: group.id,
        $ref: `${scim.running.base}/Groups/${group.id}`,
        display: group.displayName,
        type: 'direct',
      },
    ]);
    await scim.patch(`/Groups/${group.id}`, [{ op: 'replace', path: 'displayName', value: 'Renamed group' }]);
    expect((await read()).groups[0].display).toBe('Renamed group');
    const put = await scim.put(`/Users/${user.id}`, { userName: user.userName, groups: [] });
    expect(put.body.groups).toHaveLength(1);
    expectError(await scim.patch(`/Users/${user.id}`, [{ op: 'remove', path: 'groups' }]), 400, 'mutability');
    await scim.delete(`/Groups/${group.id}`);
    expect((await read()).groups).toEqual([]);
  });

  test('membership changes move neither version nor lastModified of the user', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }] });
    await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }]);
    await scim.delete(`/Groups/${group.id}`);
    const read = await scim.get(`/Users/${user.id}`);
    expect(read.body.meta).toEqual(user.meta);
  });

  test('groups can be filtered by, with the derived values', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }] });
    for (const filter of [
      `groups.value eq "${group.id}"`,
      `groups eq "${group.id}"`,
      `groups[display eq "${group.displayName}"]`,
      `groups.$ref ew "${group.id}"`,
    ]) {
      expect(listed(await scim.list('/Users', { filter }), 'id'), filter).toEqual([user.id]);
    }
  });
});

test('the full user of section 8.2 makes the round trip', async () => {
  const body: Json = {
    schemas: [USER],
    externalId: '701984',
    userName: scim.unique('bjensen@example.com'),
    name: {
      formatted: 'Ms. Barbara J Jensen, III',
      familyName: 'Jensen',
      givenName: 'Barbara',
      middleName: 'Jane',
      honorificPrefix: 'Ms.',
      honorificSuffix: 'III',
    },
    displayName: 'Babs Jensen',
    nickName: 'Babs',
    profileUrl: 'https://login.example.com/bjensen',
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ],
    addresses: [
      {
        streetAddress: '100 Universal City Plaza',
        locality: 'Hollywood',
        region: 'CA',
        postalCode: '91608',
        country: 'USA',
        formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA',
        type: 'work',
        primary: true,
      },
    ],
    phoneNumbers: [{ value: '555-555-5555', type: 'work' }],
    ims: [{ value: 'someaimhandle', type: 'aim' }],
    photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/T', type: 'thumbnail' }],
    userType: 'Employee',
    title: 'Tour Guide',
    preferredLanguage: 'en-US',
    locale: 'en-US',
    timezone: 'America/Los_Angeles',
    active: true,
    x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAw' }],
  };
  const { id } = await scim.user({ ...body, password: 't1meMa$heen' });
  const { meta, groups, ...read } = (await scim.get(`/Users/${id}`)).body;
  expect(read).toEqual({ ...body, id });
  expect(groups).toEqual([]);
  expect(meta.resourceType).toBe('User');
});
