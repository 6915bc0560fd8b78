import { describe, expect, test } from 'vitest';
import { type GroupSlice, plan } from '../../../../../src/main/access/plan/plan.ts';
import type { Attributes } from '../../../../../src/main/scim/resource.ts';
import { AUTO } from '../../../../support/plan-slices.ts';

const because = { assertion: 'Group', id: 'g1' };
const planGroup = (asserted: Attributes | null, team: GroupSlice['team'], more: Partial<GroupSlice> = {}) =>
  plan(
    {
      users: [],
      groups: [
        {
          groupId: 'g1',
          asserted: asserted && { id: 'g1', attributes: asserted },
          team,
          joined: [],
          left: [],
          ...more,
        },
      ],
    },
    AUTO,
  );
const team = { id: 't1', name: 'Sales', externalId: null, hasManualMembers: false };

describe('groups', () => {
  test.each([
    [
      'becomes a team',
      { displayName: 'Sales', externalId: 'x' },
      null,
      [{ kind: 'team.create', groupId: 'g1', name: 'Sales', externalId: 'x' }],
    ],
    [
      'without externalId becomes a team',
      { displayName: 'Sales' },
      null,
      [{ kind: 'team.create', groupId: 'g1', name: 'Sales', externalId: null }],
    ],
    ['unchanged changes nothing', { displayName: 'Sales' }, team, []],
    [
      'renames its team, even in case alone',
      { displayName: 'SALES' },
      team,
      [{ kind: 'team.rename', teamId: 't1', from: 'Sales', to: 'SALES' }],
    ],
    [
      'gets its team the externalId that comes later',
      { displayName: 'Sales', externalId: 'x' },
      team,
      [{ kind: 'team.identify', teamId: 't1', externalId: 'x' }],
    ],
    [
      'without its externalId any more takes it from its team',
      { displayName: 'Sales' },
      { ...team, externalId: 'x' },
      [{ kind: 'team.identify', teamId: 't1', externalId: null }],
    ],
    ['deleted takes its team with it', null, team, [{ kind: 'team.remove', teamId: 't1', name: 'Sales' }]],
    [
      'deleted leaves a team that others fill too',
      null,
      { ...team, hasManualMembers: true },
      [{ kind: 'team.release', teamId: 't1', name: 'Sales' }],
    ],
    ['deleted before it was a team changes nothing', null, null, []],
  ] as const)('a group %s', (_, asserted, held, changes) => {
    expect(planGroup(asserted, held)).toEqual(changes.map((change) => ({ ...change, because })));
  });

  test.each([
    [['u1'], []],
    [[], ['u2', 'u3']],
    [['u1'], ['u2']],
  ])('what observe mode held back is applied: %j joined, %j left', (joined, left) => {
    const membership = { kind: 'group.membership', groupId: 'g1', joined, left, because };
    expect(planGroup({ displayName: 'Sales' }, team, { joined, left })).toEqual([membership]);
    expect(planGroup(null, null, { joined, left })).toEqual([membership]);
    expect(planGroup(null, team, { joined, left })).toMatchObject([{ kind: 'team.remove' }, membership]);
    expect(planGroup({ displayName: 'Sales' }, null, { joined, left })).toMatchObject([
      { kind: 'team.create' },
      membership,
    ]);
  });
});
