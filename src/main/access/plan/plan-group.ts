import type { AccessChange, Because } from './change.ts';
import type { AccessPolicy } from './policy.ts';
import type { GroupSlice } from './slice.ts';

/** What follows for the team that a group became. */
export function planGroup(slice: GroupSlice, policy: AccessPolicy): AccessChange[] {
  const because: Because = { assertion: 'Group', id: slice.groupId };
  const changes: AccessChange[] = [...planTeam(slice, policy, because)];
  if (slice.joined.length > 0 || slice.left.length > 0) {
    const { groupId, joined, left } = slice;
    changes.push({ kind: 'group.membership', groupId, joined, left, because });
  }
  return changes;
}

function planTeam({ groupId, asserted, team }: GroupSlice, policy: AccessPolicy, because: Because) {
  const changes: AccessChange[] = [];
  if (!asserted) {
    if (team) {
      const kind = team.hasManualMembers ? 'team.release' : 'team.remove';
      changes.push({ kind, teamId: team.id, name: team.name, because });
    }
    return changes;
  }
  const name = policy.facts.teamName(asserted.attributes);
  const externalId =
    typeof asserted.attributes.externalId === 'string' ? asserted.attributes.externalId : null;
  if (!team) return [...changes, { kind: 'team.create' as const, groupId, name, externalId, because }];
  if (team.name !== name) {
    changes.push({ kind: 'team.rename', teamId: team.id, from: team.name, to: name, because });
  }
  if (team.externalId !== externalId) {
    changes.push({ kind: 'team.identify', teamId: team.id, externalId, because });
  }
  return changes;
}
