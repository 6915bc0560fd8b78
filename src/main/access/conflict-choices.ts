import type { ConflictDetail, ConflictPerson } from '../../shared/contract/conflicts.ts';
import type { ConflictRow } from './conflict-store.ts';

type Person = ConflictPerson & { userId: string | null };

/** What is known of the two when a conflict is looked at. */
export interface Sides {
  row: ConflictRow;
  newcomer: Person | undefined;
  other: Person | undefined;
  /** Open conflicts of the newcomer besides this one. */
  openBesides: number;
}

/** What each choice will do, in plain words; or why it can't be chosen. */
export function choicesOf(sides: Sides): ConflictDetail['choices'] {
  const { row, newcomer, other, openBesides } = sides;
  if (row.state !== 'open' || !newcomer || !other) return [];
  const isSame = nameOf(newcomer) === nameOf(other);
  const who = isSame ? `The newcomer ${nameOf(newcomer)}` : nameOf(newcomer);
  const whom = isSame ? `the ${nameOf(other)} who was here` : nameOf(other);
  const capital = isSame ? `The ${nameOf(other)} who was here` : nameOf(other);
  const later =
    openBesides === 0
      ? []
      : [`${openBesides} more of their conflicts must be decided before there is any access.`];
  return [
    {
      decision: 'link',
      refusal: whyNotLinked(newcomer, other),
      effects: [
        `They are one person. ${capital} takes over the IdP’s user ${newcomer.userName}.`,
        'The employee record, the history and what was given by hand to either stay; the second member goes.',
        other.origin === 'scim'
          ? 'Names, state, groups and roles follow at once from what the IdP says.'
          : 'From now on the IdP owns this person: its pushes change names, state, groups and roles, and can end the access.',
        ...(other.state === 'deactivated' || other.state === 'suspended'
          ? [
              `The access comes back if the IdP says active, unless a person here took it away. Now: ${other.reason}`,
            ]
          : []),
        'This can’t be undone.',
      ],
    },
    {
      decision: 'keep',
      refusal: null,
      effects: [
        `They are two people. Both stay, and ${whom} is not touched.`,
        `${who} goes on to what the policy says of new people: active at once, or the review queue.`,
        ...later,
        `It is not asked again for ${what(row)} of these two. It can be undone while nothing else changed.`,
      ],
    },
    {
      decision: 'refuse',
      refusal: null,
      effects: [
        `${who} is turned away: deactivated, the employee record ends, and no push of the IdP brings the access back.`,
        `${capital} is not touched.`,
        ...(openBesides === 0 ? [] : [`The other ${openBesides} open conflicts of ${who} close with it.`]),
        'It can be undone while nothing else changed.',
      ],
    },
  ];
}

function whyNotLinked(newcomer: Person, other: Person): string | null {
  if (newcomer.userId === null) {
    return `The IdP no longer has a user for ${nameOf(newcomer)}: there is nothing to take over.`;
  }
  if (other.userId !== null) {
    return `Both ${nameOf(newcomer)} and ${nameOf(other)} have a user of their own in the IdP’s directory, so they can’t be one member. Delete one of the users at the IdP first, or keep the two apart.`;
  }
  return null;
}

function what({ kind }: Sides['row']): string {
  return { email: 'this e-mail address', 'external-id': 'this externalId', subject: 'this sign-in' }[kind];
}

function nameOf({ displayName, userName, id }: Person): string {
  return displayName || userName || id;
}
