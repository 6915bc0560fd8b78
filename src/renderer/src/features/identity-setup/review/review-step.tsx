import { Button } from '@mantine/core';
import { IconFlagCheck, IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Overview } from '../../../../../shared/contract/overview.ts';
import { Callout } from '../../../components/callout.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { MEMBER_STATE_ORDER, MEMBER_STATES } from '../../../components/member-state.tsx';
import { count, counted } from '../../../format/number.ts';
import { paths } from '../../../paths.ts';
import { StepFrame } from '../step-frame.tsx';

/** Who has come in, before the setup is called finished. */
export function ReviewStep({ counts }: { counts: Overview['counts'] }) {
  const people = MEMBER_STATE_ORDER.reduce((sum, state) => sum + counts[state], 0);
  return (
    <StepFrame
      title="Review members"
      lead="Look at who came in before you assign everybody else in your IdP."
      actions={
        <>
          <Button component={Link} to={paths.members()} variant="default" mr="auto">
            Open members
          </Button>
          <Button component={Link} to={paths.overview} leftSection={<IconFlagCheck size={17} aria-hidden />}>
            Finish
          </Button>
        </>
      }
    >
      {people === 0 ? (
        <Empty icon={IconUsers} title="Nobody has come in yet">
          Assign one test person in your IdP and start provisioning. You can finish now and look later; people
          are listed under Members either way.
        </Empty>
      ) : (
        <>
          <p style={{ margin: 0 }}>
            <strong>{counted(people, 'person', 'people')}</strong>
            {` and ${counted(counts.teams, 'team')} so far.`}
          </p>
          <Facts
            facts={MEMBER_STATE_ORDER.map((state) => [
              MEMBER_STATES[state].label,
              <Link key={state} to={paths.members({ state })}>
                {count(counts[state])}
              </Link>,
            ])}
          />
          {counts.pending > 0 && (
            <Callout tone="waiting" title={`${counted(counts.pending, 'person', 'people')} held for review`}>
              They have no access until somebody lets them in, as your policy says.{' '}
              <Link to={paths.review()}>Review them</Link>
            </Callout>
          )}
        </>
      )}
    </StepFrame>
  );
}
