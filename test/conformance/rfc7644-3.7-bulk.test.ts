import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningRollcall, startRollcall } from '../support/rollcall.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** RFC 7644 section 3.7. The circles and failOnErrors are among the recorded cases. */
describe('POST /Bulk', () => {
  let running: RunningRollcall;
  beforeAll(async () => {
    running = await startRollcall();
  });
  afterAll(() => running.close());

  const bulk = (Operations: unknown[], more: object = {}) =>
    running.request('POST', '/Bulk', { schemas: [BULK], Operations, ...more });
  const user = (userName: string) => ({
    method: 'POST',
    path: '/Users',
    bulkId: userName,
    data: { userName },
  });

  test('creates, refers forward by bulkId in values and paths, and says where everything is', async () => {
    const answer = await bulk([
      {
        method: 'POST',
        path: '/Groups',
        bulkId: 'team',
        data: { displayName: 'Bulk team', members: [{ value: 'bulkId:ann@bulk.example' }] },
      },
      user('ann@bulk.example'),
      {
        method: 'PATCH',
        path: '/Users/bulkId:ann@bulk.example',
        data: { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: 'Head' }] },
      },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.Operations.map(({ status }: { status: string }) => status)).toEqual([
      '201',
      '201',
      '200',
    ]);
    const [group, ann] = answer.body.Operations;
    expect(group.version).toMatch(/^W\/"/);
    const read = await running.request('GET', ann.location);
    expect(read.body).toMatchObject({ title: 'Head', groups: [{ display: 'Bulk team' }] });
    const { items } = running.rollcall.services.people.members({ search: 'ann@bulk', offset: 0, limit: 10 });
    expect(items).toMatchObject([{ state: 'active', teams: [{ name: 'Bulk team' }] }]);
  });

  test('one bad operation does not undo the others, and its error is in SCIM form', async () => {
    const answer = await bulk([
      user('bea@bulk.example'),
      user('not an e-mail'),
      { method: 'DELETE', path: '/Users/nobody' },
      user('cy@bulk.example'),
    ]);
    expect(answer.body.Operations).toMatchObject([
      { status: '201' },
      { status: '400', response: { scimType: 'invalidValue', status: '400' } },
      { status: '404', response: { status: '404' } },
      { status: '201' },
    ]);
  });

  test('each operation’s version is checked like If-Match', async () => {
    const created = await running.request('POST', '/Users', { userName: 'dora@bulk.example' });
    const path = `/Users/${created.body.id}`;
    const data = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: 'New' }] };
    const answer = await bulk([
      { method: 'PATCH', path, version: 'W/"99"', data },
      { method: 'PATCH', path, version: created.body.meta.version, data },
    ]);
    expect(answer.body.Operations.map(({ status }: { status: string }) => status)).toEqual(['412', '200']);
  });

  test('more operations than the policy allows are refused whole, naming the limit', async () => {
    await running.rollcall.services.policy.set({ 'bulk.maxOperations': 2 });
    const answer = await bulk(['x', 'y', 'z'].map((name) => user(`${name}@bulk.example`)));
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toContain('maxOperations (2)');
    const configuration = await running.request('GET', '/ServiceProviderConfig');
    expect(configuration.body.bulk).toMatchObject({ supported: true, maxOperations: 2 });
    const found = await running.request(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "x@bulk.example"')}`,
    );
    expect(found.body.totalResults).toBe(0);
    await running.rollcall.services.policy.set({ 'bulk.maxOperations': 1000 });
  });

  test('GET is 405 with Allow, and no body at all is a syntax error', async () => {
    const got = await running.request('GET', '/Bulk');
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    const empty = await running.request('POST', '/Bulk', '');
    expect([empty.status, empty.body.scimType]).toEqual([400, 'invalidSyntax']);
  });
});
