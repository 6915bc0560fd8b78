import { describe, expect, test } from 'vitest';
import {
  type BulkAction,
  readBulkRequest,
  refuseLargePayload,
} from '../../../../src/main/scim/bulk/request.ts';
import { type BulkOutcome, bulkSteps } from '../../../../src/main/scim/bulk/steps.ts';
import { uniqueness } from '../../../../src/main/scim/error.ts';
import type { JsonObject, JsonValue } from '../../../../src/main/scim/json.ts';
import { BASE, refusal, registry, scimTypeOf } from '../fixtures.ts';

const read = (operations: JsonValue, more: JsonObject = {}) =>
  readBulkRequest(registry, { Operations: operations, ...more }, { maxOperations: 10 });

/** Runs a request against a directory that accepts everything but what `refuses` names; ids are id-1, id-2, … */
function run(
  operations: JsonValue,
  options: { failOnErrors?: number; refuses?: (action: BulkAction) => boolean } = {},
) {
  const done: string[] = [];
  const stored = new Map<string, JsonValue | undefined>();
  const carryOut = (action: BulkAction): BulkOutcome => {
    done.push(`${action.method} ${action.type.endpoint}/${action.id ?? ''}`);
    if (options.refuses?.(action)) return uniqueness('Taken.');
    const id = action.id ?? `id-${stored.size + 1}`;
    if (action.method === 'DELETE') stored.delete(id);
    else stored.set(id, action.data);
    return { status: action.method === 'POST' ? 201 : 200, id, version: 1 };
  };
  const steps = bulkSteps(
    read(operations, options.failOnErrors ? { failOnErrors: options.failOnErrors } : {}),
    BASE,
  );
  let step = steps.next();
  while (!step.done) step = steps.next(carryOut(step.value));
  return { results: step.value.Operations as JsonObject[], done, stored };
}

const post = (bulkId: string, endpoint: string, data: JsonObject): JsonObject => ({
  method: 'POST',
  path: endpoint,
  bulkId,
  data,
});
const group = (bulkId: string, ...ids: string[]) =>
  post(bulkId, '/Groups', { displayName: bulkId, members: ids.map((id) => ({ value: `bulkId:${id}` })) });
const user = (bulkId: string) => post(bulkId, '/Users', { userName: bulkId });

describe('the request', () => {
  test('413 names the limit', () => {
    const many = Array.from({ length: 11 }, (_, i) => user(`u${i}`));
    const error = refusal(() => read(many));
    expect(error.status).toBe(413);
    expect(error.detail).toContain('maxOperations (10)');
    expect(refusal(() => refuseLargePayload(1048577, 1048576)).detail).toBe(
      'The size of the bulk operation exceeds the maxPayloadSize (1048576).',
    );
    expect(() => refuseLargePayload(1048576, 1048576)).not.toThrow();
  });

  test('a bulkId twice, a bad failOnErrors, no operations', () => {
    expect(scimTypeOf(() => read([user('a'), user('a')]))).toBe('invalidValue');
    expect(scimTypeOf(() => read([], { failOnErrors: -1 }))).toBe('invalidValue');
    expect(scimTypeOf(() => readBulkRequest(registry, {}, { maxOperations: 1 }))).toBe('invalidSyntax');
  });

  test.each<JsonObject>([
    { method: 'GET', path: '/Users/1' },
    { method: 'POST', path: '/Users', data: {} },
    { method: 'POST', path: '/Users/1', bulkId: 'a', data: {} },
    { method: 'POST', path: '/Users', bulkId: 'a' },
    { method: 'PUT', path: '/Users', data: {} },
    { method: 'PATCH', path: '/Users/1' },
    { method: 'DELETE', path: '/Me' },
    { method: 'POST', path: '/Bulk', bulkId: 'a', data: {} },
    { method: 'DELETE', path: '/Users/1/2' },
    {},
  ])('%j is an error of that operation alone', (operation) => {
    const { results } = run([operation, user('ok')]);
    expect(results).toMatchObject([{ status: '400', response: { status: '400' } }, { status: '201' }]);
  });

  test.each<[JsonObject, string]>([
    [{ method: 'GET', path: '/Users/1' }, 'invalidSyntax'],
    [{ path: '/Users/1' }, 'invalidSyntax'],
    [{ method: 5, path: '/Users/1' }, 'invalidSyntax'],
    [{ method: 'PUT', path: '/Users/1' }, 'invalidSyntax'],
    [{ method: 'PUT', path: '/Users/1', data: ['x'] }, 'invalidSyntax'],
    [{ method: 'POST', path: '/Users/1', bulkId: 'a', data: {} }, 'invalidValue'],
    [{ method: 'POST', path: '/Users', data: {} }, 'invalidValue'],
    [{ method: 'POST', path: '/Users', bulkId: '', data: {} }, 'invalidValue'],
    [{ method: 'POST', path: '/Users', bulkId: 7, data: {} }, 'invalidValue'],
    [{ method: 'DELETE', path: '/Users' }, 'invalidValue'],
    [{ method: 'DELETE' }, 'invalidPath'],
    [{ method: 'DELETE', path: '/Users/1/2' }, 'invalidPath'],
    [{ method: 'DELETE', path: '/Nope/1' }, 'invalidPath'],
    [{ method: 'PUT', path: '/Users/1', data: { x: 'bulkId:nobody' } }, 'invalidValue'],
  ])('%j is %s', (operation, scimType) => {
    const { results, done } = run([operation]);
    expect(results).toMatchObject([{ status: '400', response: { scimType } }]);
    expect(done).toEqual([]);
  });

  test('what an operation lacks is missing in its result', () => {
    expect(run([{ path: '/Users/1' }]).results).toEqual([
      { method: '', status: '400', response: expect.anything() },
    ]);
    expect(run([{ method: 'patch', path: '/Users/1' }]).results).toEqual([
      { method: 'PATCH', status: '400', response: expect.anything() },
    ]);
  });

  test('operations that are no objects, a failOnErrors that is no number', () => {
    expect(scimTypeOf(() => read(['DELETE']))).toBe('invalidSyntax');
    expect(scimTypeOf(() => read([null]))).toBe('invalidSyntax');
    expect(scimTypeOf(() => read([], { failOnErrors: '1' }))).toBe('invalidValue');
    expect(scimTypeOf(() => read([], { failOnErrors: 1.5 }))).toBe('invalidValue');
    expect(read([], { failOnErrors: 0 }).failOnErrors).toBeUndefined();
    expect(read([], { failOnErrors: 3 }).failOnErrors).toBe(3);
  });

  test('ids in the path may be escaped, with and without slashes around; a version goes along', () => {
    const action = (path: string) =>
      read([{ method: 'DELETE', path, version: 'W/"3"' }]).operations[0]?.action as BulkAction;
    expect(action('/Users/a%2Fb')).toMatchObject({ id: 'a/b', version: 'W/"3"' });
    expect(action('Users/1/')).toMatchObject({ id: '1', type: { name: 'User' } });
    expect(action('/groups/50%')).toMatchObject({ id: '50%', type: { name: 'Group' } });
  });
});

describe('the response', () => {
  test('method, bulkId, version, location and a string status', () => {
    expect(run([user('a'), { method: 'delete', path: '/Users/9' }]).results).toEqual([
      { location: `${BASE}/Users/id-1`, method: 'POST', bulkId: 'a', version: 'W/"1"', status: '201' },
      { location: `${BASE}/Users/9`, method: 'DELETE', version: 'W/"1"', status: '200' },
    ]);
  });

  test('a failed POST has no location, a failed PUT has', () => {
    const { results } = run([user('a'), { method: 'PUT', path: '/Users/9', data: {} }], {
      refuses: () => true,
    });
    expect(results[0]).not.toHaveProperty('location');
    expect(results[0]).toMatchObject({ status: '409', response: { scimType: 'uniqueness' } });
    expect(results[1]).toMatchObject({ location: `${BASE}/Users/9` });
  });

  test('failOnErrors ends the processing and returns what was done', () => {
    const refuses = ({ method }: BulkAction) => method === 'PUT';
    const put = { method: 'PUT', path: '/Users/9', data: {} };
    expect(run([put, user('a')], { failOnErrors: 1, refuses }).results).toHaveLength(1);
    expect(run([put, user('a'), put, user('b')], { failOnErrors: 2, refuses }).results).toHaveLength(3);
    expect(run([put, user('a')], { refuses }).results).toHaveLength(2);
  });
});

describe('references', () => {
  test('backwards, in members and in the path', () => {
    const { stored, done } = run([
      user('u'),
      group('g', 'u'),
      { method: 'PATCH', path: '/Groups/bulkId:g', data: { Operations: [] } },
    ]);
    expect(stored.get('id-2')).not.toBeUndefined();
    expect(done).toEqual(['POST /Users/', 'POST /Groups/', 'PATCH /Groups/id-2']);
  });

  test('forwards: the other comes first, the answer keeps the order', () => {
    const { results, done, stored } = run([group('g', 'u'), user('u')]);
    expect(done).toEqual(['POST /Users/', 'POST /Groups/']);
    expect(results.map(({ bulkId }) => bulkId)).toEqual(['g', 'u']);
    expect(stored.get('id-2')).toEqual({ displayName: 'g', members: [{ value: 'id-1' }] });
  });

  test('in manager, in $ref, in the filter of a PATCH path', () => {
    const { stored } = run([
      user('m'),
      post('u', '/Users', { userName: 'u', manager: 'bulkId:m', x: { $ref: '../Users/bulkId:m' } }),
      {
        method: 'PATCH',
        path: '/Groups/7',
        data: { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:m"]' }] },
      },
    ]);
    expect(stored.get('id-2')).toEqual({ userName: 'u', manager: 'id-1', x: { $ref: '../Users/id-1' } });
    expect(stored.get('7')).toEqual({ Operations: [{ op: 'remove', path: 'members[value eq "id-1"]' }] });
  });

  test('to each other: created without, then completed', () => {
    const { results, done, stored } = run([group('a', 'b'), group('b', 'a')]);
    expect(results.map(({ status }) => status)).toEqual(['201', '201']);
    expect(done).toEqual(['POST /Groups/', 'POST /Groups/', 'PUT /Groups/id-1']);
    expect([...stored.values()]).toEqual([
      { displayName: 'b', members: [{ value: 'id-2' }] },
      { displayName: 'a', members: [{ value: 'id-1' }] },
    ]);
  });

  /** Each action with what it carried, in order. */
  function actionsOf(
    operations: JsonValue,
    refuses: (action: BulkAction, nth: number) => boolean = () => false,
    failOnErrors = 0,
  ) {
    const actions: JsonValue[] = [];
    const steps = bulkSteps(read(operations, { failOnErrors }), BASE);
    let step = steps.next();
    for (let created = 0; !step.done; ) {
      const { method, id, data, version } = step.value;
      actions.push([method, id ?? null, data ?? null, version ?? null]);
      const outcome: BulkOutcome = refuses(step.value, actions.length)
        ? uniqueness('Taken.')
        : { status: method === 'POST' ? 201 : 200, id: id ?? `id-${++created}`, version: actions.length };
      step = steps.next(outcome);
    }
    return { actions, results: step.value.Operations as JsonObject[], schemas: step.value.schemas };
  }
  const bare = (displayName: string) => ({ displayName, members: [] });
  const full = (displayName: string, ...ids: string[]) => ({
    displayName,
    members: ids.map((value) => ({ value })),
  });

  test('a circle: what is created first lacks only what does not exist yet', () => {
    const { actions, results, schemas } = actionsOf([user('u'), group('a', 'b', 'u'), group('b', 'a', 'u')]);
    expect(actions).toEqual([
      ['POST', null, { userName: 'u' }, null],
      ['POST', null, full('b', 'id-1'), null],
      ['POST', null, full('a', 'id-2', 'id-1'), null],
      ['PUT', 'id-2', full('b', 'id-3', 'id-1'), null],
    ]);
    expect(results).toEqual([
      { location: `${BASE}/Users/id-1`, method: 'POST', bulkId: 'u', version: 'W/"1"', status: '201' },
      { location: `${BASE}/Groups/id-3`, method: 'POST', bulkId: 'a', version: 'W/"3"', status: '201' },
      { location: `${BASE}/Groups/id-2`, method: 'POST', bulkId: 'b', version: 'W/"4"', status: '201' },
    ]);
    expect(schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
  });

  test('a circle of three is completed when the last of them exists', () => {
    const { actions } = actionsOf([group('a', 'b', 'c'), group('b', 'c', 'a'), group('c', 'a', 'b')]);
    expect(actions.map((action) => (action as JsonValue[]).slice(0, 2))).toEqual([
      ['POST', null],
      ['POST', null],
      ['POST', null],
      ['PUT', expect.any(String)],
      ['PUT', expect.any(String)],
    ]);
  });

  test('a circle whose completion is refused is undone', () => {
    const { actions, results } = actionsOf(
      [group('a', 'b'), group('b', 'a')],
      ({ method }) => method === 'PUT',
    );
    expect(actions).toEqual([
      ['POST', null, bare('b'), null],
      ['POST', null, full('a', 'id-1'), null],
      ['PUT', 'id-1', full('b', 'id-2'), null],
      ['DELETE', 'id-1', null, null],
    ]);
    expect(results.map(({ status }) => status)).toEqual(['201', '409']);
  });

  test('failOnErrors in the middle of a circle: what was begun is undone, nothing else is begun', () => {
    const { actions, results } = actionsOf(
      [group('a', 'b'), group('b', 'a'), user('u')],
      ({ data }) => (data as JsonObject | undefined)?.displayName === 'a',
      1,
    );
    expect(actions.map((action) => (action as JsonValue[])[0])).toEqual(['POST', 'POST', 'DELETE']);
    expect(results.map(({ status }) => status)).toEqual(['409', '409']);
  });

  test('a bulkId of a PUT, PATCH or DELETE stands for the id in its path', () => {
    const { actions } = actionsOf([
      group('g', 'p'),
      { method: 'PUT', path: '/Users/9', bulkId: 'p', data: { userName: 'p' }, version: 'W/"1"' },
      { method: 'PATCH', path: '/Groups/bulkId:g', bulkId: 'q', data: { x: 'bulkId:p' } },
    ]);
    expect(actions).toEqual([
      ['POST', null, full('g', '9'), null],
      ['PUT', '9', { userName: 'p' }, 'W/"1"'],
      ['PATCH', 'id-1', { x: '9' }, null],
    ]);
  });

  test('what refers to something that failed is not tried', () => {
    const { actions, results } = actionsOf(
      [
        { method: 'PUT', path: '/Users/9', bulkId: 'p', data: { userName: 'p' } },
        group('g', 'p'),
        { method: 'DELETE', path: '/Groups/bulkId:g' },
      ],
      ({ method }) => method === 'PUT',
    );
    expect(actions).toHaveLength(1);
    expect(results.map(({ status, location }) => [status, location])).toEqual([
      ['409', `${BASE}/Users/9`],
      ['409', undefined],
      ['409', `${BASE}/Groups/bulkId%3Ag`],
    ]);
  });

  test('a circle is completed as soon as its last member exists or has failed, before anything else', () => {
    const first = (operations: JsonValue, refuses?: (action: BulkAction) => boolean) =>
      actionsOf(operations, refuses).actions.map((action) => {
        const [method, id, data] = action as [string, string | null, JsonObject | null];
        return `${method} ${data?.displayName ?? data?.userName ?? id}`;
      });
    expect(first([group('a', 'b'), group('b', 'a'), user('u')])).toEqual([
      'POST b',
      'POST a',
      'PUT b',
      'POST u',
    ]);
    const refusesY = ({ data }: BulkAction) => (data as JsonObject | undefined)?.displayName === 'y';
    // x waits for y and z; z comes to exist, y does not.
    const knot = [group('y', 'z'), group('z', 'x'), group('x', 'y', 'z'), user('u')];
    expect(first(knot)).toEqual(['POST x', 'POST z', 'POST y', 'PUT x', 'POST u']);
    expect(first(knot, refusesY)).toEqual(['POST x', 'POST z', 'POST y', 'DELETE id-1', 'POST u']);
  });

  test('a completion that ends the processing leaves no other circle half made', () => {
    const { actions, results } = actionsOf(
      [group('y', 'a', 'x'), group('x', 'y'), group('a', 'b'), group('b', 'a')],
      ({ method }) => method === 'PUT',
      1,
    );
    expect(actions.map((action) => (action as JsonValue[]).slice(0, 2))).toEqual([
      ['POST', null],
      ['POST', null],
      ['POST', null],
      ['PUT', 'id-2'],
      ['DELETE', 'id-2'],
      ['DELETE', 'id-1'],
    ]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ['x', '409'],
      ['a', '201'],
      ['b', '409'],
    ]);
  });

  test('a bulkId whose own path is a reference stands for nothing before it is carried out', () => {
    const patch = { method: 'PATCH', path: '/Groups/bulkId:g', bulkId: 'q', data: {} };
    const { results } = actionsOf([group('h', 'q'), group('g'), patch, group('i', 'q')]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ['h', '400'],
      ['g', '201'],
      ['q', '200'],
      ['i', '201'],
    ]);
  });

  test('a failed PUT with a bulkId takes its id away from those who refer to it', () => {
    const put = { method: 'PUT', path: '/Users/9', bulkId: 'p', data: { x: 1 } };
    const { results } = actionsOf([put, { method: 'PATCH', path: '/Users/bulkId:p', data: {} }], () => true);
    expect(results).toEqual([
      {
        location: `${BASE}/Users/9`,
        method: 'PUT',
        bulkId: 'p',
        status: '409',
        response: expect.objectContaining({ scimType: 'uniqueness' }),
      },
      {
        location: expect.any(String),
        method: 'PATCH',
        status: '409',
        response: expect.not.objectContaining({ scimType: expect.anything() }),
      },
    ]);
  });

  test('an outcome without version has none in its result', () => {
    const steps = bulkSteps(read([{ method: 'DELETE', path: '/Users/9' }]), BASE);
    steps.next();
    const { value } = steps.next({ status: 204 });
    expect((value as JsonObject).Operations).toEqual([
      { location: `${BASE}/Users/9`, method: 'DELETE', status: '204' },
    ]);
  });

  test('to itself', () => {
    expect(run([group('a', 'a')]).stored.get('id-1')).toEqual({
      displayName: 'a',
      members: [{ value: 'id-1' }],
    });
  });

  test('a circle whose other half fails is undone and answered with 409', () => {
    const refuses = ({ data }: BulkAction) => (data as JsonObject | undefined)?.displayName === 'a';
    const { results, stored } = run([group('a', 'b'), group('b', 'a')], { refuses });
    expect(results.map(({ status }) => status)).toEqual(['409', '409']);
    expect(stored.size).toBe(0);
  });

  test('to what failed: 409; to nothing: 400', () => {
    const refuses = ({ type }: BulkAction) => type.name === 'User';
    expect(run([user('u'), group('g', 'u')], { refuses }).results.map(({ status }) => status)).toEqual([
      '409',
      '409',
    ]);
    expect(run([group('g', 'nobody')]).results.map(({ status }) => status)).toEqual(['400']);
  });

  test('a chain of references as long as the request', () => {
    const length = 5000;
    const chain = Array.from({ length }, (_, i) => group(`g${i}`, `g${i + 1}`)).concat(user(`g${length}`));
    const request = readBulkRequest(registry, { Operations: chain }, { maxOperations: length + 1 });
    const steps = bulkSteps(request, BASE);
    let step = steps.next();
    let count = 0;
    while (!step.done) step = steps.next({ status: 201, id: `id-${++count}` });
    expect(count).toBe(length + 1);
  });
});
