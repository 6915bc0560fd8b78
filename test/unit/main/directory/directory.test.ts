import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (path: string, value: unknown) => ({
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path, value }],
});

describe('a user who was stored before userName had to be an e-mail address', () => {
  let running: RunningRollcall;
  let path: string;

  beforeEach(async () => {
    running = await startRollcall();
    const { policy } = running.rollcall.services;
    await policy.set({ 'userName.email': false });
    const created = await running.request('POST', '/Users', { userName: 'plain', title: 'Clerk' });
    path = `/Users/${created.body.id}`;
    await policy.set({ 'userName.email': true });
  });
  afterEach(() => running.close());

  const stateOfMember = () =>
    running.rollcall.services.people.members({ offset: 0, limit: 1 }).items[0]?.state;

  test('is deactivated by PATCH all the same', async () => {
    expect((await running.request('PATCH', path, patch('active', false))).status).toBe(200);
    expect(stateOfMember()).toBe('suspended');
  });

  test('is deactivated by PUT all the same', async () => {
    expect((await running.request('PUT', path, { userName: 'plain', active: false })).status).toBe(200);
    expect(stateOfMember()).toBe('suspended');
  });

  test('gets no other userName that is none', async () => {
    for (const answer of [
      await running.request('PATCH', path, patch('userName', 'plainer')),
      await running.request('PUT', path, { userName: 'plainer' }),
      await running.request('POST', '/Users', { userName: 'plainest' }),
    ]) {
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    }
    expect((await running.request('GET', path)).body).toMatchObject({ userName: 'plain', title: 'Clerk' });
  });
});
