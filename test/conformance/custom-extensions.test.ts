import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { poll } from '../support/poll.ts';
import { type Answer, type RunningRollcall, startRollcall } from '../support/rollcall.ts';

/** RFC 7643 §3.3 and §7, RFC 7644 §3.10 and §4: extensions that an administrator registers while the endpoint runs. */

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** Entra's form for custom attributes (customize-application-attributes). */
const CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';
const TEAM = 'urn:acme:scim:schemas:2.0:Group';

const CUSTOM_SCHEMA = {
  id: CUSTOM,
  name: 'Acme User',
  description: 'What only Acme knows of a person.',
  attributes: [
    { name: 'tag', type: 'string', description: 'A label.' },
    { name: 'badge', type: 'string', caseExact: true, mutability: 'immutable' },
    { name: 'clearance', type: 'string', canonicalValues: ['Public', 'Secret'] },
    { name: 'floor', type: 'integer' },
    { name: 'remote', type: 'boolean' },
    { name: 'rate', type: 'decimal' },
    { name: 'hiredOn', type: 'dateTime' },
    { name: 'skills', type: 'string', multiValued: true },
    { name: 'note', type: 'string', returned: 'request' },
    { name: 'department', type: 'string' },
    {
      name: 'desk',
      type: 'complex',
      subAttributes: [
        { name: 'room', type: 'string' },
        { name: 'seat', type: 'integer' },
      ],
    },
    {
      name: 'devices',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', type: 'string' },
        { name: 'type', type: 'string' },
        { name: 'primary', type: 'boolean' },
      ],
    },
    {
      name: 'mentor',
      type: 'complex',
      subAttributes: [
        { name: 'value', type: 'string', caseExact: true },
        { name: '$ref', type: 'reference', referenceTypes: ['User'] },
      ],
    },
  ],
};

let running: RunningRollcall;
beforeAll(async () => {
  running = await startRollcall();
  await running.rollcall.services.schemas.register('User', CUSTOM_SCHEMA);
  await running.rollcall.services.schemas.register('Group', {
    id: TEAM,
    attributes: [{ name: 'costObject' }, { name: 'budget', type: 'decimal' }],
  });
});
afterAll(() => running.close());

const userName = () => `${crypto.randomUUID()}@acme.com`;
const create = async (more: object): Promise<Answer['body']> => {
  const answer = await running.request('POST', '/Users', { userName: userName(), ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};
const patch = (id: string, ...Operations: object[]) =>
  running.request('PATCH', `/Users/${id}`, { schemas: [PATCH_OP], Operations });
const read = async (id: string, query = '') => (await running.request('GET', `/Users/${id}${query}`)).body;
const find = async (filter: string, path = '/Users') => {
  const answer = await running.request('GET', `${path}?filter=${encodeURIComponent(filter)}&count=200`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.Resources.map(({ id }: { id: string }) => id);
};

describe('discovery (RFC 7644 §4)', () => {
  test('/Schemas lists it among the others, and /Schemas/{urn} has it in any case', async () => {
    const { body } = await running.request('GET', '/Schemas');
    expect(body.Resources.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([CORE_USER, CORE_GROUP, ENTERPRISE, CUSTOM, TEAM]),
    );
    for (const urn of [CUSTOM, CUSTOM.toUpperCase()]) {
      const one = await running.request('GET', `/Schemas/${urn}`);
      expect(one.status).toBe(200);
      expect(one.body).toMatchObject({ id: CUSTOM, name: 'Acme User', meta: { resourceType: 'Schema' } });
    }
  });

  test('every characteristic is there, as it was registered or by the defaults of RFC 7643 §2.2', async () => {
    const { attributes } = (await running.request('GET', `/Schemas/${CUSTOM}`)).body;
    expect(attributes.map(({ name }: { name: string }) => name)).toEqual(
      CUSTOM_SCHEMA.attributes.map(({ name }) => name),
    );
    const preset = {
      multiValued: false,
      description: '',
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    };
    const byName = (name: string) => attributes.find((each: { name: string }) => each.name === name);
    expect(byName('tag')).toEqual({ ...preset, name: 'tag', type: 'string', description: 'A label.' });
    expect(byName('badge')).toMatchObject({ caseExact: true, mutability: 'immutable' });
    expect(byName('clearance')).toMatchObject({ canonicalValues: ['Public', 'Secret'] });
    expect(byName('note')).toMatchObject({ returned: 'request' });
    expect(byName('devices')).toMatchObject({ type: 'complex', multiValued: true });
    expect(byName('mentor').subAttributes[1]).toMatchObject({ name: '$ref', referenceTypes: ['User'] });
    expect(JSON.stringify(attributes)).not.toContain('null');
  });

  test('/ResourceTypes names it as an extension that is not required', async () => {
    const { body } = await running.request('GET', '/ResourceTypes');
    expect(body.Resources.map(({ schemaExtensions }: Answer['body']) => schemaExtensions)).toEqual([
      [
        { schema: ENTERPRISE, required: false },
        { schema: CUSTOM, required: false },
      ],
      [{ schema: TEAM, required: false }],
    ]);
  });
});

describe('creating and replacing (RFC 7644 §3.3, §3.5.1)', () => {
  test('attributes under the URN are kept, and the URN comes into `schemas` although Entra does not declare it', async () => {
    const made = await create({ schemas: [CORE_USER], [CUSTOM]: { tag: 'Blue', floor: 4 } });
    expect(made.schemas).toEqual([CORE_USER, CUSTOM]);
    expect(made[CUSTOM]).toEqual({ tag: 'Blue', floor: 4 });
    expect(await read(made.id)).toEqual(made);
  });

  test('beside the enterprise extension, each under its own URN', async () => {
    const made = await create({ [ENTERPRISE]: { department: 'R&D' }, [CUSTOM]: { department: 'Physics' } });
    expect(made.schemas).toEqual([CORE_USER, ENTERPRISE, CUSTOM]);
    expect([made[ENTERPRISE].department, made[CUSTOM].department]).toEqual(['R&D', 'Physics']);
  });

  test('URN and names in any case, values as their types', async () => {
    const made = await create({
      [CUSTOM.toLowerCase()]: {
        TAG: 'x',
        remote: 'True',
        floor: '12',
        rate: 1.5,
        skills: 'Go',
        clearance: 'SECRET',
      },
    });
    expect(made[CUSTOM]).toEqual({
      tag: 'x',
      remote: true,
      floor: 12,
      rate: 1.5,
      skills: ['Go'],
      clearance: 'Secret',
    });
  });

  test('URN-qualified keys at the top level', async () => {
    const made = await create({ [`${CUSTOM}:tag`]: 'q', [`${CUSTOM}:desk.room`]: 'A1' });
    expect(made[CUSTOM]).toEqual({ tag: 'q', desk: { room: 'A1' } });
  });

  test.each([
    ['floor', 'fourth', 'an integer'],
    ['remote', 'perhaps', 'true or false'],
    ['hiredOn', 'yesterday', 'an RFC 3339 date-time'],
    ['desk', 'A1', 'an object'],
    ['skills', [['nested']], 'a list within a list'],
  ])('a value of the wrong type for %s is refused', async (name, value, sentence) => {
    const { status, body } = await running.request('POST', '/Users', {
      userName: userName(),
      [CUSTOM]: { [name]: value },
    });
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(body.detail).toContain(sentence);
  });

  test('what the schema does not know is ignored and reported in the activity row', async () => {
    const name = userName();
    const answer = await running.request('POST', '/Users', {
      userName: name,
      [CUSTOM]: { tag: 'a', shoe: 'forty-four' },
    });
    expect(answer.body[CUSTOM]).toEqual({ tag: 'a' });
    const row = await poll(
      () =>
        running.rollcall.services.activity
          .list({ limit: 50, failed: false })
          .find(({ requestId }) => requestId === answer.headers.get('x-request-id')),
      'the row',
    );
    const { ignored, requestBody } = running.rollcall.services.activity.get(row.seq) ?? {};
    expect(ignored).toEqual(['shoe']);
    // Registered names are shown; a name that nobody registered leaves its value behind.
    expect(requestBody).toContain('"tag":"a"');
    expect(requestBody).toContain('"shoe":"[not kept]"');
    expect(requestBody).not.toContain('forty-four');
  });

  test('PUT without it takes it away, URN included; an immutable value stays and can’t be changed', async () => {
    const { id, userName: name } = await create({ [CUSTOM]: { tag: 'a', badge: 'B-1' } });
    const replaced = await running.request('PUT', `/Users/${id}`, { userName: name });
    expect(replaced.body[CUSTOM]).toEqual({ badge: 'B-1' });
    const changed = await running.request('PUT', `/Users/${id}`, {
      userName: name,
      [CUSTOM]: { badge: 'B-2' },
    });
    expect([changed.status, changed.body.scimType]).toEqual([400, 'mutability']);
    const { id: other, userName: otherName } = await create({ [CUSTOM]: { tag: 'a' } });
    const emptied = await running.request('PUT', `/Users/${other}`, { userName: otherName });
    expect(emptied.body).not.toHaveProperty([CUSTOM]);
    expect(emptied.body.schemas).toEqual([CORE_USER]);
  });

  test('a reference to a user gets its $ref', async () => {
    const mentor = await create({});
    const made = await create({ [CUSTOM]: { mentor: mentor.id } });
    expect(made[CUSTOM].mentor).toEqual({ value: mentor.id, $ref: `${running.base}/Users/${mentor.id}` });
  });

  test('two primary elements become one', async () => {
    const made = await create({
      [CUSTOM]: {
        devices: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
    });
    expect(made[CUSTOM].devices.map(({ primary }: { primary: boolean }) => primary)).toEqual([true, false]);
  });
});

describe('PATCH (RFC 7644 §3.5.2)', () => {
  test.each([
    ['by a qualified path', [{ op: 'Add', path: `${CUSTOM}:tag`, value: 'new' }]],
    [
      'by a qualified path in any case',
      [{ op: 'replace', path: `${CUSTOM.toUpperCase()}:TAG`, value: 'new' }],
    ],
    ['by the dot of old Entra jobs', [{ op: 'Replace', path: `${CUSTOM}.tag`, value: 'new' }]],
    ['by a qualified key without a path', [{ op: 'replace', value: { [`${CUSTOM}:tag`]: 'new' } }]],
    ['by the whole extension without a path', [{ op: 'add', value: { [CUSTOM]: { tag: 'new' } } }]],
    ['by the URN as the path', [{ op: 'replace', path: CUSTOM, value: { tag: 'new' } }]],
    ['by the bare name', [{ op: 'replace', path: 'tag', value: 'new' }]],
  ])('sets an attribute %s, and the URN comes into `schemas`', async (_, operations) => {
    const { id } = await create({});
    const { status, body } = await patch(id, ...operations);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body[CUSTOM]).toEqual({ tag: 'new' });
    expect(body.schemas).toEqual([CORE_USER, CUSTOM]);
  });

  test('leaves the other attributes alone, and the URN goes with the last of them', async () => {
    const { id } = await create({ [CUSTOM]: { tag: 'a', floor: 1 } });
    expect((await patch(id, { op: 'remove', path: `${CUSTOM}:tag` })).body[CUSTOM]).toEqual({ floor: 1 });
    const { body } = await patch(id, { op: 'Remove', path: `${CUSTOM}:floor` });
    expect(body).not.toHaveProperty([CUSTOM]);
    expect(body.schemas).toEqual([CORE_USER]);
  });

  test('sub-attributes, list elements and filters', async () => {
    const { id } = await create({
      [CUSTOM]: { desk: { room: 'A1', seat: 2 }, devices: [{ value: 'L1', type: 'laptop' }], skills: ['Go'] },
    });
    const { body } = await patch(
      id,
      { op: 'replace', path: `${CUSTOM}:desk.room`, value: 'B2' },
      { op: 'replace', path: `${CUSTOM}:devices[type eq "laptop"].value`, value: 'L2' },
      { op: 'add', path: `${CUSTOM}:devices`, value: [{ value: 'P1', type: 'phone' }] },
      { op: 'add', path: `${CUSTOM}:skills`, value: ['Rust', 'Go'] },
    );
    expect(body[CUSTOM]).toEqual({
      desk: { room: 'B2', seat: 2 },
      devices: [
        { value: 'L2', type: 'laptop' },
        { value: 'P1', type: 'phone' },
      ],
      skills: ['Go', 'Rust'],
    });
    const removed = await patch(id, { op: 'remove', path: `${CUSTOM}:devices[value eq "P1"]` });
    expect(removed.body[CUSTOM].devices).toEqual([{ value: 'L2', type: 'laptop' }]);
  });

  test('an immutable attribute can be set once', async () => {
    const { id } = await create({});
    expect((await patch(id, { op: 'add', path: `${CUSTOM}:badge`, value: 'B-1' })).status).toBe(200);
    const { status, body } = await patch(id, { op: 'replace', path: `${CUSTOM}:badge`, value: 'B-2' });
    expect([status, body.scimType]).toEqual([400, 'mutability']);
  });

  test('an attribute that is not in the schema is an invalidPath', async () => {
    const { id } = await create({});
    const { status, body } = await patch(id, { op: 'add', path: `${CUSTOM}:shoe`, value: 44 });
    expect([status, body.scimType]).toEqual([400, 'invalidPath']);
  });

  test('no change leaves the version', async () => {
    const { id, meta } = await create({ [CUSTOM]: { tag: 'a' } });
    const { body } = await patch(id, { op: 'replace', path: `${CUSTOM}:tag`, value: 'a' });
    expect(body.meta.version).toBe(meta.version);
  });
});

describe('filter, sort and projection', () => {
  test.each([
    [`${CUSTOM}:tag eq "filter-ME"`],
    [`${CUSTOM.toLowerCase()}:TAG eq "Filter-me"`],
    ['tag sw "filter-m"'],
    [`${CUSTOM}:floor gt 998 and ${CUSTOM}:remote eq true`],
    [`${CUSTOM}:devices[type eq "laptop" and value eq "F-1"]`],
    [`${CUSTOM}:devices.value eq "F-1"`],
    [`${CUSTOM}:desk.room eq "F9"`],
    [`${CUSTOM}:skills eq "Filtering"`],
    [`${CUSTOM}:hiredOn ge "2099-01-01T00:00:00Z"`],
    [`${CUSTOM}:mentor eq "filter-mentor"`],
  ])('%s', async (filter) => {
    const existing = await find('tag eq "filter-me"');
    const id =
      existing[0] ??
      (
        await create({
          [CUSTOM]: {
            tag: 'filter-me',
            floor: 999,
            remote: true,
            devices: [{ value: 'F-1', type: 'laptop' }],
            desk: { room: 'F9' },
            skills: ['Filtering'],
            hiredOn: '2099-02-03T04:05:06Z',
            mentor: { value: 'filter-mentor' },
          },
        })
      ).id;
    expect(await find(filter)).toEqual([id]);
  });

  test('a case-exact attribute is compared exactly', async () => {
    const { id } = await create({ [CUSTOM]: { badge: 'Exact' } });
    expect(await find(`${CUSTOM}:badge eq "Exact"`)).toEqual([id]);
    expect(await find(`${CUSTOM}:badge eq "exact"`)).toEqual([]);
  });

  test('an attribute that is not in the schema is an invalidFilter, not an empty list', async () => {
    const { status, body } = await running.request(
      'GET',
      `/Users?filter=${encodeURIComponent(`${CUSTOM}:shoe eq "44"`)}`,
    );
    expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
  });

  test('sortBy', async () => {
    await create({ [CUSTOM]: { tag: 'sort-b', floor: -5 } });
    await create({ [CUSTOM]: { tag: 'sort-a', floor: -4 } });
    const sorted = async (order: string) =>
      (
        await running.request(
          'GET',
          `/Users?filter=${encodeURIComponent('tag sw "sort-"')}&sortBy=${CUSTOM}:floor&sortOrder=${order}`,
        )
      ).body.Resources.map((each: Answer['body']) => each[CUSTOM].tag);
    expect(await sorted('ascending')).toEqual(['sort-b', 'sort-a']);
    expect(await sorted('descending')).toEqual(['sort-a', 'sort-b']);
  });

  test('attributes and excludedAttributes', async () => {
    const { id } = await create({
      [CUSTOM]: { tag: 'p', floor: 3, note: 'hidden', desk: { room: 'A', seat: 1 } },
    });
    const whole = await read(id);
    expect(whole[CUSTOM]).toEqual({ tag: 'p', floor: 3, desk: { room: 'A', seat: 1 } });
    expect(await read(id, `?attributes=${CUSTOM}:tag`)).toEqual({
      schemas: whole.schemas,
      id,
      [CUSTOM]: { tag: 'p' },
    });
    expect((await read(id, `?attributes=${CUSTOM}:note`))[CUSTOM]).toEqual({ note: 'hidden' });
    expect((await read(id, `?attributes=${CUSTOM}`))[CUSTOM]).toMatchObject({ tag: 'p', floor: 3 });
    expect((await read(id, `?attributes=${CUSTOM}:desk.room`))[CUSTOM]).toEqual({ desk: { room: 'A' } });
    expect((await read(id, `?excludedAttributes=${CUSTOM}:tag`))[CUSTOM]).toEqual({
      floor: 3,
      desk: { room: 'A', seat: 1 },
    });
    expect(await read(id, `?excludedAttributes=${CUSTOM}`)).not.toHaveProperty([CUSTOM]);
  });
});

describe('groups', () => {
  test('have their own extension, through create, PATCH, filter and PUT', async () => {
    const made = await running.request('POST', '/Groups', {
      displayName: crypto.randomUUID(),
      [TEAM]: { costObject: 'K-7' },
    });
    expect(made.body.schemas).toEqual([CORE_GROUP, TEAM]);
    const { id, displayName } = made.body;
    const patched = await running.request('PATCH', `/Groups/${id}`, {
      schemas: [PATCH_OP],
      Operations: [{ op: 'add', path: `${TEAM}:budget`, value: '12.5' }],
    });
    expect(patched.body[TEAM]).toEqual({ costObject: 'K-7', budget: 12.5 });
    expect(await find(`${TEAM}:costObject eq "k-7"`, '/Groups')).toEqual([id]);
    expect((await running.request('PUT', `/Groups/${id}`, { displayName })).body.schemas).toEqual([
      CORE_GROUP,
    ]);
  });

  test('the extension of one type is unknown to the other', async () => {
    const made = await create({ [TEAM]: { costObject: 'K-7' } });
    expect(made).not.toHaveProperty([TEAM]);
  });
});

describe('in a bulk request', () => {
  test('attributes, and a reference to what the same request makes', async () => {
    const { body } = await running.request('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'm', data: { userName: userName() } },
        {
          method: 'POST',
          path: '/Users',
          bulkId: 'u',
          data: { userName: userName(), [CUSTOM]: { mentor: { value: 'bulkId:m' } } },
        },
      ],
    });
    const [mentor, user] = body.Operations.map(({ location }: { location: string }) =>
      location.split('/').at(-1),
    );
    expect((await read(user))[CUSTOM].mentor.value).toBe(mentor);
  });
});

describe('while the endpoint runs', () => {
  const LIVE = 'urn:acme:live:2.0:User';

  test('it holds from the next request on, until it is removed; values are refused to be lost silently', async () => {
    const { schemas } = running.rollcall.services;
    const before = await create({ [LIVE]: { color: 'red' } });
    expect(before).not.toHaveProperty([LIVE]);

    await schemas.register('User', {
      id: LIVE,
      attributes: [{ name: 'color' }, { name: 'size', type: 'integer' }],
    });
    const made = await create({ [LIVE]: { color: 'red', size: 4 } });
    expect(made[LIVE]).toEqual({ color: 'red', size: 4 });
    expect(await find(`${LIVE}:color eq "RED"`)).toEqual([made.id]);

    await expect(schemas.replace({ id: LIVE, attributes: [{ name: 'color' }] }, false)).rejects.toMatchObject(
      { code: 'conflict', message: expect.stringContaining('size (1 person holds a value)') },
    );
    expect((await read(made.id))[LIVE]).toEqual({ color: 'red', size: 4 });

    await schemas.replace({ id: LIVE, attributes: [{ name: 'color' }] }, true);
    const narrowed = await read(made.id);
    expect(narrowed[LIVE]).toEqual({ color: 'red' });
    expect(narrowed.meta.version).not.toBe(made.meta.version);

    await expect(schemas.remove(LIVE, false)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1 person holds a value'),
    });
    expect(await schemas.remove(LIVE.toUpperCase(), true)).toEqual({ id: LIVE, resources: 1 });
    const removed = await read(made.id);
    expect(removed).not.toHaveProperty([LIVE]);
    expect(removed.schemas).toEqual([CORE_USER]);
    expect(removed.meta.version).not.toBe(narrowed.meta.version);
    expect((await running.request('GET', `/Schemas/${LIVE}`)).status).toBe(404);
    expect((await patch(made.id, { op: 'add', path: `${LIVE}:color`, value: 'x' })).body.scimType).toBe(
      'invalidPath',
    );

    // What was deleted does not come back with the schema.
    await schemas.register('User', {
      id: LIVE,
      attributes: [{ name: 'color' }, { name: 'size', type: 'integer' }],
    });
    expect(await read(made.id)).not.toHaveProperty([LIVE]);
    await schemas.remove(LIVE, false);
  });

  test('requests under way while schemas come and go are answered, and leave nothing that no schema describes', async () => {
    const { schemas } = running.rollcall.services;
    const BUSY = 'urn:acme:busy:2.0:User';
    const made: Promise<Answer>[] = [];
    for (let round = 0; round < 10; round += 1) {
      made.push(
        ...[1, 2, 3].map(() =>
          running.request('POST', '/Users', { userName: userName(), [BUSY]: { n: round } }),
        ),
      );
      if (round % 2 === 0)
        await schemas.register('User', { id: BUSY, attributes: [{ name: 'n', type: 'integer' }] });
      else await schemas.remove(BUSY, true);
    }
    const statuses = new Set((await Promise.all(made)).map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    await schemas.register('User', { id: BUSY, attributes: [{ name: 'n', type: 'integer' }] });
    expect(schemas.usage(BUSY).resources).toBe(0);
    await schemas.remove(BUSY, false);
  });
});
