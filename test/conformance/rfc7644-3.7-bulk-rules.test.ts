import { describe, expect, test } from 'vitest';
import {
  BULK_REQUEST,
  BULK_RESPONSE,
  ENTERPRISE,
  ERROR,
  expectError,
  type Json,
  PATCH_OP,
  shareEndpoint,
} from './endpoint.ts';

/** RFC 7644 section 3.7, rule by rule; whole requests are beside it. */
const scim = shareEndpoint();

const postUser = (bulkId: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: scim.unique('bulk'), ...more },
});
const postGroup = (bulkId: string, more: object = {}) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: scim.unique('bulk'), ...more },
});
const patch = (path: string, ...Operations: object[]) => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH_OP], Operations },
});
const results = async (operations: unknown[], more: object = {}): Promise<Json[]> => {
  const answer = await scim.bulk(operations, more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.schemas).toEqual([BULK_RESPONSE]);
  return answer.body.Operations;
};
const statuses = (operations: Json[]) => operations.map(({ status }) => status);
const idIn = (location: string) => location.split('/').at(-1);

describe('the response', () => {
  test('has for each operation method, bulkId, location, version and status as text, in order', async () => {
    const [created] = await results([postUser('b1')]);
    const id = idIn(created.location);
    expect(created).toEqual({
      method: 'POST',
      bulkId: 'b1',
      location: `${scim.running.base}/Users/${id}`,
      version: expect.stringMatching(/^W\/"/),
      status: '201',
    });
    const read = (await scim.get(created.location)).body;
    expect(read.meta.version).toBe(created.version);

    const operations = await results([
      { method: 'PUT', path: `/Users/${id}`, bulkId: 'put', data: { userName: read.userName, title: 'x' } },
      patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'y' }),
      { method: 'DELETE', path: `/Users/${id}` },
    ]);
    expect(statuses(operations)).toEqual(['200', '200', '204']);
    expect(operations.map(({ method }) => method)).toEqual(['PUT', 'PATCH', 'DELETE']);
    expect(operations.map(({ location }) => location)).toEqual(Array(3).fill(created.location));
    expect(operations[0].bulkId).toBe('put');
    expect(operations[1].version).not.toBe(operations[0].version);
    expect(operations[1]).not.toHaveProperty('bulkId');
  });

  test('of a failed operation holds the error as its response; a failed POST has no location', async () => {
    const { userName } = await scim.user();
    const [duplicate, missing, unknown] = await results([
      postUser('d', { userName }),
      postUser('m', { userName: null }),
      patch('/Users/nobody', { op: 'remove', path: 'title' }),
    ]);
    expect(duplicate).toEqual({
      method: 'POST',
      bulkId: 'd',
      status: '409',
      response: { schemas: [ERROR], scimType: 'uniqueness', detail: expect.any(String), status: '409' },
    });
    expect(missing).toMatchObject({ status: '400', response: { scimType: 'invalidValue' } });
    expect(unknown).toMatchObject({ status: '404', location: `${scim.running.base}/Users/nobody` });
  });

  test('methods in lower case are understood', async () => {
    expect(statuses(await results([{ ...postUser('l'), method: 'post' }]))).toEqual(['201']);
  });
});

describe('what a request must be', () => {
  test.each<[string, Json, string]>([
    ['a list', [], 'invalidSyntax'],
    ['a text', '"x"', 'invalidSyntax'],
    ['no Operations', { schemas: [BULK_REQUEST] }, 'invalidSyntax'],
    ['an object as Operations', { Operations: {} }, 'invalidSyntax'],
    ['a text as operation', { Operations: ['x'] }, 'invalidSyntax'],
    ['failOnErrors below zero', { Operations: [], failOnErrors: -1 }, 'invalidValue'],
    ['failOnErrors as a text', { Operations: [], failOnErrors: 'many' }, 'invalidValue'],
    ['a fraction as failOnErrors', { Operations: [], failOnErrors: 1.5 }, 'invalidValue'],
  ])('%s is 400', async (_what, body, scimType) => {
    expectError(await scim.post('/Bulk', body), 400, scimType);
  });

  test('the same bulkId twice is refused whole', async () => {
    const userName = scim.unique('twice');
    const answer = await scim.bulk([postUser('same', { userName }), postUser('same')]);
    expectError(answer, 400, 'invalidValue');
    expect((await scim.list('/Users', { filter: `userName eq "${userName}"` })).body.totalResults).toBe(0);
  });

  test('no operations are done at once', async () => {
    expect(await results([])).toEqual([]);
  });

  test.each<[string, object]>([
    [
      '"bulkId" is "REQUIRED when method is POST"',
      { method: 'POST', path: '/Users', data: { userName: 'nobulkid' } },
    ],
    ['"data" is "REQUIRED" for POST', { method: 'POST', path: '/Users', bulkId: 'x' }],
    ['"data" is "REQUIRED" for PUT', { method: 'PUT', path: '/Users/1' }],
    ['"data" is "REQUIRED" for PATCH', { method: 'PATCH', path: '/Users/1' }],
    ['"method" is REQUIRED', { path: '/Users', bulkId: 'x', data: {} }],
    ['GET is no method of it', { method: 'GET', path: '/Users/1' }],
    ['"path" is REQUIRED', { method: 'POST', bulkId: 'x', data: { userName: 'nopath' } }],
    ['an id in the path of a POST', { method: 'POST', path: '/Users/1', bulkId: 'x', data: {} }],
    ['no id in the path of a PUT', { method: 'PUT', path: '/Users', data: {} }],
    ['a bulk in a bulk', { method: 'POST', path: '/Bulk', bulkId: 'x', data: { Operations: [] } }],
    ['/Me', { method: 'PATCH', path: '/Me', data: {} }],
    ['a search', { method: 'POST', path: '/Users/.search', bulkId: 'x', data: {} }],
    ['a path of elsewhere', { method: 'POST', path: 'https://other.example/Users', bulkId: 'x', data: {} }],
  ])('%s: 400 for that operation, the others are done', async (_what, operation) => {
    const operations = await results([postUser('first'), operation, postUser('last')]);
    expect(statuses(operations)).toEqual(['201', '400', '201']);
    expect(operations[1].response).toMatchObject({ status: '400', detail: expect.stringMatching(/\S/) });
  });
});

describe('3.7.1 references in circles', () => {
  test('two groups that hold each other are both created', async () => {
    const operations = await results([
      postGroup('a', { members: [{ type: 'Group', value: 'bulkId:b' }] }),
      postGroup('b', { members: [{ type: 'Group', value: 'bulkId:a' }] }),
    ]);
    expect(statuses(operations)).toEqual(['201', '201']);
    const [a, b] = await Promise.all(
      operations.map(({ location }) => scim.get(location).then(({ body }) => body)),
    );
    expect(a.members).toMatchObject([{ value: b.id, type: 'Group' }]);
    expect(b.members).toMatchObject([{ value: a.id, type: 'Group' }]);
    expect(operations.map(({ version }) => version)).toEqual([a.meta.version, b.meta.version]);
  });

  test('users who manage each other, and a circle of three groups', async () => {
    const users = await results([
      postUser('x', { [ENTERPRISE]: { manager: { value: 'bulkId:y' } } }),
      postUser('y', { [ENTERPRISE]: { manager: { value: 'bulkId:x' } } }),
    ]);
    expect(statuses(users)).toEqual(['201', '201']);
    const x = (await scim.get(users[0].location)).body;
    expect(x[ENTERPRISE].manager.value).toBe(idIn(users[1].location));
    const groups = await results(
      ['p', 'q', 'r'].map((name, index) =>
        postGroup(name, { members: [{ value: `bulkId:${['q', 'r', 'p'][index]}` }] }),
      ),
    );
    expect(statuses(groups)).toEqual(['201', '201', '201']);
    for (const [index, { location }] of groups.entries()) {
      const { members } = (await scim.get(location)).body;
      expect(members[0].value).toBe(idIn(groups[(index + 1) % 3].location));
    }
  });

  test('a group that holds itself', async () => {
    const [created] = await results([postGroup('self', { members: [{ value: 'bulkId:self' }] })]);
    expect(created.status).toBe('201');
    expect((await scim.get(created.location)).body.members[0].value).toBe(idIn(created.location));
  });

  test('a circle that cannot be closed is 409, and leaves nothing half made', async () => {
    const displayName = scim.unique('half');
    const operations = await results([
      postGroup('a', { displayName, members: [{ value: 'bulkId:b' }] }),
      postGroup('b', { displayName: '', members: [{ value: 'bulkId:a' }] }),
    ]);
    expect(statuses(operations)).toEqual(['409', '400']);
    expect(
      (await scim.list('/Groups', { filter: `displayName eq "${displayName}"` })).body.totalResults,
    ).toBe(0);
  });
});

describe('3.7.2 bulkId', () => {
  test('is replaced in values, in $ref, in extensions, in PATCH data, in PATCH filters and in paths', async () => {
    const operations = await results([
      postUser('u'),
      postUser('boss'),
      postGroup('g', { members: [{ value: 'bulkId:u' }, { $ref: '/Users/bulkId:boss' }] }),
      patch('/Users/bulkId:u', { op: 'add', path: `${ENTERPRISE}:manager`, value: 'bulkId:boss' }),
      patch('/Groups/bulkId:g', { op: 'remove', path: 'members[value eq "bulkId:boss"]' }),
      { method: 'PUT', path: '/Users/bulkId:boss', data: { userName: scim.unique('boss'), title: 'Boss' } },
    ]);
    expect(statuses(operations)).toEqual(['201', '201', '201', '200', '200', '200']);
    const user = (await scim.get(operations[0].location)).body;
    const boss = (await scim.get(operations[1].location)).body;
    const group = (await scim.get(operations[2].location)).body;
    expect(user[ENTERPRISE].manager.value).toBe(boss.id);
    expect(boss.title).toBe('Boss');
    expect(group.members.map(({ value }: Json) => value)).toEqual([user.id]);
  });

  test('may be referred to before it is defined; answers stay in the order of the request', async () => {
    const operations = await results([
      patch('/Groups/bulkId:g', { op: 'replace', path: 'externalId', value: 'late' }),
      postGroup('g', { members: [{ value: 'bulkId:u' }] }),
      postUser('u'),
    ]);
    expect(operations.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'PATCH 200',
      'POST 201',
      'POST 201',
    ]);
    const group = (await scim.get(operations[1].location)).body;
    expect(group).toMatchObject({ externalId: 'late', members: [{ value: idIn(operations[2].location) }] });
  });

  test('that nobody defines is 400 for that operation', async () => {
    const operations = await results([
      postGroup('g', { members: [{ value: 'bulkId:nobody' }] }),
      { method: 'DELETE', path: '/Users/bulkId:nobody' },
      postUser('ok'),
    ]);
    expect(statuses(operations)).toEqual(['400', '400', '201']);
  });

  test('of an operation that failed fails what refers to it, and only that', async () => {
    const { userName } = await scim.user();
    const operations = await results([
      postUser('dup', { userName }),
      postGroup('g', { members: [{ value: 'bulkId:dup' }] }),
      patch('/Users/bulkId:dup', { op: 'add', path: 'title', value: 'x' }),
      postUser('ok'),
    ]);
    expect(statuses(operations)).toEqual(['409', '409', '409', '201']);
  });

  test('a text that only looks like one stays as it is', async () => {
    const [created] = await results([postUser('t', { title: 'see bulkId:t', nickName: 'bulkIdea' })]);
    expect((await scim.get(created.location)).body).toMatchObject({
      title: 'see bulkId:t',
      nickName: 'bulkIdea',
    });
  });

  test('a chain of hundreds is resolved', async () => {
    const groups = Array.from({ length: 300 }, (_, index) =>
      postGroup(`c${index}`, index === 299 ? {} : { members: [{ value: `bulkId:c${index + 1}` }] }),
    );
    expect(new Set(statuses(await results(groups)))).toEqual(new Set(['201']));
  });
});

describe('3.7.3 failOnErrors', () => {
  const good = () => postUser(scim.unique('g'));
  const bad = () => ({ method: 'DELETE', path: '/Users/nobody' });

  test('absent or 0: "the service provider … complete as many changes as possible"', async () => {
    const all = ['404', '201', '404', '201'];
    expect(statuses(await results([bad(), good(), bad(), good()]))).toEqual(all);
    expect(statuses(await results([bad(), good(), bad(), good()], { failOnErrors: 0 }))).toEqual(all);
  });

  test.each([
    [1, ['201', '404']],
    [2, ['201', '404', '201', '404']],
    [3, ['201', '404', '201', '404', '201']],
  ])('%i: the processing ends with that error, which is in the answer', async (failOnErrors, expected) => {
    const operations = await results([good(), bad(), good(), bad(), good()], { failOnErrors });
    expect(statuses(operations)).toEqual(expected);
  });

  test('errors of form count too; what was done stays done', async () => {
    const operations = await results([good(), { method: 'GET', path: '/Users' }, good()], {
      failOnErrors: 1,
    });
    expect(statuses(operations)).toEqual(['201', '400']);
    expect((await scim.get(operations[0].location)).status).toBe(200);
  });
});

describe('3.7.4 limits', () => {
  test('more than maxOperations: 413 that names the limit, and nothing is done', async () => {
    const { policy } = scim.running.rollcall.services;
    await policy.set({ 'bulk.maxOperations': 3 });
    try {
      const userName = scim.unique('limit');
      const answer = await scim.bulk([
        postUser('1', { userName }),
        postUser('2'),
        postUser('3'),
        postUser('4'),
      ]);
      expectError(answer, 413);
      expect(answer.body.detail).toMatch(/maxOperations \(3\)/);
      expect((await scim.list('/Users', { filter: `userName eq "${userName}"` })).body.totalResults).toBe(0);
      expect(await results([postUser('1'), postUser('2'), postUser('3')])).toHaveLength(3);
    } finally {
      await policy.set({ 'bulk.maxOperations': 1000 });
    }
  });

  test('more than maxPayloadSize: 413 that names the limit', async () => {
    const { maxPayloadSize } = (await scim.get('/ServiceProviderConfig')).body.bulk;
    const answer = await scim.bulk([postUser('big', { title: 'x'.repeat(maxPayloadSize) })]);
    expectError(answer, 413);
    expect(answer.body.detail).toContain(`maxPayloadSize (${maxPayloadSize})`);
  });
});

describe('versions', () => {
  test('each operation’s version works as If-Match does: also "*", lists, PUT and DELETE', async () => {
    const { id, userName, meta } = await scim.user();
    const path = `/Users/${id}`;
    const title = (value: string) => patch(path, { op: 'replace', path: 'title', value });
    const operations = await results([
      { ...title('a'), version: 'W/"stale"' },
      { ...title('b'), version: meta.version },
      { ...title('c'), version: '*' },
      { method: 'PUT', path, version: meta.version, data: { userName } },
      { method: 'DELETE', path, version: meta.version },
      { method: 'DELETE', path, version: 'W/"3"' },
    ]);
    expect(statuses(operations)).toEqual(['412', '200', '200', '412', '412', '204']);
    expect(operations[0].response).toMatchObject({ schemas: [ERROR], status: '412' });
  });
});

test('each operation is its own: a duplicate within the request fails the second only', async () => {
  const userName = scim.unique('pair');
  expect(
    statuses(
      await results([postUser('a', { userName }), postUser('b', { userName: userName.toUpperCase() })]),
    ),
  ).toEqual(['201', '409']);
});

test('who is deleted and created again in one request is somebody new', async () => {
  const { id, userName } = await scim.user();
  const operations = await results([
    { method: 'DELETE', path: `/Users/${id}` },
    postUser('again', { userName }),
    patch('/Users/bulkId:again', { op: 'add', path: 'title', value: 'New' }),
  ]);
  expect(statuses(operations)).toEqual(['204', '201', '200']);
  expect(idIn(operations[1].location)).not.toBe(id);
  expect((await scim.get(operations[1].location)).body.title).toBe('New');
});

test('the activity row tells what each operation came to', async () => {
  const answer = await scim.bulk([postUser('r'), { method: 'DELETE', path: '/Users/nobody' }]);
  const row = await scim.activity(answer);
  expect(row).toMatchObject({ method: 'POST', status: 200 });
  expect(row.steps.join('\n')).toMatch(/POST \/Users.*201[\s\S]*DELETE \/Users\/nobody: 404/);
});

test('what a bulk operation ignored and tolerated is in its row', async () => {
  const answer = await scim.bulk([postUser('i', { shoeSize: 44, active: 'True' })]);
  const row = JSON.stringify(await scim.activity(answer));
  expect(row).toContain('boolean');
  const { requestBody: _, ...told } = await scim.activity(answer);
  expect(JSON.stringify(told)).toContain('shoeSize');
});
