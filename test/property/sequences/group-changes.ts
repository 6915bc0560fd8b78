import { Refused, type Team } from './types.ts';

export interface MemberInput {
  value: string;
  display?: string;
}

/** One operation of a PATCH of a group. */
export type GroupChange =
  | { kind: 'rename'; displayName: string; spell: 'path' | 'pathless with id' }
  | { kind: 'externalId'; value: string }
  | { kind: 'add'; members: MemberInput[]; shape: 'list' | 'null reference' | 'pathless' }
  | { kind: 'remove one'; value: string }
  | { kind: 'remove listed'; values: string[]; op: 'remove' | 'Remove' }
  | { kind: 'replace'; members: MemberInput[] }
  | { kind: 'clear' }
  | { kind: 'unnamed' };

/** The operation as it goes into the request. */
export function groupOperation(change: GroupChange): object {
  switch (change.kind) {
    case 'rename':
      return change.spell === 'path'
        ? { op: 'Replace', path: 'displayName', value: change.displayName }
        : { op: 'replace', value: { id: 'whatever', displayName: change.displayName } };
    case 'externalId':
      return { op: 'replace', path: 'externalId', value: change.value };
    case 'add':
      if (change.shape === 'pathless') return { op: 'add', value: { members: change.members } };
      return {
        op: change.shape === 'list' ? 'add' : 'Add',
        path: 'members',
        value:
          change.shape === 'list'
            ? change.members
            : change.members.map((member) => ({ $ref: null, ...member })),
      };
    case 'remove one':
      return { op: 'remove', path: `members[value eq ${JSON.stringify(change.value)}]` };
    case 'remove listed':
      return { op: change.op, path: 'members', value: change.values.map((value) => ({ value })) };
    case 'replace':
      return { op: 'replace', path: 'members', value: change.members };
    case 'clear':
      return { op: 'remove', path: 'members' };
    case 'unnamed':
      return { op: 'remove', path: 'displayName' };
  }
}

/** Applies one operation. @throws Refused */
export function changeGroup(team: Team, change: GroupChange): Team {
  switch (change.kind) {
    case 'rename':
      if (change.displayName === '') throw new Refused(400, 'invalidValue');
      return { ...team, displayName: change.displayName };
    case 'externalId':
      return { ...team, externalId: change.value };
    case 'add':
      return { ...team, members: withAdded(team.members, change.members) };
    case 'remove one':
      return { ...team, members: team.members.filter(({ value }) => value !== change.value) };
    case 'remove listed':
      return { ...team, members: team.members.filter(({ value }) => !change.values.includes(value)) };
    case 'replace':
      return { ...team, members: withAdded([], change.members) };
    case 'clear':
      return { ...team, members: [] };
    case 'unnamed':
      throw new Refused(400, 'mutability');
  }
}

/** Who is in already stays as they are; who is named twice comes once. */
export function withAdded(members: readonly MemberInput[], added: readonly MemberInput[]): MemberInput[] {
  const result = [...members];
  for (const member of added) {
    if (!result.some(({ value }) => value === member.value)) result.push({ ...member });
  }
  return result;
}

export function sameMembers(a: readonly MemberInput[], b: readonly MemberInput[]): boolean {
  return (
    a.length === b.length &&
    a.every((one) => b.some((other) => other.value === one.value && other.display === one.display))
  );
}
