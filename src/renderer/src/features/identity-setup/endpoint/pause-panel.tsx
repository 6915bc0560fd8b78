import { Button, Skeleton, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { usePolicy, useSetPolicy } from '../../../api/queries/policy.ts';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import { Panel } from '../../../components/panel.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { ToneBadge } from '../../../components/tone-badge.tsx';

/** Stops provisioning for a while without losing anything. */
export function PausePanel() {
  const policy = usePolicy();
  const setPolicy = useSetPolicy();

  return (
    <Panel
      title="Provisioning"
      actions={
        policy.data &&
        (policy.data.paused ? (
          <ToneBadge tone="warning" icon={IconPlayerPause}>
            Paused
          </ToneBadge>
        ) : (
          <ToneBadge tone="good" icon={IconPlayerPlay}>
            Running
          </ToneBadge>
        ))
      }
    >
      <QueryState
        query={policy}
        skeleton={<Skeleton height={60} radius="md" />}
        errorTitle="The policy could not be loaded"
      >
        {({ paused }) => (
          <>
            <Text size="sm" c="dimmed" mb="sm">
              {paused
                ? 'Every request is answered “503, try again later”. Nobody is created, changed or cut off until you resume; your IdP keeps what it could not deliver and tries again.'
                : 'While paused, every request is answered “503, try again later”. That includes cutting people off, so keep pauses short.'}
            </Text>
            <Button
              variant="default"
              leftSection={
                paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
              }
              loading={setPolicy.isPending}
              onClick={() => setPolicy.mutate({ paused: !paused })}
            >
              {paused ? 'Resume provisioning' : 'Pause provisioning'}
            </Button>
            <ErrorCallout error={setPolicy.error} />
          </>
        )}
      </QueryState>
    </Panel>
  );
}
