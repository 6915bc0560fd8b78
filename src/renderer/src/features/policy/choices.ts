import type { Policy } from '../../../../shared/contract/policy.ts';
import type { Choice } from '../../components/choice-cards.tsx';

export const APPLY: readonly Choice<Policy['apply']>[] = [
  {
    value: 'live',
    label: 'At once',
    consequence:
      'Whoever the IdP creates, changes or takes out is created, changed or taken out here in that moment.',
  },
  {
    value: 'observe',
    label: 'Observe first',
    consequence:
      'What the IdP writes is recorded and shown, and takes effect when you apply it. Access that it takes away ends at once all the same.',
  },
];

export const ACTIVATION: readonly Choice<Policy['activation']>[] = [
  {
    value: 'auto',
    label: 'Activate at once',
    consequence: 'Whoever the IdP creates is a member with access from that moment.',
  },
  {
    value: 'review',
    label: 'Hold for review',
    consequence: 'Whoever the IdP creates is pending and has no access until somebody here lets them in.',
  },
];

/** What the IdP may do (M13), with what happens where it may not. */
export const OPERATIONS: readonly {
  key: Extract<keyof Policy, `operations.${string}`>;
  label: string;
  on: string;
  off: string;
}[] = [
  {
    key: 'operations.createUsers',
    label: 'Create people',
    on: 'The IdP may bring new people.',
    off: 'New people are refused with 403; your IdP reports it as an error.',
  },
  {
    key: 'operations.updateUsers',
    label: 'Change people',
    on: 'The IdP may change names, e-mail addresses and other attributes, and set people to active again.',
    off: 'Changes are refused with 403, and so is setting somebody to active again.',
  },
  {
    key: 'operations.deactivateUsers',
    label: 'Set people to inactive',
    on: 'The IdP may take access away by setting people to inactive.',
    off: 'The request is refused with 403: whoever leaves keeps access here until you take it away.',
  },
  {
    key: 'operations.deleteUsers',
    label: 'Delete people',
    on: 'The IdP may delete people.',
    off: 'The request is refused with 403: whoever is deleted there stays here.',
  },
  {
    key: 'operations.syncGroups',
    label: 'Write groups',
    on: 'Groups of the IdP become teams, with their members.',
    off: 'Groups are refused with 403; teams stay as they are.',
  },
  {
    key: 'operations.syncRoles',
    label: 'Write roles',
    on: 'Values of “roles” that are mapped give roles here.',
    off: 'Changes of nothing but roles are refused with 403; roles stay as they are.',
  },
];

/** What becomes of somebody who is taken out. Access ends at once in each. */
export function deprovisionChoices(
  afterDays: number | string,
): readonly Choice<Policy['deprovision.onDelete']>[] {
  return [
    {
      value: 'suspend',
      label: 'Suspend',
      consequence: 'Role and teams are kept and do nothing. Nothing is ever deleted by itself.',
    },
    {
      value: 'suspend-then-deactivate',
      label: 'Suspend, then deactivate',
      consequence: `After ${afterDays || '…'} days what the IdP granted is released, the employee record ends, and the time until deletion runs.`,
    },
    {
      value: 'deactivate',
      label: 'Deactivate',
      consequence:
        'What the IdP granted is released, the employee record ends, and the time until deletion runs.',
    },
  ];
}
