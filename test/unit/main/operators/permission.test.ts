import { describe, expect, test } from 'vitest';
import { createCaller } from '../../../../src/main/operators/caller.ts';
import { allows, createAdmit, isMore } from '../../../../src/main/operators/permission.ts';
import type { Need } from '../../../../src/shared/contract/define.ts';
import type { Operator, Permission } from '../../../../src/shared/contract/operators.ts';

const operator = (name: string, permission: Permission): Operator => ({
  id: name,
  subject: `sso:${name}`,
  name,
  email: null,
  permission,
  recovery: false,
  createdAt: '',
  createdBy: '',
});

function gate(operators: Operator[], isSetUp = true) {
  const caller = createCaller('local:ann');
  const recorded: string[] = [];
  const admit = createAdmit({
    store: {
      list: () => operators,
      bySubject: (subject) => operators.find((one) => one.subject === subject),
    },
    caller,
    isSetUp: () => isSetUp,
    recordLocalOwner: async () => {
      recorded.push(caller.local);
    },
  });
  return { admit, caller, recorded, operators };
}

describe('permission', () => {
  test.each([
    ['viewer', { view: true, edit: false, own: false }],
    ['admin', { view: true, edit: true, own: false }],
    ['owner', { view: true, edit: true, own: true }],
  ] as const)('of a %s', (permission, expected) => {
    for (const [need, allowed] of Object.entries(expected))
      expect(allows(permission, need as Need), need).toBe(allowed);
  });

  test.each([undefined, '', 'rule'])('a need that nobody declared, %j, is met by nobody', (need) => {
    expect(allows('owner', need as Need)).toBe(false);
  });

  test('can be compared', () => {
    expect([isMore('owner', 'admin'), isMore('admin', 'admin'), isMore('viewer', 'admin')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the gate', () => {
  test('runs the call as its caller, through whatever it waits for', async () => {
    const { admit, caller } = gate([operator('bob', 'admin')]);
    const actors = await Promise.all([
      admit('edit', 'sso:bob', async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return caller.actor();
      }),
      admit('edit', undefined, caller.actor),
    ]);
    expect(actors).toEqual(['sso:bob', 'local:ann']);
    expect(caller.actor()).toBe('local:ann');
  });

  test('what is handed on to be done later is done as who handed it in', async () => {
    const { admit, caller } = gate([operator('bob', 'admin')]);
    const kept = await admit('edit', 'sso:bob', () => caller.keep(caller.actor));
    const own = caller.keep(caller.actor);
    expect(kept()).toBe('sso:bob');
    expect(await admit('edit', 'sso:bob', own)).toBe('local:ann');
  });

  test('refuses before the call is begun, with what is needed and who gives it', async () => {
    const { admit } = gate([operator('Olga', 'owner'), operator('bob', 'viewer')]);
    let begun = false;
    await expect(
      admit('edit', 'sso:bob', () => {
        begun = true;
      }),
    ).rejects.toMatchObject({
      code: 'not-permitted',
      message:
        'bob is a viewer. Changing anything takes an admin or an owner. An owner (Olga) can give that under Settings → Operators.',
    });
    expect(begun).toBe(false);
  });

  test('names three owners at most', async () => {
    const { admit } = gate(['A', 'B', 'C', 'D', 'E'].map((name) => operator(name, 'owner')));
    await expect(admit('view', 'sso:stranger', () => {})).rejects.toMatchObject({
      message: expect.stringContaining('An owner (A, B, C, 2 more) can give that'),
    });
  });

  test('asks anew for every call', async () => {
    const { admit, operators } = gate([operator('bob', 'owner')]);
    await expect(admit('own', 'sso:bob', () => 'done')).resolves.toBe('done');
    operators.splice(0, 1, operator('bob', 'admin'));
    await expect(admit('own', 'sso:bob', () => 'done')).rejects.toMatchObject({ code: 'not-permitted' });
  });

  test('another OS user than that of this process is a stranger', async () => {
    const { admit, recorded } = gate([]);
    await expect(admit('view', 'local:eve', () => {})).rejects.toMatchObject({ code: 'not-permitted' });
    expect(recorded).toEqual([]);
  });

  test('the OS user of this process is recorded by the first change, not by looking, nor before there is anything', async () => {
    const { admit, recorded } = gate([]);
    await admit('view', undefined, () => {});
    expect(recorded).toEqual([]);
    await admit('edit', undefined, () => {});
    expect(recorded).toEqual(['local:ann']);
    const early = gate([], false);
    await early.admit('edit', undefined, () => {});
    expect(early.recorded).toEqual([]);
  });
});
