import { Text } from '@mantine/core';
import type { Receipt } from '../../../../shared/contract/deprovisioning.ts';
import { Facts } from '../../components/facts.tsx';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count } from '../../format/number.ts';
import { absoluteTime } from '../../format/time.ts';

const CAUSES: Record<Receipt['cause'], string> = {
  inactive: 'The IdP set this person to inactive',
  deleted: 'The IdP deleted this person',
  rejected: 'Rejected in review',
  operator: 'Suspended by an operator',
  decommission: 'The SCIM configuration was deleted',
};

const OUTCOMES: Record<NonNullable<Receipt['outcome']>, string> = {
  confirmed: 'Confirmed',
  recalled: 'Recalled',
  superseded: 'Overtaken by what came later',
};

/** Why access was taken, in words. */
export function causeInWords(cause: Receipt['cause']): string {
  return CAUSES[cause];
}

/** The receipt of one deprovisioning: what was taken, what was not in our hands, and until when it can be undone. */
export function ReceiptDetail({ receipt }: { receipt: Receipt }) {
  const { time, actor, cause, before, sessions, grants, beyondReach, outcome, decidedAt, decidedBy } =
    receipt;
  const of = (kind: 'role' | 'team') =>
    grants
      .filter((grant) => grant.kind === kind)
      .map(({ name }) => name)
      .join(', ') || 'None';
  return (
    <>
      <Facts
        facts={[
          ['Why', causeInWords(cause)],
          ['When', <RelativeTime key="when" time={time} />],
          ['By', actor.startsWith('token:') ? 'The IdP' : actor],
          ['Was', <MemberStateBadge key="was" state={before} />],
          ['Sessions ended', count(sessions)],
          ['Roles taken', of('role')],
          ['Teams taken', of('team')],
          [
            'Decision',
            outcome && (
              <span key="decision">
                {OUTCOMES[outcome]}
                {decidedAt && (
                  <>
                    , <RelativeTime time={decidedAt} />
                  </>
                )}
                {decidedBy && !decidedBy.startsWith('token:') && ` by ${decidedBy}`}
              </span>
            ),
          ],
          ['Can be recalled', recallInWords(receipt)],
        ]}
      />
      {beyondReach.map((sentence) => (
        <Text key={sentence} size="sm" c="dimmed" mt={6}>
          Not in our hands: {sentence}
        </Text>
      ))}
    </>
  );
}

function recallInWords({ recallable, recallableUntil }: Receipt): string | null {
  if (!recallable) return null;
  return recallableUntil === null ? 'At any time' : `Until ${absoluteTime(recallableUntil)}`;
}
