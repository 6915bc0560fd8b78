import type { AccessChange, Because } from './plan/plan.ts';

/** A change that is not made yet, as a sentence about the person or team that it is shown with. */
export function describeChange(change: AccessChange): string {
  switch (change.kind) {
    case 'member.create':
      return `Becomes a member: ${change.to}, with the role ${change.role}. ${change.reason}`;
    case 'member.relink':
      return 'Is found again by externalId: the member who left comes back.';
    case 'member.unlink':
      return 'Is no longer a user of the IdP.';
    case 'member.update':
      return `Changes: ${change.changed.join(', ')}.`;
    case 'member.state':
      return `From ${change.from} to ${change.to}. ${change.reason}`;
    case 'member.cut':
      return `Loses access at once. ${change.reason}`;
    case 'member.uncut':
      return 'Has access again: the IdP took its assertion back.';
    case 'member.recall-ended':
      return 'The recall ends: the IdP asserts something else now.';
    case 'member.delete':
      return `Is deleted for good. ${change.reason}`;
    case 'conflict.open':
      return 'Waits for a decision: somebody else here has the same e-mail or externalId.';
    case 'conflict.gone':
      return 'A conflict is settled: the two no longer hold the same.';
    case 'member.resume-as':
      return `Stays suspended, and would be ${change.suspendedFrom} again afterwards.`;
    case 'employee.update':
      return `The employee record changes: ${change.changed.join(', ')}.`;
    case 'employee.reopen':
      return 'The employee record goes on.';
    case 'employee.end':
      return `The employee record ends. ${change.reason}`;
    case 'team.create':
      return 'Becomes a team.';
    case 'team.rename':
      return `The team ${change.from} is renamed to ${change.to}.`;
    case 'team.identify':
      return 'The externalId of the team changes.';
    case 'team.remove':
      return `The team ${change.name} is removed.`;
    case 'team.release':
      return `The team ${change.name} stays for those who were added by hand.`;
    case 'group.membership':
      return `${[
        [change.joined.length, 'join'],
        [change.left.length, 'leave'],
      ]
        .filter(([people]) => people !== 0)
        .map((part) => part.join(' '))
        .join(', ')}.`;
  }
}

/** Why a change follows, as a sentence. */
export function describeReason(because: Because): string {
  if ('assertion' in because) return `The IdP asserts it of the ${because.assertion} ${because.id}.`;
  if ('decision' in because) return `An operator decided it (${because.decision}).`;
  if ('date' in because) return `The date of the ${because.date} has come.`;
  if ('decision' in because) return `A person decided it (${because.decision}).`;
  return `It follows from the policy (${because.policy}).`;
}
