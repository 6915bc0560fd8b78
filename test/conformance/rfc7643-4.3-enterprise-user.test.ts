import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, listed, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7643 section 4.3: the enterprise extension of User. */
const scim = shareEndpoint();

describe('simple attributes', () => {
  test.each(['employeeNumber', 'costCenter', 'organization', 'division', 'department'])(
    '%s: stored, returned, patched, filtered by, removed',
    async (name) => {
      const value = scim.unique('Wert');
      const { id, userName } = await scim.user({ [ENTERPRISE]: { [name]: value } });
      expect((await scim.get(`/Users/${id}`)).body[ENTERPRISE]).toEqual({ [name]: value });
      for (const filter of [`${ENTERPRISE}:${name} eq "${value.toUpperCase()}"`, `${name} sw "${value}"`]) {
        expect(listed(await scim.list('/Users', { filter })), filter).toEqual([userName]);
      }
      const patched = await scim.patch(`/Users/${id}`, [
        { op: 'replace', path: `${ENTERPRISE}:${name}`, value: 'other' },
      ]);
      expect(patched.body[ENTERPRISE]).toEqual({ [name]: 'other' });
      const removed = await scim.patch(`/Users/${id}`, [{ op: 'remove', path: `${ENTERPRISE}:${name}` }]);
      expect(removed.body).not.toHaveProperty(ENTERPRISE);
    },
  );

  test('can be sorted by and asked for, with the URN and in any case', async () => {
    for (const division of ['b', 'A', 'c']) {
      await scim.user({ [ENTERPRISE]: { division, organization: 'Sorted' } });
    }
    const answer = await scim.list('/Users', {
      filter: `${ENTERPRISE}:organization eq "sorted"`,
      sortBy: `${ENTERPRISE.toUpperCase()}:Division`,
      attributes: `${ENTERPRISE}:division`,
    });
    expect(answer.body.Resources.map((user: Record<string, unknown>) => user[ENTERPRISE])).toEqual([
      { division: 'A' },
      { division: 'b' },
      { division: 'c' },
    ]);
  });
});

describe('manager', () => {
  test('has value and $ref; $ref is the URI of the manager’s user', async () => {
    const boss = await scim.user();
    const user = await scim.user({ [ENTERPRISE]: { manager: { value: boss.id } } });
    expect(user[ENTERPRISE].manager).toEqual({ value: boss.id, $ref: boss.meta.location });
  });

  test('displayName is readOnly: what a client sends is ignored', async () => {
    const user = await scim.user({ [ENTERPRISE]: { manager: { value: 'm', displayName: 'Evil' } } });
    expect(JSON.stringify(user)).not.toContain('Evil');
    expectError(
      await scim.patch(`/Users/${user.id}`, [
        { op: 'replace', path: `${ENTERPRISE}:manager.displayName`, value: 'Evil' },
      ]),
      400,
      'mutability',
    );
  });

  test('need not exist', async () => {
    const user = await scim.user({ [ENTERPRISE]: { manager: { value: 'GZFDHGRKQLCG' } } });
    expect(user[ENTERPRISE].manager.value).toBe('GZFDHGRKQLCG');
  });

  test('is read from a $ref alone; one that names no user is not lost without a word', async () => {
    const user = await scim.user({ [ENTERPRISE]: { manager: { $ref: '../Users/26118915' } } });
    expect(user[ENTERPRISE].manager).toEqual({
      value: '26118915',
      $ref: `${scim.running.base}/Users/26118915`,
    });
    const answer = await scim.post('/Users', {
      schemas: [USER],
      userName: scim.unique('lost'),
      [ENTERPRISE]: { manager: { $ref: '26118915' } },
    });
    expect(answer.status).toBe(201);
    expect((await scim.activity(answer)).ignored).toContain('manager.$ref');
  });

  test('goes with its $ref when that is removed', async () => {
    const { id } = await scim.user({ [ENTERPRISE]: { manager: { value: 'm' }, division: 'D' } });
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'remove', path: `${ENTERPRISE}:manager.$ref` }]);
    expect(answer.body[ENTERPRISE]).toEqual({ division: 'D' });
  });

  test('is found by filters with and without .value and URN', async () => {
    const value = scim.unique('boss');
    const { userName } = await scim.user({ [ENTERPRISE]: { manager: { value } } });
    for (const name of [`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager`, 'manager', 'manager.value']) {
      expect(listed(await scim.list('/Users', { filter: `${name} eq "${value}"` })), name).toEqual([
        userName,
      ]);
    }
  });
});

describe('the extension as a whole', () => {
  test('is replaced by PUT: what is not sent is gone', async () => {
    const { id, userName } = await scim.user({ [ENTERPRISE]: { division: 'd', costCenter: 'c' } });
    const put = await scim.put(`/Users/${id}`, { userName, [ENTERPRISE]: { division: 'd2' } });
    expect(put.body[ENTERPRISE]).toEqual({ division: 'd2' });
    const without = await scim.put(`/Users/${id}`, { userName });
    expect(without.body).not.toHaveProperty(ENTERPRISE);
    expect(without.body.schemas).toEqual([USER]);
  });

  test('can be added, replaced and removed by a PATCH whose path is its URN', async () => {
    const { id } = await scim.user();
    const added = await scim.patch(`/Users/${id}`, [
      { op: 'add', path: ENTERPRISE, value: { division: 'd', costCenter: 'c' } },
    ]);
    expect(added.body[ENTERPRISE]).toEqual({ division: 'd', costCenter: 'c' });
    const replaced = await scim.patch(`/Users/${id}`, [
      { op: 'replace', path: ENTERPRISE, value: { division: 'e' } },
    ]);
    expect(replaced.body[ENTERPRISE]).toMatchObject({ division: 'e' });
    const removed = await scim.patch(`/Users/${id}`, [{ op: 'remove', path: ENTERPRISE }]);
    expect(removed.body).not.toHaveProperty(ENTERPRISE);
  });

  test('can be asked for as a whole, and left out as a whole', async () => {
    const { id } = await scim.user({ title: 't', [ENTERPRISE]: { division: 'd', manager: { value: 'm' } } });
    const only = await scim.get(`/Users/${id}?attributes=${ENTERPRISE}`);
    expect(Object.keys(only.body).sort()).toEqual(['id', 'schemas', ENTERPRISE].sort());
    const without = await scim.get(`/Users/${id}?excludedAttributes=${ENTERPRISE}`);
    expect(without.body.title).toBe('t');
    expect(without.body).not.toHaveProperty(ENTERPRISE);
  });

  test('is no part of groups', async () => {
    const answer = await scim.post('/Groups', {
      displayName: scim.unique('group'),
      [ENTERPRISE]: { division: 'd' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).not.toHaveProperty(ENTERPRISE);
    expect((await scim.activity(answer)).ignored).toContain(ENTERPRISE);
  });
});
