import { Button, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { EndpointState } from '../../../../shared/endpoint-state.ts';
import { ENDPOINT_STATES } from '../../../../shared/endpoint-state.ts';
import { useSetPolicy } from '../../api/queries/policy.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { ENDPOINT_ICONS } from '../../components/endpoint-state.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { toneClass } from '../../components/tone.ts';
import { paths } from '../../paths.ts';
import styles from './endpoint-card.module.css';

/** Where the next action of each state is done; `paused` is done on the spot. */
const NEXT: Record<Exclude<EndpointState, 'paused'>, { label: string; to: string }> = {
  'not-configured': { label: 'Continue the identity setup', to: paths.identitySetup() },
  'awaiting-first-request': { label: 'Open the connection guide', to: paths.identitySetup('connect') },
  rejected: { label: 'See the refused requests', to: paths.activity({ failed: true }) },
  'reads-only': { label: 'Open the connection guide', to: paths.identitySetup('connect') },
  observing: { label: 'See what would change', to: paths.observe },
  'guard-tripped': { label: 'Decide', to: paths.guard },
  live: { label: 'Review members', to: paths.members() },
  'live-with-errors': { label: 'See the failed requests', to: paths.activity({ failed: true }) },
  'token-expired': { label: 'Generate a new token', to: paths.identitySetup('token') },
  decommissioned: { label: 'Generate a token', to: paths.identitySetup('token') },
};

/** The endpoint's state: icon, sentence, next action; and its URL. */
export function EndpointCard({ state, endpoint }: { state: EndpointState; endpoint: string | null }) {
  const { label, tone, sentence, next } = ENDPOINT_STATES[state];
  const Icon = ENDPOINT_ICONS[state];

  return (
    <section className={`${styles.card} ${toneClass(tone)}`} aria-label="SCIM endpoint">
      <div className={styles.state}>
        <span className={styles.medal}>
          <Icon size={26} stroke={1.6} aria-hidden />
        </span>
        <div className={styles.words}>
          <Title order={2} className={styles.label}>
            {label}
          </Title>
          <p className={styles.sentence}>{sentence}</p>
          <p className={styles.next}>{next}</p>
        </div>
        <div className={styles.action}>
          {state === 'paused' ? (
            <Resume />
          ) : (
            <Button
              component={Link}
              to={NEXT[state].to}
              rightSection={<IconArrowRight size={16} aria-hidden />}
            >
              {NEXT[state].label}
            </Button>
          )}
        </div>
      </div>
      {endpoint && (
        <div className={styles.url}>
          <CopyField label="Endpoint URL" name="endpoint URL" value={endpoint} />
        </div>
      )}
    </section>
  );
}

function Resume() {
  const setPolicy = useSetPolicy();
  return (
    <>
      <Button loading={setPolicy.isPending} onClick={() => setPolicy.mutate({ paused: false })}>
        Resume provisioning
      </Button>
      <ErrorCallout error={setPolicy.error} />
    </>
  );
}
