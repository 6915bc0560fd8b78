import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Overview } from '../../../../shared/contract/overview.ts';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusCode } from '../../components/status-code.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';

/** What the IdP has been doing lately, and the last thing that went wrong. */
export function TrafficPanel({ requests }: { requests: Overview['requests'] }) {
  const { lastAt, lastHour, lastFailure, firstAuthenticatedAt } = requests;
  return (
    <Panel
      title="Requests"
      actions={
        <Anchor component={Link} to={paths.activity()} size="sm">
          All activity
        </Anchor>
      }
    >
      <Facts
        facts={[
          ['Last hour', `${counted(lastHour.total, 'request')}, ${count(lastHour.failed)} failed`],
          ['Last request', lastAt ? <RelativeTime key="at" time={lastAt} /> : 'None yet'],
          [
            'First one let in',
            firstAuthenticatedAt ? <RelativeTime key="first" time={firstAuthenticatedAt} /> : 'None yet',
          ],
        ]}
      />
      {lastFailure && (
        <Text size="sm" mt="sm" component="div">
          <strong>Last failure</strong> <StatusCode status={lastFailure.status} />{' '}
          <Text span size="sm" c="dimmed">
            <RelativeTime time={lastFailure.time} />
          </Text>
          <div>{lastFailure.reason ?? 'No reason was recorded.'}</div>
          <Anchor component={Link} to={paths.activity({ failed: true })} size="sm">
            Open in Activity
          </Anchor>
        </Text>
      )}
    </Panel>
  );
}
