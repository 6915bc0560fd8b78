import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { type Caller, createCaller } from '../../../../src/main/operators/caller.ts';
import { createOperators, type Operators } from '../../../../src/main/operators/operators.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createOperatorStore } from '../../../../src/main/store/operators.ts';
import type { Permission } from '../../../../src/shared/contract/operators.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

const NOW = '2026-01-01T00:00:00.000Z';
const ANN = 'local:ann';

let databases: OpenDatabases;
let caller: Caller;
let operators: Operators;
beforeEach(async () => {
  databases = await openDatabases();
  const { identity } = databases;
  const now = () => new Date(NOW);
  caller = createCaller(ANN);
  const { write } = createWriter(identity);
  operators = createOperators({
    store: createOperatorStore(identity),
    caller,
    audit: createAudit(createAuditInsert(identity), caller.actor, now),
    // As in the program: each piece of work is done as whoever handed it in.
    write: (work) => write(caller.keep(work)),
    now,
  });
});
afterEach(() => databases.close());

const add = (name: string, permission: Permission, recovery = false) =>
  operators.add({ name, email: `${name.toLowerCase()}@acme.com`, permission, recovery });
const ann = () => {
  const found = operators.list().find(({ subject }) => subject === ANN);
  if (!found) throw new Error('Ann is not recorded');
  return found;
};
const as = <T>(actor: string, work: () => Promise<T>) => caller.as(actor, work);
const trail = () =>
  databases.identity
    .prepare<[], { actor: string; event: string; subject: string; detail: string }>(
      'SELECT actor, event, subject, detail FROM audit_event ORDER BY seq',
    )
    .all()
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) }));

describe('the OS user', () => {
  test('is an owner before being recorded', () => {
    expect(operators.list()).toEqual([]);
    expect(operators.me()).toEqual({ subject: ANN, name: 'ann', permission: 'owner' });
  });

  test('is recorded with the first change, in the same transaction', async () => {
    await add('Bob', 'viewer');
    expect(ann()).toMatchObject({
      name: 'ann',
      permission: 'owner',
      recovery: true,
      createdAt: NOW,
      createdBy: ANN,
    });
    expect(trail().map(({ event, subject }) => [event, subject])).toEqual([
      ['operator.added', ANN],
      ['operator.added', 'sso:bob@acme.com'],
    ]);
  });

  test('is not recorded by a change that fails', async () => {
    await expect(operators.remove('nobody')).rejects.toMatchObject({ code: 'not-found' });
    expect(operators.list()).toEqual([]);
    expect(trail()).toEqual([]);
  });

  test('is recorded once; an e-mail address that comes later is added to it', () => {
    operators.recordLocalOwner(undefined);
    operators.recordLocalOwner('ann@acme.com');
    operators.recordLocalOwner('other@acme.com');
    expect(operators.list()).toMatchObject([{ subject: ANN, email: 'ann@acme.com' }]);
    expect(trail().map(({ event }) => event)).toEqual(['operator.added', 'operator.changed']);
  });

  test('who was made a viewer may change nothing here, but has the data directory to become an owner again', async () => {
    const bob = await add('Bob', 'owner', true);
    await as(bob.subject, () => operators.set({ id: ann().id, permission: 'viewer' }));
    expect(operators.me()).toEqual({ subject: ANN, name: 'ann', permission: 'viewer' });
    await expect(add('Eve', 'owner')).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(operators.set({ id: ann().id, permission: 'owner' })).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringMatching(
        /^ann is a viewer\. This takes an owner\. An owner \(Bob\) can give that/,
      ),
    });

    expect(await operators.reclaim()).toMatchObject({ subject: ANN, permission: 'owner' });
    expect(trail().at(-1)).toEqual({
      actor: ANN,
      event: 'operator.changed',
      subject: ANN,
      detail: {
        changed: ['permission'],
        from: 'viewer',
        to: 'owner',
        because: 'can write the data directory',
      },
    });
  });

  test('signs in without SSO, whatever anybody says', async () => {
    const bob = await add('Bob', 'owner', true);
    await expect(
      as(bob.subject, () => operators.set({ id: ann().id, recovery: false })),
    ).rejects.toMatchObject({ code: 'conflict', field: 'recovery' });
    await as(bob.subject, () => operators.set({ id: ann().id, permission: 'admin' }));
    expect(ann()).toMatchObject({ permission: 'admin', recovery: true });
  });
});

describe('adding', () => {
  test('keeps who did it', async () => {
    const bob = await add('Bob', 'owner');
    const eve = await as(bob.subject, () => add('Eve', 'admin'));
    expect(eve).toMatchObject({
      subject: 'sso:eve@acme.com',
      name: 'Eve',
      email: 'eve@acme.com',
      permission: 'admin',
      recovery: false,
      createdBy: 'sso:bob@acme.com',
    });
    expect(trail().at(-1)).toEqual({
      actor: 'sso:bob@acme.com',
      event: 'operator.added',
      subject: 'sso:eve@acme.com',
      detail: { permission: 'admin', recovery: false },
    });
  });

  test('somebody who is there already is refused, however the address is spelled', async () => {
    await add('Bob', 'admin');
    await expect(
      operators.add({ name: 'Robert', email: 'BOB@Acme.com', permission: 'owner' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      field: 'email',
      message: 'bob@acme.com is an operator already, Bob.',
    });
  });

  test('only an owner can be a recovery operator', async () => {
    await expect(add('Bob', 'admin', true)).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'recovery',
    });
    expect(operators.list()).toEqual([]);
  });

  test('lists owners, then admins, then viewers, by name', async () => {
    for (const [name, permission] of [
      ['Zoe', 'owner'],
      ['bea', 'viewer'],
      ['Cy', 'viewer'],
      ['Al', 'admin'],
    ] as const)
      await add(name, permission);
    expect(operators.list().map(({ name }) => name)).toEqual(['ann', 'Zoe', 'Al', 'bea', 'Cy']);
  });
});

describe('changing', () => {
  test('writes what changed, and nothing when nothing did', async () => {
    const bob = await add('Bob', 'viewer');
    expect(await operators.set({ id: bob.id, permission: 'owner', recovery: true, name: 'Robert' })).toEqual({
      ...bob,
      permission: 'owner',
      recovery: true,
      name: 'Robert',
    });
    expect(trail().at(-1)).toMatchObject({
      actor: ANN,
      subject: 'sso:bob@acme.com',
      detail: { changed: ['name', 'permission', 'recovery'], from: 'viewer', to: 'owner', recovery: true },
    });
    const before = trail().length;
    await operators.set({ id: bob.id, permission: 'owner' });
    expect(trail()).toHaveLength(before);
  });

  test('recovery goes with the ownership it belongs to', async () => {
    const bob = await add('Bob', 'owner', true);
    expect(await operators.set({ id: bob.id, permission: 'admin' })).toMatchObject({
      permission: 'admin',
      recovery: false,
    });
    await expect(operators.set({ id: bob.id, recovery: true })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  test('nobody raises themselves', async () => {
    const bob = await add('Bob', 'owner');
    await expect(as(bob.subject, () => operators.set({ id: bob.id, recovery: true }))).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringMatching(/raises themselves/),
    });
    expect(await as(bob.subject, () => operators.set({ id: bob.id, permission: 'viewer' }))).toMatchObject({
      permission: 'viewer',
    });
  });

  test.each(['admin', 'viewer'] as const)('an operator who is %s changes nobody', async (permission) => {
    const [bob, eve] = [await add('Bob', permission), await add('Eve', 'viewer')];
    const before = trail();
    for (const attempt of [
      () => operators.set({ id: ann().id, permission: 'viewer' }),
      () => operators.set({ id: bob.id, permission: 'owner' }),
      () => operators.set({ id: eve.id, permission: 'admin' }),
      () => operators.remove(ann().id),
      () => operators.remove(eve.id),
      () => add('Mal', 'viewer'),
    ])
      await expect(as(bob.subject, attempt)).rejects.toMatchObject({ code: 'not-permitted' });
    expect(trail()).toEqual(before);
    expect(operators.list()).toHaveLength(3);
  });

  test('of two owners who remove each other at once, one succeeds', async () => {
    const [bob, eve] = [await add('Bob', 'owner'), await add('Eve', 'owner')];
    const outcomes = await Promise.allSettled([
      as(bob.subject, () => operators.remove(eve.id)),
      as(eve.subject, () => operators.remove(bob.id)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(trail().at(-1)).toMatchObject({ actor: bob.subject, subject: eve.subject });
  });
});

describe('the last owner who can sign in without SSO', () => {
  test.each([
    ['demoted', (id: string) => operators.set({ id, permission: 'admin' })],
    ['removed', (id: string) => operators.remove(id)],
  ])('can not be %s', async (_, attempt) => {
    const bob = await add('Bob', 'owner');
    const before = [operators.list(), trail()];
    await expect(as(bob.subject, () => attempt(ann().id))).rejects.toMatchObject({
      code: 'last-owner',
      message:
        'ann is the last owner who can sign in without SSO. Make another owner a recovery operator first, so that nobody is locked out.',
    });
    expect([operators.list(), trail()]).toEqual(before);
  });

  test('can not lose recovery', async () => {
    const bob = await add('Bob', 'owner', true);
    await as(bob.subject, () => operators.remove(ann().id));
    await expect(as(bob.subject, () => operators.set({ id: bob.id, recovery: false }))).rejects.toMatchObject(
      { code: 'last-owner' },
    );
    await expect(
      as(bob.subject, () => operators.set({ id: bob.id, permission: 'viewer' })),
    ).rejects.toMatchObject({ code: 'last-owner' });
  });

  test('is the last even by their own wish', async () => {
    await add('Bob', 'owner');
    await expect(operators.set({ id: ann().id, permission: 'viewer' })).rejects.toMatchObject({
      code: 'last-owner',
    });
    await expect(operators.remove(ann().id)).rejects.toMatchObject({ code: 'last-owner' });
  });
});

describe('removing', () => {
  test('says who it was, and takes the permission at once', async () => {
    const bob = await add('Bob', 'owner');
    expect(await operators.remove(bob.id)).toEqual(bob);
    expect(trail().at(-1)).toMatchObject({ event: 'operator.removed', subject: bob.subject, actor: ANN });
    await expect(as(bob.subject, () => add('Eve', 'viewer'))).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringMatching(/^sso:bob@acme\.com is no operator here\./),
    });
  });

  test('nobody removes themselves', async () => {
    const bob = await add('Bob', 'owner');
    await expect(as(bob.subject, () => operators.remove(bob.id))).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringMatching(/removes themselves/),
    });
  });
});
