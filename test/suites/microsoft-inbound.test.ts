/**
 * Microsoft's "SCIM Inbound" Postman collection: an HR system's traffic, with watermarks of seven fractional digits and
 * the enterprise URN glued to its attribute by a dot. Source: AzureAD/SCIMReferenceCode, SCIM Inbound.postman_collection.json.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { inboundUser } from './microsoft-postman-bodies.ts';
import { shareServer } from './share-server.ts';
import { ENTERPRISE, patchOf, query } from './suite-server.ts';

const { client } = shareServer({ 'Content-Type': 'application/scim+json' }, 'profile=entra');
const BEGINNING = '0001-01-03T00:00:00.0000000Z';

describe('SCIM Inbound', () => {
  let manager: string;
  let contractor: string;
  let inactive: string;
  let watermark: string;
  const create = async (userName: string, more?: { manager?: string; active?: boolean }): Promise<string> => {
    const answer = await client.post('/Users', inboundUser(userName, more));
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const found = async (parameters: Record<string, string | number>): Promise<string[]> => {
    const { status, body } = await client.get(`/Users${query(parameters)}`);
    expect(status).toBe(200);
    return body.Resources.map((user: { id: string }) => user.id);
  };
  const changed = async (id: string, operation: object) => {
    expect((await client.patch(`/Users/${id}`, patchOf(operation))).status).toBe(204);
    return (await client.get(`/Users/${id}`)).body;
  };

  beforeAll(async () => {
    manager = await create('wilmaw');
  });

  test('Test Connection: one user at most', async () => {
    const { status, body } = await client.get('/Users?count=1');
    expect(status).toBe(200);
    expect(body.itemsPerPage).toBe(1);
  });

  test('Create Contractor with manager, Employee with manager, Employee (inactive)', async () => {
    contractor = await create('carlc', { manager });
    const employee = await create('ellae', { manager: contractor, active: false });
    inactive = await create('ivyi', { active: false });
    const { body } = await client.get(`/Users/${employee}`);
    expect(body).toMatchObject({ active: false, [ENTERPRISE]: { manager: { value: contractor } } });
  });

  test('On Demand: a filter by id', async () => {
    expect(await found({ filter: `id eq "${contractor}"` })).toEqual([contractor]);
  });

  test('FullSync, two pages: active people since the year 1', async () => {
    watermark = new Date().toISOString();
    const filter = `active eq true and (meta.lastModified ge "${BEGINNING}" and meta.lastModified le "${watermark}")`;
    expect((await found({ filter, count: 5, startIndex: 1 })).sort()).toEqual([manager, contractor].sort());
    expect(await found({ filter, count: 5, startIndex: 6 })).toEqual([]);
  });

  test('Update User (lastname)', async () => {
    const user = await changed(contractor, { op: 'replace', path: 'name.familyName', value: 'Harvey' });
    expect(user.name).toMatchObject({ familyName: 'Harvey', givenName: 'Wilma' });
  });

  test('Update User (active)', async () => {
    expect(await changed(inactive, { op: 'replace', path: 'active', value: true })).toMatchObject({
      active: true,
    });
  });

  test('Update User (manager): URN, a dot, and a bare string', async () => {
    const user = await changed(inactive, { op: 'replace', path: `${ENTERPRISE}.manager`, value: manager });
    expect(user[ENTERPRISE].manager.value).toBe(manager);
  });

  test('DeltaSync: only what changed since, with startindex=0 in lower case', async () => {
    const now = new Date(Date.now() + 1000).toISOString();
    const filter = `active eq true and (meta.lastModified ge "${watermark}" and meta.lastModified le "${now}")`;
    expect((await found({ filter, count: 100, startindex: 0 })).sort()).toEqual(
      [contractor, inactive].sort(),
    );
  });

  test('DeltaSync 2: odd capitals, brackets, seven fractional digits', async () => {
    const filter = '(ActiVe eq true) and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"';
    expect(await found({ filter })).toContain(manager);
  });

  test('Delete User, Get User by ID, Get all users', async () => {
    expect((await client.delete(`/Users/${contractor}`)).status).toBe(204);
    expect((await client.get(`/Users/${contractor}`)).status).toBe(404);
    expect((await client.get('/Users')).body.totalResults).toBe(3);
  });
});
